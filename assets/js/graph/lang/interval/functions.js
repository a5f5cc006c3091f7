/**
 * Intervals of piecewise monotone functions, step functions, and functions of integers.
 *
 * @typedef {import('./interval.js').UnaryInterval} UnaryInterval
 * @typedef {import('./interval.js').BinaryInterval} BinaryInterval
 */

import { LIBRARY, ROUNDING, abs, divideBounds, entire, lower, set, upper } from './interval.js';

/**
 * An increasing function with bounds on its values.
 *
 * @param {(x: number) => number} f
 * @param {number} [least]
 * @param {number} [most]
 * @param {number} [error] relative error of f
 * @returns {UnaryInterval}
 */
export function growing(f, least = -Infinity, most = Infinity, error = LIBRARY) {
  return (lo, hi, r, a) => {
    const from = f(lo[a]);
    const to = f(hi[a]);
    lo[r] = Math.max(least, lower(from, error));
    hi[r] = Math.min(most, upper(to, error));
    return 2;
  };
}

/**
 * A function that is monotone on one interval and undefined elsewhere.
 *
 * @param {(x: number) => number} f
 * @param {number} start start of the interval
 * @param {number} end
 * @param {[boolean, boolean]} included whether f is defined at the start and at the end
 * @param {[number, number]} limits the values of f there
 * @param {number} [error] relative error of f
 * @returns {UnaryInterval}
 */
export function onPart(f, start, end, included, limits, error = LIBRARY) {
  const [atStart, atEnd] = limits;
  const at = (/** @type {number} */ x) => (x <= start ? atStart : x >= end ? atEnd : f(x));
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (to < start || from > end) return 0;
    if ((to === start && !included[0]) || (from === end && !included[1])) return 0;
    const whole = (included[0] ? from >= start : from > start) && (included[1] ? to <= end : to < end);
    const [p, q] = [at(from), at(to)];
    return set(lo, hi, r, lower(Math.min(p, q), error), upper(Math.max(p, q), error), whole ? 2 : 1);
  };
}

/**
 * A function that decreases on both sides of a pole at 0, such as csch.
 *
 * @param {(x: number) => number} f
 * @returns {UnaryInterval}
 */
export function fallingAroundPole(f) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (from === 0 && to === 0) return 0;
    if (from < 0 && to > 0) return entire(lo, hi, r, 1);
    const pole = from === 0 || to === 0;
    const bottom = to === 0 ? -Infinity : lower(f(to), LIBRARY);
    return set(lo, hi, r, bottom, from === 0 ? Infinity : upper(f(from), LIBRARY), pole ? 1 : 2);
  };
}

/**
 * A function that is defined for |x| ≥ 1 and monotone on each side.
 *
 * @param {(x: number) => number} f
 * @param {boolean} included whether it is defined at 1 and -1
 * @param {[number, number]} range bounds on all its values
 * @returns {UnaryInterval}
 */
export function outsideOne(f, included, range) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (included ? from > -1 && to < 1 : from >= -1 && to <= 1) return 0;
    if (included ? from < 1 && to > -1 : from <= 1 && to >= -1) return set(lo, hi, r, range[0], range[1], 1);
    const [p, q] = [f(from), f(to)];
    return set(lo, hi, r, lower(Math.min(p, q), LIBRARY), upper(Math.max(p, q), LIBRARY));
  };
}

/** @type {UnaryInterval} */
export function cosh(lo, hi, r, a) {
  abs(lo, hi, r, a);
  const from = Math.cosh(lo[r]);
  const to = Math.cosh(hi[r]);
  lo[r] = Math.max(1, lower(from, LIBRARY));
  hi[r] = upper(to, LIBRARY);
  return 2;
}

/** @type {UnaryInterval} */
export function sech(lo, hi, r, a) {
  cosh(lo, hi, r, a);
  return divideBounds(lo, hi, r, 1, 1, lo[r], hi[r]);
}

/**
 * A step function: constant if both ends are on the same step.
 *
 * @param {(x: number) => number} f
 * @returns {UnaryInterval}
 */
