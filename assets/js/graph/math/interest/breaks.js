/**
 * Where a function may break: the places around which interval arithmetic does not prove it continuous, nor undefined.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {{lo: number, hi: number}} Break lo and hi lie around it, as near to each other as doubles allow
 */

/** Proofs for one range; more means that there are too many breaks to tell apart. */
const MOST_PROOFS = 600;
/** Unproved parts as narrow as this share of the range are looked at one by one. */
const NARROW = 2 ** -9;
/** Nothing is looked for that is nearer than this share of the range: about 0, doubles have no end. */
const NEAREST = 2 ** -52;
/** A break is known well if it is known to so much of itself, or of the range. */
const KNOWN = 2 ** -40;

/**
 * @param {Curve} curve
 * @param {number} from
 * @param {number} to
 * @returns {Break[] | null} from left to right; null: there are too many
 */
export function breaksOf(curve, from, to) {
  const narrow = unproved(curve, from, to);
  if (narrow === null) return null;
  return narrow.map(({ lo, hi }) => narrowed(curve, lo, hi, NEAREST * (to - from))).filter(({ lo, hi }) => {
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
 * @returns {Break[] | null} parts, as narrow as is looked at; those side by side as one
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

/** Shares of what is left that are tried as a step. */
const STEPS = [1 / 2, 1 / 4, 1 / 8];

/**
 * Goes as far as steps can be proved, each of them by itself: of a long way, bounds are too loose.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} nearest to the end that matters
 * @param {(from: number, to: number) => boolean} test
 * @returns {number} how far it came
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
