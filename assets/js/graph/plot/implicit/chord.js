/** Where a curve crosses the sides of a cell, and whether it is straight in between. */

import { TILE_PIXELS } from './tiles.js';

/** Crossings are located to this depth: 1/60 pixel. */
const CROSSING_DEPTH = 14;
/** Greatest distance of a curve from its chord, in pixels. */
const TOLERANCE = 0.15;
/** Positions on a chord that are checked. */
const CHECKS = [0.5, 0.22, 0.78];

/**
 * Returns the point between a and b where a condition changes. The result is always a dyadic fraction of the tile, so
 * that neighbouring cells of any size find the same number.
 *
 * @param {(t: number) => boolean} test
 * @param {number} a
 * @param {number} b
 * @param {number} depth depth of the cell
 * @returns {{from: number, to: number, tests: number}} the bracket around it
 */
export function crossingOf(test, a, b, depth) {
  const before = test(a);
  let [from, to] = [a, b];
  for (let d = depth; d < CROSSING_DEPTH; d++) {
    const middle = from + (to - from) / 2;
    if (test(middle) === before) from = middle;
    else to = middle;
  }
  return { from, to, tests: CROSSING_DEPTH - depth + 1 };
}

/**
 * Reports whether a curve is within the tolerance of a chord, where it separates where a condition holds from where it
 * does not.
 *
 * @param {readonly number[]} chord x, y, x, y in plane units
 * @param {import('./tiles.js').Tile} tile
 * @param {(x: number, y: number) => boolean} test
 */
export function isStraight([px, py, qx, qy], tile, test) {
  // A pixel in plane units at the closest zoom at which the tile is shown.
  const [unitX, unitY] = [tile.width / TILE_PIXELS, tile.height / TILE_PIXELS];
  const [dx, dy] = [(qx - px) / unitX, (qy - py) / unitY];
  const length = Math.hypot(dx, dy);
  if (length === 0) return true;
  const [nx, ny] = [(-dy / length) * TOLERANCE * unitX, (dx / length) * TOLERANCE * unitY];
  return CHECKS.every((share) => {
    const [x, y] = [px + (qx - px) * share, py + (qy - py) * share];
    return test(x + nx, y + ny) !== test(x - nx, y - ny);
  });
}

/** The most tests that isStraight makes. */
export const STRAIGHT_TESTS = 2 * CHECKS.length;
