import { locate } from './sign-change.js';
import { PROOF, scan } from './interval-scan.js';
import { MOST_PLACES } from './zeros.js';

/**
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {import('./interval-scan.js').Range} Range
 * @typedef {import('./sign-change.js').Place & {kind: 'minimum' | 'maximum'}} Extremum
 */

/** A turn is narrower than this many pixels, otherwise it is a flat part. */
const TURN = 2;

/**
 * Finds where a curve turns: its slope is proved to have one sign on one side and the other sign on the other, and in
 * the narrow part between, the curve is proved continuous. So corners and cusps are found too, but not poles and jumps.
 *
 * @param {Curve} curve
 * @param {Range} range
 * @param {number} budget budget in operations
 * @param {readonly number[]} [joints] places where it is continuous although this cannot be proved
 * @returns {Generator<void, Extremum[]>} from left to right; empty if there are too many, or there is no rule for the
 *   slope
 */
export function* extremaOf(curve, range, budget, joints = []) {
  const slope = curve.derivative();
  if (slope === null) return [];
  const turns = new Turns(slope, range.pixel * TURN);
  /** @type {Bounds} */
  const bounds = { lo: 0, hi: 0 };
  /** @type {import('./interval-scan.js').Look} */
  const look = {
    at: (a, b, narrow) => {
      const proof = curve.interval(a, b, bounds);
      const isRising = proof === 2 && slope.interval(a, b, bounds) > 0 ? signOf(bounds) : NaN;
      if (proof === 0 || isRising === 0) turns.stop();
      else if (isRising === 1 || isRising === -1) turns.go(a, b, isRising);
      else {
        if (narrow && proof === 1 && !joints.some((t) => t >= a && t <= b)) turns.stop();
        return false;
      }
      return true;
    },
    lost: () => turns.stop(),
    enough: () => turns.found.length > MOST_PLACES,
  };
  yield* scan(range, PROOF * (curve.cost + slope.cost), budget, look);
  return look.enough() ? [] : turns.found;
}

/** @param {Bounds} bounds @returns {number} 0 only if it is identically 0; NaN if there may be both signs */
function signOf({ lo, hi }) {
  if (lo > 0) return 1;
  if (hi < 0) return -1;
  return lo === 0 && hi === 0 ? 0 : NaN;
}

/** Keeps track of where the curve was last proved to rise or fall. */
class Turns {
  /** @type {Extremum[]} */
  found = [];
  #slope;
  #widest;
  #sign = 0;
  #end = NaN;

  /** @param {Curve} slope @param {number} widest */
  constructor(slope, widest) {
    this.#slope = slope;
    this.#widest = widest;
  }

  /** The curve is flat here, or may break. */
  stop() {
    this.#sign = 0;
  }

  /** @param {number} a @param {number} b @param {number} sign sign of the slope from a to b */
  go(a, b, sign) {
    if (this.#sign === -sign && a - this.#end < this.#widest) {
      const place = a === this.#end ? { t: a, error: 0 } : locate(this.#slope, this.#end, a);
      this.found.push({ ...place, kind: sign > 0 ? 'minimum' : 'maximum' });
    }
    this.#sign = sign;
    this.#end = b;
  }
}
