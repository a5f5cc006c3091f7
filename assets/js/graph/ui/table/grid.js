import { element, setAttribute } from '../parts/dom.js';
import { TableCell } from './cell.js';
import { moveOf } from './keys.js';
import { whenVisible } from '../parts/when-visible.js';

/** Rows created at a time; more are created when they are scrolled to. */
const ROWS_AT_ONCE = 100;

/**
 * A cell of the grid. Row -1 is the header row.
 *
 * @typedef {{column: number, row: number}} Place
 *
 * @typedef {object} GridColumn
 * @property {string} label name of the column
 * @property {string} header LaTeX
 * @property {(row: number) => string} cell LaTeX
 * @property {boolean} isComputed
 * @property {boolean} isFaulty
 * @property {ReadonlyMap<number, string>} faults by row
 * @property {HTMLElement | null} swatch beside the header
 *
 * @typedef {object} GridContent
 * @property {string} name of the table
 * @property {readonly GridColumn[]} columns
 * @property {number} rows
 * @property {boolean} readOnly
 *
 * @typedef {object} GridEvents
 * @property {(place: Place, latex: string) => void} input the content of a cell or header has changed; the column or
 *   row may not exist yet
 * @property {(row: number) => void} removeRow
 * @property {(direction: -1 | 1) => void} leave past the first or the last row
 * @property {() => void} escape
 * @property {(place: Place) => void} select
 */

/**
 * The cells of a table, navigated as in a spreadsheet. The grid is a single tab stop, at the cell used last; inside,
 * Tab moves from cell to cell, and leaves the grid at the end.
 */
