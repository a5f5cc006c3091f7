/**
 * Traces where a function of x and y is 0, tile by tile.
 *
 * A tile is quartered until interval arithmetic proves a cell free of the curve, or proves that the function is
 * continuous and monotone along both axes there, so that the curve runs through the cell once: then it is a line
 * between the two points where it crosses the cell's sides, if it is straight enough. Where continuity is not proved
 * there is no line, down to 1/8 pixel, so that no pole is mistaken for a zero.
 *
 * A corner that is exactly 0 always counts as above 0.
 *
 * @typedef {import('../../lang/types.js').Curve2} Curve2
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {import('./tiles.js').Tile} Tile
 * @typedef {import('./cell.js').Cell} Cell
 * @typedef {{inner: number[][], outer: number[][]}} TileLines polylines in plane units; outer: those that end at a side
 *   of the tile and may continue in the next one
 */

import { DENSE_DEPTH, DONE, density, fromLargeToSmall, quartersOf } from './cell.js';
import { STRAIGHT_TESTS, crossingOf, isStraight } from './chord.js';
import { joinEnds } from './join-polylines.js';
import { thinned } from './simplify-polyline.js';
import { TILE_PIXELS } from './tiles.js';

/** Cells are examined from this depth on: about 30 pixels. */
const FIRST_DEPTH = 3;
/** Half a pixel: what is found in such a cell is drawn as it is. Two pixels if the budget is used up. */
const LAST_DEPTH = 8;
const SKETCH_DEPTH = 7;
/** To 1/8 pixel where branches meet or curves end; half a pixel if the budget is used up. */
const FINEST_DEPTH = 11;
const FINEST_SKETCH_DEPTH = 9;
/** From this depth on (about 4 pixels), cells in which the function is undefined are skipped. */
const SAMPLED_DEPTH = 6;
/**
 * Positions of the samples that decide that: not near a simple fraction, where x^y has values that are not on a curve.
 */
const SAMPLES = [0.0412931, 0.4537219, 0.9598763];
/** Consecutive cells at the last depth without result, after which others are not divided as far. */
const MOST_FAILURES = 6000;
/** Lines with which a cell with too many curves is hatched: one stroke apart at the default width. */
const HATCHES = [0.125, 0.375, 0.625, 0.875];
/** What is known about a cell: the function is monotone along an axis. */
const STEEP_X = 1;
const STEEP_Y = 2;
/** Cost, in evaluations, of an enclosure and of a sketched cell. */
const PROOF = 6;
const SKETCH = 7;

/**
 * @param {Curve2} curve
 * @param {Tile} tile
 * @param {number} values budget in evaluations
 * @param {boolean} hatch fill what is too dense to draw, otherwise leave it out
 * @returns {import('./frame-budget.js').Job<TileLines>}
 */
export function* traceTile(curve, tile, values, hatch) {
  const tracer = new TileTracer(curve, tile, values, hatch);
  yield* fromLargeToSmall(tile, (cell, known) => tracer.look(cell, known));
  return { content: tracer.lines(), values: tracer.spent };
}

class TileTracer {
  /** Remaining budget, in evaluations. */
  #left;
  #values;
  #curve;
  #tile;
  #hatches;
  #sketchDepth;
  #finestDepth = FINEST_DEPTH;
  #denseCells = 0;
  /** @type {number[][]} */
  #segments = [];
  #failures = 0;
  /** @type {Bounds} */
  #bounds = { lo: 0, hi: 0 };

  /** @param {Curve2} curve @param {Tile} tile @param {number} values @param {boolean} hatch */
  constructor(curve, tile, values, hatch) {
    this.#hatches = hatch ? HATCHES : [];
    this.#curve = curve;
    this.#tile = tile;
    this.#left = values;
    this.#values = values;
    this.#sketchDepth = Math.max(FIRST_DEPTH, Math.min(SKETCH_DEPTH, Math.floor(Math.log2(values / SKETCH) / 2)));
  }

  /** Evaluations done so far. */
  get spent() {
    return this.#values - this.#left;
  }

