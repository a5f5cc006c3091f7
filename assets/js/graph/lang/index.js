/**
 * The language of the expression list: LaTeX lines in, what to draw out.
 *
 * interpret() is meant to be called again at every change, sixty times a second while a slider moves. What a line
 * means depends on nothing but its own LaTeX, that of the lines it uses, and the settings; so meanings are kept, and a
 * line that did not change gives the very same object again.
 *
 * @typedef {import('./types.js').Meaning} Meaning
 * @typedef {import('./read-line.js').ReadLine} ReadLine
 */

import { Cache } from './cache.js';
import { withChance } from './chance/random.js';
import { classify } from './classify-line.js';
import { columnKey, readColumn } from './table-column.js';
import { LangError, words } from './messages.js';
import { definedFunction, readLine, withRegression } from './read-line.js';
import { fit } from './regression-line.js';
import { Scope } from './scope.js';
import { MAX_LENGTH } from './parser/tokens.js';
import { beginList, isCutShort } from './work-limit.js';

/** @type {Cache<string|null>} */
const heads = new Cache(2000);
/** @type {Cache<ReadLine>} */
const reads = new Cache(2000);
/** @type {Cache<Meaning>} */
const meanings = new Cache(1000);

/** @type {Cache<import('./regression-line.js').Fit>} */
const fits = new Cache(100);
/** @type {WeakMap<import('./types.js').Solve, number>} */
const solvers = new WeakMap();
let solverCount = 0;

/** @type {Meaning} */
const EMPTY = Object.freeze({ kind: 'empty' });
/** @type {Meaning} */
const TOO_LONG = Object.freeze({ kind: 'error', message: words.tooLong() });

/**
 * Tells what each line of an expression list means. Never throws: what cannot be understood is a meaning of kind
 * 'error', with a sentence for the student.
 *
 * @typedef {object} InputLine
 * @property {string} id
 * @property {string} latex
 * @property {readonly string[]} [cells] of a column of a table: what stands below its header (its latex); with a name as
 *   header they are a list of that name, empty cells and those that cannot be read being NaN
 * @property {string} [residuals] of a regression: the name for the list of what is left over, in LaTeX
 * @property {Record<string, number>} [start] of a regression: the values that it found last time
 * @property {boolean} [logMode] of a regression: it compares logarithms
 *
 * @param {InputLine[]} lines in the order of the list
 * @param {{degreeMode?: boolean, solve?: import('./types.js').Solve, randomSeed?: string}} [settings] solve: how a regression is worked out;
 *   without it, the values that its line starts from are taken as they are; randomSeed: what random() draws from
 * @returns {Map<string, Meaning>} by id
 */
export function interpret(lines, { degreeMode = false, solve, randomSeed = '' } = {}) {
  const functions = new Set();
  for (const { latex } of lines) {
    if (latex.length > MAX_LENGTH) continue;
    const name = heads.get(latex, () => definedFunction(latex));
    if (name !== null) functions.add(name);
  }
  const known = [...functions].sort().join(' ');
  const [long, usual] = [lines.filter(isTooLong), lines.filter((line) => !isTooLong(line))];
  const written = usual.filter(({ latex }) => !isBlank(latex));
  const read = written.map((line) => withChance(readOnce(line, functions, known), line.id, randomSeed));
  const settings = `${degreeMode ? 'degrees' : 'radians'} ${solverNumber(solve)}\n${known}`;
  const keyOf = (/** @type {ReadLine} */ line) => `${settings}\n${scope.dependencies(line)}`;
  const scope = new Scope(read, degreeMode, (line, names) =>
    fits.get(keyOf(line), () => fit(line, scope, names, solve ?? null)));
  /** @type {Map<string, Meaning>} */
  const result = new Map(lines.map(({ id }) => [id, EMPTY]));
  beginList();
  for (const { id } of long) result.set(id, TOO_LONG);
  written.forEach(({ id }, i) => {
    result.set(id, meanings.get(keyOf(read[i]), () => meaningOf(read[i], scope), () => !isCutShort()));
  });
  return result;
}

/** @param {InputLine} line @param {ReadonlySet<string>} functions @param {string} known the same as one text @returns {ReadLine} */
function readOnce(line, functions, known) {
  const { latex, cells } = line;
  if (cells !== undefined) return reads.get(`${known}\n${columnKey(latex, cells)}`, () => readColumn(latex, cells, functions));
  return withRegression(reads.get(`${known}\n${latex}`, () => readLine(latex, functions)), line);
}

/** @param {import('./types.js').Solve} [solve] */
function solverNumber(solve) {
  if (solve === undefined) return 0;
  const number = solvers.get(solve) ?? ++solverCount;
  solvers.set(solve, number);
  return number;
}

/** Such lines are not even looked at, let alone kept. @param {InputLine} line */
function isTooLong({ latex, cells = [] }) {
  return latex.length + cells.reduce((sum, cell) => sum + cell.length, 0) > MAX_LENGTH * (cells.length > 0 ? 10 : 1);
}

/** @param {string} latex @returns {boolean} whether there is nothing in it but space */
function isBlank(latex) {
  return /^(?:\s|\\[ ,;:!]|~|\\quad|\\qquad)*$/.test(latex);
}

/**
 * A fault of ours must not take the rest of the graph down with it.
 *
 * @param {ReadLine} read
 * @param {Scope} scope
 * @returns {Meaning}
 */
function meaningOf(read, scope) {
  try {
    return classify(read, scope);
  } catch (error) {
    if (error instanceof LangError) throw error;
    return { kind: 'error', message: words.fallbackError() };
  }
}
