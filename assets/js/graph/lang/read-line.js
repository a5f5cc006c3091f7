/**
 * Lines, one by one: what each defines, and which names it uses.
 *
 * @typedef {import('./parser/syntax.js').Node} Node
 * @typedef {import('./parser/syntax.js').Line} Line
 * @typedef {import('./parser/syntax.js').Branch} Branch
 *
 * @typedef {object} Definition
 * @property {string} name in LaTeX, with braces around a subscript
 * @property {string[]|null} params the inputs of a function; null for a value
 * @property {Node} body
 * @property {Branch[][]} restrictions
 * @property {boolean} error its line cannot be read
 * @property {ReadLine|null} regression the line that finds its value; null for all others
 *
 * @typedef {object} ReadLine a line after reading, the same for the same text and the same function names
 * @property {string} key all that reading it depends on: one text
 * @property {Line|null} line null if it could not be read
 * @property {LangError|null} error why
 * @property {Set<string>} names all names in it
 * @property {string} seed of what it draws by chance, if it does, see chance.js
 * @property {Definition|null} definition what it defines
 * @property {string[]} free of a regression: the names that its sides leave open
 * @property {string|null} residuals the list of what a regression leaves over, if the line names one
 * @property {Record<string, number>} start where a regression begins
 * @property {boolean} logMode a regression compares logarithms
 * @property {{row: number, message: string}[]} faults of a column: the cells that could not be read
 */

import { CONSTANT_VALUES } from './builtins.js';
import { LangError, words } from './messages.js';
import { freeNames, namesIn } from './used-names.js';
import { parseLine } from './parser/parse.js';

const NAME = '(?:[a-zA-Z]|\\\\[a-zA-Z]+)(?:_(?:\\{[^{}]*\\}|[a-zA-Z0-9]))?';
const INPUT = `(?:${NAME}|[α-ω])`;
/** f(x)= at the start of a line, in all spellings of brackets. */
const FUNCTION_HEAD = new RegExp(
  `^\\s*(${NAME})\\s*(?:\\\\m?left)?\\s*(?:\\(|\\\\lparen)\\s*${INPUT}(?:\\s*,\\s*${INPUT})*\\s*(?:\\\\m?right)?\\s*(?:\\)|\\\\rparen)\\s*=`,
);
/** The names of a function and its inputs, at most: looking for a head in all of a long line could take long. */
const HEAD_LENGTH = 300;
/** Names that mean a coordinate: y(x)= is read as y=, x= is a vertical line. */
const NOT_DEFINABLE = new Set(['x', 'y', ...Object.keys(CONSTANT_VALUES).filter((name) => name !== '\\tau')]);
/** r= is a polar curve, unless other lines use r as a number. */
export const POLAR_NAME = 'r';
/** @type {Definition} of a value that has no body of its own */
export const UNKNOWN = {
  name: '', params: null, body: { type: 'number', value: NaN, depth: 1 }, restrictions: [], error: false, regression: null,
};

/** What most lines have none of. */
const PLAIN = { seed: '', free: [], residuals: null, start: {}, logMode: false, faults: [] };

/**
 * The function that a line defines, before it is read.
 *
 * @param {string} latex
 * @returns {string|null}
 */
export function definedFunction(latex) {
  const name = FUNCTION_HEAD.exec(latex.slice(0, HEAD_LENGTH))?.[1];
  if (name === undefined) return null;
  const normal = name.replace(/_([a-zA-Z0-9])$/, '_{$1}').replace(/\s/g, '');
  return normal === 'x' || (NOT_DEFINABLE.has(normal) && normal !== 'y') ? null : normal;
}

/**
 * @param {string} latex
 * @param {ReadonlySet<string>} functions names that the list defines as functions
 * @returns {ReadLine}
 */
export function readLine(latex, functions) {
  try {
    const line = parseLine(latex, (name) => functions.has(name));
    const free = line.ops.includes('~') ? [...new Set(line.sides.flatMap(freeNames))] : [];
    return { ...PLAIN, key: latex, line, error: null, names: namesIn(line), free, definition: definitionIn(line) };
  } catch (thrown) {
    // The limits of the parser leave room on the stack, but how much there is depends on the browser.
    const error = thrown instanceof RangeError ? new LangError(words.tooDeep()) : thrown;
    if (!(error instanceof LangError)) throw error;
    return { ...PLAIN, key: latex, line: null, error, names: new Set(), definition: brokenDefinition(latex) };
  }
}

/** @param {Line} line @returns {Definition|null} */
function definitionIn({ sides, ops, restrictions }) {
  if (ops.length !== 1 || ops[0] !== '=') return null;
  const [left, body] = sides;
  if (left.type === 'name' && isDefinable(left.name)) {
    return { ...UNKNOWN, name: left.name, body, restrictions };
  }
  const params = left.type === 'apply' && left.primes === 0 ? paramsOf(left.args) : null;
  if (params === null || left.type !== 'apply' || left.name === 'y') return null;
  return { ...UNKNOWN, name: left.name, params, body, restrictions };
}

/** @param {string} name in LaTeX @returns {boolean} whether a line can give it a value */
export function isDefinable(name) {
  return !NOT_DEFINABLE.has(name);
}

/** @param {Node[]} args @returns {string[]|null} */
function paramsOf(args) {
  const names = args.map((arg) => (arg.type === 'name' ? arg.name : ''));
  return names.every((name) => name !== '') && new Set(names).size === names.length ? names : null;
}

/** So that other lines say "something is wrong on the line for a" instead of offering to define a again. @param {string} latex */
function brokenDefinition(latex) {
  const name = definedFunction(latex) ?? /^\s*([a-zA-Z])(?:_\{?([a-zA-Z0-9]+)\}?)?\s*=(?!=)/.exec(latex.slice(0, HEAD_LENGTH))?.slice(1, 3)
    .map((part, i) => (part === undefined ? '' : i === 0 ? part : `_{${part}}`)).join('');
  if (name === undefined || NOT_DEFINABLE.has(name) || name === POLAR_NAME) return null;
  return { ...UNKNOWN, name, params: definedFunction(latex) === null ? null : [], error: true };
}

/**
 * @param {ReadLine} read
 * @param {{residuals?: string, start?: Record<string, number>, logMode?: boolean}} regression what the list says of it besides its LaTeX
 * @returns {ReadLine}
 */
export function withRegression(read, { residuals, start = {}, logMode = false }) {
  if (read.free.length === 0) return read;
  const name = residuals === undefined ? null : residuals.replace(/_([a-zA-Z0-9])$/, '_{$1}');
  return { ...read, residuals: name, start, logMode, key: `${read.key}\n${name} ${logMode} ${JSON.stringify(start)}` };
}
