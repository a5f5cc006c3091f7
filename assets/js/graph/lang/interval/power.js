/**
 * Intervals of powers, roots and logarithms.
 *
 * @typedef {import('./interval.js').BinaryInterval} BinaryInterval
 * @typedef {import('../types.js').Decoration} Decoration
 * @typedef {(lo: Float64Array, hi: Float64Array, r: number, a: number) => Decoration} UnaryInterval
 */

import { divideBounds, entire, lower, set, upper } from './interval.js';
import { oddRootPower, power } from '../numeric.js';

/** The error bound of powers, which are computed in several ways (products, roots). */
const ERROR = 2 ** -48;

/**
 * x to a fixed exponent, where it is defined, continuous and monotone on either side of 0.
 *
 * @param {(x: number) => number} f
 * @param {boolean} even whether f(-x) = f(x), otherwise f(-x) = -f(x)
 * @param {boolean} pole whether there is a pole at 0
 * @returns {UnaryInterval}
 */
function symmetric(f, even, pole) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    const crosses = from < 0 && to > 0;
    if (pole && from === 0 && to === 0) return 0;
    if (pole && crosses && !even) return entire(lo, hi, r, 1);
    const touches = pole && from <= 0 && to >= 0;
    const [p, q] = [poleValue(f, from, pole, 1), poleValue(f, to, pole, even ? 1 : -1)];
    const bottom = even && crosses && !pole ? 0 : Math.min(p, q);
    const top = even && crosses && pole ? Infinity : Math.max(p, q);
    const atLeast = even || from >= 0 ? 0 : -Infinity;
    const atMost = !even && to <= 0 ? 0 : Infinity;
    return set(
      lo,
      hi,
      r,
      Math.max(atLeast, bottom === 0 ? 0 : lower(bottom, ERROR)),
      Math.min(atMost, top === 0 ? 0 : upper(top, ERROR)),
      touches ? 1 : 2,
    );
  };
}

/**
 * @param {(x: number) => number} f
 * @param {number} x
 * @param {boolean} pole
 * @param {number} sign sign of the pole on this side
 */
function poleValue(f, x, pole, sign) {
  return pole && x === 0 ? sign * Infinity : f(x);
}

/** @param {number} n whole @returns {UnaryInterval} */
export function wholePowerInterval(n) {
  if (n === 0) return (lo, hi, r) => set(lo, hi, r, 1, 1);
  return symmetric((x) => x ** n, n % 2 === 0, n < 0);
}

/** x^(p/q), q odd @param {number} p @param {number} q @returns {UnaryInterval} */
export function oddRootInterval(p, q) {
  return symmetric((x) => oddRootPower(x, p, q), p % 2 === 0, p < 0);
}

/** x^k for x from 0 on @param {number} k @returns {UnaryInterval} */
export function realPowerInterval(k) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (to < 0 || (to === 0 && k < 0)) return 0;
    const start = Math.max(from, 0);
    const [p, q] = [start ** k, to ** k];
    const defined = k < 0 ? from > 0 : from >= 0;
    const bottom = Math.min(p, q);
    return set(
      lo,
      hi,
      r,
      bottom === 0 ? 0 : Math.max(0, lower(bottom, ERROR)),
      upper(Math.max(p, q), ERROR),
      defined ? 2 : 1,
    );
  };
}

/** Both base and exponent are variable. @type {BinaryInterval} */
export function pow(lo, hi, r, a, b) {
  const [al, ah, bl, bh] = [lo[a], hi[a], lo[b], hi[b]];
  if (bl === bh && Number.isInteger(bl)) return wholePowerInterval(bl)(lo, hi, r, a);
  if (al < 0) return powerOfNegative(lo, hi, r, al, ah, bl, bh);
  if (al === 0 && bl <= 0) return ah === 0 && bh < 0 ? 0 : set(lo, hi, r, 0, Infinity, 1);
  // For a positive base the power is monotone in base and exponent: the extremes are at corners.
  const [p, q, s, t] = [al ** bl, al ** bh, ah ** bl, ah ** bh];
  const defined = p === p && q === q && s === s && t === t;
  const bottom = Math.min(p, q, s, t);
  return set(
    lo,
    hi,
    r,
    bottom === 0 ? 0 : Math.max(0, lower(bottom, ERROR)),
    upper(Math.max(p, q, s, t), ERROR),
    defined ? 2 : 1,
  );
}

/**
 * A negative base has values at some exponents only, of either sign.
 *
 * @param {Float64Array} lo
 * @param {Float64Array} hi
 * @param {number} r
 * @param {number} al
 * @param {number} ah
 * @param {number} bl
 * @param {number} bh
 * @returns {Decoration}
 */
function powerOfNegative(lo, hi, r, al, ah, bl, bh) {
  if (ah >= 0 && bl <= 0) return entire(lo, hi, r, 1);
  const [far, near] = [-al, Math.abs(ah)];
  const most = upper(Math.max(far ** bl, far ** bh, near ** bl, near ** bh), ERROR);
  return set(lo, hi, r, -most, most, 1);
}

/** The b-th root of a with variable b. @type {BinaryInterval} */
export function root(lo, hi, r, a, b) {
  const [al, ah, bl, bh] = [lo[a], hi[a], lo[b], hi[b]];
  if (al < 0 || (bl <= 0 && bh >= 0)) return entire(lo, hi, r, 1);
  const corners = [power(al, 1 / bl), power(al, 1 / bh), power(ah, 1 / bl), power(ah, 1 / bh)];
  const defined = al > 0 || bl > 0;
  return set(
    lo,
    hi,
    r,
    Math.max(0, lower(Math.min(...corners), ERROR)),
    upper(Math.max(...corners), ERROR),
    defined ? 2 : 1,
  );
}

/** @type {UnaryInterval} */
export const ln = logarithmWith(Math.log);

/** @type {UnaryInterval} */
export const log = logarithmWith(Math.log10);

/** @param {(x: number) => number} f @returns {UnaryInterval} */
function logarithmWith(f) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (to <= 0) return 0;
    const top = f(to);
    const bottom = from <= 0 ? -Infinity : f(from);
    return set(lo, hi, r, lower(bottom, ERROR), upper(top, ERROR), from > 0 ? 2 : 1);
  };
}

/** The logarithm of a to base b. @type {BinaryInterval} */
export function logb(lo, hi, r, a, b) {
  const [al, ah, bl, bh] = [lo[a], hi[a], lo[b], hi[b]];
  if (ah <= 0 || bh <= 0) return 0;
  const top = upper(Math.log(ah), ERROR);
  const bottom = al <= 0 ? -Infinity : lower(Math.log(al), ERROR);
  const baseBottom = bl <= 0 ? -Infinity : bl === 1 ? 0 : lower(Math.log(bl), ERROR);
  const decoration = divideBounds(lo, hi, r, bottom, top, baseBottom, bh === 1 ? 0 : upper(Math.log(bh), ERROR));
  return decoration === 2 && (al <= 0 || bl <= 0) ? 1 : decoration;
}
