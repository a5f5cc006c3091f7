import { nextColor } from '../../state/color.js';
import { itemText } from '../../state/item.js';
import { definedNames, freeHeaders, newTable } from '../../state/table.js';
import { seePoints } from '../plane/zoom-to-points.js';

/** Typed as a line, it asks for a table. */
const WORD = 'table';

/**
 * New tables, and what tables need to know of the list they are in.
 */
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

  /** Adds an empty table below the row that is at hand. */
  add() {
    this.#edits.addBelowSelected(this.#newTable());
  }

  /**
   * @param {string} latex what has been typed in a line
   * @returns {boolean} whether it asks for a table
   */
  isAsked(latex) {
    return latex === WORD;
  }

  /**
   * Makes a table of a line, in its place.
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
   * @returns {import('../../state/item.js').Item} the item as it is now, which may be later than what was shown
   */
  item(key) {
    const { document } = this.#editing;
    return document.entries[document.indexOf(key)]?.item;
  }

  /** @param {string} key of a table whose points are to be seen, wherever they are */
  see(key) {
    seePoints(this.#editing, key);
  }

  /** @returns {string} an id for a column */
  newId() {
    return this.#editing.document.newId();
  }

  /** @returns {Set<string>} names with an index that the list defines, such as `x_{1}` */
  names() {
    return definedNames(this.#editing.document.entries.map(({ item }) => item));
  }

  /**
   * @param {readonly (readonly string[])[]} [cells] LaTeX
   * @param {import('../../state/item.js').Item} [replaced] the item in whose place it comes
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
