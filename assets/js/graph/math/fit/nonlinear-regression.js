/**
 * Finds the parameters of a line such as y_1 ~ a x_1^2 + b by least squares: descends from the best of several starts.
 * Linear parameters are not searched for.
 */

import { costOf, minimize } from './levenberg-marquardt.js';
import { linearParameters, reduce } from './separable.js';
import { startsOf } from './starting-points.js';

/**
 * @typedef {import('../../lang/types.js').FitProblem} FitProblem
 * @typedef {import('./levenberg-marquardt.js').Residuals} Residuals
 *
 * @typedef {object} Regression
 * @property {Record<string, number>} values the parameters by name
 * @property {number} rSquared the fraction of the variance of the left side that the right side explains; NaN if the
 *   left side is constant
 * @property {number} rmse root mean square of the residuals; in log mode rmse and rSquared refer to logarithms
 * @property {boolean} isSure false if there are fewer rows than parameters, so that other values would fit as well
 */

/** Starts are tried on at most this many rows; the best are then followed on all rows. */
const TRIED_ROWS = 60;

/** The number of starts tried, the number followed, and the steps of each. */
const TRIED = 500;
const FOLLOWED = 5;
const STEPS = 60;

/** Evaluations of rows on the full data, so that no data freeze the page; but at least a minimum of steps. */
const ROWS = 400_000;
const FEWEST_STEPS = 5;

/** A fit whose cost is lower by less than this fraction is not better. */
const BETTER = 1e-6;

/** A cost this much smaller than that of a poor fit is only rounding. */
const ZERO = 1e-20;

/**
 * @param {FitProblem} problem
 * @returns {Regression | null} null if the formula is undefined for the data, whatever the parameters
 */
export function solveRegression(problem) {
  const { names, start, rows, columns, logMode, sides } = problem;
  const some = rows.length > TRIED_ROWS ? scaled({ ...problem, ...sides(thinned(rows, TRIED_ROWS)) }) : null;
  const { residuals, toValue, fromValue } = scaled(problem);
  const linear = linearParameters(some?.residuals ?? residuals, names.length);
  const reduced = reduce(residuals, names.length, linear);
  const given = reduced.searched.map((i) => fromValue(start[names[i]] ?? NaN, i));
  const tried = search(some ? reduce(some.residuals, names.length, linear) : reduced, given, columns);
  const found = tried && some ? followOnAll(reduced, tried, rows.length * (linear.length + 1)) : tried;
  if (!found) return null;
  const parameters = reduced.complete(found);
  const values = parameters.map(toValue);
  const scale = logMode ? Math.log : (/** @type {number} */ value) => value;
  const observed = Array.from(problem.left(values), scale);
  return {
    values: Object.fromEntries(names.map((name, i) => [name, values[i]])),
    ...quality(observed, Array.from(residuals(parameters))),
    isSure: rows.length >= names.length,
  };
}

/**
 * @param {readonly number[]} all
 * @param {number} count
 * @returns {number[]} so many of them, evenly spread from first to last
 */
function thinned(all, count) {
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]);
}

/**
 * @param {import('./separable.js').Reduced} reduced
 * @param {number[]} from
 * @param {number} values row evaluations per call of the residuals
 * @returns {number[] | null}
 */
function followOnAll({ residuals }, from, values) {
  const steps = Math.max(FEWEST_STEPS, Math.min(STEPS, ROWS / values / (2 * from.length + 2)));
  const { parameters, cost } = minimize(residuals, from, from.length === 0 ? 0 : steps);
  return Number.isFinite(cost) ? parameters : null;
}

/**
 * The residuals as a function of the searched values: the parameters themselves, or in log mode, for those that are
 * linear then (a and b in y ~ a b^x), their logarithms.
 *
 * @param {FitProblem} problem
 * @returns {{residuals: Residuals, toValue: Turn, fromValue: Turn}}
 *
 * @typedef {(value: number, place: number) => number} Turn
 */
function scaled({ names, left, right, logMode }) {
  /** @type {Residuals} */
  const plain = (values) => {
    const above = left(values);
    const below = right(values);
    return above.map((value, i) => (logMode ? Math.log(value) - Math.log(below[i]) : value - below[i]));
  };
  if (!logMode) return { residuals: plain, toValue: (value) => value, fromValue: (value) => value };
  const asLogarithm = new Set(linearParameters((logarithms) => plain(logarithms.map(Math.exp)), names.length));
  /** @type {Turn} */
  const toValue = (value, i) => (asLogarithm.has(i) ? Math.exp(value) : value);
  /** @type {Turn} */
  const fromValue = (value, i) => (asLogarithm.has(i) ? Math.log(value) : value);
  return { residuals: (parameters) => plain(parameters.map(toValue)), toValue, fromValue };
}

/**
 * @param {import('./separable.js').Reduced} reduced
 * @param {readonly number[]} given start values; NaN if unknown
 * @param {readonly ArrayLike<number>[]} columns
 * @returns {number[] | null} the searched parameters
 */
function search({ residuals, searched }, given, columns) {
  if (searched.length === 0) return Number.isFinite(costOf(residuals([]))) ? [] : null;
  const tried = startsOf(given, columns, TRIED)
    .map((parameters) => ({ parameters, cost: costOf(residuals(parameters)) }))
    .filter(({ cost }) => Number.isFinite(cost))
    .sort((a, b) => a.cost - b.cost);
  if (tried.length === 0) return null;
  const hollows = tried.slice(0, FOLLOWED).map(({ parameters }) => minimize(residuals, parameters, STEPS));
  // Followed separately, so that an equally good fit stays where it was.
  const own = given.every(Number.isFinite) ? minimize(residuals, given, STEPS) : null;
  const rim = Math.min(...hollows.map(({ cost }) => cost)) * (1 + BETTER) + ZERO * tried[tried.length >> 1].cost;
  if (own && own.cost <= rim) return own.parameters;
  return hollows.filter(({ cost }) => cost <= rim).reduce((best, fit) => (oddness(fit) < oddness(best) ? fit : best))
    .parameters;
}

/**
 * A wave fits with many phases, and upside down: among equally good fits, the one with the simplest numbers wins.
 *
 * @param {{parameters: readonly number[]}} fit
 */
function oddness({ parameters }) {
  return parameters.reduce((sum, value) => sum + Math.abs(value) * (value < 0 ? 1 + BETTER : 1), 0);
}

/**
 * @param {readonly number[]} observed
 * @param {readonly number[]} residuals
 * @returns {{rSquared: number, rmse: number}} the coefficient of determination and the root mean square
 */
export function quality(observed, residuals) {
  const mean = observed.reduce((sum, value) => sum + value, 0) / observed.length;
  const total = observed.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const left = residuals.reduce((sum, value) => sum + value * value, 0);
  return { rSquared: total > 0 ? 1 - left / total : NaN, rmse: Math.sqrt(left / observed.length) };
}
