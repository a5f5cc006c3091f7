/**
 * Nonlinear least squares.
 *
 * Method: K. Levenberg, "A method for the solution of certain non-linear problems in least squares", Quarterly of
 * Applied Mathematics 2 (1944); D. W. Marquardt, "An algorithm for least-squares estimation of nonlinear parameters",
 * Journal of the SIAM 11 (1963). Scaling by the longest column seen: J. J. Moré, "The Levenberg-Marquardt algorithm:
 * implementation and theory" (1978). The damping follows the gain: H. B. Nielsen, "Damping parameter in Marquardt's
 * method", Technical University of Denmark (1999).
 */

import { leastSquares, norm, sumOfSquares } from './linear-least-squares.js';

/**
 * The residuals at some parameters, whose sum of squares is minimized. A step to a point with a NaN residual is
 * rejected.
 *
 * @typedef {(parameters: readonly number[]) => Float64Array} Residuals
 */

/** Step of the central difference relative to the parameter: the cube root of the rounding error. */
const DIFFERENCE = Math.cbrt(Number.EPSILON);

/** The search has converged when no parameter changes by more than this fraction. */
const ARRIVED = 1e-13;

/** It has also converged when the cost decreases by less than this fraction. */
const FLAT = 1e-14;

const FIRST_DAMPING = 1e-3;
const LAST_DAMPING = 1e12;

/**
 * Descends from a start to the nearest local minimum of the sum of squares.
 *
 * @param {Residuals} residuals
 * @param {readonly number[]} start
 * @param {number} [steps] the most steps
 * @returns {{parameters: number[], cost: number}} cost: the sum of squares, Infinity if it is undefined at the start
 */
export function minimize(residuals, start, steps = 100) {
  let at = [...start];
  let value = residuals(at);
  let cost = costOf(value);
  if (!Number.isFinite(cost)) return { parameters: at, cost: Infinity };
  const scale = at.map(() => 0);
  let damping = FIRST_DAMPING;
  let growth = 2;
  /** @type {Float64Array[] | null} */
  let slopes = null;
  for (let step = 0; step < steps && cost > 0 && damping < LAST_DAMPING; step++) {
    slopes ??= jacobian(residuals, at, value);
    slopes.forEach((slope, i) => {
      scale[i] = Math.max(scale[i], norm(slope));
    });
    const move = dampedStep(
      slopes,
      value,
      scale.map((length) => Math.sqrt(damping) * (length || 1)),
    );
    const next = at.map((parameter, i) => parameter + move[i]);
    if (next.every((parameter, i) => Math.abs(parameter - at[i]) <= ARRIVED * Math.abs(at[i]))) break;
    const nextValue = residuals(next);
    const nextCost = costOf(nextValue);
    if (!(nextCost < cost)) {
      damping *= growth;
      growth *= 2;
      continue;
    }
    const gain = (cost - nextCost) / (cost - expectedCost(slopes, value, move)) || 0;
    damping *= Math.max(1 / 3, 1 - (2 * gain - 1) ** 3);
    growth = 2;
    const isFlat = cost - nextCost <= FLAT * cost;
    [at, value, cost, slopes] = [next, nextValue, nextCost, null];
    if (isFlat) break;
  }
  return { parameters: at, cost };
}

/**
 * @param {Float64Array} values
 * @returns {number} the sum of squares, Infinity if any value is NaN
 */
export function costOf(values) {
  const cost = sumOfSquares(values);
  return Number.isFinite(cost) ? cost : Infinity;
}

/**
 * The partial derivatives of the residuals. At the edge of their domain, a one-sided difference is used.
 *
 * @param {Residuals} residuals
 * @param {readonly number[]} at
 * @param {Float64Array} value the residuals at `at`
 * @returns {Float64Array[]} one column per parameter
 */
function jacobian(residuals, at, value) {
  return at.map((parameter, i) => {
    const step = DIFFERENCE * (Math.abs(parameter) || 1);
    const above = residuals(at.with(i, parameter + step));
    const below = residuals(at.with(i, parameter - step));
    const hasAbove = Number.isFinite(costOf(above));
    const hasBelow = Number.isFinite(costOf(below));
    if (!hasAbove && !hasBelow) return new Float64Array(value.length);
    const [high, low] = [hasAbove ? above : value, hasBelow ? below : value];
    const width = (hasAbove ? step : 0) + (hasBelow ? step : 0);
    return high.map((one, k) => (one - low[k]) / width);
  });
}

/**
 * @param {readonly Float64Array[]} slopes
 * @param {Float64Array} value
 * @param {readonly number[]} brakes damping of each parameter
 * @returns {number[]}
 */
function dampedStep(slopes, value, brakes) {
  const { length } = value;
  const target = new Float64Array(length + brakes.length);
  for (let i = 0; i < length; i++) target[i] = -value[i];
  const columns = slopes.map((slope, i) => {
    const column = new Float64Array(target.length);
    column.set(slope);
    column[length + i] = brakes[i];
    return column;
  });
  return leastSquares(columns, target).coefficients;
}

/**
 * @param {readonly Float64Array[]} slopes
 * @param {Float64Array} value
 * @param {readonly number[]} move
 * @returns {number} the cost after the move if the residuals were linear
 */
function expectedCost(slopes, value, move) {
  return sumOfSquares(value.map((residual, k) => slopes.reduce((sum, slope, i) => sum + slope[k] * move[i], residual)));
}
