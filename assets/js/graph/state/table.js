import { isRecord, withChanges } from './json.js';

/**
 * Reads and edits table items. An edit returns the new `columns` of the item; columns, keys of columns and cells that
 * it does not change are the same objects.
 *
 * @typedef {import('./item.js').Item} Item
 *
 * @typedef {object} Column
 * @property {string} id
 * @property {string} header LaTeX: the name of the list below it, or the formula of a computed column
 * @property {readonly string[]} cells LaTeX, as far as the state has any
 * @property {boolean} isComputed
 * @property {Record<string, unknown>} item the column in the state
 *
 * @typedef {{columns: readonly Column[], rows: number}} Table `rows` is the length of the longest column
 *
 * @typedef {{columns: unknown[]}} TableChanges
 *
 * @typedef {{id: string, color: string}} NewColumn
 */

/** A name for a list; anything else in a header is a formula. */
const NAME = /^\s*(?:(?:[a-zA-Z]|\\[a-zA-Z]+)(?:_(?:\{[^{}]*\}|[a-zA-Z0-9]))?)?\s*$/;

const LETTERS = ['x', 'y', 'z', 'u', 'v', 'w', 'p', 'q'];

/**
 * @param {Item} item
 * @returns {Table}
 */
export function readTable(item) {
  const columns = columnItems(item).map((column) => {
    const header = typeof column.latex === 'string' ? column.latex : '';
    const cells = Array.isArray(column.values) ? column.values.map(cellText) : [];
    return { id: String(column.id ?? ''), header, cells, isComputed: !NAME.test(header), item: column };
  });
  return { columns, rows: Math.max(0, ...columns.map(({ cells, isComputed }) => (isComputed ? 0 : cells.length))) };
}

/**
 * @param {Item} item
 * @param {number} column
 * @param {number} row added if it does not exist
 * @param {string} latex
 * @returns {TableChanges}
 */
export function withCell(item, column, row, latex) {
  return withColumn(item, column, ({ cells }) => ({ values: placed(cells, row, latex) }));
}

/**
 * @param {Item} item
 * @param {number} column
 * @param {string} latex
 * @returns {TableChanges}
 */
export function withHeader(item, column, latex) {
  return withColumn(item, column, () => ({ latex }));
}

/**
 * Changes keys of a column; `undefined` removes a key.
 *
 * @param {Item} item
 * @param {number} column
 * @param {Record<string, unknown>} changes
 * @returns {TableChanges}
 */
export function withColumnStyle(item, column, changes) {
  return withColumn(item, column, () => changes);
}

/**
 * @param {Item} item
 * @param {NewColumn} column
 * @param {string} header
 * @returns {TableChanges}
 */
export function withNewColumn(item, { id, color }, header) {
  return { columns: [...columnItems(item), { id, color, latex: header }] };
}

/**
 * @param {Item} item
 * @param {number} column
 * @returns {TableChanges}
 */
export function withoutColumn(item, column) {
  return { columns: columnItems(item).toSpliced(column, 1) };
}

/**
 * @param {Item} item
 * @param {number} row
 * @returns {TableChanges}
 */
export function withoutRow(item, row) {
  return withValues(item, (cells) => cells.toSpliced(row, 1));
}

/**
 * @param {Item} item
 * @param {number} row an empty row is inserted before it
 * @returns {TableChanges}
 */
export function withNewRow(item, row) {
  return withValues(item, (cells) => (row < cells.length ? cells.toSpliced(row, 0, '') : cells));
}

/**
 * Writes cells over the existing ones. Missing columns are added; computed columns stay computed.
 *
 * @param {Item} item
 * @param {{column: number, row: number}} at position of the first cell
 * @param {readonly (readonly string[])[]} rows LaTeX
 * @param {() => NewColumn & {header: string}} newColumn
 * @returns {TableChanges}
 */
export function withCells(item, at, rows, newColumn) {
  const columns = [...columnItems(item)];
  const width = Math.max(0, ...rows.map((row) => row.length));
  while (columns.length < at.column + width) {
    const { id, color, header } = newColumn();
    columns.push({ id, color, latex: header });
  }
  const { columns: read } = readTable({ columns });
  const changed = read.map((column, index) => {
    const from = index - at.column;
    if (from < 0 || from >= width || column.isComputed) return column.item;
    const cells = rows.reduce((values, row, i) => placed(values, at.row + i, row[from] ?? ''), column.cells);
    return { ...column.item, values: cells };
  });
  return { columns: changed };
}