export function step(f) {
  return (lo, hi, r, a) => {
    const from = f(lo[a]);
    const to = f(hi[a]);
    return set(lo, hi, r, from, to, from === to ? 2 : 1);
  };
}

/** @type {BinaryInterval} */
export function mod(lo, hi, r, a, b) {
  const [al, ah, bl, bh] = [lo[a], hi[a], lo[b], hi[b]];
  if (bl === 0 && bh === 0) return 0;
  // The difference of two large numbers has their rounding error.
  const noise = 4 * ROUNDING * (Math.max(Math.abs(al), Math.abs(ah)) + Math.max(Math.abs(bl), Math.abs(bh)));
  const certain = divideBounds(lo, hi, r, al, ah, bl, bh) === 2;
  const k = Math.floor(lo[r]);
  if (certain && Number.isFinite(k) && k === Math.floor(hi[r])) {
    const [p, q] = [bl * k, bh * k];
    return set(lo, hi, r, lower(al - Math.max(p, q)) - noise, upper(ah - Math.min(p, q)) + noise);
  }
  return set(lo, hi, r, Math.min(0, bl) - noise, Math.max(0, bh) + noise, 1);
}

/** @type {BinaryInterval} */
export function round(lo, hi, r, a, b) {
  const digits = Math.floor(lo[b]);
  if (digits !== Math.floor(hi[b]))
    return set(lo, hi, r, lower(lo[a]) - 10 ** -digits, upper(hi[a]) + 10 ** -digits, 1);
  const scale = 10 ** digits;
  const from = Math.floor(lower(lower(lo[a] * scale) + 0.5)) / scale;
  const to = Math.floor(upper(upper(hi[a] * scale) + 0.5)) / scale;
  return set(lo, hi, r, lower(from), upper(to), from === to ? 2 : 1);
}

/** Between its poles below 0, the factorial turns too often to follow. */
const FACTORIAL_LOWEST = 0.4616321449683623;

/** @param {(x: number) => number} f the factorial @returns {UnaryInterval} */
export function factorialWith(f) {
  const lowest = f(FACTORIAL_LOWEST);
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (from <= -1) return entire(lo, hi, r, Math.ceil(from) > to ? 2 : 1);
    const [p, q] = [f(from), f(to)];
    const bottom = from <= FACTORIAL_LOWEST && to >= FACTORIAL_LOWEST ? lowest : Math.min(p, q);
    return set(lo, hi, r, lower(bottom, 1e-13), upper(Math.max(p, q), 1e-13));
  };
}

/** @param {(x: number) => number} f @returns {UnaryInterval} */
export function digammaWith(f) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (from <= 0 && Math.ceil(from) <= to) return entire(lo, hi, r, 1);
    return set(lo, hi, r, lower(f(from), 1e-11) - 1e-11, upper(f(to), 1e-11) + 1e-11);
  };
}

/** @type {BinaryInterval} */
export function arctan2(lo, hi, r, y, x) {
  if (lo[x] <= 0 && lo[y] <= 0 && hi[y] >= 0) return set(lo, hi, r, -upper(Math.PI), upper(Math.PI), 1);
  const corners = [
    Math.atan2(lo[y], lo[x]),
    Math.atan2(lo[y], hi[x]),
    Math.atan2(hi[y], lo[x]),
    Math.atan2(hi[y], hi[x]),
  ];
  return set(lo, hi, r, lower(Math.min(...corners), LIBRARY), upper(Math.max(...corners), LIBRARY));
}

/**
 * Functions of integers: only known for single values.
 *
 * @param {(a: number, b: number) => number} f
 * @returns {BinaryInterval}
 */
export function onWholeNumbers(f) {
  return (lo, hi, r, a, b) => {
    if (lo[a] !== hi[a] || lo[b] !== hi[b]) return entire(lo, hi, r, 1);
    const value = f(lo[a], lo[b]);
    return value === value ? set(lo, hi, r, lower(value), upper(value)) : 0;
  };
}
