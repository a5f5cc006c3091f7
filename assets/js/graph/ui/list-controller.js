import { folderOf, isCollapsed, isFolder, membersOf, unfolded } from '../state/arrange.js';
import { itemKind, itemLatex, itemText } from '../state/item.js';
import { isRecord } from '../state/json.js';
import { sliderOf, withSliderValue } from '../state/slider.js';
import { toggleShown } from '../state/visibility.js';
import { ExpressionList } from './expression-list.js';
import { RowMoves } from './row-moves.js';

/** What an item keeps when it becomes one of another kind. */
const KEPT = new Set(['id', 'folderId', 'secret']);

/**
 * What the list asks for, done: edits of the document, and where the cursor goes after them.
 */
export class ListController {
  #editing;
  #list;
  #moves;

  /** @param {import('./editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    this.#list = new ExpressionList(this.#rowActions(), {
      add: () => this.#add(this.#document.entries.length),
      undo: () => this.step('undo'),
      redo: () => this.step('redo'),
      select: (key) => editing.select(key),
    });
    this.#moves = new RowMoves(editing, this.#list);
  }

  get element() {
    return this.#list.element;
  }

  show() {
    const { document, scene, readOnly } = this.#editing;
    this.#list.show(document.entries, scene, readOnly);
    this.#list.showSelected(this.#editing.selected);
    this.#list.showSteps(document.steps);
  }

  /** Puts the cursor where typing goes on: in the last expression, or where one is added. */
  focus() {
    const last = this.#document.entries.findLast(({ item }) => itemKind(item) === 'expression');
    if (!last || !this.#list.focusRow(last.key)) this.#list.focusAdd();
  }

  /** @param {string | null} key of the entry that is at hand */
  showSelected(key) {
    this.#list.showSelected(key);
  }

  /**
   * @param {string} key
   * @returns {boolean} whether there is such a row
   */
  focusRow(key) {
    return this.#list.focusRow(key);
  }

  /** @param {'undo' | 'redo'} direction */
  step(direction) {
    if (this.#document[direction]()) this.#editing.restructured();
  }

  destroy() {
    this.#moves.destroy();
    this.#list.destroy();
  }

  get #document() {
    return this.#editing.document;
  }

  /** @param {string} key */
  #entry(key) {
    return this.#document.entries[this.#document.indexOf(key)];
  }

  /** @returns {import('./rows.js').RowActions} */
  #rowActions() {
    return {
      edit: (key, latex) => this.#update(key, { latex: latex || undefined }, `edit ${key}`),
      update: (key, changes, tag) => this.#update(key, changes, tag),
      enter: (key) => this.#addBelow(key),
      backspace: (key) => this.#remove(key, -1),
      leave: (key, direction) => this.#focusFrom(this.#document.indexOf(key), direction),
      move: (key, index, folder) => this.#move(key, index, folder),
      toggle: (key) => {
        toggleShown(this.#document, key);
        this.#editing.changed();
      },
      become: (key, type, rest) => this.#become(key, type, rest),
      remove: (key) => this.#remove(key, 1),
      unfold: (key) => this.#unfold(key),
      slide: (key, value) => this.#slide(key, value),
      addSliders: (key, names) => this.#addSliders(key, names),
      announce: (text) => this.#editing.announce(text),
    };
  }

  /**
   * @param {string} key
   * @param {Record<string, unknown>} changes
   * @param {string} [tag]
   */
  #update(key, changes, tag) {
    this.#document.update(key, changes, tag);
    this.#editing.changed();
  }

  /**
   * @param {number} index
   * @param {string} [folderId] of the folder that it is in
   */
  #add(index, folderId) {
    const { document } = this.#editing;
    const key = document.insert(index, { type: 'expression', color: document.nextColor, ...(folderId ? { folderId } : {}) });
    this.#editing.restructured();
    this.#list.focusRow(key);
  }

  /** @param {string} key of a row; below a folder that is open is in it */
  #addBelow(key) {
    const entry = this.#entry(key);
    const { entries } = this.#document;
    if (!entry) return;
    if (!isFolder(entry)) this.#add(entries.indexOf(entry) + 1, itemText(folderOf(entries, entry)?.item, 'id'));
    else if (!isCollapsed(entry.item)) this.#add(entries.indexOf(entry) + 1, itemText(entry.item, 'id'));
    else this.#add(entries.indexOf(membersOf(entries, entry).at(-1) ?? entry) + 1);
  }

  /**
   * @param {string} key
   * @param {-1 | 1} direction where the cursor goes first: on after a deletion, back after a backspace
   */
  #remove(key, direction) {
    const entry = this.#entry(key);
    if (!entry) return;
    const { entries } = this.#document;
    const index = entries.indexOf(entry);
    const members = membersOf(entries, entry);
    this.#document.remove(key, ...members.map((member) => member.key));
    this.#editing.restructured();
    if (members.length > 0) this.#list.notify(`The folder is deleted, with ${lines(members.length)} in it.`);
    const next = direction === 1 ? index - 1 : index;
    if (this.#focusFrom(next, direction) || this.#focusFrom(index, direction === 1 ? -1 : 1)) return;
    this.#list.focusAdd();
  }

  /** @param {string} key of a folder */
  #unfold(key) {
    const folder = this.#entry(key);
    if (!folder) return;
    const index = this.#document.indexOf(key);
    this.#document.arrange((entries) => unfolded(entries, folder));
    this.#editing.restructured();
    this.#editing.announce('The folder is taken away. What was in it is still here.');
    if (!this.#focusFrom(index, -1) && !this.#focusFrom(index - 1, 1)) this.#list.focusAdd();
  }

  /**
   * Nothing of the item stays but its place.
   *
   * @param {string} key
   * @param {'text'} type
   * @param {Record<string, unknown>} rest
   */
  #become(key, type, rest) {
    const { item } = this.#entry(key) ?? {};
    if (!isRecord(item)) return;
    const gone = Object.keys(item).filter((name) => !KEPT.has(name)).map((name) => [name, undefined]);
    this.#document.update(key, { ...Object.fromEntries(gone), ...rest, type });
    this.#editing.restructured();
    this.#list.focusRow(key);
  }

  /**
   * @param {number} index
   * @param {-1 | 1} direction
   * @returns {boolean} whether there was a row in that direction to go to
   */
  #focusFrom(index, direction) {
    const { entries } = this.#document;
    for (let i = index + direction; i >= 0 && i < entries.length; i += direction) {
      if (this.#list.focusRow(entries[i].key, direction)) return true;
    }
    return false;
  }

  /**
   * @param {string} key
   * @param {number} index
   * @param {string} [folder]
   */
  #move(key, index, folder) {
    this.#document.move(key, index, folder);
    this.#editing.restructured();
  }

  /**
   * @param {string} key
   * @param {number} value
   */
  #slide(key, value) {
    const entry = this.#entry(key);
    const slider = entry && sliderOf(entry, this.#editing.scene.meanings);
    if (!slider) return;
    this.#update(key, { latex: withSliderValue(itemLatex(entry.item), value, slider) }, `slide ${key}`);
  }

  /**
   * @param {string} key
   * @param {readonly string[]} names
   */
  #addSliders(key, names) {
    const index = this.#document.indexOf(key) + 1;
    const keys = names.map((name, offset) => this.#document.insertExpression(index + offset, `${name}=1`));
    this.#editing.restructured();
    this.#list.focusSlider(keys[0]);
  }
}

/** @param {number} count */
function lines(count) {
  return count === 1 ? 'one line' : `${count} lines`;
}
