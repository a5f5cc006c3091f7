/**
 * The parser: tokens to a syntax tree, by precedence climbing. From loose to tight: relations, sums, products (written
 * or not), signs, powers and other signs after a value, values.
 *
 * A letter before a bracket is ambiguous: f(x) may be f of x or f times x. The caller says which names are functions.
 */

import { LangError, unsupported, words } from '../messages.js';
import { readable } from '../names.js';
import { parseWithClause } from './clauses.js';
import { parsePower } from './postfix.js';
import { startsValue } from './value.js';
import { joinChain, node, number, operation } from './syntax.js';
import { tokenize } from './tokens.js';

/**
 * @typedef {import('./tokens.js').Token} Token
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./syntax.js').Branch} Branch
 * @typedef {import('./syntax.js').Line} Line
 */

/** Closing brackets that a student sees. @type {Record<string, string>} */
const VISIBLE_CLOSING = { ')': ')', ']': ']', '\\}': '}', '\\rfloor': '⌋', '\\rceil': '⌉' };

/** Calls inside calls of the parser before it gives up; the stack has room for some times as many. */
const MAX_NESTING = 400;

const RELATIONS = new Set(['=', '<', '>', '<=', '>=', '!=', '~', '->']);

/**
 * @param {string} latex
 * @param {(name: string) => boolean} isFunction whether the list defines a function of this name
 * @returns {Line}
 * @throws {LangError} in words for the student
 */
export function parseLine(latex, isFunction) {
  const tokens = tokenize(latex);
  try {
    return new Parser(tokens, isFunction).line();
  } catch (error) {
    // |2|x|| closes its inner bars too early at first sight; a second reading opens bars where it can.
    if (!(error instanceof LangError) || tokens.filter((t) => t.text === '|').length < 4) throw error;
    return secondReading(tokens, isFunction, error);
  }
}

/** @param {Token[]} tokens @param {(name: string) => boolean} isFunction @param {LangError} firstError */
function secondReading(tokens, isFunction, firstError) {
  try {
    const parser = new Parser(tokens, isFunction);
    parser.opensBars = true;
    return parser.line();
  } catch {
    throw firstError;
  }
}

/** The reading position and what surrounds it. The parts of the grammar are functions that take a Parser. */
export class Parser {
  /** Second reading: a bar opens wherever something can follow it. */
  opensBars = false;
  /** Bars of unknown side that are open in the innermost bracket. */
  openBars = 0;
  /** Brackets around this place. */
  depth = 0;
  /** The bracket depth at which `dx` ends an integral; -1 outside integrals. */
  integralDepth = -1;
  /** @type {string|null} the variable of the integral at hand, if its dx stood above a fraction */
  differential = null;
  /** @type {Branch[][]} conditions in braces outside all brackets: they hold for the whole line */
  restrictions = [];
  #nesting = 0;
  #at = 0;
  #tokens;

  /** @param {Token[]} tokens @param {(name: string) => boolean} isFunction */
  constructor(tokens, isFunction) {
    // Reading single digits splits number tokens, so the list must be this parser's own.
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

  /** @returns {number} the place of the token */
  get at() {
    return this.#at;
  }

  /**
   * Some tokens in plain letters, to tell a student where something stands; up to the first that has no plain letter.
   *
   * @param {number} from
   * @param {number} to
   * @returns {string}
   */
  plain(from, to) {
    const words = this.#tokens.slice(Math.max(0, from), to).map(({ type, text }) => (type === 'name' ? readable(text) : text));
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

  /** @param {string} text @returns {boolean} whether the token was there (and has been taken) */
  skip(text) {
    const found = this.is(text);
    if (found) this.#at += 1;
    return found;
  }

  /** @param {string} text @param {string} [message] */
  expect(text, message = words.missingBracket()) {
    if (!this.skip(text)) throw new LangError(message);
  }

  /** Takes one digit of the number at hand: in LaTeX `x^23` is x²·3 and `\frac12` is a half. */
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

  /** @returns {Line} */
  line() {
    const sides = [pointsInARow(this, parseWithClause(this))];
    const ops = [];
    while (this.token.type === 'sign' && RELATIONS.has(this.token.text)) {
      ops.push(this.take().text);
      if (ops.includes('->')) unsupported(words.things.action);
      sides.push(parseWithClause(this));
    }
    if (this.token.type !== 'end') throw leftOver(this.token, this.plain(this.#at - 3, this.#at));
    return { sides, ops, restrictions: this.restrictions };
  }
}

/**
 * (1,2),(3,4): points with commas between them are a list without its brackets.
 *
 * @param {Parser} p
 * @param {Node} first
 * @returns {Node}
 */
function pointsInARow(p, first) {
  if (first.type !== 'point' || !p.is(',')) return first;
  const args = [first];
  while (p.skip(',')) args.push(/** @type {typeof first} */ (parseSum(p)));
  if (!args.every((arg) => arg.type === 'point')) throw new LangError(words.comma());
  return node({ type: /** @type {const} */ ('list'), args }, args);
}

/** @param {Token} token what stands where the line should have ended @param {string} [before] what stands before it */
function leftOver(token, before) {
  if ([')', ']', '\\}', '}', '\\rfloor', '\\rceil'].includes(token.text)) return new LangError(words.extraBracket(VISIBLE_CLOSING[token.text], before));
  if (token.text.endsWith('|')) return new LangError(words.missingBar());
  if (token.text === ',') return new LangError(words.comma());
  return new LangError(words.notUnderstood(token.text));
}

/** @param {Parser} p @returns {Node} */
export function parseSum(p) {
  return p.nested(() => {
    const chain = [];
    let op = 'add';
    if (p.skip('-')) op = 'sub';
    else p.skip('+');
    for (;;) {
      const term = parseProduct(p);
      chain.push(chain.length === 0 && op === 'sub' ? { op: 'add', node: negative(term) } : { op, node: term });
      if (p.skip('+')) op = 'add';
      else if (p.skip('-')) op = 'sub';
      else break;
    }
    return joinChain(chain, () => number(0), 'add');
  });
}

/** @param {Node} term @returns {Node} */
export function negative(term) {
  return term.type === 'number' ? number(-term.value) : operation('neg', term);
}

/** @param {Parser} p @returns {Node} */
export function parseProduct(p) {
  const chain = [{ op: 'mul', node: parseSigned(p) }];
  for (;;) {
    if (p.skip('*')) chain.push({ op: 'mul', node: parseSigned(p) });
    else if (p.skip('/')) chain.push({ op: 'div', node: parseSigned(p) });
    else if (startsValue(p)) {
      // 1.5.2 and 3 4 are slips of the pen, not products.
      if (p.token.type === 'number' && chain[chain.length - 1].node.type === 'number') throw leftOver(p.token);
      chain.push({ op: 'mul', node: parsePower(p) });
    } else break;
  }
  return joinChain(chain, () => number(1), 'mul');
}

/** @param {Parser} p @returns {Node} */
function parseSigned(p) {
  if (p.skip('-')) return p.nested(() => negative(parseSigned(p)));
  if (p.skip('+')) return p.nested(() => parseSigned(p));
  return parsePower(p);
}
