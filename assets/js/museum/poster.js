/** The poster is a plane of 1200 x 900 units, whatever the size of the screen, so that a layout looks the same everywhere. */

import { FAMILIES } from './families.js';

export const POSTER = Object.freeze({ width: 1200, height: 900 });

const COLUMNS = 4;

/** Distance of a framed work from the edges of its cell. */
const GAP = Object.freeze({ x: 18, y: 16 });

/**
 * The place of a framed work, including its label, in units of the poster.
 *
 * @typedef {{position_x: number, position_y: number, width: number, height: number}} Place
 */

/**
 * Returns the default place of a family's work: a grid of four columns in the order of the families, with as many rows
 * as they need.
 *
 * @param {string} type
 * @param {readonly {type: string}[]} [families]
 * @returns {Place}
 */
export function defaultPlace(type, families = FAMILIES) {
  const index = Math.max(
    0,
    families.findIndex((each) => each.type === type),
  );
  const width = POSTER.width / COLUMNS;
  const height = Math.floor(POSTER.height / Math.ceil(families.length / COLUMNS));
  return {
    position_x: (index % COLUMNS) * width + GAP.x,
    position_y: Math.floor(index / COLUMNS) * height + GAP.y,
    width: width - 2 * GAP.x,
    height: height - 2 * GAP.y,
  };
}
