import { itemKind } from '../state/item.js';
import { ExpressionList } from './expression-list.js';
import { ListEdits } from './list-edits.js';
import { RowMoves } from './row-moves.js';
import { RowOptions } from './row-options.js';

/**
 * Ties the list to the document: what rows and buttons ask for goes to those that do it.
 */
export class ListController {
  #editing;
  #list;
  #edits;
  #moves;
  #options;

  /** @param {import('./editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    this.#list = new ExpressionList(this.#rowActions(), {
      add: () => this.#edits.add(editing.document.entries.length),
      undo: () => this.step('undo'),
      redo: () => this.step('redo'),
      select: (key) => editing.select(key),
    });
    this.#edits = new ListEdits(editing, this.#list);
    this.#moves = new RowMoves(editing, this.#list);
    this.#options = new RowOptions(editing, {
      step: (key, direction) => this.#moves.step(key, direction),
      duplicate: (key) => this.#edits.duplicate(key),
      enfold: (key) => this.#edits.enfold(key),
      unfold: (key) => this.#edits.unfold(key),
      remove: (key) => this.#edits.remove(key, 1),
      update: (key, changes, tag) => this.#edits.update(key, changes, tag),
    });
  }

  get element() {
    return this.#list.element;
  }

  show() {
    const { document, scene, readOnly } = this.#editing;
    this.#list.show(document.entries, scene, readOnly);
    this.#list.showSelected(this.#editing.selected);
    this.#list.showSteps(document.steps);
    this.#options.show((key) => this.#list.contentOf(key));
  }

  /** Puts the cursor where typing goes on: in the last expression, or where one is added. */
  focus() {
    const last = this.#editing.document.entries.findLast(({ item }) => itemKind(item) === 'expression');
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
    if (this.#editing.document[direction]()) this.#editing.restructured();
  }

  destroy() {
    this.#moves.destroy();
    this.#options.destroy();
    this.#list.destroy();
  }

  /** @returns {import('./rows.js').RowActions} */
  #rowActions() {
    return {
      edit: (key, latex) => this.#edits.update(key, { latex: latex || undefined }, `edit ${key}`),
      update: (key, changes, tag) => this.#edits.update(key, changes, tag),
      enter: (key) => this.#edits.addBelow(key),
      backspace: (key) => this.#edits.remove(key, -1),
      leave: (key, direction) => this.#edits.focusFrom(key, direction),
      move: (key, index, folder) => this.#edits.move(key, index, folder),
      toggle: (key) => this.#edits.toggle(key),
      become: (key, type, rest) => this.#edits.become(key, type, rest),
      remove: (key) => this.#edits.remove(key, 1),
      unfold: (key) => this.#edits.unfold(key),
      options: (key, name, anchor, isToggle) => {
        const content = this.#list.contentOf(key);
        if (content && !content.readOnly) this.#options.open(content, name, anchor, isToggle);
      },
      slide: (key, value) => this.#edits.slide(key, value),
      addSliders: (key, names) => this.#edits.addSliders(key, names),
      announce: (text) => this.#editing.announce(text),
    };
  }
}
