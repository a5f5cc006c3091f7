/**
 * Converts core expressions to the curves that are plotted: values and enclosures.
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

/** The cost limit of one value of a curve: a screen needs several thousand values. */
const MAX_COST = 30_000;
/** A derivative that costs this many times as much as its function proves less than smaller boxes do. */
const MOST_GROWTH = 12;

/** @type {WeakMap<Curve, {core: Core, slot: number}>} the expressions of curves */
const ORIGINS = new WeakMap();

/**
 * @param {Curve} curve
 * @returns {{core: Core, slot: number} | undefined} the expression of a curve and the slot of its variable
 */
export function originOf(curve) {
  return ORIGINS.get(curve);
}

/** @param {Core} core @throws {LangError} if it costs too much for a curve */
export function checkCost(core) {
  if (core.cost > MAX_COST) throw new LangError(words.tooMuchWork());
}

/** @param {Core} core @returns {Float64Array} with space for at least the coordinates */
export function memoryFor(core) {
  return new Float64Array(Math.max(memorySize(core), SLOT.free));
}

/**
 * Makes a curve of an expression in one variable.
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
      // Compiled on first use: most curves of a list being edited are never evaluated.
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

/** @param {Core} core @param {number} slot @returns {Core|null} null if there is no rule for it or it is too long */
export function derivativeOf(core, slot) {
  try {
    const derivative = differentiate(core, slot);
    return derivative.cost <= Math.min(MAX_COST, MOST_GROWTH * core.cost) ? derivative : null;
  } catch {
    return null;
  }
}

/**
 * Makes the path of a point whose distance from the origin depends on the angle.
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
