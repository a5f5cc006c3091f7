import { locate } from './sign-change.js';
import { PROOF, scan } from './interval-scan.js';

/**
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {import('./interval-scan.js').Range} Range
 * @typedef {import('./sign-change.js').Place} Place
 */

/** More zeros than this occur only if a curve crosses the axis every few pixels, and are not useful. */
export const MOST_PLACES = 100;

/**
 * Finds where a curve crosses 0. On each part that is proved continuous a sign change proves a crossing, and a slope of
 * constant sign proves that it is the only one (R. E. Moore, Interval Analysis, 1966). Nothing is found where the curve
 * may break, so poles and jumps are excluded; nor where it touches 0 and turns back, which is an extremum.
 *
 * @param {Curve} curve
 * @param {Range} range
 * @param {number} budget budget in operations
 * @returns {Generator<void, Place[]>} from left to right; empty if there are too many
 */
export function* zerosOf(curve, range, budget) {
  /** @type {Place[]} */
  const found = [];
  /** @type {Bounds} */
  const bounds = { lo: 0, hi: 0 };
  const slope = curve.derivative();
  const keepsSlope = (/** @type {number} */ a, /** @type {number} */ b) =>
    slope !== null && slope.interval(a, b, bounds) > 0 && (bounds.lo > 0 || bounds.hi < 0);
  /** @type {import('./interval-scan.js').Look} */
  const look = {
    at: (a, b, narrow) => {
      const proof = curve.interval(a, b, bounds);
      if (proof === 0 || bounds.lo > 0 || bounds.hi < 0) return true;
      if (proof === 1 || (!narrow && !keepsSlope(a, b))) return false;
      const crosses = Math.sign(curve.value(a)) !== Math.sign(curve.value(b));
      if (crosses) addPlace(found, locate(curve, a, b));
      return crosses || !narrow;
    },
    lost: () => {},
    enough: () => found.length > MOST_PLACES,
  };
  const cost = PROOF * (curve.cost + (slope?.cost ?? 0));
  yield* scan(range, cost, budget, look);
  return look.enough() ? [] : found;
}

/**
 * A zero where two parts meet is found in both.
 *
 * @param {Place[]} found
 * @param {Place} place
 */
function addPlace(found, place) {
  const last = found[found.length - 1];
  if (last && Math.abs(last.t - place.t) <= last.error + place.error) return;
  found.push(place);
}