  /** @returns {TileLines} the lines found */
  lines() {
    const { x, y, width, height } = this.#tile;
    const isAtSide = (/** @type {number} */ px, /** @type {number} */ py) =>
      px === x || py === y || px === x + width || py === y + height;
    /** @type {TileLines} */
    const lines = { inner: [], outer: [] };
    for (const line of joinEnds(this.#segments)) {
      const isOuter = isAtSide(line[0], line[1]) || isAtSide(line[line.length - 2], line[line.length - 1]);
      (isOuter ? lines.outer : lines.inner).push(thinned(line, width / TILE_PIXELS, height / TILE_PIXELS));
    }
    return lines;
  }

  /**
   * @param {Cell} cell
   * @param {number} known STEEP_X, STEEP_Y or both
   * @returns {number} what is known about its quarters, or DONE
   */
  look(cell, known) {
    return this.#left > 0 ? this.#explore(cell, known) : this.#sketch(cell);
  }

  /** @param {Cell} cell @param {number} known @returns {number} */
  #explore(cell, known) {
    const { x0, x1, y0, y1, depth } = cell;
    const bounds = this.#bounds;
    this.#left -= PROOF;
    const decoration = this.#curve.interval(x0, x1, y0, y1, bounds);
    if (decoration === 0 || bounds.lo >= 0 || bounds.hi < 0) return DONE;
    if (decoration === 1) return this.#mayHold(cell) ? 0 : DONE;
    this.#failures = 0;
    if (depth === DENSE_DEPTH && this.#hatch(cell)) return DONE;
    if (depth < FIRST_DEPTH) return known;
    const steepX = (known & STEEP_X) !== 0 || this.#isSteep('x', cell);
    const steepY = (known & STEEP_Y) !== 0 || this.#isSteep('y', cell);
    if (this.#march(cell, steepX, steepY, depth >= LAST_DEPTH)) return DONE;
    return (steepX ? STEEP_X : 0) | (steepY ? STEEP_Y : 0);
  }

  /** @param {Cell} cell @returns {boolean} whether it was so full of curves that it was drawn as an area */
  #hatch(cell) {
    const { isDense, tests } = density(cell, (x, y) => this.#isAbove(x, y), this.#denseCells);
    this.#left -= tests;
    if (!isDense) return false;
    this.#denseCells += 1;
    const { x0, x1, y0, y1 } = cell;
    for (const share of this.#hatches) this.#segments.push([x0, y0 + (y1 - y0) * share, x1, y0 + (y1 - y0) * share]);
    return true;
  }

  /**
   * Draws a cell for which there is no budget left: the only proof is that the line does not cross a pole.
   *
   * @param {Cell} cell
   * @returns {number}
   */
  #sketch(cell) {
    this.#finestDepth = FINEST_SKETCH_DEPTH;
    const { x0, x1, y0, y1, depth } = cell;
    const isContinuous = () => {
      this.#left -= PROOF;
      return this.#curve.interval(x0, x1, y0, y1, this.#bounds) === 2;
    };
    if (depth === DENSE_DEPTH && isContinuous() && this.#hatch(cell)) return DONE;
    if (depth < this.#sketchDepth) return 0;
    this.#left -= 4;
    const value = this.#curve.value(x0, y0);
    // It is not continuous there.
    if (value !== value) return DONE;
    const above = value >= 0;
    const isSame =
      this.#isAbove(x1, y0) === above && this.#isAbove(x0, y1) === above && this.#isAbove(x1, y1) === above;
    if ((!isSame || this.#isHiding(cell, above)) && isContinuous()) this.#march(cell, false, false, true);
    return DONE;
  }

  /** Reports whether a cell that is not proved continuous is worth dividing. @param {Cell} cell */
  #mayHold(cell) {
    const last = this.#failures > MOST_FAILURES ? LAST_DEPTH - 1 : FINEST_DEPTH;
    if (cell.depth >= last) {
      this.#failures += 1;
      return false;
    }
    return cell.depth !== SAMPLED_DEPTH || this.#isSomewhereDefined(cell);
  }

  /** @param {Cell} cell */
  #isSomewhereDefined({ x0, x1, y0, y1 }) {
    this.#left -= SAMPLES.length ** 2;
    return SAMPLES.some((u) =>
      SAMPLES.some((v) => !Number.isNaN(this.#curve.value(x0 + (x1 - x0) * u, y0 + (y1 - y0) * v))),
    );
  }

  /** @param {'x'|'y'} along @param {Cell} cell */
  #isSteep(along, { x0, x1, y0, y1 }) {
    this.#left -= PROOF;
    return this.#curve.slope(along, x0, x1, y0, y1) !== 0;
  }

  /**
   * Draws the curve through a cell on which the function is continuous.
   *
   * @param {Cell} cell
   * @param {boolean} steepX
   * @param {boolean} steepY
   * @param {boolean} isLast whether to draw what is found without proof that it is complete
   * @returns {boolean} whether it is drawn or empty
   */
  #march(cell, steepX, steepY, isLast) {
    const { x0, x1, y0, y1 } = cell;
    this.#left -= 4;
    const [sw, se, nw, ne] = [
      this.#isAbove(x0, y0),
      this.#isAbove(x1, y0),
      this.#isAbove(x0, y1),
      this.#isAbove(x1, y1),
    ];
    const changes = Number(sw !== se) + Number(nw !== ne) + Number(sw !== nw) + Number(se !== ne);
    // Monotone along both axes: if both ends of the diagonal are above 0, so is everything in between.
    if (changes === 0 && steepX && steepY) return true;
    const isFinest = cell.depth >= this.#finestDepth;
    if (changes === 0 && isLast && (isFinest || !this.#isHiding(cell, sw))) return true;
    if (!isFinest && changes !== 2) return isLast && this.#marchQuarters(cell);
    if (!isLast && !steepX && !(this.#isClear(x0, x1, y0, y0) && this.#isClear(x0, x1, y1, y1))) return false;
    if (!isLast && !steepY && !(this.#isClear(x0, x0, y0, y1) && this.#isClear(x1, x1, y0, y1))) return false;
    /** @type {number[]} */
    const crossings = [];
    if (sw !== se) crossings.push(this.#zeroAlongX(cell, y0), y0);
    if (sw !== nw) crossings.push(x0, this.#zeroAlongY(cell, x0));
    if (nw !== ne) crossings.push(this.#zeroAlongX(cell, y1), y1);
    if (se !== ne) crossings.push(x1, this.#zeroAlongY(cell, x1));
    if (!isFinest && !this.#isStraight(crossings)) return isLast && this.#marchQuarters(cell);
    if (changes === 4 && sw === this.#isAbove(x0 + (x1 - x0) / 2, y0 + (y1 - y0) / 2)) {
      // That diagonal is connected: the lines go around the other two corners.
      crossings.push(crossings[0], crossings[1]);
      crossings.splice(0, 2);
    }
    for (let i = 0; i < crossings.length; i += 4) this.#draw(crossings.slice(i, i + 4));
    return true;
  }

  /** Refines a cell without proofs. @param {Cell} cell */
  #marchQuarters(cell) {
    for (const quarter of quartersOf(cell)) this.#march(quarter, false, false, true);
    return true;
  }

  /**
   * Reports whether something is hidden between the corners of a cell that are all above 0 or all below: two branches
   * closer than the cell is wide are not seen beside the point where they cross.
   *
   * @param {Cell} cell
   * @param {boolean} above whether its corners are above 0
   */
  #isHiding({ x0, x1, y0, y1 }, above) {
    const [x, y] = [x0 + (x1 - x0) / 2, y0 + (y1 - y0) / 2];
    this.#left -= 5;
    return (
      this.#isAbove(x, y) !== above ||
      this.#isAbove(x, y0) !== above ||
      this.#isAbove(x, y1) !== above ||
      this.#isAbove(x0, y) !== above ||
      this.#isAbove(x1, y) !== above
    );
  }

  /** @param {number} x @param {number} y */
  #isAbove(x, y) {
    return this.#curve.value(x, y) >= 0;
  }

  /**
   * Reports whether a side of a cell is proved free of the curve.
   *
   * @param {number} x0
   * @param {number} x1
   * @param {number} y0
   * @param {number} y1
   */
  #isClear(x0, x1, y0, y1) {
    const bounds = this.#bounds;
    this.#left -= PROOF;
    if (this.#curve.interval(x0, x1, y0, y1, bounds) !== 2) return false;
    return bounds.lo >= 0 || bounds.hi < 0;
  }

  /** @param {Cell} cell @param {number} y @returns {number} the zero of the function on that side */
  #zeroAlongX({ x0, x1, depth }, y) {
    return this.#zero((x) => this.#curve.value(x, y), x0, x1, depth);
  }

  /** @param {Cell} cell @param {number} x */
  #zeroAlongY({ y0, y1, depth }, x) {
    return this.#zero((y) => this.#curve.value(x, y), y0, y1, depth);
  }

  /** @param {(t: number) => number} f @param {number} a @param {number} b @param {number} depth */
  #zero(f, a, b, depth) {
    const { from, to, tests } = crossingOf((t) => f(t) >= 0, a, b, depth);
    const [below, above] = [f(from), f(to)];
    this.#left -= tests + 2;
    const share = below / (below - above);
    return from + (to - from) * (share >= 0 && share <= 1 ? share : 0.5);
  }

  /** @param {number[]} chord */
  #isStraight(chord) {
    this.#left -= STRAIGHT_TESTS;
    return isStraight(chord, this.#tile, (x, y) => this.#isAbove(x, y));
  }

  /** @param {number[]} segment */
  #draw(segment) {
    const [px, py, qx, qy] = segment;
    if (px !== qx || py !== qy) this.#segments.push(segment);
  }
}
