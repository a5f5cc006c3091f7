/**
 * Parameters like a and k in a (x - h)^2 + k need not be searched for: once the others are known, their best values
 * follow.
 *
 * Method: G. H. Golub, V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems whose
 * variables separate", SIAM Journal on Numerical Analysis 10 (1973), known as variable projection; here the derivatives
 * of the reduced problem are differences. A formula is a closure, so linear parameters are found by trials.
 */

import { leastSquares } from './linear-least-squares.js';

/** @typedef {import('./levenberg-marquardt.js').Residuals} Residuals */

/** Values at which linearity is tested; not round numbers, where a formula may be special. */
const BASES = [0.731, 1.318, 2.179, -0.617, 3.433, 4096.37, -4096.71];

/** Small and large steps: |x - h| looks linear to small ones. */
const STEPS = [0.377, 41.3];

/** Relative rounding error of a formula. */
const ROUNDING = 1e-9;

/**
 * Finds the parameters in which the residuals are jointly linear, whatever the others are. Rows that are undefined at
 * the tested values are ignored.
 *
 * @param {Residuals} residuals
 * @param {number} count number of parameters
 * @returns {number[]} their indices
 */
export function linearParameters(residuals, count) {
  const bases = BASES.map((base) => Array.from({ length: count }, (_, i) => base + 0.173 * i))
    .filter((base) => residuals(base).some(Number.isFinite))
    .slice(0, 2);
  if (bases.length === 0) return [];
  /** @type {number[]} */
  const linear = [];
  for (let i = 0; i < count; i++) {
    const fits = bases.every(
      (base) => isStraight(residuals, base, i) && linear.every((other) => isIndependent(residuals, base, i, other)),
    );
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
    return middle.every(
      (value, k) => !Number.isFinite(value) || isZero(above[k] + below[k] - 2 * value, above[k], below[k], value),
    );
  });
}

/**
 * @param {Residuals} residuals
 * @param {readonly number[]} base
 * @param {number} i
 * @param {number} j
 * @returns {boolean} whether the effect of one does not depend on the other
 */
function isIndependent(residuals, base, i, j) {
  const step = STEPS[1];
  const none = residuals(base);
  const one = residuals(base.with(i, base[i] + step));
  const other = residuals(base.with(j, base[j] + step));
  const both = residuals(base.with(i, base[i] + step).with(j, base[j] + step));
  return none.every(
    (value, k) =>
      !Number.isFinite(value) || isZero(both[k] - one[k] - other[k] + value, both[k], one[k], other[k], value),
  );
}

/**
 * @param {number} value
 * @param {readonly number[]} terms the terms it was computed from
 */
function isZero(value, ...terms) {
  return Math.abs(value) <= ROUNDING * Math.max(Number.MIN_VALUE, ...terms.map(Math.abs));
}

/**
 * The problem reduced to the other parameters.
 *
 * @typedef {object} Reduced
 * @property {Residuals} residuals
 * @property {(searched: readonly number[]) => number[]} complete returns all parameters, given the searched ones
 * @property {number[]} searched indices of the searched parameters
 */

/**
 * @param {Residuals} residuals
 * @param {number} count number of parameters
 * @param {readonly number[]} linear
 * @returns {Reduced}
 */
export function reduce(residuals, count, linear) {
  const searched = Array.from({ length: count }, (_, i) => i).filter((i) => !linear.includes(i));
  /** @type {(values: readonly number[]) => number[]} */
  const withZeros = (values) => {
    const all = new Array(count).fill(0);
    searched.forEach((place, i) => {
      all[place] = values[i];
    });
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
    linear.forEach((place, i) => {
      all[place] = solution.coefficients[i];
    });
    return { all, residuals: solution.residuals };
  };
  return { searched, residuals: (values) => solve(values).residuals, complete: (values) => solve(values).all };
}
