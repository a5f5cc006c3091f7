/**
 * What the lines of a list define, and what they need of each other.
 *
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./syntax.js').Line} Line
 * @typedef {import('./syntax.js').Branch} Branch
 * @typedef {import('./values.js').Value} Value
 *
 * @typedef {object} Definition
 * @property {string} name in LaTeX, with braces around a subscript
 * @property {string[]|null} params the inputs of a function; null for a value
 * @property {Node} body
 * @property {Branch[][]} restrictions
 * @property {boolean} error its line cannot be read
 *
 * @typedef {object} ReadLine a line after reading, the same for the same LaTeX and the same function names
 * @property {string} latex
 * @property {Line|null} line null if it could not be read
 * @property {LangError|null} error why
 * @property {Set<string>} names all names in it
 * @property {Definition|null} definition what it defines
 */

import { CONSTANT_VALUES } from './builtins.js';
import { LangError, words } from './messages.js';
import { parseLine } from './parse.js';

const NAME = '(?:[a-zA-Z]|\\\\[a-zA-Z]+)(?:_(?:\\{[^{}]*\\}|[a-zA-Z0-9]))?';
/** f(x)= at the start of a line, in all spellings of brackets. */
const FUNCTION_HEAD = new RegExp(
  `^\\s*(${NAME})\\s*(?:\\\\m?left)?\\s*(?:\\(|\\\\lparen)\\s*${NAME}(?:\\s*,\\s*${NAME})*\\s*(?:\\\\m?right)?\\s*(?:\\)|\\\\rparen)\\s*=`,
);
/** Names that mean a coordinate: y(x)= is read as y=, x= is a vertical line. */
const NOT_DEFINABLE = new Set(['x', 'y', ...Object.keys(CONSTANT_VALUES).filter((name) => name !== '\\tau')]);
/** r= is a polar curve, unless other lines use r as a number. */
const POLAR_NAME = 'r';

/**
 * The function that a line defines, before it is read.
 *
 * @param {string} latex
 * @returns {string|null}
 */
export function definedFunction(latex) {
  const name = FUNCTION_HEAD.exec(latex)?.[1];
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
    return { latex, line, error: null, names: namesIn(line), definition: definitionIn(line) };
  } catch (thrown) {
    // The limits of the parser leave room on the stack, but how much there is depends on the browser.
    const error = thrown instanceof RangeError ? new LangError(words.tooDeep()) : thrown;
    if (!(error instanceof LangError)) throw error;
    return { latex, line: null, error, names: new Set(), definition: brokenDefinition(latex) };
  }
}

/** @param {Line} line @returns {Definition|null} */
function definitionIn({ sides, ops, restrictions }) {
  if (ops.length !== 1 || ops[0] !== '=') return null;
  const [left, body] = sides;
  if (left.type === 'name' && !NOT_DEFINABLE.has(left.name)) {
    return { name: left.name, params: null, body, restrictions, error: false };
  }
  const params = left.type === 'apply' && left.primes === 0 ? paramsOf(left.args) : null;
  if (params === null || left.type !== 'apply' || left.name === 'y') return null;
  return { name: left.name, params, body, restrictions, error: false };
}

/** @param {Node[]} args @returns {string[]|null} */
function paramsOf(args) {
  const names = args.map((arg) => (arg.type === 'name' ? arg.name : ''));
  return names.every((name) => name !== '') && new Set(names).size === names.length ? names : null;
}

/** So that other lines say "something is wrong on the line for a" instead of offering to define a again. @param {string} latex */
function brokenDefinition(latex) {
  const name = definedFunction(latex) ?? /^\s*([a-zA-Z])(?:_\{?([a-zA-Z0-9]+)\}?)?\s*=(?!=)/.exec(latex)?.slice(1, 3)
    .map((part, i) => (part === undefined ? '' : i === 0 ? part : `_{${part}}`)).join('');
  if (name === undefined || NOT_DEFINABLE.has(name) || name === POLAR_NAME) return null;
  /** @type {Node} */
  const body = { type: 'number', value: NaN, depth: 1 };
  return { name, params: definedFunction(latex) === null ? null : [], body, restrictions: [], error: true };
}

/** @param {Line} line @returns {Set<string>} */
function namesIn(line) {
  /** @type {Set<string>} */
  const names = new Set();
  const visit = (/** @type {unknown} */ part) => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (part !== null && typeof part === 'object') {
      if ('type' in part && 'name' in part && part.type !== 'builtin') names.add(String(part.name));
      if ('variable' in part) names.add(String(part.variable));
      Object.values(part).forEach(visit);
    }
  };
  visit(line.sides);
  visit(line.restrictions);
  return names;
}

/** The definitions of a list, and the values that have been worked out so far. */
export class Scope {
  /** @type {Map<string, Value>} values of definitions that do not vary */
  values = new Map();
  /** @type {Map<string, {definition: Definition, read: ReadLine}>} */
  #definitions = new Map();
  #double = new Set();

  /** @param {ReadLine[]} lines @param {boolean} degreeMode */
  constructor(lines, degreeMode) {
    this.degreeMode = degreeMode;
    const polarIsNumber = lines.some(({ names, definition }) => names.has(POLAR_NAME) && definition?.name !== POLAR_NAME);
    for (const read of lines) {
      const { definition } = read;
      if (definition === null || (definition.name === POLAR_NAME && !polarIsNumber)) continue;
      if (this.#definitions.has(definition.name)) this.#double.add(definition.name);
      else this.#definitions.set(definition.name, { definition, read });
    }
  }

  /** @param {string} name @returns {Definition|undefined} */
  definition(name) {
    return this.#definitions.get(name)?.definition;
  }

  /** @param {string} name @returns {boolean} whether several lines define it */
  isDouble(name) {
    return this.#double.has(name);
  }

  /**
   * All that the meaning of a line depends on, as one text.
   *
   * @param {ReadLine} line
   * @returns {string}
   */
  dependencies(line) {
    const seen = new Set();
    const parts = [];
    const waiting = [line];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      parts.push(next.latex);
      for (const name of next.names) {
        if (seen.has(name)) continue;
        seen.add(name);
        const found = this.#definitions.get(name);
        parts.push(`${name}${found === undefined ? '?' : this.#double.has(name) ? '!' : ':'}`);
        if (found !== undefined && found.read !== line) waiting.push(found.read);
      }
    }
    return parts.join('\n');
  }
}
