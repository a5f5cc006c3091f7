/**
 * Scans a range from left to right, in parts that are halved until interval arithmetic proves that a part contains
 * nothing, or exactly one thing.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {{from: number, to: number, pixel: number}} Range pixel: the width of a pixel, below which nothing is
 *   resolved
 *
 * @typedef {object} Look callbacks of a scan
 * @property {(a: number, b: number, narrow: boolean) => boolean} at examines a part; returns whether it is finished (a
 *   narrow part always is)
 * @property {() => void} lost the next part is skipped because the budget is used up
 * @property {() => boolean} enough returns whether to stop
 */

/** The range is divided into this many strips, so that a wild place cannot use up the budget of the others. */
const STRIPS = 32;
/**
 * Additional pixels scanned on either side, so that parts do not meet at round numbers, where a zero would be in
 * neither.
 */
const [BEFORE, AFTER] = [2.718, 3.142];
/** A part narrower than this, in pixels, is not divided. */
const NARROW = 1 / 64;
/** After this many consecutive narrow parts, parts are not divided below COARSE until something is proved about one. */
const MOST_FAILURES = 48;
const COARSE = 1 / 2;
/** Bounds cost this many times as much as a value. */
export const PROOF = 6;

/**
 * @param {Range} range
 * @param {number} cost cost of one call, in budget in operations
 * @param {number} budget operations
 * @param {Look} look
 * @returns {Generator<void, void>} yields after each call, so that the work can be spread over frames
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
