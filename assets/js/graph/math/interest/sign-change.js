/**
 * Locates a sign change of a function.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {{t: number, error: number}} Place t with a bound on its error
 */

/** Halvings from a fraction of a pixel down to adjacent doubles; near 0, where these never end, so many are enough. */
const MOST_HALVINGS = 100;
/** The most enlargements of the error until it is proved, each fourfold. */
const MOST_WIDENINGS = 24;

/**
 * Locates a sign change by bisection, which needs no derivative and never leaves the interval. The error is proved: at
 * both of its ends the bounds of the function have the right sign.
 *
 * @param {Curve} curve continuous from a to b, or undefined only at the sign change itself
 * @param {number} a
 * @param {number} b
 * @returns {Place}
 */
export function locate(curve, a, b) {
  const sign = Math.sign(curve.value(b)) || -Math.sign(curve.value(a));
  const t = bisected(curve, a, b, sign);
  const error = provedError(curve, t, sign, b - a);
  return { t: roundZero(curve, t, error), error };
}

/**
 * @param {Curve} curve
 * @param {number} a
 * @param {number} b
 * @param {number} sign sign of the values at b
 * @returns {number}
 */
function bisected(curve, a, b, sign) {
  let [low, high] = [a, b];
  // If 0 is inside, it is tried first, because doubles around it have no end.
  let middle = low < 0 && high > 0 ? 0 : low + (high - low) / 2;
  for (let i = 0; i < MOST_HALVINGS && middle > low && middle < high; i++) {
    const side = Math.sign(curve.value(middle)) * sign;
    if (side === 0 || side !== side) return middle;
    if (side > 0) high = middle;
    else low = middle;
    middle = low + (high - low) / 2;
  }
  return Math.abs(curve.value(low)) < Math.abs(curve.value(high)) ? low : high;
}

/**
 * If rounding hides the zero among many numbers, as for x^3 - 3x^2 + 3x - 1, returns the one with the shortest
 * spelling.
 *
 * @param {Curve} curve
 * @param {number} t
 * @param {number} error
 * @returns {number}
 */
function roundZero(curve, t, error) {
  const digits = Math.floor(Math.log10(Math.abs(t) / error));
  if (!(digits >= 0 && digits < 17)) return t;
  const round = Number(t.toPrecision(Math.min(15, Math.max(1, digits))));
  return Math.abs(round - t) <= error && curve.value(round) === 0 ? round : t;
}

/**
 * @param {Curve} curve
 * @param {number} t
 * @param {number} sign sign of the values on the right
 * @param {number} most upper bound of the error
 * @returns {number}
 */
function provedError(curve, t, sign, most) {
  /** @type {Bounds} */
  const bounds = { lo: 0, hi: 0 };
  const signAt = (/** @type {number} */ place) => {
    if (curve.interval(place, place, bounds) === 0) return 0;
    return bounds.lo > 0 ? 1 : bounds.hi < 0 ? -1 : 0;
  };
  if (curve.interval(t, t, bounds) === 2 && bounds.lo === 0 && bounds.hi === 0) return 0;
  let error = Math.max(Math.abs(t) * 2 ** -52, most * 2 ** -60);
  for (let i = 0; i < MOST_WIDENINGS && error < most; i++, error *= 4) {
    if (signAt(t + error) === sign && signAt(t - error) === -sign) return error;
  }
  return most;
}
