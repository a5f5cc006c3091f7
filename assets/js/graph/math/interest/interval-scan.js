/**
 * Goes through a range from left to right, in parts that are halved until something is known of them: interval arithmetic
 * proves that a part has nothing to be found in it, or exactly one thing.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {{from: number, to: number, pixel: number}} Range pixel: the width of one on the screen, below which nothing is told apart
 *
 * @typedef {object} Look at a part of the range
 * @property {(a: number, b: number, narrow: boolean) => boolean} at whether the part is done with; a narrow one is in any case
 * @property {() => void} lost the next part is not looked at, for want of work
 * @property {() => boolean} enough whether more would tell nothing
 */

/** The range is gone through in this many parts, so that a wild place cannot use up the work for all others. */
const STRIPS = 32;
/** By so many pixels more is gone through on either side: were parts to meet at round numbers, what is there would lie in none. */
const [BEFORE, AFTER] = [2.718, 3.142];
/** A part that is narrower than this, in pixels, is not divided. */
const NARROW = 1 / 64;
/** After so many narrow parts in a row, parts are not divided below COARSE until something is known of one. */
const MOST_FAILURES = 48;
const COARSE = 1 / 2;
/** Bounds take so many times the work of a value. */
export const PROOF = 6;

/**
 * @param {Range} range
 * @param {number} cost of one look, in operations
 * @param {number} budget operations
 * @param {Look} look
 * @returns {Generator<void, void>} stops after each look, so that the work can be spread over frames
 */
export function* scan(range, cost, budget, look) {
  const { pixel } = range;
  const [from, to] = [range.from - BEFORE * pixel, range.to + AFTER * pixel];
  let left = budget / cost;
  let failures = 0;
  for (let strip = 0; strip < STRIPS; strip++) {
    let share = left / (STRIPS - strip);
    left -= share;
    const end = (/** @type {number} */ i) => (i === STRIPS ? to : from + ((to - from) * i) / STRIPS);
    const parts = [[end(strip), end(strip + 1)]];
    for (let part = parts.pop(); part && !look.enough(); part = parts.pop()) {
      const [a, b] = part;
      const middle = a + (b - a) / 2;
      const finest = pixel * (failures > MOST_FAILURES ? COARSE : NARROW);
      const narrow = b - a < finest || middle <= a || middle >= b;
      share -= 1;
      if (share < 0) look.lost();
      else if (look.at(a, b, narrow)) failures = 0;
      else if (narrow) failures += 1;
      else parts.push([middle, b], [a, middle]);
      yield;
    }
    left += Math.max(0, share);
  }
}
