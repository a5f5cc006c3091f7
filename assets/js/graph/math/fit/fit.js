/**
 * Fits the families of the museum to a few points, and ranks them by how well they explain the points.
 *
 * Each form has at most one parameter that needs a search: a grid of values in the range the points allow, then golden
 * section search (J. Kiefer, "Sequential minimax search for a maximum", Proceedings of the AMS 4, 1953) around the best
 * local minima, because a kink has no slope to follow; then Levenberg-Marquardt for the last digits.
 */

import { FAMILIES, formsOf } from './family-forms.js';
import { costOf, minimize } from './levenberg-marquardt.js';
import { leastSquares } from './linear-least-squares.js';
import { quality } from './nonlinear-regression.js';
import { rounded } from './rounding.js';

/**
 * @typedef {import('./family-forms.js').Form} Form
 * @typedef {import('./family-forms.js').Frame} Frame
 * @typedef {{x: number, y: number}} Point
 *
 * @typedef {object} Fit
 * @property {Form} form
 * @property {string} family
 * @property {number[]} parameters best fit to the points
 * @property {number[]} nice rounded to as few digits as the fit allows
 * @property {number} rSquared of the rounded parameters, like all that follows; NaN if all points have the same height
 * @property {number} rmse
 * @property {number[]} residuals in the order of the points
 * @property {number} score lower is better, see `scoreOf`
 */

/** Local minima of the grid that are refined. */
const HOLLOWS = 3;

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const GOLDEN_STEPS = 32;
const LAST_STEPS = 30;

/** The accuracy of a tap, relative to the height of the data. */
const STEADINESS = 0.003;

/** Relative accuracy of the heights of points. */
const ROUNDING = 1e-12;

/** Scores that differ by less than this are nearly equal: the simpler form is offered first. */
const NEARLY_EQUAL = 2;

/** Scores that differ by less than this are equal: the family that students meet first is offered first. */
const EQUAL = 0.05;

/**
 * Tries one form after the other; the caller can yield to the page between them.
 *
 * @param {readonly Point[]} points
 * @param {{degreeMode?: boolean, families?: readonly string[]}} [options] `families`: all by default
 * @returns {Generator<Fit | null, Fit[], void>} returns the fits, best first, one for each family for which there are
 *   enough points and which does not degenerate to a simpler one
 */
export function* fitFamilies(points, { degreeMode = false, families = FAMILIES } = {}) {
  /** @type {Fit[]} */
  const fits = [];
  const sight = sightOf(points);
  if (!sight) return fits;
  for (const form of formsOf({ degreeMode })) {
    if (!families.includes(form.family)) continue;
    const fit = fitForm(form, sight);
    if (fit) fits.push(fit);
    yield fit;
  }
  const fitting = fits.filter((fit) => families.length === 1 || !isDegenerate(fit));
  return rank(bestOfFamilies(fitting));
}

/**
 * @param {Fit} fit
 * @returns {boolean} whether the defining parameter is 0, as in a cubic that is a parabola and belongs to another
 *   family
 */
function isDegenerate({ family, nice }) {
  return family !== 'linear' && family !== 'piecewise' && nice[0] === 0;
}

/**
 * The points in the form that fitting needs.
 *
 * @typedef {object} Sight
 * @property {readonly Point[]} points
 * @property {number[]} us x of each point, from -1 to 1
 * @property {number[]} places the same, sorted and without duplicates
 * @property {Float64Array} ys
 * @property {number} steadiness distance in units of y that counts as exact
 * @property {Frame} frame
 */

/**
 * @param {readonly Point[]} points
 * @returns {Sight | null} null if all have the same x
 */
function sightOf(points) {
  const xs = points.map(({ x }) => x);
  const ys = Float64Array.from(points, ({ y }) => y);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  if (!(high > low)) return null;
  const frame = { mid: (low + high) / 2, half: (high - low) / 2 };
  const us = xs.map((x) => Math.min(1, Math.max(-1, (x - frame.mid) / frame.half)));
  const places = [...new Set(us)].sort((a, b) => a - b);
  const [top, bottom] = [Math.max(...ys), Math.min(...ys)];
  const steadiness = STEADINESS * (top - bottom) + ROUNDING * Math.max(top, -bottom);
  return { points, us, places, ys, steadiness, frame };
}

/**
 * @param {Form} form
 * @param {Sight} sight
 * @returns {Fit | null} null if there are too few points, or the form does not fit at all
 */
function fitForm(form, sight) {
  const { points, places, frame, steadiness } = sight;
  if (places.length < form.names.length) return null;
  const shape = bestShape(form, sight);
  if (shape === null) return null;
  const parameters = form.natural(solve(form, sight, shape).coefficients, shape, frame);
  const residualsOf = (/** @type {readonly number[]} */ values) => points.map(({ x, y }) => y - form.value(values, x));
  const isUsable =
    parameters.every(Number.isFinite) && Number.isFinite(costOf(Float64Array.from(residualsOf(parameters))));
  if (!isUsable) return null;
  const nice = rounded(parameters, residualsOf, steadiness);
  const residuals = residualsOf(nice);
  const { rSquared, rmse } = quality([...sight.ys], residuals);
  const score = scoreOf(rmse, steadiness, points.length, form.names.length);
  return { form, family: form.family, parameters, nice, rSquared, rmse, residuals, score };
}

