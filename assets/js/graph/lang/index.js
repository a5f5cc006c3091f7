/**
 * The language of the expression list: it turns lines of LaTeX into what is drawn.
 *
 * interpret() is called again after every change, sixty times a second while a slider moves. The meaning of a line
 * depends only on its LaTeX, on the lines it uses, and on the settings; meanings are cached, so an unchanged line
 * returns the same object.
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
 * Interprets each line of an expression list. It never throws: a line that cannot be understood has a meaning of kind
 * 'error', with a message for the student.
 *
 * @typedef {object} InputLine
 * @property {string} id
 * @property {string} latex
 * @property {readonly string[]} [cells] the cells of a table column, whose header is `latex`; if the header is a name,
 *   they are a list of that name, with NaN for empty and unreadable cells
 * @property {string} [residuals] of a regression: the name for the list of residuals, in LaTeX
 * @property {Record<string, number>} [start] of a regression: the values found last time
 * @property {boolean} [logMode] of a regression: it compares logarithms
 *
 * @param {InputLine[]} lines in the order of the list
 * @param {{degreeMode?: boolean, solve?: import('./types.js').Solve, randomSeed?: string}} [settings] `solve` fits a
 *   regression; without it, the start values of the line are used as they are; `randomSeed` seeds random()
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
    fits.get(keyOf(line), () => fit(line, scope, names, solve ?? null)),
  );
  /** @type {Map<string, Meaning>} */
  const result = new Map(lines.map(({ id }) => [id, EMPTY]));
  beginList();
  for (const { id } of long) result.set(id, TOO_LONG);
  written.forEach(({ id }, i) => {
    result.set(
      id,
      meanings.get(
        keyOf(read[i]),
        () => meaningOf(read[i], scope),
        () => !isCutShort(),
      ),
    );
  });
  return result;
}

/**
 * @param {InputLine} line
 * @param {ReadonlySet<string>} functions
 * @param {string} known the same as one string
 * @returns {ReadLine}
 */
function readOnce(line, functions, known) {
  const { latex, cells } = line;
  if (cells !== undefined)
    return reads.get(`${known}\n${columnKey(latex, cells)}`, () => readColumn(latex, cells, functions));
  return withRegression(
    reads.get(`${known}\n${latex}`, () => readLine(latex, functions)),
    line,
  );
}

/** @param {import('./types.js').Solve} [solve] */
function solverNumber(solve) {
  if (solve === undefined) return 0;
  const number = solvers.get(solve) ?? ++solverCount;
  solvers.set(solve, number);
  return number;
}

/** Such lines are not read at all. @param {InputLine} line */
function isTooLong({ latex, cells = [] }) {
  return latex.length + cells.reduce((sum, cell) => sum + cell.length, 0) > MAX_LENGTH * (cells.length > 0 ? 10 : 1);
}

/** @param {string} latex @returns {boolean} whether it contains only space */
function isBlank(latex) {
  return /^(?:\s|\\[ ,;:!]|~|\\quad|\\qquad)*$/.test(latex);
}

/**
 * Interprets a line; a bug here must not take down the rest of the graph.
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
