/**
 * Core to what the plot asks of a curve: values and enclosures.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./types.js').Curve} Curve
 * @typedef {import('./types.js').Curve2} Curve2
 * @typedef {import('./types.js').Region} Region
 */

import { compile, compileCondition, memorySize } from './compile.js';
import { SLOT, binary, cases, combine, compare } from './core.js';
import { encloser } from './compile-interval.js';
import { LangError, words } from './messages.js';

/** One value of a curve may take this many operations: a screen needs some thousand values. */
const MAX_COST = 30_000;

/** @param {Core} core */
function checkCost(core) {
  if (core.cost > MAX_COST) throw new LangError(words.tooMuchWork());
}

/** @param {Core} core @returns {Float64Array} with room for the coordinates at least */
function memoryFor(core) {
  return new Float64Array(Math.max(memorySize(core), SLOT.free));
}

/**
 * A core that depends on one variable.
 *
 * @param {Core} core
 * @param {number} slot of the variable
 * @returns {Curve}
 */
export function curveOf(core, slot) {
  checkCost(core);
  const memory = memoryFor(core);
  const run = compile(core, memory);
  /** @type {import('./compile-interval.js').Encloser|null} */
  let enclose = null;
  return {
    value: (t) => {
      memory[slot] = t;
      return run();
    },
    interval: (lo, hi, out) => {
      // Most curves of a list that is being edited are never asked: made when first needed.
      enclose ??= encloser(core);
      enclose.set(slot, lo, hi);
      return enclose.run(out);
    },
    cost: core.cost,
  };
}

/** @param {Core} core that depends on x and y @returns {Curve2} */
export function surfaceOf(core) {
  checkCost(core);
  const memory = memoryFor(core);
  const run = compile(core, memory);
  /** @type {import('./compile-interval.js').Encloser|null} */
  let enclose = null;
  return {
    value: (x, y) => {
      memory[SLOT.x] = x;
      memory[SLOT.y] = y;
      return run();
    },
    interval: (xlo, xhi, ylo, yhi, out) => {
      enclose ??= encloser(core);
      enclose.set(SLOT.x, xlo, xhi);
      enclose.set(SLOT.y, ylo, yhi);
      return enclose.run(out);
    },
    cost: core.cost,
  };
}

/**
 * Where a chain of inequalities holds.
 *
 * @param {Core[]} sides
 * @param {string[]} ops
 * @param {Core[]} conditions further conditions, in braces after it
 * @returns {Region}
 */
export function regionOf(sides, ops, conditions) {
  const condition = combine('all', [compare(sides, ops), ...conditions]);
  checkCost(condition);
  const memory = memoryFor(condition);
  const test = compileCondition(condition, memory);
  /** @type {import('./compile-interval.js').Encloser|null} */
  let decider = null;
  const edges = ops.map((op, i) => {
    const difference = binary('sub', sides[i], sides[i + 1]);
    const edge = conditions.length === 0 ? difference : cases([[combine('all', conditions), difference]], null);
    return { curve: surfaceOf(edge), strict: op === '<' || op === '>' };
  });
  return {
    holds: (x, y) => {
      memory[SLOT.x] = x;
      memory[SLOT.y] = y;
      return test();
    },
    decide: (xlo, xhi, ylo, yhi) => {
      decider ??= encloser(condition);
      decider.set(SLOT.x, xlo, xhi);
      decider.set(SLOT.y, ylo, yhi);
      return decider.decide();
    },
    edges,
    cost: condition.cost,
  };
}
