/**
 * Fills the area in which conditions hold, tile by tile.
 *
 * A tile is quartered until a cell is proved to be entirely inside or outside, or the edge in it is a single straight
 * line between two sides, as far as samples show.
 *
 * @typedef {import('../../lang/types.js').Region} Region
 * @typedef {import('./tiles.js').Tile} Tile
 * @typedef {import('./cell.js').Cell} Cell
 */

import { DENSE_DEPTH, DONE, density, fromLargeToSmall } from './cell.js';
import { STRAIGHT_TESTS, crossingOf, isStraight } from './chord.js';
import { Outline } from './outline.js';
import { TILE_PIXELS } from './tiles.js';

/** Edges are examined from this depth on: about 15 pixels. */
const FIRST_DEPTH = 4;
/** Half a pixel to a pixel; two pixels if the budget is used up. */
const LAST_DEPTH = 8;
const SKETCH_DEPTH = 7;
/** Samples of a cell must be on the correct side of the chord, unless they are within this many pixels of it. */
const NEAR = 1;
const PROBES = [
  [0.5, 0.5],
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
];
/** A cell with too fine a pattern is filled with this many stripes, as wide as its fraction in so many steps. */
const STRIPES = 2;
const STEPS = 4;
/** Cost, in tests, of a proof and of a sketched cell. */
const PROOF = 6;
const SKETCH = 5;

/**
 * @param {Region} region
 * @param {Tile} tile
 * @param {number} values budget in tests of the conditions
 * @returns {import('./frame-budget.js').Job<number[][]>} polygons in plane units
 */
export function* fillTile(region, tile, values) {
  const filler = new TileFiller(region, tile, values);
  yield* fromLargeToSmall(tile, (cell) => filler.look(cell));
  const content = yield* filler.polygons();
  return { content, values: filler.spent };
}

class TileFiller {
  /** Remaining budget, in tests. */
  #left;
  #values;
  #region;
  #tile;
  #sketchDepth;
  #denseCells = 0;
  #outline = new Outline();

  /** @param {Region} region @param {Tile} tile @param {number} values */
  constructor(region, tile, values) {
    this.#region = region;
    this.#tile = tile;
    this.#left = values;
    this.#values = values;
    this.#sketchDepth = Math.max(FIRST_DEPTH, Math.min(SKETCH_DEPTH, Math.floor(Math.log2(values / SKETCH) / 2)));
  }

  /** Tests done so far. */
  get spent() {
    return this.#values - this.#left;
  }

  /** @returns {Generator<void, number[][]>} returns, after pauses, the polygons found */
  polygons() {
    return this.#outline.polygons();
  }

  /** @param {Cell} cell @returns {number} DONE, or 0 to visit its quarters */
  look(cell) {
    return this.#left > 0 ? this.#explore(cell) : this.#sketch(cell);
  }

