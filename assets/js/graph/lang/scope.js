/**
 * The definitions of a list and their dependencies.
 *
 * @typedef {import('./read-line.js').Definition} Definition
 * @typedef {import('./read-line.js').ReadLine} ReadLine
 * @typedef {import('./regression-line.js').Fit} Fit
 * @typedef {import('./values.js').Value} Value
 */

import { CONSTANT_VALUES } from './builtins.js';
import { FitLoopError, LangError, words } from './messages.js';
import { POLAR_NAME, UNKNOWN } from './read-line.js';

/** Names that remain coordinates for other lines, whatever a regression finds. */
const COORDINATES = new Set(['x', 'y', 't', '\\theta']);

/** The definitions of a list, and the values computed so far. */
export class Scope {
  /** @type {Map<string, Value>} values of constant definitions */
  values = new Map();
  /** @type {Map<ReadLine, string[]>} the parameters of each regression */
  #open = new Map();
  /** @type {Set<ReadLine>} regressions being fitted */
  #fitting = new Set();
  #fit;
  /** @type {Map<string, {definition: Definition, read: ReadLine}>} */
  #definitions = new Map();
  #double = new Set();

  /**
   * @param {ReadLine[]} lines
   * @param {boolean} degreeMode
   * @param {(line: ReadLine, names: string[]) => Fit} fit fits a regression with these parameters
   */
  constructor(lines, degreeMode, fit) {
    this.degreeMode = degreeMode;
    this.#fit = fit;
    const polarIsNumber = lines.some(
      ({ names, definition }) => names.has(POLAR_NAME) && definition?.name !== POLAR_NAME,
    );
    for (const read of lines) {
      const { definition } = read;
      if (definition === null || (definition.name === POLAR_NAME && !polarIsNumber)) continue;
      this.#define(definition, read);
    }
    const given = new Set(this.#definitions.keys());
    for (const read of lines) if (read.free.length > 0) this.#defineFitted(read, given);
  }

  /** @param {Definition} definition @param {ReadLine} read */
  #define(definition, read) {
    if (this.#definitions.has(definition.name)) this.#double.add(definition.name);
    else this.#definitions.set(definition.name, { definition, read });
  }

  /**
   * Defines the names that a regression fits.
   *
   * @param {ReadLine} read
   * @param {Set<string>} given names defined by a line
   */
  #defineFitted(read, given) {
    const open = read.free.filter((name) => !(name in CONSTANT_VALUES) && !given.has(name));
    this.#open.set(read, open);
    for (const name of read.residuals === null ? open : [...open, read.residuals]) {
      if (!COORDINATES.has(name)) this.#define({ ...UNKNOWN, name, regression: read }, read);
    }
  }

  /**
   * Returns the result of a regression.
   *
   * @param {ReadLine} read
   * @returns {Fit}
   * @throws {LangError}
   */
  fit(read) {
    if (this.#fitting.has(read)) throw new FitLoopError();
    const names = this.#open.get(read) ?? [];
    const double = names.find((name) => this.#double.has(name));
    if (double !== undefined) throw new LangError(words.definedTwice(double));
    this.#fitting.add(read);
    try {
      return this.#fit(read, names);
    } finally {
      this.#fitting.delete(read);
    }
  }

  /** @param {string} name @returns {Definition|undefined} */
  definition(name) {
    return this.#definitions.get(name)?.definition;
  }

  /** @param {string} name @returns {string} the random seed of its line */
  seed(name) {
    return this.#definitions.get(name)?.read.seed ?? '';
  }

  /** @param {string} name @returns {boolean} whether several lines define it */
  isDouble(name) {
    return this.#double.has(name);
  }

  /**
   * Returns everything that the meaning of a line depends on, as one string.
   *
   * @param {ReadLine} line
   * @returns {string}
   */
  dependencies(line) {
    const seen = new Set();
    const parts = [];
    const waiting = [line];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      parts.push(next.key);
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
