/**
 * Converts core expressions to the relations between x and y that are plotted: values, enclosures, slopes, and where
 * conditions hold.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./types.js').Bounds} Bounds
 * @typedef {import('./types.js').Curve2} Curve2
 * @typedef {import('./types.js').Edge} Edge
 * @typedef {import('./types.js').Region} Region
 */

import { compile, compileCondition } from './compile.js';
import { bind, binary, cases, combine, compare, variable } from './core.js';
import { SLOT, slotBit } from './slots.js';
import { encloser } from './interval/compile-interval.js';
import { checkCost, curveOf, derivativeOf, memoryFor } from './curves.js';

/** @param {Core} core an expression in x and y @returns {Curve2} */
export function surfaceOf(core) {
  checkCost(core);
  const memory = memoryFor(core);
  const run = compile(core, memory);
  /** @type {import('./interval/compile-interval.js').Encloser|null} */
  let enclose = null;
  /** @type {Record<'x'|'y', ReturnType<typeof slopeOf>|null>} */
  const slopes = { x: null, y: null };
  /** @type {Partial<Record<'x'|'y', Curve2|null>>} */
  const partials = {};
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
    slope: (along, xlo, xhi, ylo, yhi) => (slopes[along] ??= slopeOf(core, SLOT[along]))(xlo, xhi, ylo, yhi),
    partial: (along) => {
      if (partials[along] === undefined) {
        const derivative = derivativeOf(core, SLOT[along]);
        partials[along] = derivative && surfaceOf(derivative);
      }
      return partials[along] ?? null;
    },
    cost: core.cost,
  };
}

/**
 * @param {Core} core
 * @param {number} slot
 * @returns {(xlo: number, xhi: number, ylo: number, yhi: number) => -1|0|1}
 */
function slopeOf(core, slot) {
  const derivative = derivativeOf(core, slot);
  if (derivative === null) return () => 0;
  const enclose = encloser(derivative);
  /** @type {Bounds} */
  const bounds = { lo: 0, hi: 0 };
  return (xlo, xhi, ylo, yhi) => {
    enclose.set(SLOT.x, xlo, xhi);
    enclose.set(SLOT.y, ylo, yhi);
    // A kink has no slope, but a curve that rises on both of its sides does not turn there: 1 is enough.
    if (enclose.run(bounds) === 0) return 0;
    return bounds.lo > 0 ? 1 : bounds.hi < 0 ? -1 : 0;
  };
}

/**
 * Returns the expression whose zeros are plotted for an equation. A square, a root or an absolute value is 0 where its
 * argument is; only the argument changes sign there, which is what the plot detects.
 *
 * @param {Core} difference the difference of the two sides
 * @returns {Core} with the same zeros
 */
export function withoutSquare(difference) {
  let core = difference;
  while (core.op === 'abs' || core.op === 'sqrt' || (core.op === 'powi' && core.value > 0)) [core] = core.args;
  return core;
}

/**
 * Builds the region where a chain of inequalities holds.
 *
 * @param {Core[]} sides
 * @param {string[]} ops
 * @param {Core[]} conditions further conditions, in braces after the chain
 * @returns {Region}
 */
export function regionOf(sides, ops, conditions) {
  const condition = combine('all', [compare(sides, ops), ...conditions]);
  checkCost(condition);
  const memory = memoryFor(condition);
  const test = compileCondition(condition, memory);
  /** @type {import('./interval/compile-interval.js').Encloser|null} */
  let decider = null;
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
    edges: ops.map((_, i) => edgeOf(sides, ops, conditions, i)),
    cost: condition.cost,
  };
}

/** @param {Core[]} sides @param {string[]} ops @param {Core[]} conditions @param {number} i @returns {Edge} */
function edgeOf(sides, ops, conditions, i) {
  const others = ops.flatMap((op, k) => (k === i ? [] : [compare([sides[k], sides[k + 1]], [weak(op)])]));
  const all = [...others, ...conditions];
  const within = (/** @type {Core} */ core) => (all.length === 0 ? core : cases([[combine('all', all), core]], null));
  const [left, right] = [sides[i], sides[i + 1]];
  return {
    curve: surfaceOf(within(withoutSquare(binary('sub', left, right)))),
    solved: solved(SLOT.y, left, right, within) ?? solved(SLOT.x, left, right, within),
    strict: ops[i] === '<' || ops[i] === '>',
  };
}

/** Corners belong to both edges that meet there. @param {string} op */
function weak(op) {
  return op.endsWith('=') ? op : `${op}=`;
}

/**
 * Expresses an edge as a function, if a coordinate is alone on one side.
 *
 * @param {number} slot slot of the coordinate
 * @param {Core} left
 * @param {Core} right
 * @param {(core: Core) => Core} within restricts an expression to where the other conditions hold
 * @returns {Edge['solved']}
 */
function solved(slot, left, right, within) {
  const isAlone = (/** @type {Core} */ core) => core.op === 'var' && core.slot === slot;
  if (!isAlone(left) && !isAlone(right)) return null;
  const other = isAlone(left) ? right : left;
  if ((other.vars & slotBit(slot)) !== 0) return null;
  const of = slot === SLOT.y ? 'x' : 'y';
  return { of, curve: curveOf(bind(slot, other, within(variable(slot))), SLOT[of]) };
}
