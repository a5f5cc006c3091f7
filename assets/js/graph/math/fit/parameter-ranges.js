/**
 * Which values a form's one searched number may take, before the points have their say. Points run from u = -1 to 1.
 */

/** A curve bends at least a little, or it is a line; and it does not rise within a hundredth of the data alone. */
const SLOWEST = 0.1;
const FASTEST = 12;

/** At least so much of half a turn must be seen for a wave to be one. */
const HALF_TURN_SEEN = 0.8;

/** Of the turns that so many points can tell apart at best. */
const TURNS_TOLD = 0.8;

/** Logarithms of distances, from just beside the data to far away. */
export const LN_SHAPES = Object.freeze(between(Math.log(1e-4), Math.log(20), 50));

/**
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @returns {number[]} evenly from one to the other, both included
 */
export function between(low, high, count) {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/**
 * @param {number} reach
 * @param {number} count
 * @returns {number[]} from -reach to reach, closer together near 0
 */
export function around(reach, count) {
  return between(-1, 1, count).map((part) => reach * Math.sign(part) * Math.abs(part) ** 1.6);
}

/**
 * @param {readonly number[]} us in order
 * @param {number} count
 * @returns {number[]} the points and `count` places in each gap between them, but for the outermost points
 */
export function interior(us, count) {
  const places = us.flatMap((low, i) => (i + 1 < us.length ? [low, ...between(low, us[i + 1], count + 2).slice(1, -1)] : []));
  return [...new Set(places.slice(1))];
}

/**
 * @param {readonly number[]} us in order
 * @param {number} count
 * @returns {number[]} places in the gaps between points, evenly
 */
export function inGaps(us, count) {
  return us.flatMap((low, i) => (i + 1 < us.length && us[i + 1] > low ? between(low, us[i + 1], count + 2).slice(1, -1) : []));
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
 * @returns {number[]} rates of turning for a wave
 */
export function turns(us) {
  const slowest = (HALF_TURN_SEEN * Math.PI) / 2;
  const fastest = Math.max(slowest * 2, (TURNS_TOLD * Math.PI * (us.length - 1)) / 2);
  return between(slowest, fastest, Math.min(400, Math.ceil((fastest - slowest) / 0.1) + 2));
}
