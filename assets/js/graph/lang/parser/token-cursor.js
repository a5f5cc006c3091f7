/**
 * The reading position of the parser.
 *
 * @typedef {import('./tokens.js').Token} Token
 * @typedef {import('./syntax.js').Branch} Branch
 */

import { LangError, words } from '../messages.js';
import { readable } from '../readable-name.js';

/** Greatest depth of nested grammar calls; the stack has room for several times as many. */
const MAX_NESTING = 400;

export const COMPARISONS = new Set(['=', '<', '>', '<=', '>=', '!=']);
const OPENING = new Set(['(', '[', '\\{', '{', 'l|', '\\lfloor', '\\lceil']);
const STARTING_COMMANDS = new Set(['\\frac', '\\sqrt', '\\sum', '\\prod', '\\int', '\\binom', '\\begin']);

/** The tokens of a line, the reading position, and the context that decides how tokens are read. */
export class TokenCursor {
  /** Second pass: a bar opens wherever something can follow it. */
  opensBars = false;
  /** Open bars of unknown side in the innermost bracket. */
  openBars = 0;
  /** Number of enclosing brackets. */
  depth = 0;
  /** The bracket depth at which `dx` ends an integral; -1 outside integrals. */
  integralDepth = -1;
  /** @type {string|null} the variable of the current integral, if its dx was in a numerator */
  differential = null;
  /** @type {Branch[][]} conditions in braces outside all brackets, which apply to the whole line */
  restrictions = [];
  #nesting = 0;
  #at = 0;
  #tokens;

  /** @param {Token[]} tokens @param {(name: string) => boolean} isFunction */
  constructor(tokens, isFunction) {
    // Taking single digits splits number tokens, so the parser needs its own copy.
    this.#tokens = tokens.slice();
    this.isFunction = isFunction;
  }

  /** @returns {Token} */
  get token() {
    return this.#tokens[this.#at];
  }

  /** @returns {Token} the token after the next one */
  get following() {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)];
  }

  /** @returns {number} index of the token */
  get at() {
    return this.#at;
  }

  /**
   * Returns tokens as plain text to show a student where something is; it ends before the first token without plain
   * text.
   *
   * @param {number} from
   * @param {number} to
   * @returns {string}
   */
  plain(from, to) {
    const words = this.#tokens
      .slice(Math.max(0, from), to)
      .map(({ type, text }) => (type === 'name' ? readable(text) : text));
    const end = words.findIndex((word) => word === '' || /[\\{}_]/.test(word));
    return words.slice(0, end < 0 ? undefined : end).join('');
  }

  /** @param {number} offset @returns {Token} */
  peek(offset) {
    return this.#tokens[Math.min(this.#at + offset, this.#tokens.length - 1)];
  }

  /** @returns {Token} */
  take() {
    const token = this.token;
    if (token.type !== 'end') this.#at += 1;
    return token;
  }

  /** @param {string} text @returns {boolean} */
  is(text) {
    return this.token.text === text && (this.token.type === 'sign' || this.token.type === 'command');
  }

  /** @param {string} text @returns {boolean} whether the token was there, and is now taken */
  skip(text) {
    const found = this.is(text);
    if (found) this.#at += 1;
    return found;
  }

  /** @param {string} text @param {string} [message] */
  expect(text, message = words.missingBracket()) {
    if (!this.skip(text)) throw new LangError(message);
  }

  /** Takes one digit of the current number: in LaTeX `x^23` is x²·3 and `\frac12` is a half. */
  takeDigit() {
    const { text } = this.token;
    if (text.length === 1) return this.take().text;
    this.#tokens[this.#at] = { type: 'number', text: text.slice(1) };
    return text[0];
  }

  /**
   * Runs a part of the grammar one level deeper.
   *
   * @template T
   * @param {() => T} part
   * @returns {T}
   */
  nested(part) {
    if (++this.#nesting > MAX_NESTING) throw new LangError(words.tooDeep());
    const result = part();
    this.#nesting -= 1;
    return result;
  }

  /** @param {string} word @returns {boolean} whether the word was there, and is now taken */
  skipWord(word) {
    const found = this.token.type === 'word' && this.token.text === word;
    if (found) this.#at += 1;
    return found;
  }

  /** @returns {boolean} whether the token compares two values */
  isComparison() {
    return this.token.type === 'sign' && COMPARISONS.has(this.token.text);
  }

  /** @returns {boolean} whether a value starts here, so that a multiplication without a sign continues */
  startsValue() {
    const { type, text } = this.token;
    if (type === 'number' || type === 'function') return true;
    if (type === 'name') return !(text === 'd' && this.integralDepth === this.depth && this.following.type === 'name');
    if (type === 'command') return STARTING_COMMANDS.has(text);
    if (type === 'word') return text !== 'for' && text !== 'with';
    if (text !== '|') return OPENING.has(text);
    return this.openBars === 0 || (this.opensBars && (canStart(this.following) || this.following.text === '-'));
  }

  /**
   * Takes a name with its subscript.
   *
   * @returns {string} in one spelling: a_{1}, never a_1
   */
  name() {
    const { text } = this.take();
    if (!this.skip('_')) return text;
    if (this.token.type === 'number') return `${text}_{${this.takeDigit()}}`;
    if (this.token.type === 'name') return `${text}_{${this.take().text}}`;
    this.expect('{', words.badSubscript());
    let subscript = '';
    while (['name', 'number', 'word', 'function'].includes(this.token.type)) subscript += this.take().text;
    if (!this.skip('}') || subscript === '') throw new LangError(words.badSubscript());
    return `${text}_{${subscript}}`;
  }
}

/** @param {Token} token */
function canStart({ type, text }) {
  return ['number', 'name', 'function', 'command'].includes(type) || OPENING.has(text);
}