export class TableGrid {
  #events;
  #head = element('div', { class: 'graph-table-line graph-table-head', role: 'row', 'aria-rowindex': 1 });
  #end = element('div', { class: 'graph-table-end', 'aria-hidden': 'true' });
  element = element('div', { class: 'graph-table', role: 'grid' }, this.#head);
  /** @type {TableCell[]} */
  #headers = [];
  /** @type {{element: HTMLElement, cells: TableCell[]}[]} */
  #lines = [];
  /** @type {GridContent} */
  #content = { name: '', columns: [], rows: 0, readOnly: false };
  /** @type {Place} */
  #place = { column: 0, row: 0 };
  #limit = ROWS_AT_ONCE;
  #isEndWatched = false;

  /** @param {GridEvents} events */
  constructor(events) {
    this.#events = events;
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('focusin', ({ target }) => {
      const place = this.#placeOf(/** @type {Node} */ (target));
      if (place) this.#select(place);
    });
  }

  /** @returns {Place} the cell that has, or last had, the focus */
  get place() {
    return this.#place;
  }

  /** @param {GridContent} content */
  show(content) {
    this.#content = content;
    setAttribute(this.element, 'aria-label', content.name);
    setAttribute(this.element, 'aria-rowcount', String(this.#rows + 1));
    setAttribute(this.element, 'aria-colcount', String(content.columns.length));
    this.element.style.setProperty('--columns', String(content.columns.length));
    this.element.classList.toggle('graph-table-fixed', content.readOnly);
    this.#showHeaders();
    this.#showLines();
    this.#keepPlace();
  }

  /** @param {Place} [place] */
  focus(place = this.#place) {
    this.#cellAt(this.#clamped(place))?.focus();
  }

  /** One row more than there is, to type below. */
  get #rows() {
    if (this.#content.columns.length === 0) return 0;
    return this.#content.rows + (this.#content.readOnly ? 0 : 1);
  }

  #showHeaders() {
    const { columns, readOnly } = this.#content;
    const count = columns.length + (readOnly ? 0 : 1);
    while (this.#headers.length > count) this.#headers.pop()?.element.remove();
    while (this.#headers.length < count) {
      const column = this.#headers.length;
      const header = new TableCell(true, (latex) => this.#events.input({ column, row: -1 }, latex));
      this.#headers.push(header);
      this.#head.append(header.element);
    }
    this.#headers.forEach((header, index) => {
      const column = columns[index];
      const label = column ? `Header of column ${index + 1}` : 'Header of a new column';
      header.show({ latex: column?.header ?? '', label, readOnly, isFaulty: column?.isFaulty ?? false });
      header.element.classList.toggle('graph-cell-new', !column);
      const swatch = column?.swatch ?? null;
      const before = header.input.previousElementSibling;
      if (before === swatch) return;
      before?.remove();
      if (swatch) header.input.before(swatch);
    });
  }

  #showLines() {
    const { columns, readOnly } = this.#content;
    const count = Math.min(this.#rows, this.#limit);
    while (this.#lines.length > count) this.#lines.pop()?.element.remove();
    while (this.#lines.length < count) this.#addLine();
    this.#lines.forEach(({ element: line, cells }, row) => {
      this.#fitCells(line, cells, row);
      columns.forEach(({ label, cell, isComputed, faults }, column) => {
        cells[column].show({
          latex: cell(row),
          label: `${label}, row ${row + 1}`,
          readOnly: readOnly || isComputed,
          isFaulty: faults.has(row),
        });
        cells[column].element.classList.toggle('graph-cell-computed', isComputed);
      });
    });
    this.#watchEnd();
  }

  #addLine() {
    const line = element('div', { class: 'graph-table-line', role: 'row', 'aria-rowindex': this.#lines.length + 2 });
    const last = this.#lines.at(-1)?.element ?? this.#head;
    last.after(line);
    this.#lines.push({ element: line, cells: [] });
  }

  /**
   * @param {HTMLElement} line
   * @param {TableCell[]} cells
   * @param {number} row
   */
  #fitCells(line, cells, row) {
    const count = this.#content.columns.length;
    while (cells.length > count) cells.pop()?.element.remove();
    while (cells.length < count) {
      const column = cells.length;
      const cell = new TableCell(false, (latex) => this.#events.input({ column, row }, latex));
      cells.push(cell);
      line.append(cell.element);
    }
  }

  /** Creates more rows when the last one is about to become visible. */
  #watchEnd() {
    const isWhole = this.#lines.length >= this.#rows;
    if (isWhole) this.#end.remove();
    else if (!this.#isEndWatched) {
      this.element.append(this.#end);
      this.#isEndWatched = true;
      whenVisible(this.#end, () => {
        this.#isEndWatched = false;
        this.#limit += ROWS_AT_ONCE;
        this.#end.remove();
        this.show(this.#content);
      });
    }
  }

  /** The cell used last may have been removed. */
  #keepPlace() {
    const place = this.#clamped(this.#place);
    for (const cell of this.#cells()) if (cell.input.tabIndex !== -1) cell.input.tabIndex = -1;
    const cell = this.#cellAt(place);
    if (cell) cell.input.tabIndex = 0;
    if (place.column !== this.#place.column || place.row !== this.#place.row) this.#select(place);
  }

  /** @param {Place} place */
  #select(place) {
    const before = this.#cellAt(this.#place);
    if (before) before.input.tabIndex = -1;
    this.#place = place;
    const cell = this.#cellAt(place);
    if (cell) cell.input.tabIndex = 0;
    this.#events.select(place);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const place = this.#placeOf(/** @type {Node} */ (event.target));
    const cell = place && this.#cellAt(place);
    if (
      !place ||
      !cell ||
      event.target !== cell.input ||
      event.isComposing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    if (event.key === 'Escape') this.#events.escape();
    else if (event.key !== 'Backspace' || !this.#takeBack(place)) {
      const move = moveOf(event, cell.input);
      if (!move || !this.#go(place, move, event.key === 'Tab')) return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {Place} from
   * @param {Place} by
   * @param {boolean} isTab Tab continues in the next row, and leaves the table after the last cell
   * @returns {boolean} whether the focus moved
   */
  #go(from, by, isTab) {
    const isNewHeader = from.row === -1 && from.column >= this.#content.columns.length;
    let column = from.column + by.column;
    let row = from.row + by.row;
    const last = this.#content.columns.length - 1 + (row === -1 && !this.#content.readOnly ? 1 : 0);
    if (isTab && column > last) [column, row] = [0, row + 1];
    if (isTab && column < 0)
      [column, row] = [row === 0 ? this.#headers.length - 1 : this.#content.columns.length - 1, row - 1];
    if (isNewHeader && by.row > 0) column -= 1;
    if (row < -1 || row >= this.#rows) {
      if (!isTab && by.row !== 0) this.#events.leave(by.row < 0 ? -1 : 1);
      return !isTab;
    }
    if (column < 0 || column > last) return isTab;
    this.#reach(row);
    this.focus({ column, row });
    return true;
  }

  /**
   * Removes a row when Backspace is pressed in it while it is empty.
   *
   * @param {Place} place
   */
  #takeBack({ column, row }) {
    const { columns, rows, readOnly } = this.#content;
    if (readOnly || row < 0 || columns.some(({ cell, isComputed }) => !isComputed && cell(row) !== '')) return false;
    if (rows === 0) return false;
    if (row < rows) this.#events.removeRow(row);
    this.focus({ column, row: Math.max(0, row - 1) });
    return true;
  }

  /** @param {number} row a row that may not have been created yet */
  #reach(row) {
    if (row < this.#lines.length) return;
    this.#limit = row + ROWS_AT_ONCE;
    this.show(this.#content);
  }

  /** @param {Place} place */
  #clamped({ column, row }) {
    const inRow = Math.max(-1, Math.min(row, this.#lines.length - 1));
    const columns = inRow === -1 ? this.#headers.length : this.#content.columns.length;
    return { row: inRow, column: Math.max(0, Math.min(column, columns - 1)) };
  }

  /** @param {Place} place @returns {TableCell | undefined} */
  #cellAt({ column, row }) {
    return row < 0 ? this.#headers[column] : this.#lines[row]?.cells[column];
  }

  /** @param {Node} node @returns {Place | null} */
  #placeOf(node) {
    const header = this.#headers.findIndex(({ element: cell }) => cell.contains(node));
    if (header >= 0) return { column: header, row: -1 };
    const row = this.#lines.findIndex(({ element: line }) => line.contains(node));
    const column = row < 0 ? -1 : this.#lines[row].cells.findIndex(({ element: cell }) => cell.contains(node));
    return column < 0 ? null : { column, row };
  }

  /** @returns {Iterable<TableCell>} */
  *#cells() {
    yield* this.#headers;
    for (const { cells } of this.#lines) yield* cells;
  }
}
