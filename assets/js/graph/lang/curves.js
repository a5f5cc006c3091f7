/**
 * Core to what the plot asks of a curve: values and enclosures.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./types.js').Curve} Curve
 * @typedef {import('./types.js').Path} Path
 */

import { differentiate } from './calculus/calculus.js';
import { compile, memorySize } from './compile.js';
import { DEGREE } from './call-builtin.js';
import { binary, num, unary, variable } from './core.js';
import { SLOT } from './slots.js';
import { encloser } from './interval/compile-interval.js';
import { LangError, words } from './messages.js';

/** One value of a curve may take this many operations: a screen needs some thousand values. */
const MAX_COST = 30_000;
/** A derivative that takes so many times the work of its function proves less than finer boxes do. */
const MOST_GROWTH = 12;

/** @type {WeakMap<Curve, {core: Core, slot: number}>} what curves are made of */
const ORIGINS = new WeakMap();

/** @param {Curve} curve @returns {{core: Core, slot: number} | undefined} slot: of the coordinate that it depends on */
export function originOf(curve) {
  return ORIGINS.get(curve);
}

/** @param {Core} core @throws {LangError} too much work for a curve */
export function checkCost(core) {
  if (core.cost > MAX_COST) throw new LangError(words.tooMuchWork());
}

/** @param {Core} core @returns {Float64Array} with room for the coordinates at least */
export function memoryFor(core) {
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
  /** @type {import('./interval/compile-interval.js').Encloser|null} */
  let enclose = null;
  /** @type {Curve|null|undefined} */
  let derivative;
  /** @type {Curve} */
  const curve = {
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
    derivative: () => {
      if (derivative === undefined) {
        const slope = derivativeOf(core, slot);
        derivative = slope === null ? null : curveOf(slope, slot);
      }
      return derivative;
    },
    cost: core.cost,
  };
  ORIGINS.set(curve, { core, slot });
  return curve;
}

/** @param {Core} core @param {number} slot @returns {Core|null} null: there is no rule for it, or it is too long */
export function derivativeOf(core, slot) {
  try {
    const derivative = differentiate(core, slot);
    return derivative.cost <= Math.min(MAX_COST, MOST_GROWTH * core.cost) ? derivative : null;
  } catch {
    return null;
  }
}

/**
 * The way of a point whose distance from the origin depends on the angle.
 *
 * @param {Core} radius
 * @param {boolean} degreeMode
 * @returns {Path}
 */
export function polarPath(radius, degreeMode) {
  const angle = variable(SLOT.theta);
  const radians = degreeMode ? binary('mul', angle, num(DEGREE)) : angle;
  const along = (/** @type {'cos'|'sin'} */ part) => curveOf(binary('mul', radius, unary(part, radians)), SLOT.theta);
  return { x: along('cos'), y: along('sin') };
}
