/**
 * The features of a curve where it breaks: ends, holes, asymptotes.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('./limits.js').Limit} Limit
 * @typedef {{xmin: number, xmax: number, ymin: number, ymax: number}} Viewport
 * @typedef {{width: number, height: number}} Size
 * @typedef {{x: number, y: number}} Point
 *
 * @typedef {object} Features in plane units
 * @property {(Point & {closed: boolean})[]} ends ends of the pieces of the curve; closed: the end belongs to the curve.
 *   An isolated point of the curve is a closed end too
 * @property {Point[]} holes points missing in the middle of a piece
 * @property {{vertical: number[], horizontal: number[]}} asymptotes vertical: x values; horizontal: y values
 */

import { borderValue } from '../../lang/piece-borders.js';
import { breaksOf } from './breaks.js';
import { limitAtInfinity, limitOf } from './limits.js';

/** Breaks closer than this, in pixels, are too many to tell apart. */
const CROWDED = 9;
/** How far beside a break the curve is examined, as a fraction of the distance to the next break. */
const REACH = 0.45;
/** Values smaller than this fraction of the range count as 0. */
const NOTHING = 1e-14;
/** Values that differ by less than this fraction are the same. */
const SAME = 1e-5;

/**
 * @param {Curve} curve
 * @param {'x'|'y'} of the independent coordinate
 * @param {Viewport} viewport
 * @param {Size} size in pixels
 * @returns {Features} within the viewport; without breaks that are crowded
 */
export function featuresOf(curve, of, viewport, size) {
  const { xmin, xmax, ymin, ymax } = viewport;
  const [from, to, pixels] = of === 'x' ? [xmin, xmax, size.width] : [ymin, ymax, size.height];
  return onPlane(breakFeatures(curve, from, to, pixels), endBehavior(curve), of, viewport);
}

/**
 * Finds ends, holes and poles of a function on a range.
 *
 * @typedef {object} BreakFeatures as argument t and value v
 * @property {{t: number, v: number, closed: boolean}[]} ends
 * @property {{t: number, v: number}[]} holes
 * @property {number[]} poles
 * @property {number[]} joints where pieces of a formula meet without a break
 *
 * @param {Curve} curve
 * @param {number} from
 * @param {number} to
 * @param {number} pixels width of the range on the screen
 * @returns {BreakFeatures}
 */
export function breakFeatures(curve, from, to, pixels) {
  /** @type {BreakFeatures} */
  const features = { ends: [], holes: [], poles: [], joints: [] };
  const breaks = breaksOf(curve, from, to);
  if (breaks === null || breaks.length * CROWDED > pixels) return features;
  const valueAt = breaks.length === 0 ? curve.value : borderValue(curve);
  breaks.forEach(({ lo, hi }, i) => {
    const left = Math.min(lo - (breaks[i - 1]?.hi ?? -Infinity), (to - from) / 4) * REACH;
    const right = Math.min((breaks[i + 1]?.lo ?? Infinity) - hi, (to - from) / 4) * REACH;
    const t = simplest(lo, hi, to - from);
    const sides = { left: limitOf(curve.value, t, -left), right: limitOf(curve.value, t, right) };
    addBreak(features, t, sides, /** @type {(lo: number, hi: number) => number} */ (valueAt)(lo, hi));
  });
  return features;
}

/**
 * @param {BreakFeatures} features
 * @param {number} t
 * @param {{left: Limit, right: Limit}} sides
 * @param {number} value value of the curve at t; NaN if undefined
 */
function addBreak({ ends, holes, poles, joints }, t, { left, right }, value) {
  if (left.kind === 'infinite' || right.kind === 'infinite') poles.push(t);
  /** @type {number[]} */
  const limits = [left, right].flatMap((limit) => (limit.kind === 'finite' ? [limit.value] : []));
  const isOpen = limits.map((limit) => !isSame(limit, value));
  if (limits.length === 2 && isSame(limits[0], limits[1])) {
    if (isOpen[0]) holes.push({ t, v: limits[0] });
    else joints.push(t);
  } else limits.forEach((limit, i) => ends.push({ t, v: limit, closed: !isOpen[i] }));
  const isApart = value === value && isOpen.every(Boolean) && left.kind !== 'none' && right.kind !== 'none';
  if (isApart) ends.push({ t, v: value, closed: true });
}

/** @param {number} a @param {number} b */
function isSame(a, b) {
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b), SAME);
}

/**
 * @param {number} lo
 * @param {number} hi
 * @param {number} range
 * @returns {number} the number from lo to hi with the shortest spelling
 */
function simplest(lo, hi, range) {
  if (Math.max(Math.abs(lo), Math.abs(hi)) < NOTHING * range) return 0;
  for (let digits = 1; digits < 17; digits++) {
    const t = Number((lo + (hi - lo) / 2).toPrecision(digits));
    if (t >= lo && t <= hi) return t;
  }
  return lo;
}

/** @param {Curve} curve @returns {number[]} its limits at plus and minus infinity */
export function endBehavior(curve) {
  /** @type {number[]} */
  const levels = [];
  for (const sign of /** @type {const} */ ([-1, 1])) {
    const limit = limitAtInfinity(curve.value, sign);
    if (limit.kind !== 'finite' || isOn(curve, limit.value, sign)) continue;
    if (!levels.some((level) => isSame(level, limit.value))) levels.push(limit.value);
  }
  return levels;
}

/**
 * Reports whether a curve coincides with a horizontal line, which is not an asymptote then.
 *
 * @param {Curve} curve
 * @param {number} level
 * @param {1|-1} sign
 */
function isOn(curve, level, sign) {
  return [3.1, 7.7, 19.3].every((t) => curve.value(sign * t) === level);
}

/**
 * @param {BreakFeatures} breaks
 * @param {number[]} levels limits of the curve at infinity
 * @param {'x'|'y'} of
 * @param {Viewport} viewport
 * @returns {Features} the features within the viewport
 */
export function onPlane({ ends, holes, poles }, levels, of, { xmin, xmax, ymin, ymax }) {
  const placed = (/** @type {{t: number, v: number}} */ { t, v }) => (of === 'x' ? { x: t, y: v } : { x: v, y: t });
  const isSeen = (/** @type {Point} */ { x, y }) => x >= xmin && x <= xmax && y >= ymin && y <= ymax;
  const [vertical, horizontal] = of === 'x' ? [poles, levels] : [levels, poles];
  return {
    ends: ends.map((end) => ({ ...placed(end), closed: end.closed })).filter(isSeen),
    holes: holes.map(placed).filter(isSeen),
    asymptotes: {
      vertical: vertical.filter((x) => x >= xmin && x <= xmax),
      horizontal: horizontal.filter((y) => y >= ymin && y <= ymax),
    },
  };
}
