/**
 * Finds where a function may break: the places around which interval arithmetic proves it neither continuous nor
 * undefined.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {{lo: number, hi: number}} Break lo and hi bracket it as closely as doubles allow
 */

/** The most proofs for one range; beyond, there are too many breaks to tell apart. */
const MOST_PROOFS = 600;
/** Unproved parts as narrow as this fraction of the range are examined one by one. */
const NARROW = 2 ** -9;
/** Nothing closer than this fraction of the range is examined: around 0, doubles have no end. */
const NEAREST = 2 ** -52;
/** A break is located well if it is known to this fraction of itself or of the range. */
const KNOWN = 2 ** -40;

/**
 * @param {Curve} curve
 * @param {number} from
 * @param {number} to
 * @returns {Break[] | null} from left to right; null if there are too many
 */
export function breaksOf(curve, from, to) {
  const narrow = unproved(curve, from, to);
  if (narrow === null) return null;
  return narrow
    .map(({ lo, hi }) => narrowed(curve, lo, hi, NEAREST * (to - from)))
    .filter(({ lo, hi }) => {
      return hi - lo <= Math.max(KNOWN * (to - from), KNOWN * Math.max(Math.abs(lo), Math.abs(hi)));
    });
}

/** @param {Curve} curve @param {number} lo @param {number} hi */
function isProved(curve, lo, hi) {
  return curve.interval(lo, hi, { lo: 0, hi: 0 }) !== 1;
}

/**
 * @param {Curve} curve
 * @param {number} from
 * @param {number} to
 * @returns {Break[] | null} parts of the least width; adjacent ones merged
 */
function unproved(curve, from, to) {
  /** @type {Break[]} */
  const found = [];
  let proofs = 0;
  const search = (/** @type {number} */ lo, /** @type {number} */ hi) => {
    proofs += 1;
    if (proofs > MOST_PROOFS || isProved(curve, lo, hi)) return;
    if (hi - lo > NARROW * (to - from)) {
      const middle = lo + (hi - lo) / 2;
      search(lo, middle);
      search(middle, hi);
      return;
    }
    const last = found[found.length - 1];
    if (last?.hi === lo) last.hi = hi;
    else found.push({ lo, hi });
  };
  search(from, to);
  return proofs > MOST_PROOFS ? null : found;
}

/** @param {Curve} curve @param {number} lo @param {number} hi @param {number} nearest @returns {Break} */
function narrowed(curve, lo, hi, nearest) {
  const left = advanced(lo, hi, nearest, (from, to) => isProved(curve, from, to));
  return { lo: left, hi: advanced(hi, left, nearest, (from, to) => isProved(curve, to, from)) };
}

/** Fractions of the rest that are tried as a step. */
const STEPS = [1 / 2, 1 / 4, 1 / 8];

/**
 * Advances by steps that can each be proved: bounds over a long range are too loose.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} nearest least distance to the end
 * @param {(from: number, to: number) => boolean} test
 * @returns {number} the place reached
 */
function advanced(from, to, nearest, test) {
  let [good, bad] = [from, to];
  for (;;) {
    const step = (/** @type {number} */ share) => good + (bad - good) * share;
    const middle = step(STEPS[0]);
    if (middle === good || middle === bad || Math.abs(bad - good) < nearest) return good;
    const share = STEPS.find((part) => step(part) !== good && test(good, step(part)));
    if (share === undefined) bad = middle;
    else good = step(share);
  }
}