/**
 * @param {Form} form
 * @param {Sight} sight
 * @param {number} shape
 */
function solve(form, sight, shape) {
  const rows = sight.us.map((u) => form.basis(u, shape));
  return leastSquares(
    rows[0].map((_, k) => Float64Array.from(rows, (row) => row[k])),
    sight.ys,
  );
}

/**
 * @param {Form} form
 * @param {Sight} sight
 * @returns {number | null}
 */
function bestShape(form, sight) {
  const shapes = form.shapes(sight.places);
  const costAt = (/** @type {number} */ shape) => costOf(solve(form, sight, shape).residuals);
  const costs = shapes.map(costAt);
  const hollows = [...costs.keys()]
    .filter((i) => Number.isFinite(costs[i]) && !(costs[i - 1] < costs[i]) && !(costs[i + 1] < costs[i]))
    .sort((a, b) => costs[a] - costs[b])
    .slice(0, HOLLOWS);
  if (hollows.length === 0) return null;
  if (shapes.length === 1) return shapes[0];
  let best = { shape: shapes[hollows[0]], cost: costs[hollows[0]] };
  for (const i of hollows) {
    const found = lookInto(form, sight, shapes, i);
    if (found.cost < best.cost) best = found;
  }
  return best.shape;
}

/**
 * @param {Form} form
 * @param {Sight} sight
 * @param {readonly number[]} shapes
 * @param {number} i index of a local minimum
 */
function lookInto(form, sight, shapes, i) {
  const residuals = (/** @type {readonly number[]} */ [shape]) => solve(form, sight, shape).residuals;
  const [low, high] = [shapes[i - 1] ?? shapes[i], shapes[i + 1] ?? shapes[i]];
  const found = goldenSection((shape) => costOf(residuals([shape])), low, high);
  const last = minimize(residuals, [found.shape], LAST_STEPS);
  const [shape] = last.parameters;
  return last.cost < found.cost && shape >= low && shape <= high ? { shape, cost: last.cost } : found;
}

/**
 * @param {(shape: number) => number} costAt
 * @param {number} low
 * @param {number} high
 */
function goldenSection(costAt, low, high) {
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let [costLeft, costRight] = [costAt(left), costAt(right)];
  for (let step = 0; step < GOLDEN_STEPS; step++) {
    if (costLeft < costRight) {
      [high, right, costRight] = [right, left, costLeft];
      left = high - GOLDEN * (high - low);
      costLeft = costAt(left);
    } else {
      [low, left, costLeft] = [left, right, costRight];
      right = low + GOLDEN * (high - low);
      costRight = costAt(right);
    }
  }
  return costLeft < costRight ? { shape: left, cost: costLeft } : { shape: right, cost: costRight };
}

/**
 * Scores how well a form explains the points relative to its complexity. R² alone would always prefer the form with the
 * most parameters, which follows every tremor of the hand. This is Akaike's criterion with the correction for few
 * points (H. Akaike 1974; C. M. Hurvich, C.-L. Tsai, "Regression and time series model selection in small samples",
 * Biometrika 76, 1989), counting only the parameters of the form, because the variance is common to all. Distances
 * below the accuracy of a tap count as equal, so among forms that meet all points the one with the fewest parameters
 * wins. With hardly more points than parameters the correction would be infinite; it is held at its last finite value.
 *
 * @param {number} rmse
 * @param {number} steadiness in the units of y
 * @param {number} count number of points
 * @param {number} parameters
 * @returns {number}
 */
function scoreOf(rmse, steadiness, count, parameters) {
  const spread = rmse * rmse + steadiness * steadiness;
  const correction = (2 * parameters * (parameters + 1)) / Math.max(0.5, count - parameters - 1);
  return (spread > 0 ? count * Math.log(spread) : 0) + 2 * parameters + correction;
}

/**
 * @param {readonly Fit[]} fits
 * @returns {Fit[]}
 */
function bestOfFamilies(fits) {
  return FAMILIES.flatMap((family) => {
    const its = fits.filter((fit) => fit.family === family);
    return rank(its).slice(0, 1);
  });
}

/**
 * @param {readonly Fit[]} fits
 * @returns {Fit[]} best first; among nearly equal ones, the one with the fewest parameters
 */
function rank(fits) {
  const open = [...fits].sort((a, b) => a.score - b.score);
  /** @type {Fit[]} */
  const ranked = [];
  while (open.length > 0) {
    const near = open.filter(({ score }) => score <= open[0].score + NEARLY_EQUAL);
    const next = near.reduce((best, fit) => (isPlainer(fit, best) ? fit : best));
    ranked.push(...open.splice(open.indexOf(next), 1));
  }
  return ranked;
}

/**
 * @param {Fit} fit
 * @param {Fit} best the best so far
 * @returns {boolean} whether it is offered before a nearly equal one
 */
function isPlainer(fit, best) {
  const more = fit.form.names.length - best.form.names.length;
  if (more !== 0) return more < 0;
  if (Math.abs(fit.score - best.score) > EQUAL) return fit.score < best.score;
  return FAMILIES.indexOf(fit.family) < FAMILIES.indexOf(best.family);
}
