/**
 * Parameters that stand in a formula like a, k in a (x - h)^2 + k need not be searched for: once the others are known,
 * the best values follow at once.
 *
 * Method: G. H. Golub, V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems whose
 * variables separate", SIAM Journal on Numerical Analysis 10 (1973), known as variable projection; here the slopes of
 * the reduced problem are differences. A formula is a closure, so which parameters are linear is found by trying.
 */

import { leastSquares } from './linear-least-squares.js';

/** @typedef {import('./levenberg-marquardt.js').Residuals} Residuals */

/** Places at which linearity is tried; no round numbers, where a formula may be special. */
const BASES = [0.731, 1.318, 2.179, -0.617, 3.433, 4096.37, -4096.71];

/** Steps small and large: |x - h| looks straight to small ones. */
const STEPS = [0.377, 41.3];

/** Rounding of a formula, as a part of the numbers in it. */
const ROUNDING = 1e-9;

/**
 * The parameters of which the residuals are a linear function together, whatever the others are. Rows that are not
 * defined at the places that are tried have no say.
 *
 * @param {Residuals} residuals
 * @param {number} count of all parameters
 * @returns {number[]} their places
 */
export function linearParameters(residuals, count) {
  const bases = BASES.map((base) => Array.from({ length: count }, (_, i) => base + 0.173 * i))
    .filter((base) => residuals(base).some(Number.isFinite))
    .slice(0, 2);
  if (bases.length === 0) return [];
  /** @type {number[]} */
  const linear = [];
  for (let i = 0; i < count; i++) {
    const fits = bases.every((base) => isStraight(residuals, base, i)
      && linear.every((other) => isIndependent(residuals, base, i, other)));
    if (fits) linear.push(i);
  }
  return linear;
}

/**
 * @param {Residuals} residuals
 * @param {readonly number[]} base
 * @param {number} i
 */
function isStraight(residuals, base, i) {
  const middle = residuals(base);
  return STEPS.every((step) => {
    const above = residuals(base.with(i, base[i] + step));
    const below = residuals(base.with(i, base[i] - step));
    return middle.every((value, k) => !Number.isFinite(value)
      || isZero(above[k] + below[k] - 2 * value, above[k], below[k], value));
  });
}

/**
 * @param {Residuals} residuals
 * @param {readonly number[]} base
 * @param {number} i
 * @param {number} j
 * @returns {boolean} whether a change of the one does not alter what a change of the other does
 */
function isIndependent(residuals, base, i, j) {
  const step = STEPS[1];
  const none = residuals(base);
  const one = residuals(base.with(i, base[i] + step));
  const other = residuals(base.with(j, base[j] + step));
  const both = residuals(base.with(i, base[i] + step).with(j, base[j] + step));
  return none.every((value, k) => !Number.isFinite(value)
    || isZero(both[k] - one[k] - other[k] + value, both[k], one[k], other[k], value));
}

/**
 * @param {number} value
 * @param {readonly number[]} terms what it was reckoned from
 */
function isZero(value, ...terms) {
  return Math.abs(value) <= ROUNDING * Math.max(Number.MIN_VALUE, ...terms.map(Math.abs));
}

/**
 * The problem of the other parameters alone.
 *
 * @typedef {object} Reduced
 * @property {Residuals} residuals
 * @property {(searched: readonly number[]) => number[]} complete all parameters, from those that are searched for
 * @property {number[]} searched places of the parameters that are searched for
 */

/**
 * @param {Residuals} residuals
 * @param {number} count of all parameters
 * @param {readonly number[]} linear
 * @returns {Reduced}
 */
export function reduce(residuals, count, linear) {
  const searched = Array.from({ length: count }, (_, i) => i).filter((i) => !linear.includes(i));
  /** @type {(values: readonly number[]) => number[]} */
  const withZeros = (values) => {
    const all = new Array(count).fill(0);
    searched.forEach((place, i) => { all[place] = values[i]; });
    return all;
  };
  /** @type {(values: readonly number[]) => {all: number[], residuals: Float64Array}} */
  const solve = (values) => {
    const all = withZeros(values);
    const base = residuals(all);
    if (linear.length === 0) return { all, residuals: base };
    const columns = linear.map((place) => {
      const one = residuals(all.with(place, 1));
      return base.map((value, k) => value - one[k]);
    });
    const solution = leastSquares(columns, base);
    linear.forEach((place, i) => { all[place] = solution.coefficients[i]; });
    return { all, residuals: solution.residuals };
  };
  return { searched, residuals: (values) => solve(values).residuals, complete: (values) => solve(values).all };
}
