/**
 * The parser: tokens to a syntax tree, by precedence climbing. From loosest to tightest: relations, sums, products
 * (with or without a sign), signs, powers and other postfix operators, values.
 *
 * A letter before a bracket is ambiguous: f(x) may be f of x or f times x. The caller says which names are functions.
 */

import { LangError, unsupported, words } from '../messages.js';
import { parseWithClause } from './clauses.js';
import { parseArgument, parseExponent, parsePower } from './postfix.js';
import { joinChain, negative, node, number } from './syntax.js';
import { TokenCursor } from './token-cursor.js';
import { tokenize } from './tokens.js';

/**
 * @typedef {import('./tokens.js').Token} Token
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./syntax.js').Line} Line
 */

/** Closing brackets visible to the student. @type {Record<string, string>} */
const VISIBLE_CLOSING = { ')': ')', ']': ']', '\\}': '}', '\\rfloor': '⌋', '\\rceil': '⌉' };

const RELATIONS = new Set(['=', '<', '>', '<=', '>=', '!=', '~', '->']);

/**
 * @param {string} latex
 * @param {(name: string) => boolean} isFunction reports whether the list defines a function of this name
 * @returns {Line}
 * @throws {LangError} with a message for the student
 */
export function parseLine(latex, isFunction) {
  const tokens = tokenize(latex);
  try {
    return new Parser(tokens, isFunction).line();
  } catch (error) {
    // |2|x|| closes its inner bars too early on the first pass; the second pass opens bars where it can.
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

/**
 * The rules that other rules lead back to. The other parts of the grammar are functions that take a Parser: they import
 * only lower levels, and reach higher levels through these methods.
 */
export class Parser extends TokenCursor {
  /** @returns {Node} */
  sum() {
    return parseSum(this);
  }

  /** @returns {Node} */
  product() {
    return parseProduct(this);
  }

  /** @returns {Node} a value with everything written after it */
  power() {
    return parsePower(this);
  }

  /** @returns {Node} what follows a ^ */
  exponent() {
    return parseExponent(this);
  }

  /** @returns {Node} the argument of a LaTeX command: a group in braces, or a single sign */
  argument() {
    return parseArgument(this);
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
    if (this.token.type !== 'end') throw leftOver(this.token, this.plain(this.at - 3, this.at));
    return { sides, ops, restrictions: this.restrictions };
  }
}

/**
 * (1,2),(3,4): points separated by commas are a list without brackets.
 *
 * @param {Parser} p
 * @param {Node} first
 * @returns {Node}
 */
function pointsInARow(p, first) {
  if (first.type !== 'point' || !p.is(',')) return first;
  const args = [first];
  while (p.skip(',')) args.push(/** @type {typeof first} */ (p.sum()));
  if (!args.every((arg) => arg.type === 'point')) throw new LangError(words.comma());
  return node({ type: /** @type {const} */ ('list'), args }, args);
}

/** @param {Token} token the token found where the line should end @param {string} [before] the text before it */
function leftOver(token, before) {
  if ([')', ']', '\\}', '}', '\\rfloor', '\\rceil'].includes(token.text))
    return new LangError(words.extraBracket(VISIBLE_CLOSING[token.text], before));
  if (token.text.endsWith('|')) return new LangError(words.missingBar());
  if (token.text === ',') return new LangError(words.comma());
  return new LangError(words.notUnderstood(token.text));
}

/** @param {Parser} p @returns {Node} */
function parseSum(p) {
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

/** @param {Parser} p @returns {Node} */
function parseProduct(p) {
  const chain = [{ op: 'mul', node: parseSigned(p) }];
  for (;;) {
    if (p.skip('*')) chain.push({ op: 'mul', node: parseSigned(p) });
    else if (p.skip('/')) chain.push({ op: 'div', node: parseSigned(p) });
    else if (p.startsValue()) {
      // 1.5.2 and 3 4 are typing mistakes, not products.
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
