import { numberLines } from './number-fields.js';
import { readStyle } from './style.js';
import { readTable } from './table.js';

/**
 * The meaning of the columns of a table, and their points on the plane.
 *
 * @typedef {import('./document.js').Entry} Entry
 * @typedef {import('./scene.js').Meaning} Meaning
 * @typedef {ReadonlyMap<string, Meaning>} Meanings
 * @typedef {import('./table.js').Column} Column
 */

/** Separates the table's key from the column's index: a character that does not occur in ids typed by people. */
const SEPARATOR = '\u0000column ';

/**
 * Returns the key of a column in a scene.
 *
 * @param {string} key key of the table
 * @param {number} index index of the column
 * @returns {string}
 */
export function columnKey(key, index) {
  return key + SEPARATOR + index;
}

/**
 * @param {string} key
 * @returns {{key: string, column: number} | null} the table's key and the column's index; null if it is not the key of
 *   a column
 */
export function columnOf(key) {
  const at = key.lastIndexOf(SEPARATOR);
  return at < 0 ? null : { key: key.slice(0, at), column: Number(key.slice(at + SEPARATOR.length)) };
}

/**
 * @param {string} key key of a drawable
 * @returns {string} the key of its entry; for a column, of its table
 */
export function entryKeyOf(key) {
  return columnOf(key)?.key ?? key;
}

/**
 * @param {Entry} entry a table entry
 * @returns {import('../lang/index.js').InputLine[]} lines to interpret together with the list's own
 */
export function tableLines(entry) {
  return readTable(entry.item).columns.flatMap((column, index) => {
    const key = columnKey(entry.key, index);
    const latex = headerOf(column, index);
    return [
      column.isComputed ? { id: key, latex } : { id: key, latex, cells: column.cells },
      ...numberLines({ key, item: column.item }),
    ];
  });
}

/**
 * @param {Entry} entry a table entry
 * @param {number} index index of a column
 * @param {Meanings} meanings
 * @returns {readonly number[]} the values of a column by row, NaN if missing
 */
export function columnValues(entry, index, meanings) {
  const { columns, rows } = readTable(entry.item);
  const meaning = meanings.get(columnKey(entry.key, index));
  if (meaning?.kind === 'list') return meaning.values;
  if (meaning?.kind === 'value')
    return columns[index].isComputed ? Array.from({ length: rows }, () => meaning.value) : [];
  // `x^{2}` beside a column with the header x alone.
  if (meaning?.kind !== 'function' || index === 0 || columns[0].header.trim() !== meaning.of) return [];
  return columnValues(entry, 0, meanings).map((value) => meaning.curves[0].value(value));
}

/**
 * Returns the points of each column over the first one.
 *
 * @param {Entry} entry a table entry
 * @param {Meanings} meanings
 * @returns {import('./scene.js').Drawable[]} a point for each row; rows with a gap have NaN
 */
export function tableDrawables(entry, meanings) {
  const { columns } = readTable(entry.item);
  const xs = columns.length > 1 ? columnValues(entry, 0, meanings) : [];
  return columns.flatMap((column, index) => {
    if (index === 0 || column.item.hidden === true) return [];
    const ys = columnValues(entry, index, meanings);
    const points = Array.from({ length: Math.min(xs.length, ys.length) }, (_, row) => ({ x: xs[row], y: ys[row] }));
    if (!points.some(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) return [];
    const key = columnKey(entry.key, index);
    /** @type {Meaning} */
    const meaning = { kind: 'point', points };
    const latex = `\\left(${headerOf(columns[0], 0)},${headerOf(column, index)}\\right)`;
    return [{ key, latex, meaning, style: readStyle({ key, item: column.item }, meaning, meanings), domain: {} }];
  });
}

/**
 * @param {Column} column
 * @param {number} index
 * @returns {string} a generated name: a column without a header has points too, and x and y cannot be names of lists
 */
function headerOf({ header }, index) {
  return header.trim() === '' ? (index === 0 ? 'x' : 'y') : header;
}
