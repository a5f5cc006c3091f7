import { formatNumber } from '../../plot/draw/ticks.js';
import { nextColor, safeColor } from '../../state/color.js';
import { columnKey, columnValues } from '../../state/table-scene.js';
import { isHead, readCells, writeCells } from '../../state/table-text.js';
import {
  freeHeader,
  readTable,
  withCell,
  withCells,
  withColumnStyle,
  withHeader,
  withNewColumn,
  withNewRow,
  withoutColumn,
  withoutRow,
} from '../../state/table.js';
import { trackFocus } from '../list/row/focus-tracker.js';
import { colorName } from '../explore/describe-graph.js';
import { button, element, setAttribute } from '../parts/dom.js';
import { pretty } from '../input/plain-symbols.js';
import { RowFrame } from '../list/row/frame.js';
import { RowMessage } from '../list/row/message.js';
import { latexOf, textOf } from './cell.js';
import { TableGrid } from './grid.js';
import { TableTools } from './tools.js';

/** @typedef {import('./grid.js').Place} Place */
/** @typedef {import('../../state/table.js').Column} Column */

/** @type {ReadonlyMap<number, string>} */
const NO_FAULTS = new Map();

/** A row for a table: its cells, their messages, and the buttons for its rows and columns. */
export class TableRow {
  element;
  #key;
  #actions;
  #frame;
  #grid;
  #tools;
  #message;
  #isAtHand = false;
  /** @type {HTMLButtonElement[]} */
  #swatches = [];
  /** @type {import('../list/make-row.js').RowContent | null} */
  #content = null;
  /** @type {readonly unknown[]} the inputs of the last `show` */
  #shown = [];

