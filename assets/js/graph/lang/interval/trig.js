/**
 * Intervals of the trigonometric functions.
 *
 * @typedef {import('./interval.js').UnaryInterval} UnaryInterval
 * @typedef {import('../types.js').Decoration} Decoration
 */

import { LIBRARY, divideBounds, entire, lower, set, upper } from './interval.js';

const TURN = 2 * Math.PI;
const HALF = Math.PI;
const QUARTER = Math.PI / 2;
/** Beyond, adjacent doubles are too far apart to locate them within the period. */
const FARTHEST = 1e9;

/**
 * Reports whether start + k * period may lie between from and to for some integer k.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} start
 * @param {number} period
 */
function meets(from, to, start, period) {
  const slack = 4e-16 * (Math.max(Math.abs(from), Math.abs(to)) + 1);
  return Math.ceil((from - slack - start) / period) <= Math.floor((to + slack - start) / period);
}

/**
 * A sine or cosine wave between -1 and 1.
 *
 * @param {(x: number) => number} f
 * @param {number} top a place where it is 1
 * @returns {UnaryInterval}
 */
function wave(f, top) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    // The sine of an overflow is undefined.
    if (!(to - from < TURN) || Math.max(-from, to) > FARTHEST)
      return set(lo, hi, r, -1, 1, to - from < Infinity ? 2 : 1);
    const [p, q] = [f(from), f(to)];
    lo[r] = meets(from, to, top + HALF, TURN) ? -1 : Math.max(-1, lower(Math.min(p, q), LIBRARY));
    hi[r] = meets(from, to, top, TURN) ? 1 : Math.min(1, upper(Math.max(p, q), LIBRARY));
    return 2;
  };
}

export const sin = wave(Math.sin, QUARTER);
export const cos = wave(Math.cos, 0);

/**
 * A function with one pole per half turn, monotone between poles.
 *
 * @param {(x: number) => number} f
 * @param {number} pole
 * @returns {UnaryInterval}
 */
function betweenPoles(f, pole) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (!(to - from < HALF) || Math.max(-from, to) > FARTHEST || meets(from, to, pole, HALF))
      return entire(lo, hi, r, 1);
    const [p, q] = [f(from), f(to)];
    return set(lo, hi, r, lower(Math.min(p, q), LIBRARY), upper(Math.max(p, q), LIBRARY));
  };
}

export const tan = betweenPoles(Math.tan, QUARTER);
export const cot = betweenPoles((x) => Math.cos(x) / Math.sin(x), 0);

/**
 * The reciprocal of a wave.
 *
 * @param {UnaryInterval} inner
 * @param {number} pole
 * @returns {UnaryInterval}
 */
function overWave(inner, pole) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (!(to - from < HALF) || Math.max(-from, to) > FARTHEST || meets(from, to, pole, HALF))
      return entire(lo, hi, r, 1);
    inner(lo, hi, r, a);
    return divideBounds(lo, hi, r, 1, 1, lo[r], hi[r]);
  };
}

export const sec = overWave(cos, QUARTER);
export const csc = overWave(sin, 0);
