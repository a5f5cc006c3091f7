/**
 * Reads single lines: what each defines, and which names it uses.
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
 * @property {boolean} error whether its line cannot be read
 * @property {ReadLine|null} regression the line that finds its value; null for all others
 *
 * @typedef {object} ReadLine a line after reading, the same for the same text and the same function names
 * @property {string} key everything that reading it depends on, as one string
 * @property {Line|null} line null if it could not be read
 * @property {LangError|null} error why
 * @property {Set<string>} names all names in it
 * @property {string} seed seed of its random numbers, if it has any, see chance/random.js
 * @property {Definition|null} definition what it defines
 * @property {string[]} free of a regression: the undefined names on its sides
 * @property {string|null} residuals the name of the list of residuals, if the line has one
 * @property {Record<string, number>} start start values of a regression
 * @property {boolean} logMode whether a regression compares logarithms
 * @property {{row: number, message: string}[]} faults of a column: the cells that could not be read
 */

import { CONSTANT_VALUES } from './builtins.js';
import { LangError, words } from './messages.js';
import { freeNames, namesIn } from './used-names.js';
import { parseLine } from './parser/parse.js';

const NAME = '(?:[a-zA-Z]|\\\\[a-zA-Z]+)(?:_(?:\\{[^{}]*\\}|[a-zA-Z0-9]))?';
const INPUT = `(?:${NAME}|[α-ω])`;
/** f(x)= at the start of a line, with all spellings of brackets. */
const FUNCTION_HEAD = new RegExp(
  `^\\s*(${NAME})\\s*(?:\\\\m?left)?\\s*(?:\\(|\\\\lparen)\\s*${INPUT}(?:\\s*,\\s*${INPUT})*\\s*(?:\\\\m?right)?\\s*(?:\\)|\\\\rparen)\\s*=`,
);
/** The greatest length of a function head: searching all of a long line could be slow. */
const HEAD_LENGTH = 300;
/** Names of coordinates: y(x)= is read as y=, x= is a vertical line. */
const NOT_DEFINABLE = new Set(['x', 'y', ...Object.keys(CONSTANT_VALUES).filter((name) => name !== '\\tau')]);
/** r= is a polar curve, unless other lines use r as a number. */
export const POLAR_NAME = 'r';
/** @type {Definition} a definition without a body */
export const UNKNOWN = {
  name: '',
  params: null,
  body: { type: 'number', value: NaN, depth: 1 },
  restrictions: [],
  error: false,
  regression: null,
};

/** The defaults of fields that most lines do not have. */
const PLAIN = { seed: '', free: [], residuals: null, start: {}, logMode: false, faults: [] };

/**
 * Returns the name of the function that a line defines, before the line is read.
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
    // The parser's limits leave room on the stack, but how much depends on the browser.
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

/** @param {string} name in LaTeX @returns {boolean} whether a line can define it */
export function isDefinable(name) {
  return !NOT_DEFINABLE.has(name);
}

/** @param {Node[]} args @returns {string[]|null} */
function paramsOf(args) {
  const names = args.map((arg) => (arg.type === 'name' ? arg.name : ''));
  return names.every((name) => name !== '') && new Set(names).size === names.length ? names : null;
}

/**
 * Marks the name as defined, so that other lines say "something is wrong on the line for a" instead of offering to
 * define it.
 *
 * @param {string} latex
 */
function brokenDefinition(latex) {
  const name =
    definedFunction(latex) ??
    /^\s*([a-zA-Z])(?:_\{?([a-zA-Z0-9]+)\}?)?\s*=(?!=)/
      .exec(latex.slice(0, HEAD_LENGTH))
      ?.slice(1, 3)
      .map((part, i) => (part === undefined ? '' : i === 0 ? part : `_{${part}}`))
      .join('');
  if (name === undefined || NOT_DEFINABLE.has(name) || name === POLAR_NAME) return null;
  return { ...UNKNOWN, name, params: definedFunction(latex) === null ? null : [], error: true };
}

/**
 * @param {ReadLine} read
 * @param {{residuals?: string, start?: Record<string, number>, logMode?: boolean}} regression its settings in the list
 * @returns {ReadLine}
 */
export function withRegression(read, { residuals, start = {}, logMode = false }) {
  if (read.free.length === 0) return read;
  const name = residuals === undefined ? null : residuals.replace(/_([a-zA-Z0-9])$/, '_{$1}');
  return { ...read, residuals: name, start, logMode, key: `${read.key}\n${name} ${logMode} ${JSON.stringify(start)}` };
}