  /**
   * @param {string} key
   * @param {import('../list/make-row.js').RowActions} actions
   */
  constructor(key, actions) {
    this.#key = key;
    this.#actions = actions;
    this.#grid = new TableGrid({
      input: (place, latex) => this.#input(place, latex),
      removeRow: (row) => this.#edit(withoutRow(this.#item, row)),
      leave: (direction) => actions.leave(key, direction),
      escape: () => this.#tools.focus(),
      select: () => this.#showTools(),
    });
    this.#tools = new TableTools({
      insertRow: () => this.#edit(withNewRow(this.#item, this.#grid.place.row)),
      removeRow: () => this.#edit(withoutRow(this.#item, this.#grid.place.row)),
      removeColumn: () => this.#edit(withoutColumn(this.#item, this.#grid.place.column)),
      style: (changes) => this.#edit(withColumnStyle(this.#item, this.#grid.place.column, changes)),
      see: () => actions.tables.see(key),
      copy: () => this.#copyAll(),
    });
    this.#message = new RowMessage(
      (names) => actions.addSliders(key, names),
      (text) => actions.announce(text),
    );
    this.#frame = new RowFrame('graph-table-row', key, actions);
    const scroller = element('div', { class: 'graph-table-scroller' }, this.#grid.element);
    this.#frame.body.append(scroller, this.#message.element, this.#tools.element);
    this.element = this.#frame.element;
    trackFocus(this.element, (isAtHand) => {
      this.#isAtHand = isAtHand;
      this.#showTools();
    });
    scroller.addEventListener('paste', (event) => this.#paste(event));
    scroller.addEventListener('copy', (event) => this.#copy(event));
  }

  /** @param {import('../list/make-row.js').RowContent} content */
  show(content) {
    const { entry, number, meanings, readOnly } = content;
    this.#content = content;
    this.#frame.show(content, `table ${number}`);
    const table = readTable(entry.item);
    const found = table.columns.map((_, index) => meanings.get(columnKey(entry.key, index)));
    // Dragging a slider updates the list sixty times a second: a table that does not depend on it is left alone.
    const shown = [entry.item, number, readOnly, ...found];
    if (shown.length === this.#shown.length && shown.every((part, i) => part === this.#shown[i])) return;
    this.#shown = shown;
    this.#showSwatches(table.columns, readOnly);
    const columns = table.columns.map((column, index) => this.#gridColumn(column, index));
    this.#grid.show({ name: `Table ${number}`, columns, rows: table.rows, readOnly });
    this.#showMessage(table.columns);
    this.#showTools();
  }

  /** @param {-1 | 1} [direction] the cursor comes from the row above (1) or below (-1) */
  focus(direction) {
    const { rows } = readTable(this.#item);
    if (direction === -1) this.#grid.focus({ column: 0, row: rows });
    else this.#grid.focus(direction === 1 ? { column: 0, row: -1 } : { column: 0, row: 0 });
  }

  destroy() {
    this.#message.destroy();
    this.#frame.destroy();
  }

  get #item() {
    return this.#actions.tables.item(this.#key);
  }

  get #columns() {
    return readTable(this.#item).columns;
  }

  /**
   * @param {Column} column
   * @param {number} index
   * @returns {import('./grid.js').GridColumn}
   */
  #gridColumn(column, index) {
    const { entry, meanings } = /** @type {import('../list/make-row.js').RowContent} */ (this.#content);
    const meaning = meanings.get(columnKey(entry.key, index));
    const values = column.isComputed ? columnValues(entry, index, meanings) : [];
    const faults =
      meaning?.kind === 'list' && meaning.faults
        ? new Map(meaning.faults.map(({ row, message }) => [row, message]))
        : NO_FAULTS;
    return {
      label: nameOf(column, index),
      header: column.header,
      cell: column.isComputed ? (row) => valueText(values[row]) : (row) => column.cells[row] ?? '',
      isComputed: column.isComputed,
      isFaulty: meaning?.kind === 'error',
      faults,
      swatch: this.#swatches[index] ?? null,
    };
  }

  /**
   * @param {readonly Column[]} columns
   * @param {boolean} readOnly
   */
  #showSwatches(columns, readOnly) {
    this.#swatches = columns.map((column, index) => {
      const swatch = this.#swatches[index] ?? this.#newSwatch(index);
      const color = safeColor(column.item.color);
      const isShown = column.item.hidden !== true;
      swatch.hidden = index === 0;
      swatch.style.setProperty('--swatch', color);
      swatch.dataset.look = isShown ? 'points' : 'hidden';
      setAttribute(
        swatch,
        'aria-label',
        `${nameOf(column, index)}, ${colorName(color)}, ${isShown ? 'shown' : 'hidden'}`,
      );
      swatch.disabled = readOnly;
      return swatch;
    });
  }

  /** @param {number} index */
  #newSwatch(index) {
    const swatch = button(
      'graph-swatch',
      '',
      () => {
        const isShown = this.#columns[index].item.hidden !== true;
        this.#edit(withColumnStyle(this.#item, index, { hidden: isShown || undefined }));
      },
      element('span', { class: 'graph-disc' }),
    );
    // The tools offer the same, and Tab reaches them.
    swatch.tabIndex = -1;
    return swatch;
  }

  /** @param {readonly Column[]} columns */
  #showMessage(columns) {
    const { entry, meanings, readOnly } = /** @type {import('../list/make-row.js').RowContent} */ (this.#content);
    /** @type {import('../explore/describe-graph.js').Message | null} */
    let message = null;
    columns.forEach((column, index) => {
      const meaning = meanings.get(columnKey(entry.key, index));
      const name = nameOf(column, index);
      if (message || !meaning) return;
      if (meaning.kind === 'error')
        message = { tone: 'error', text: `${name}: ${meaning.message}`, missing: meaning.missing ?? [] };
      else if (meaning.kind === 'unsupported')
        message = { tone: 'note', text: `${name}: ${meaning.message}`, missing: [] };
      else if (meaning.kind === 'list' && meaning.faults?.length) {
        const [{ row, message: text }] = meaning.faults;
        message = { tone: 'error', text: `${name}, row ${row + 1}: ${text}`, missing: [] };
      }
    });
    this.#message.show(message, { patient: this.element.contains(document.activeElement), canEdit: !readOnly });
  }

  #showTools() {
    if (!this.#content) return;
    const { columns, rows } = readTable(this.#item);
    const { column, row } = this.#grid.place;
    const at = columns[column];
    this.#tools.element.hidden = this.#content.readOnly || !this.#isAtHand;
    this.#tools.show({
      row: row >= 0 && row < rows ? row + 1 : null,
      column: at ? nameOf(at, column) : null,
      points: at && column > 0 ? at.item : null,
      isComputed: at?.isComputed ?? false,
    });
  }

  /**
   * @param {Place} place
   * @param {string} latex
   */
  #input({ column, row }, latex) {
    const isNew = column >= this.#columns.length;
    if (isNew && latex === '') return;
    const { columns } = isNew
      ? withNewColumn(this.#item, this.#newColumn(), latex)
      : row < 0
        ? withHeader(this.#item, column, latex)
        : withCell(this.#item, column, row, latex);
    this.#edit({ columns }, `cell ${this.#key} ${column} ${row}`);
  }

  #newColumn() {
    return { id: this.#actions.tables.newId(), color: nextColor(this.#columns.map(({ item }) => item.color)) };
  }

  /**
   * @param {import('../../state/table.js').TableChanges} changes
   * @param {string} [tag]
   */
  #edit({ columns }, tag) {
    this.#actions.update(this.#key, { columns }, tag);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const rows = readCells(event.clipboardData?.getData('text/plain') ?? '');
    if (!rows || !this.#content || this.#content.readOnly) return;
    event.preventDefault();
    event.stopPropagation();
    const { column, row } = this.#grid.place;
    const cells = isHead(rows[0]) && rows.length > 1 && row <= 0 ? rows.slice(1) : rows;
    const taken = this.#actions.tables.names();
    const { columns } = withCells(
      this.#item,
      { column, row: Math.max(0, row) },
      cells.map((line) => line.map(latexOf)),
      () => {
        const header = freeHeader(taken);
        taken.add(header);
        return { ...this.#newColumn(), header };
      },
    );
    this.#edit({ columns });
    this.#actions.announce(`${cells.length} ${cells.length === 1 ? 'row' : 'rows'} pasted.`);
  }

  /** Copies the selected text, or else the whole table. @param {ClipboardEvent} event */
  #copy(event) {
    const { target } = event;
    const isSelected = target instanceof HTMLInputElement && target.selectionStart !== target.selectionEnd;
    if (isSelected) return;
    event.clipboardData?.setData('text/plain', this.#text());
    event.preventDefault();
    this.#actions.announce('The table is copied.');
  }

  #copyAll() {
    const copy = (/** @type {ClipboardEvent} */ event) => {
      event.clipboardData?.setData('text/plain', this.#text());
      event.preventDefault();
    };
    document.addEventListener('copy', copy, { once: true, capture: true });
    // The clipboard API is missing on pages without https.
    const isCopied = document.execCommand('copy');
    document.removeEventListener('copy', copy, { capture: true });
    this.#actions.announce(isCopied ? 'The table is copied.' : 'The browser does not allow copying here.');
  }

  /** @returns {string} the table as text for a spreadsheet */
  #text() {
    if (!this.#content) return '';
    const { entry, meanings } = this.#content;
    const { columns, rows } = readTable(entry.item);
    const values = columns.map((column, index) => (column.isComputed ? columnValues(entry, index, meanings) : []));
    const cell = (/** @type {Column} */ column, /** @type {number} */ index, /** @type {number} */ row) =>
      column.isComputed ? String(values[index][row] ?? '') : textOf(column.cells[row] ?? '');
    const lines = Array.from({ length: rows }, (_, row) => columns.map((column, index) => cell(column, index, row)));
    return writeCells([columns.map(({ header }) => textOf(header)), ...lines]);
  }
}

/**
 * @param {Column} column
 * @param {number} index
 */
function nameOf({ header }, index) {
  return header.trim() === '' ? `column ${index + 1}` : pretty(textOf(header));
}

/** @param {number | undefined} value of a computed column */
function valueText(value) {
  if (value === undefined || Number.isNaN(value)) return '';
  return Number.isFinite(value) ? formatNumber(Number(value.toPrecision(6))).replace('\u2212', '-') : String(value);
}
