/**
 * Parses what follows a value: powers, factorials, degrees, indices, coordinates, conditions.
 *
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./parse.js').Parser} Parser
 */

import { METHODS, canonicalFunction, isListFunction } from '../builtins.js';
import { LangError, words } from '../messages.js';
import { hasValues, isConditionBrace, parseBraces } from './braces.js';
import { bracketed, parseIndex, parseInputs } from './brackets.js';
import { builtinNode, parseValue } from './value.js';
import { negative, node, number, operation } from './syntax.js';

/**
 * Parses a value and everything that follows it: powers, factorials, indices, conditions.
 *
 * @param {Parser} p
 * @returns {Node}
 */
export function parsePower(p) {
  let value = p.nested(() => parseValue(p));
  for (;;) {
    if (p.is('^')) value = raised(p, value);
    else if (p.is('{') && p.following.text === '}') skipEmptyGroup(p);
    else if (p.skip('!')) value = operation('factorial', value);
    else if (p.skip('%')) value = operation('div', value, number(100));
    else if (p.skip('°')) value = operation('degrees', value);
    else if (p.is('[') && canBeIndexed(value)) value = parseIndex(p, value);
    else if (p.is('.') && p.following.type !== 'end') value = member(p, value);
    else if (isConditionBrace(p)) {
      const restricted = restriction(p, value);
      if (restricted === null) return value;
      value = restricted;
    } else return value;
  }
}

/** Some programs end a command with an empty group: \\pi{}. @param {Parser} p */
function skipEmptyGroup(p) {
  p.take();
  p.take();
}

/** @param {Parser} p @param {Node} base @returns {Node} */
function raised(p, base) {
  p.take();
  if (p.is('°') || (p.is('{') && p.following.text === '°' && p.peek(2).text === '}')) {
    if (p.skip('{')) p.take();
    p.take();
    return operation('degrees', base);
  }
  return operation('pow', base, parseExponent(p));
}

/**
 * Parses an exponent; the ^ has been taken.
 *
 * @param {Parser} p
 * @returns {Node}
 */
export function parseExponent(p) {
  return p.nested(() => {
    if (p.skip('-')) return negative(parseExponent(p));
    const exponent = parseArgument(p);
    return p.skip('^') ? operation('pow', exponent, parseExponent(p)) : exponent;
  });
}

/**
 * Parses the argument of a LaTeX command: a group in braces, or a single token.
 *
 * @param {Parser} p
 * @returns {Node}
 */
export function parseArgument(p) {
  if (p.is('{')) return bracketed(p, '{', '}', () => p.sum());
  if (p.token.type === 'number') return number(Number(p.takeDigit()));
  return p.nested(() => parseValue(p));
}

/** @param {Node} value */
function canBeIndexed(value) {
  return (
    value.type !== 'number' && !(value.type === 'name' && ['x', 'y', 't', '\\theta', 'e', '\\pi'].includes(value.name))
  );
}

/**
 * P.x, L.total, D.cdf(1): functions of lists may be written as methods.
 *
 * @param {Parser} p
 * @param {Node} of
 * @returns {Node}
 */
function member(p, of) {
  const dot = p.take();
  const name = memberName(p);
  if (name === 'x' || name === 'y') return node({ type: /** @type {const} */ ('member'), of, member: name }, [of]);
  const isMethod = METHODS.has(name);
  if (!isMethod && !isListFunction(name)) throw new LangError(words.notUnderstood(name === '' ? dot.text : `.${name}`));
  const args = p.is('(') ? parseInputs(p) : [];
  if (isMethod) return node({ type: /** @type {const} */ ('method'), of, name, args }, [of, ...args]);
  return builtinNode(canonicalFunction(name), [of, ...args]);
}

/** The name of a member, as a command or typed letter by letter. @param {Parser} p */
function memberName(p) {
  if (p.token.type === 'function' || p.token.type === 'word') return p.take().text;
  let name = '';
  while (p.token.type === 'name' && /^[a-z]$/.test(p.token.text) && !(name === 'x' || name === 'y'))
    name += p.take().text;
  return name;
}

/**
 * Parses braces after a value. Braces with conditions restrict the value, or outside all brackets the whole line;
 * braces with values are a piecewise factor, which is left to the product.
 *
 * @param {Parser} p
 * @param {Node} value
 * @returns {Node|null} null if the braces do not belong to this value
 */
function restriction(p, value) {
  if (hasValues(p)) return null;
  const braces = parseBraces(p);
  if (braces.otherwise !== null) throw new LangError(words.conditionNeeded());
  if (p.depth === 0) {
    p.restrictions.push(braces.branches);
    return value;
  }
  const parts = braces.branches.map((b) => b.condition);
  return node({ type: /** @type {const} */ ('restrict'), body: value, branches: braces.branches }, [value, ...parts]);
}
