import { nextColor } from '../../state/color.js';
import { itemText } from '../../state/item.js';
import { definedNames, freeHeaders, newTable } from '../../state/table.js';
import { seePoints } from '../plane/zoom-to-points.js';

/** Typing this as a line inserts a table. */
const WORD = 'table';

/** Inserts tables, and tells tables what they need to know about the list. */
export class TableEdits {
  #editing;
  #edits;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {import('../list/edits.js').ListEdits} edits
   */
  constructor(editing, edits) {
    this.#editing = editing;
    this.#edits = edits;
  }

  /** Adds an empty table below the selected row. */
  add() {
    this.#edits.addBelowSelected(this.#newTable());
  }

  /**
   * @param {string} latex the text of a line
   * @returns {boolean} whether it asks for a table
   */
  isAsked(latex) {
    return latex === WORD;
  }

  /**
   * Replaces a line by a table.
   *
   * @param {string} key of the line
   * @param {readonly (readonly string[])[]} [cells] LaTeX
   */
  become(key, cells) {
    const { type, ...rest } = this.#newTable(cells, this.item(key));
    this.#edits.become(key, 'table', rest);
  }

  /**
   * @param {string} key
   * @returns {import('../../state/item.js').Item} the current item, which may be newer than the one shown
   */
  item(key) {
    const { document } = this.#editing;
    return document.entries[document.indexOf(key)]?.item;
  }

  /** @param {string} key key of a table; the view moves to its points */
  see(key) {
    seePoints(this.#editing, key);
  }

  /** @returns {string} an id for a column */
  newId() {
    return this.#editing.document.newId();
  }

  /** @returns {Set<string>} names with a subscript that the list defines, such as `x_{1}` */
  names() {
    return definedNames(this.#editing.document.entries.map(({ item }) => item));
  }

  /**
   * @param {readonly (readonly string[])[]} [cells] LaTeX
   * @param {import('../../state/item.js').Item} [replaced] the item that it replaces
   */
  #newTable(cells, replaced) {
    const items = this.#editing.document.entries.map(({ item }) => item).filter((item) => item !== replaced);
    const headers = freeHeaders(Math.max(2, ...(cells ?? []).map((row) => row.length)), definedNames(items));
    const used = items.map((item) => itemText(item, 'color'));
    const columns = headers.map(() => {
      const color = nextColor(used);
      used.push(color);
      return { id: this.newId(), color };
    });
    return newTable(columns, headers, cells);
  }
}
