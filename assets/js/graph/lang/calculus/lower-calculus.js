/**
 * Sums, products, integrals and derivatives. Parts of Lowerer.
 *
 * @typedef {import('../lower.js').Lowerer} Lowerer
 * @typedef {import('../values.js').Value} Value
 */

import { differentiate } from './calculus.js';
import { big, bind, variable } from '../core.js';
import { asCore, mapCores } from '../values.js';

/**
 * The derivative d/dx of what follows, at the value of x: a coordinate, a slider, an input.
 *
 * @param {Lowerer} lowerer
 * @param {import('../parser/syntax.js').DerivativeNode} node
 * @returns {Value}
 */
export function lowerDerivative(lowerer, { variable: name, order, body }) {
  const at = asCore(lowerer.value({ type: 'name', name, called: false, depth: 1 }));
  const slot = at.op === 'var' ? at.slot : lowerer.newSlot();
  return mapCores(lowerer.valueWith(body, [[name, variable(slot)]]), (core) => {
    for (let i = 0; i < order; i++) core = differentiate(core, slot);
    return at.op === 'var' ? core : bind(slot, at, core);
  });
}

/**
 * @param {Lowerer} lowerer
 * @param {import('../parser/syntax.js').BigNode} node
 * @returns {Value}
 */
export function lowerBig(lowerer, { type, index, from, to, body }) {
  const [start, end] = [from, to].map((n) => asCore(lowerer.value(n)));
  const slot = lowerer.newSlot();
  return mapCores(lowerer.valueWith(body, [[index, variable(slot)]]), (core) => big(type, slot, start, end, core));
}
