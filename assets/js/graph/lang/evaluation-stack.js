/**
 * Which lines are at work while one is worked out: where they turn in a circle, and on which of them a mistake lies.
 *
 * @typedef {import('./read-line.js').Definition} Definition
 * @typedef {import('./scope.js').Scope} Scope
 */

import { FitLoopError, LangError, LimitError, LoopError, words } from './messages.js';

/** Functions inside functions, and lines inside lines. */
const MAX_CALLS = 60;

/** The way from the line that is worked out to the one whose text is read at this moment. */
export class LinePath {
  #scope;
  #own;
  /** @type {string[]} the definitions being worked out, from the line itself inward */
  #path;
  #seed;
  #calls = 0;

  /**
   * @param {Scope} scope
   * @param {{own?: string, seed: string}} line the name that the line itself defines, and what it draws by chance from
   */
  constructor(scope, { own, seed }) {
    this.#scope = scope;
    this.#own = own;
    this.#seed = seed;
    this.#path = own === undefined ? [] : [own];
  }

  /** @returns {string} what the line whose text is read draws by chance from */
  get seed() {
    return this.#seed;
  }

  /**
   * Does a part of the work that belongs to another line: its mistakes are told as "something is wrong on the line for
   * a", a loop as a loop to those in it.
   *
   * @template T
   * @param {Definition} definition
   * @param {() => T} work
   * @param {boolean} [isTheirs] whether its mistakes lie in that line for sure
   * @returns {T}
   */
  within(definition, work, isTheirs = true) {
    const { name } = definition;
    const start = this.#path.indexOf(name);
    if (start >= 0) throw new LoopError(this.#path.slice(start));
    if (definition.error || this.#scope.isDouble(name)) throw new LangError(words.brokenLine(name));
    if (this.#path.length > MAX_CALLS) throw new LangError(words.tooDeep());
    this.#path.push(name);
    const seed = this.#seed;
    this.#seed = this.#scope.seed(name);
    try {
      return work();
    } catch (error) {
      if (error instanceof FitLoopError || error instanceof LimitError) throw error;
      if (error instanceof LoopError && this.#own !== undefined && error.names.includes(this.#own)) throw error;
      const outermost = isTheirs && this.#path.length === (this.#own === undefined ? 1 : 2);
      throw error instanceof LangError && outermost ? new LangError(words.brokenLine(name)) : error;
    } finally {
      this.#seed = seed;
      this.#path.pop();
    }
  }

  /**
   * Counts a call of a function of the list around some work.
   *
   * @template T
   * @param {Definition} definition
   * @param {boolean} isPlain whether it is given numbers only: with points or lists, a fault may lie here and not there
   * @param {() => T} work
   * @returns {T}
   * @throws {LangError} too many functions inside each other
   */
  calling(definition, isPlain, work) {
    if (this.#calls >= MAX_CALLS) throw new LangError(words.tooDeep());
    this.#calls += 1;
    const value = this.within(definition, work, isPlain);
    this.#calls -= 1;
    return value;
  }
}