  /** @param {Cell} cell @returns {number} */
  #explore(cell) {
    const { x0, x1, y0, y1, depth } = cell;
    this.#left -= PROOF;
    const decision = this.#region.decide(x0, x1, y0, y1);
    if (decision === 0) return DONE;
    if (decision === 2) this.#outline.add(cornersOf(cell));
    else if (depth === DENSE_DEPTH && this.#hatch(cell)) return DONE;
    else if (depth >= LAST_DEPTH) this.#settle(cell);
    else if (depth < FIRST_DEPTH || !this.#march(cell)) return 0;
    return DONE;
  }

  /** @param {Cell} cell @returns {boolean} whether its pattern was so fine that it was drawn as a tone */
  #hatch(cell) {
    const { isDense, share, tests } = density(cell, (x, y) => this.#region.holds(x, y), this.#denseCells);
    this.#left -= tests;
    if (!isDense) return false;
    this.#denseCells += 1;
    const { x0, x1, y0, y1 } = cell;
    const step = (y1 - y0) / STRIPES;
    for (let y = y0; y < y1; y += step) {
      const top = y + (step * Math.round(share * STEPS)) / STEPS;
      this.#outline.add([x0, y, x1, y, x1, top, x0, top]);
    }
    return true;
  }

  /** Draws a cell for which there is no budget left: nothing is proved. @param {Cell} cell @returns {number} */
  #sketch(cell) {
    if (cell.depth === DENSE_DEPTH && this.#hatch(cell)) return DONE;
    if (cell.depth < this.#sketchDepth) return 0;
    this.#settle(cell);
    return DONE;
  }

  /** @param {Cell} cell @returns {boolean} whether its edge is a straight line between two sides */
  #march(cell) {
    const cut = this.#cut(cell);
    if (cut.crossings.length !== 4 || !this.#isStraight(cut.crossings) || !this.#isPlain(cell, cut)) return false;
    this.#outline.add(cut.polygon);
    return true;
  }

  /**
   * Draws a cell that is not divided any further, by a pseudorandom sample: a regular grid of samples would show
   * patterns of its own.
   *
   * @param {Cell} cell
   */
  #settle(cell) {
    const { x0, x1, y0, y1 } = cell;
    const cut = this.#cut(cell);
    if (cut.crossings.length === 4) {
      this.#outline.add(cut.polygon);
      return;
    }
    const [u, v] = [scatter(x0 / (x1 - x0), y0 / (y1 - y0)), scatter(y0 / (y1 - y0), x0 / (x1 - x0) + 0.5)];
    this.#left -= 1;
    if (this.#region.holds(x0 + (x1 - x0) * u, y0 + (y1 - y0) * v)) this.#outline.add(cornersOf(cell));
  }

  /**
   * @typedef {{polygon: number[], crossings: number[]}} Cut the part of a cell that is inside, judged by its corners,
   *   and where the edge crosses its sides
   * @param {Cell} cell
   * @returns {Cut}
   */
  #cut(cell) {
    const corners = cornersOf(cell);
    const inside = [0, 2, 4, 6].map((i) => this.#region.holds(corners[i], corners[i + 1]));
    this.#left -= 4;
    /** @type {Cut} */
    const cut = { polygon: [], crossings: [] };
    for (let i = 0; i < 4; i++) {
      const [x, y] = [corners[2 * i], corners[2 * i + 1]];
      const next = (i + 1) % 4;
      if (inside[i]) cut.polygon.push(x, y);
      if (inside[i] === inside[next]) continue;
      const crossing = this.#crossing(x, y, corners[2 * next], corners[2 * next + 1], cell.depth);
      cut.polygon.push(...crossing);
      cut.crossings.push(...crossing);
    }
    return cut;
  }

  /**
   * @param {number} ax
   * @param {number} ay
   * @param {number} bx
   * @param {number} by
   * @param {number} depth
   * @returns {[number, number]} the point between a and b where the edge crosses
   */
  #crossing(ax, ay, bx, by, depth) {
    const isLevel = ay === by;
    const test = (/** @type {number} */ t) => (isLevel ? this.#region.holds(t, ay) : this.#region.holds(ax, t));
    const { from, to, tests } = isLevel ? crossingOf(test, ax, bx, depth) : crossingOf(test, ay, by, depth);
    this.#left -= tests;
    const at = from + (to - from) / 2;
    return isLevel ? [at, ay] : [ax, at];
  }

  /** @param {number[]} chord */
  #isStraight(chord) {
    this.#left -= STRAIGHT_TESTS;
    return isStraight(chord, this.#tile, (x, y) => this.#region.holds(x, y));
  }

  /**
   * Reports whether all samples are on the correct side of the chord.
   *
   * @param {Cell} cell
   * @param {Cut} cut
   */
  #isPlain({ x0, x1, y0, y1 }, { polygon, crossings: [px, py, qx, qy] }) {
    const [unitX, unitY] = [this.#tile.width / TILE_PIXELS, this.#tile.height / TILE_PIXELS];
    const length = Math.hypot((qx - px) / unitX, (qy - py) / unitY) * unitX * unitY;
    const side = (/** @type {number} */ x, /** @type {number} */ y) =>
      ((qx - px) * (y - py) - (qy - py) * (x - px)) / length;
    const [ix, iy] = insideOf(polygon, px, py, qx, qy);
    const inner = side(ix, iy);
    for (const [u, v] of PROBES) {
      const [x, y] = [x0 + (x1 - x0) * u, y0 + (y1 - y0) * v];
      const at = side(x, y);
      if (Math.abs(at) < NEAR) continue;
      this.#left -= 1;
      if (this.#region.holds(x, y) !== (at > 0 === inner > 0)) return false;
    }
    return true;
  }
}

/** @param {Cell} cell @returns {number[]} counterclockwise */
function cornersOf({ x0, x1, y0, y1 }) {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/**
 * Returns a corner of a polygon that is not an end of its cut.
 *
 * @param {number[]} polygon
 * @param {number} px
 * @param {number} py
 * @param {number} qx
 * @param {number} qy
 */
function insideOf(polygon, px, py, qx, qy) {
  for (let i = 0; i < polygon.length; i += 2) {
    const [x, y] = [polygon[i], polygon[i + 1]];
    if ((x !== px || y !== py) && (x !== qx || y !== qy)) return [x, y];
  }
  return [px, py];
}

/**
 * @param {number} a
 * @param {number} b
 * @returns {number} a pseudorandom number from 0 to 1, the same for the same numbers
 */
function scatter(a, b) {
  const t = Math.sin(a * 12.9898 + b * 78.233) * 43758.5453;
  return t - Math.floor(t);
}
