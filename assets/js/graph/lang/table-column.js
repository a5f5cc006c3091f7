/**
 * Columns of a table: a header that is a name defines a list of the cells below it.
 *
 * @typedef {import('./read-line.js').ReadLine} ReadLine
 * @typedef {import('./parser/syntax.js').Node} Node
 */

import { words } from './messages.js';
import { UNKNOWN, isDefinable, readLine } from './read-line.js';
import { node, number } from './parser/syntax.js';

const PLAIN_NUMBER = /^\s*-?(?:\d+\.?\d*|\.\d+)\s*$/;

/**
 * @param {string} header in LaTeX
 * @param {readonly string[]} cells in LaTeX; ignored if the header is a formula, which is then computed
 * @param {ReadonlySet<string>} functions names that the list defines as functions
 * @returns {ReadLine}
 */
export function readColumn(header, cells, functions) {
  const head = readLine(header, functions);
  const name = head.line?.ops.length === 0 && head.line.sides[0].type === 'name' ? head.line.sides[0].name : null;
  if (name === null) return head;
  /** @type {{row: number, message: string}[]} */
  const faults = [];
  const names = new Set([name]);
  const args = withoutEnd(cells).map((cell, row) => {
    const read = readCell(cell, functions);
    if (typeof read === 'string') faults.push({ row, message: read });
    else for (const used of read.names) names.add(used);
    return typeof read === 'string' ? number(NaN) : read.node;
  });
  const body = node({ type: /** @type {const} */ ('list'), args }, args);
  return {
    ...head,
    key: columnKey(header, cells),
    line: { sides: [body], ops: [], restrictions: [] },
    names,
    definition: isDefinable(name) ? { ...UNKNOWN, name, body } : null,
    faults,
  };
}

/** @param {string} header @param {readonly string[]} cells @returns {string} the whole column as one string */
export function columnKey(header, cells) {
  return `column ${header}\n${cells.join('\u0000')}`;
}

/** Drops the empty row at the end of a table, which is there to type into. @param {readonly string[]} cells */
function withoutEnd(cells) {
  let end = cells.length;
  while (end > 0 && cells[end - 1].trim() === '') end -= 1;
  return cells.slice(0, end);
}

/**
 * @param {string} cell
 * @param {ReadonlySet<string>} functions
 * @returns {{node: Node, names: Set<string>}|string} a message if it cannot be read
 */
function readCell(cell, functions) {
  if (cell.trim() === '') return { node: number(NaN), names: new Set() };
  if (PLAIN_NUMBER.test(cell)) return { node: number(Number(cell)), names: new Set() };
  const { line, error, names } = readLine(cell, functions);
  if (line !== null && line.ops.length === 0) return { node: line.sides[0], names };
  return error?.message ?? words.needsNumber();
}