/**
 * Returns a new table, empty or with the given cells.
 *
 * @param {readonly NewColumn[]} columns
 * @param {readonly string[]} headers LaTeX
 * @param {readonly (readonly string[])[]} [rows] LaTeX
 * @returns {Record<string, unknown>} an item without id
 */
export function newTable(columns, headers, rows = [['', '']]) {
  return {
    type: 'table',
    columns: columns.map(({ id, color }, index) => ({
      id,
      color,
      latex: headers[index],
      // The leftmost column holds the x of the others, and has no points of its own.
      ...(index === 0 ? { hidden: true } : {}),
      values: rows.map((row) => row[index] ?? ''),
    })),
  };
}

/**
 * Returns unused headers: `x_{1}` and `y_{1}`, or with the next free number.
 *
 * @param {number} count
 * @param {ReadonlySet<string>} taken names with braces around the subscript
 * @returns {string[]}
 */
export function freeHeaders(count, taken) {
  for (let number = 1; ; number++) {
    const headers = Array.from({ length: count }, (_, index) => headerName(index, number));
    if (headers.every((header) => !taken.has(header))) return headers;
  }
}

/**
 * @param {ReadonlySet<string>} taken
 * @returns {string} the header of another column
 */
export function freeHeader(taken) {
  for (let index = 1; ; index++) {
    const header = headerName(index, 1);
    if (!taken.has(header)) return header;
  }
}

/**
 * @param {number} index
 * @param {number} number
 * @returns {string} `y_{1}`, and after the last letter `x_{1a}`
 */
function headerName(index, number) {
  const round = Math.floor(index / LETTERS.length);
  return `${LETTERS[index % LETTERS.length]}_{${number}${round > 0 ? String.fromCharCode(96 + round) : ''}}`;
}

/**
 * Returns the names with a subscript that a list defines, judging by its text. Names that are only used are free: a
 * table for `y_{1}\sim mx_{1}+b` should use exactly these.
 *
 * @param {Iterable<Item>} items
 * @returns {Set<string>} with braces around the subscript
 */
export function definedNames(items) {
  const names = new Set();
  const collect = (/** @type {unknown} */ latex, /** @type {RegExp} */ form) => {
    const [, letter, index] = (typeof latex === 'string' && form.exec(latex)) || [];
    if (letter) names.add(`${letter}_{${index}}`);
  };
  for (const item of items) {
    if (!isRecord(item)) continue;
    collect(item.latex, /^\s*([a-zA-Z])_\{?([a-zA-Z0-9]+)\}?\s*(?:=|\\left\(|\()/);
    for (const column of columnItems(item)) collect(column.latex, /^\s*([a-zA-Z])_\{?([a-zA-Z0-9]+)\}?\s*$/);
  }
  return names;
}

/**
 * @param {Item} item
 * @returns {readonly Record<string, unknown>[]}
 */
function columnItems(item) {
  return isRecord(item) && Array.isArray(item.columns) ? item.columns.filter(isRecord) : [];
}

/** @param {unknown} cell */
function cellText(cell) {
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}

/**
 * @param {readonly string[]} cells
 * @param {number} row
 * @param {string} latex
 * @returns {string[]}
 */
function placed(cells, row, latex) {
  const values = [...cells];
  while (values.length <= row) values.push('');
  values[row] = latex;
  return values;
}

/**
 * @param {Item} item
 * @param {number} index
 * @param {(column: Column) => Record<string, unknown>} change
 * @returns {TableChanges}
 */
function withColumn(item, index, change) {
  const columns = readTable(item).columns.map((column, i) =>
    i === index ? withChanges(column.item, change(column)) : column.item,
  );
  return { columns };
}

/**
 * @param {Item} item
 * @param {(cells: readonly string[]) => readonly string[]} change
 * @returns {TableChanges}
 */
function withValues(item, change) {
  const columns = readTable(item).columns.map((column) => {
    const cells = change(column.cells);
    return cells === column.cells || column.item.values === undefined ? column.item : { ...column.item, values: cells };
  });
  return { columns };
}
