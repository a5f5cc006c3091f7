/**
 * Tracks which lines are being evaluated, to find circular definitions and the line that contains a mistake.
 *
 * @typedef {import('./read-line.js').Definition} Definition
 * @typedef {import('./scope.js').Scope} Scope
 */

import { FitLoopError, LangError, LimitError, LoopError, words } from './messages.js';

/** Greatest depth of nested function calls and lines. */
const MAX_CALLS = 60;

/** The chain from the evaluated line to the line whose text is being read. */
export class LinePath {
  #scope;
  #own;
  /** @type {string[]} the definitions being evaluated, outermost first */
  #path;
  #seed;
  #calls = 0;

  /**
   * @param {Scope} scope
   * @param {{own?: string, seed: string}} line the name that the line defines, and its random seed
   */
  constructor(scope, { own, seed }) {
    this.#scope = scope;
    this.#own = own;
    this.#seed = seed;
    this.#path = own === undefined ? [] : [own];
  }

  /** @returns {string} the random seed of the line being read */
  get seed() {
    return this.#seed;
  }

  /**
   * Runs work that belongs to another line: its errors are reported as "something is wrong on the line for a", and a
   * cycle as a cycle to the lines in it.
   *
   * @template T
   * @param {Definition} definition
   * @param {() => T} work
   * @param {boolean} [isTheirs] whether errors are certain to lie in that line
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
   * Counts a call of a user-defined function around some work.
   *
   * @template T
   * @param {Definition} definition
   * @param {boolean} isPlain whether all inputs are numbers; with points or lists, the mistake may be in the call
   * @param {() => T} work
   * @returns {T}
   * @throws {LangError} if calls are nested too deeply
   */
  calling(definition, isPlain, work) {
    if (this.#calls >= MAX_CALLS) throw new LangError(words.tooDeep());
    this.#calls += 1;
    const value = this.within(definition, work, isPlain);
    this.#calls -= 1;
    return value;
  }
}
