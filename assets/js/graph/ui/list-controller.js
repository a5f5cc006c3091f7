import { isHidden, itemKind, itemLatex } from '../state/item.js';
import { sliderOf, withSliderValue } from '../state/slider.js';
import { ExpressionList } from './expression-list.js';

/**
 * What the list asks for, done: edits of the document, and where the cursor goes after them.
 */
export class ListController {
  #editing;
  #list;

  /** @param {import('./editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    this.#list = new ExpressionList(this.#rowActions(), {
      add: () => this.#add(this.#document.entries.length),
      undo: () => this.step('undo'),
      redo: () => this.step('redo'),
      select: (key) => editing.select(key),
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
      enter: (key) => this.#add(this.#document.indexOf(key) + 1),
      backspace: (key) => this.#remove(key, -1),
      leave: (key, direction) => this.#focusFrom(this.#document.indexOf(key), direction),
      move: (key, index, folder) => this.#move(key, index, folder),
      toggle: (key) => this.#toggle(key),
      remove: (key) => this.#remove(key, 1),
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

  /** @param {number} index */
  #add(index) {
    const key = this.#document.insertExpression(index);
    this.#editing.restructured();
    this.#list.focusRow(key);
  }

  /**
   * @param {string} key
   * @param {-1 | 1} direction where the cursor goes first: on after a deletion, back after a backspace
   */
  #remove(key, direction) {
    const index = this.#document.indexOf(key);
    this.#document.remove(key);
    this.#editing.restructured();
    const next = direction === 1 ? index - 1 : index;
    if (this.#focusFrom(next, direction) || this.#focusFrom(index, direction === 1 ? -1 : 1)) return;
    this.#list.focusAdd();
  }

  /**
   * @param {number} index
   * @param {-1 | 1} direction
   * @returns {boolean} whether there was a row in that direction to go to
   */
  #focusFrom(index, direction) {
    const next = this.#document.entries[index + direction];
    return next !== undefined && this.#list.focusRow(next.key, direction);
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

  /** @param {string} key */
  #toggle(key) {
    const entry = this.#entry(key);
    if (entry) this.#update(key, { hidden: isHidden(entry.item) ? undefined : true });
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
