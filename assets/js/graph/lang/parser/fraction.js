/**
 * Fractions and roots.
 *
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./parse.js').Parser} Parser
 */

import { parseSum } from './parse.js';
import { bracketed } from './brackets.js';
import { parseArgument } from './postfix.js';
import { builtinNode } from './value.js';
import { number, operation } from './syntax.js';

/** @param {Parser} p @returns {Node} */
export function fraction(p) {
  p.take();
  const top = isDifferential(p) ? takeDifferential(p) : parseArgument(p);
  return operation('div', top, parseArgument(p));
}

/** Whether dx stands above a fraction in an integral: \int_0^1\frac{dx}{1+x} @param {Parser} p */
function isDifferential(p) {
  const [open, d, variable, close] = [0, 1, 2, 3].map((i) => p.peek(i));
  return p.integralDepth === p.depth && open.text === '{' && d.text === 'd' && variable.type === 'name' && close.text === '}';
}

/** @param {Parser} p @returns {Node} the 1 that stands beside it */
function takeDifferential(p) {
  p.take();
  p.take();
  p.differential = p.take().text;
  p.take();
  return number(1);
}

/** @param {Parser} p after \sqrt @returns {Node} */
export function root(p) {
  const index = p.is('[') ? bracketed(p, '[', ']', () => parseSum(p)) : null;
  const radicand = parseArgument(p);
  return index === null ? builtinNode('sqrt', [radicand]) : operation('root', radicand, index);
}
