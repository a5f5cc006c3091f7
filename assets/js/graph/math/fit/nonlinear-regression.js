/**
 * The parameters that bring both sides of a line such as y_1 ~ a x_1^2 + b nearest to each other: least squares from
 * several starts, of which the best are followed downhill. What stands linear in the formula is not searched for.
 */

import { costOf, minimize } from './levenberg-marquardt.js';
import { linearParameters, reduce } from './separable.js';
import { startsOf } from './starting-points.js';

/**
 * @typedef {import('../../lang/types.js').FitProblem} FitProblem
 * @typedef {import('./levenberg-marquardt.js').Residuals} Residuals
 *
 * @typedef {object} Regression
 * @property {Record<string, number>} values the parameters, by name
 * @property {number} rSquared the part of the scatter of the left side that the right side explains; NaN where the left
 *   side does not scatter
 * @property {number} rmse root of the mean of the squared residuals; in log mode rmse and rSquared speak of logarithms
 * @property {boolean} isSure false where there are fewer rows than parameters, so that other values would do as well
 */

/** Starts are tried on no more rows than these; where they lead is then followed on all. */
const TRIED_ROWS = 60;

/** Starts that are tried, and of these the ones that are followed downhill, and how far. */
const TRIED = 500;
const FOLLOWED = 5;
const STEPS = 60;

/** Values of rows that are worked out on all rows, so that no data freeze the page; but at least so many steps. */
const ROWS = 400_000;
const FEWEST_STEPS = 5;

/** A fit that is better by less than this part is not better. */
const BETTER = 1e-6;

/** What is so much smaller than a poor fit's cost is nothing but rounding. */
const ZERO = 1e-20;

/**
 * @param {FitProblem} problem
 * @returns {Regression | null} null where the formula has no value for the data, whatever the parameters
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
 * @returns {number[]} so many of them, evenly from first to last
 */
function thinned(all, count) {
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]);
}

/**
 * @param {import('./separable.js').Reduced} reduced
 * @param {number[]} from
 * @param {number} values of rows that the residuals take once
 * @returns {number[] | null}
 */
function followOnAll({ residuals }, from, values) {
  const steps = Math.max(FEWEST_STEPS, Math.min(STEPS, ROWS / values / (2 * from.length + 2)));
  const { parameters, cost } = minimize(residuals, from, from.length === 0 ? 0 : steps);
  return Number.isFinite(cost) ? parameters : null;
}

/**
 * The residuals as a function of what is searched for: the values themselves, or in log mode, for those that stand linear
 * then (a and b in y ~ a b^x), their logarithms.
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
 * @param {readonly number[]} given to begin with; NaN where there is nothing
 * @param {readonly ArrayLike<number>[]} columns
 * @returns {number[] | null} what is searched for
 */
function search({ residuals, searched }, given, columns) {
  if (searched.length === 0) return Number.isFinite(costOf(residuals([]))) ? [] : null;
  const tried = startsOf(given, columns, TRIED)
    .map((parameters) => ({ parameters, cost: costOf(residuals(parameters)) }))
    .filter(({ cost }) => Number.isFinite(cost))
    .sort((a, b) => a.cost - b.cost);
  if (tried.length === 0) return null;
  const hollows = tried.slice(0, FOLLOWED).map(({ parameters }) => minimize(residuals, parameters, STEPS));
  // Followed by itself, so that a fit that is as good as any stays where it was.
  const own = given.every(Number.isFinite) ? minimize(residuals, given, STEPS) : null;
  const rim = Math.min(...hollows.map(({ cost }) => cost)) * (1 + BETTER) + ZERO * tried[tried.length >> 1].cost;
  if (own && own.cost <= rim) return own.parameters;
  return hollows.filter(({ cost }) => cost <= rim).reduce((best, fit) => (oddness(fit) < oddness(best) ? fit : best)).parameters;
}

/**
 * A wave fits with many a shift, and upside down: of fits that are as good, the one with the plainest numbers.
 *
 * @param {{parameters: readonly number[]}} fit
 */
function oddness({ parameters }) {
  return parameters.reduce((sum, value) => sum + Math.abs(value) * (value < 0 ? 1 + BETTER : 1), 0);
}

/**
 * @param {readonly number[]} observed
 * @param {readonly number[]} residuals
 * @returns {{rSquared: number, rmse: number}} the coefficient of determination, and the root of the mean square
 */
export function quality(observed, residuals) {
  const mean = observed.reduce((sum, value) => sum + value, 0) / observed.length;
  const total = observed.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const left = residuals.reduce((sum, value) => sum + value * value, 0);
  return { rSquared: total > 0 ? 1 - left / total : NaN, rmse: Math.sqrt(left / observed.length) };
}
