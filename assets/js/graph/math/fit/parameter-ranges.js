/** The ranges in which a form's shape parameter is searched. Points run from u = -1 to 1. */

/** A curve must bend at least a little, or it is a line; and it must not rise within a hundredth of the data alone. */
const SLOWEST = 0.1;
const FASTEST = 12;

/** The least fraction of half a period that must be visible for a wave. */
const HALF_TURN_SEEN = 0.8;

/** Fraction of the frequency that the points could resolve at best. */
const TURNS_TOLD = 0.8;

/** Logarithms of distances, from just beside the data to far away. */
export const LN_SHAPES = Object.freeze(between(Math.log(1e-4), Math.log(20), 50));

/**
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @returns {number[]} evenly spaced, including both ends
 */
export function between(low, high, count) {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/**
 * @param {number} reach
 * @param {number} count
 * @returns {number[]} from -reach to reach, denser near 0
 */
export function around(reach, count) {
  return between(-1, 1, count).map((part) => reach * Math.sign(part) * Math.abs(part) ** 1.6);
}

/**
 * @param {readonly number[]} us sorted
 * @param {number} count
 * @returns {number[]} the inner points, and `count` places in each gap between points
 */
export function interior(us, count) {
  const places = us.flatMap((low, i) =>
    i + 1 < us.length ? [low, ...between(low, us[i + 1], count + 2).slice(1, -1)] : [],
  );
  return [...new Set(places.slice(1))];
}

/**
 * @param {readonly number[]} us sorted
 * @param {number} count
 * @returns {number[]} evenly spaced places in the gaps between points
 */
export function inGaps(us, count) {
  return us.flatMap((low, i) =>
    i + 1 < us.length && us[i + 1] > low ? between(low, us[i + 1], count + 2).slice(1, -1) : [],
  );
}

/**
 * @param {-1 | 1} side
 * @returns {number[]} places beyond the data, in order
 */
export function outside(side) {
  const places = between(Math.log(1e-3), Math.log(10), 30).map((value) => side * (1 + Math.exp(value)));
  return side < 0 ? places.reverse() : places;
}

/** @returns {number[]} rates of growth and decay */
export function rates() {
  const growth = between(Math.log(SLOWEST), Math.log(FASTEST), 30).map(Math.exp);
  return [...growth.map((rate) => -rate).reverse(), ...growth];
}

/**
 * @param {readonly number[]} us
 * @returns {number[]} angular frequencies of a wave
 */
export function turns(us) {
  const slowest = (HALF_TURN_SEEN * Math.PI) / 2;
  const fastest = Math.max(slowest * 2, (TURNS_TOLD * Math.PI * (us.length - 1)) / 2);
  return between(slowest, fastest, Math.min(400, Math.ceil((fastest - slowest) / 0.1) + 2));
}
