/**
 * Values of curves at places with an error bound.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('./sign-change.js').Place} Place
 * @typedef {{v: number, error: number}} Value
 */

/**
 * @param {Curve} curve
 * @param {Place} place
 * @returns {Value} with a proved bound of its error, which follows from that of the place
 */
export function valueAround(curve, { t, error }) {
  const bounds = { lo: 0, hi: 0 };
  const v = curve.value(t);
  if (curve.interval(t - error, t + error, bounds) === 0) return { v: NaN, error: Infinity };
  return { v, error: Math.max(bounds.hi - v, v - bounds.lo) };
}

/** Reports whether a value is 0 within a small error. @param {Value} value */
export function isNothing({ v, error }) {
  return Math.abs(v) <= error && error < 1e-9;
}
