/**
 * Where a curve crosses the sides of a cell, and whether it is straight in between.
 */

import { TILE_PIXELS } from './tiles.js';

/** Crossings are searched to this depth: a 60th of a pixel. */
const CROSSING_DEPTH = 14;
/** How far a curve may lie off its chord, in pixels. */
const TOLERANCE = 0.15;
/** Where on a chord that is looked at. */
const CHECKS = [0.5, 0.22, 0.78];

/**
 * The point between a and b where a condition begins or ends to hold. Always ends with the same halves of halves of the
 * tile, so that neighbours of any size find the very same number.
 *
 * @param {(t: number) => boolean} test
 * @param {number} a
 * @param {number} b
 * @param {number} depth of the cell
 * @returns {{from: number, to: number, tests: number}} that lie around it
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
 * Whether a curve lies within the tolerance of a chord, where it parts what holds from what does not.
 *
 * @param {readonly number[]} chord x, y, x, y on the plane
 * @param {import('./tiles.js').Tile} tile
 * @param {(x: number, y: number) => boolean} test
 */
export function isStraight([px, py, qx, qy], tile, test) {
  // A pixel, in units of the plane, at the nearest zoom that the tile is shown at.
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

/** Tests that isStraight makes at most. */
export const STRAIGHT_TESTS = 2 * CHECKS.length;
