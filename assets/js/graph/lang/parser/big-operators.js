/** Parses sums, products, integrals, derivatives and binomials: commands with bound names or limits. */

import { LangError, unsupported, words } from '../messages.js';
import { node, operation } from './syntax.js';
import { bracketed } from './brackets.js';

/**
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./parse.js').Parser} Parser
 */

/**
 * \sum_{n=1}^{5} n^2: the body is the product that follows.
 *
 * @param {Parser} p after the command
 * @param {'sum'|'prod'} type
 * @returns {Node}
 */
export function parseSeries(p, type) {
  /** @type {{index: string, from: Node}|null} */
  let start = null;
  /** @type {Node|null} */
  let to = null;
  while (p.is('_') || p.is('^')) {
    if (p.take().text === '^') to = p.exponent();
    else start = bracketed(p, '{', '}', () => startOfSeries(p));
  }
  if (start === null || to === null) throw new LangError(words.unfinished());
  const body = p.product();
  return node({ type, index: start.index, from: start.from, to, body }, [start.from, to, body]);
}

/** @param {Parser} p */
function startOfSeries(p) {
  if (p.token.type !== 'name') throw new LangError(words.unfinished());
  const index = p.name();
  p.expect('=', words.unfinished());
  return { index, from: p.sum() };
}

/**
 * \int_{0}^{1} x^2 dx
 *
 * @param {Parser} p after the command
 * @returns {Node}
 */
export function parseIntegral(p) {
  /** @type {Node|null} */
  let from = null;
  /** @type {Node|null} */
  let to = null;
  while (p.is('_') || p.is('^')) {
    if (p.take().text === '^') to = parseLimit(p);
    else from = parseLimit(p);
  }
  if (from === null || to === null) unsupported(words.things.openIntegral);
  const { body, index } = integrand(p);
  return node({ type: /** @type {const} */ ('int'), index, from, to, body }, [from, to, body]);
}

/** A limit may be a bare sign and digit: \int_-1^1. @param {Parser} p @returns {Node} */
function parseLimit(p) {
  return p.skip('-') ? operation('neg', p.argument()) : p.argument();
}

/** @param {Parser} p */
function integrand(p) {
  const [outside, given] = [p.integralDepth, p.differential];
  p.integralDepth = p.depth;
  p.differential = null;
  const one = /** @type {Node} */ ({ type: 'number', value: 1, depth: 1 });
  const body = p.startsValue() || p.is('-') || p.is('|') ? p.sum() : one;
  const above = p.differential;
  p.integralDepth = outside;
  p.differential = given;
  if (above !== null) return { body, index: above };
  if (p.token.text !== 'd' || p.following.type !== 'name') throw new LangError(words.unfinished());
  p.take();
  return { body, index: p.name() };
}

/**
 * Reports whether the fraction is a derivative: \frac{d}{dx}, \frac{d^{2}}{dx^{2}}.
 *
 * @param {Parser} p at \frac
 * @returns {boolean}
 */
export function isDerivative(p) {
  if (p.peek(1).text !== '{' || p.peek(2).text !== 'd') return false;
  if (p.peek(3).text === 'y' && p.peek(4).text === '}' && p.peek(6).text === 'd') unsupported(words.things.leibniz);
  let i = 3;
  if (p.peek(i).text === '^') i = p.peek(i + 1).text === '{' ? i + 4 : i + 2;
  return (
    p.peek(i).text === '}' && p.peek(i + 1).text === '{' && p.peek(i + 2).text === 'd' && p.peek(i + 3).type === 'name'
  );
}

/** @param {Parser} p at \frac @returns {Node} */
export function parseDerivative(p) {
  p.take();
  const order = bracketed(p, '{', '}', () => {
    p.take();
    return p.skip('^') ? p.exponent() : null;
  });
  const variable = bracketed(p, '{', '}', () => {
    p.take();
    const name = p.name();
    if (p.skip('^')) p.exponent();
    return name;
  });
  const times = order === null ? 1 : order.type === 'number' ? order.value : NaN;
  if (!(times >= 1 && times <= 6)) unsupported(words.things.derivative);
  const body = p.product();
  return node({ type: /** @type {const} */ ('derivative'), variable, order: times, body }, [body]);
}

/** @param {Parser} p after \binom @returns {Node} */
export function parseBinomial(p) {
  const args = [p.argument(), p.argument()];
  return node({ type: /** @type {const} */ ('builtin'), name: 'ncr', args }, args);
}
