/**
 * Converts a value to what is drawn: a curve, points, a path, or only a number.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./lower.js').Lowerer} Lowerer
 * @typedef {import('./types.js').Meaning} Meaning
 * @typedef {import('./types.js').Path} Path
 * @typedef {import('./values.js').DistributionValue} DistributionValue
 * @typedef {import('./values.js').OutlineValue} OutlineValue
 * @typedef {import('./values.js').PointValue} PointValue
 * @typedef {import('./values.js').Value} Value
 */

import { num, variable } from './core.js';
import { SLOT, slotBit } from './slots.js';
import { curveOf } from './curves.js';
import { askDistribution, outcomes } from './chance/distribution-functions.js';
import { LangError, missingNames, unsupported, words } from './messages.js';
import { arithmetic, asCore, coresOf, isCore, isDistribution, isList, isOutline, isPoint, varsOf } from './values.js';

export const X = slotBit(SLOT.x);
export const Y = slotBit(SLOT.y);
export const THETA = slotBit(SLOT.theta);
const T = slotBit(SLOT.t);
/** The greatest number of curves of one line. */
const MAX_CURVES = 500;

/**
 * @param {Lowerer} lowerer the lowerer that computed the value
 * @param {Value} value
 * @returns {Meaning}
 * @throws {LangError}
 */
export function drawn(lowerer, value) {
  if (isDistribution(value)) return chances(lowerer, value);
  if (isOutline(value)) return outline(lowerer, value);
  const items = isList(value) ? value.list : [value];
  if (items.length > 0 && items.every(isPoint)) return points(lowerer, items);
  if (!items.every(isCore)) throw new LangError(words.mixedList());
  checkMissing(lowerer, value, X | Y);
  const vars = varsOf(value);
  if (vars === 0 && isList(value)) return { kind: 'list', values: numbers(value) };
  if (vars === 0) return { kind: 'value', value: asCore(value).value, definition: false };
  if ((vars & X) !== 0 && (vars & Y) !== 0) throw new LangError(words.relationNeeded());
  const of = (vars & Y) !== 0 ? 'y' : 'x';
  return { kind: 'function', of, curves: curves(value, SLOT[of]) };
}

/** @param {Lowerer} lowerer @param {PointValue[]} items @returns {Meaning} */
function points(lowerer, items) {
  checkMissing(lowerer, { list: items }, X | Y | T);
  const vars = varsOf({ list: items });
  if ((vars & (X | Y)) !== 0) unsupported(words.things.pointCurve);
  if (vars !== 0) return { kind: 'parametric', curves: limited(items).map(pathOf) };
  return { kind: 'point', points: items.map(pointOf) };
}

/** @param {PointValue} point with constant coordinates */
function pointOf({ point: [x, y] }) {
  return { x: x.value, y: y.value };
}

/** @param {PointValue} point that depends on t @returns {Path} */
function pathOf({ point: [x, y] }) {
  return { x: curveOf(x, SLOT.t), y: curveOf(y, SLOT.t) };
}

/**
 * The sides of a polygon in order; a closed polygon has an inside, too.
 *
 * @param {Lowerer} lowerer
 * @param {OutlineValue} value
 * @returns {Meaning}
 */
function outline(lowerer, { outline: corners, closed }) {
  checkMissing(lowerer, { list: corners }, X | Y);
  if (varsOf({ list: corners }) !== 0) unsupported(words.things.pointCurve);
  const sides = limited(closed ? [...corners.slice(1), corners[0]] : corners.slice(1)).map((end, i) => {
    const step = arithmetic('mul', variable(SLOT.t), arithmetic('sub', end, corners[i]));
    return /** @type {PointValue} */ (arithmetic('add', corners[i], step));
  });
  /** @type {Meaning} */
  const meaning = { kind: 'parametric', curves: sides.map(pathOf), domain: { min: 0, max: 1 } };
  return closed ? { ...meaning, corners: corners.map(pointOf) } : meaning;
}

/**
 * A continuous distribution is drawn as a curve, a discrete one as points.
 *
 * @param {Lowerer} lowerer
 * @param {DistributionValue} value
 * @returns {Meaning}
 */
function chances(lowerer, value) {
  checkMissing(lowerer, value, 0);
  const pdf = (/** @type {Core} */ x) => askDistribution(value, 'pdf', [x], () => lowerer.newSlot());
  const whole = outcomes(value);
  if (whole === null) return { kind: 'function', of: 'x', curves: [curveOf(pdf(variable(SLOT.x)), SLOT.x)] };
  return { kind: 'point', points: whole.map((x) => ({ x, y: pdf(num(x)).value })) };
}

/**
 * @param {Lowerer} lowerer
 * @param {Value} value a value that it computed
 * @param {number} allowed the coordinates it may depend on
 * @throws {LangError} for undefined names
 */
export function checkMissing(lowerer, value, allowed) {
  const missing = [...lowerer.missing];
  const vars = varsOf(value);
  if ((vars & T & ~allowed) !== 0) missing.push('t');
  if ((vars & THETA & ~allowed) !== 0) missing.push('\\theta');
  if (missing.length > 0) throw missingNames(missing);
}

/** @param {Value} value a constant value @returns {number[]} */
export function numbers(value) {
  return coresOf(value).map((core) => core.value);
}

/** @template T @param {T[]} items @returns {T[]} @throws {LangError} if there are too many to draw */
export function limited(items) {
  if (items.length > MAX_CURVES) throw new LangError(words.tooMuchWork());
  return items;
}

/** @param {Value} value a number or a list of numbers @param {number} slot on which they depend */
export function curves(value, slot) {
  const items = isList(value) ? value.list : [value];
  return limited(items.map(asCore)).map((core) => curveOf(core, slot));
}
