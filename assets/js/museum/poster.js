/**
 * The poster is a plane of 1200 x 900 units, however large the screen: a layout looks the same everywhere.
 */
import { FAMILIES } from './families.js';

export const POSTER = Object.freeze({ width: 1200, height: 900 });

const COLUMNS = 4;
const ROWS = 3;
const CELL = Object.freeze({ width: POSTER.width / COLUMNS, height: POSTER.height / ROWS });

/** Wall between a framed work and the edge of its cell. */
const GAP = Object.freeze({ x: 18, y: 16 });

/**
 * Where a framed work hangs, its label plate included, in units of the plane.
 *
 * @typedef {{position_x: number, position_y: number, width: number, height: number}} Place
 */

/**
 * The place of a family in the default hang: a grid of 4 x 3 in the order of the families.
 *
 * @param {string} type
 * @returns {Place}
 */
export function defaultPlace(type) {
  const index = Math.max(0, FAMILIES.findIndex((each) => each.type === type));
  return {
    position_x: (index % COLUMNS) * CELL.width + GAP.x,
    position_y: Math.floor(index / COLUMNS) * CELL.height + GAP.y,
    width: CELL.width - 2 * GAP.x,
    height: CELL.height - 2 * GAP.y,
  };
}
