/**
 * Equations and inequalities of x and y in pixels, and their state from frame to frame.
 *
 * @typedef {import('../../lang/types.js').Curve2} Curve2
 * @typedef {import('../../lang/types.js').Region} Region
 * @typedef {import('../viewport.js').Viewport} Viewport
 * @typedef {import('../viewport.js').Size} Size
 * @typedef {import('./implicit.js').TileLines} TileLines
 */

import { traceTile } from './implicit.js';
import { joinEnds } from './join-polylines.js';
import { LineView } from '../line-view.js';
import { fillTile } from './region.js';
import { TileMap } from './tiles.js';
import { PlannedWork, TimedWork } from './frame-budget.js';

/** Time for relations in a frame of a moving plane: together with everything else it must fit in 16 ms. */
const EACH_PICTURE_MS = 6;
/** The same for a frame in which nothing is drawn. */
const BETWEEN_MS = 11;

export class Relations {
  /** @type {WeakMap<Curve2, LineView<TileLines>>} */
  #curves = new WeakMap();
  /** @type {WeakMap<Region, LineView<number[][]>>} */
  #regions = new WeakMap();
  #work;
  #newWork;
  /** @type {((work: import('./frame-budget.js').Work) => boolean)[]} continues what the last frame did not show */
  #undone = [];

  /**
   * @param {number} [once] for a single picture: operations to spread over all of it. By default, more frames follow,
   *   and long work is spread over them
   * @param {() => number} [now] clock in ms
   */
  constructor(once, now = () => performance.now()) {
    this.#newWork = (/** @type {number} */ ms) => (once === undefined ? new TimedWork(ms, now) : new PlannedWork(once));
    this.#work = this.#newWork(EACH_PICTURE_MS);
  }

  /** Starts a frame. @param {boolean} [atOnce] whether to complete it, however long that takes */
  begin(atOnce = false) {
    this.#undone = [];
    this.#work = this.#newWork(atOnce ? Infinity : EACH_PICTURE_MS);
  }

  /**
   * Continues what the last frame did not show.
   *
   * @returns {boolean} whether a repaint would show more, or there is nothing left to do
   */
  goOn() {
    const work = this.#newWork(BETWEEN_MS);
    return this.isWhole || this.#undone.map((goOn) => goOn(work)).some((isMore) => isMore);
  }

  /** @returns {boolean} whether the frame is complete; if not, later ones show more */
  get isWhole() {
    return this.#undone.length === 0;
  }

  /**
   * @param {Curve2} curve
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {boolean} [isEdge] whether it is the edge of an area, whose tone suffices where lines are too dense to draw
   * @returns {Float64Array[]} polylines in pixels where the curve is 0; closed ones end where they begin. They are
   *   valid until the next frame
   */
  lines(curve, viewport, size, isEdge = false) {
    const trace = (/** @type {import('./tiles.js').Tile} */ tile, /** @type {number} */ values) =>
      traceTile(curve, tile, values, !isEdge);
    return this.#show(this.#curves, curve, () => new LineView(new TileMap(trace, joinAll, curve.cost)), viewport, size);
  }

  /**
   * @param {Region} region
   * @param {Viewport} viewport
   * @param {Size} size
   * @returns {Float64Array[]} polygons in pixels that cover the region without overlap, valid until the next frame
   */
  area(region, viewport, size) {
    const fill = (/** @type {import('./tiles.js').Tile} */ tile, /** @type {number} */ values) =>
      fillTile(region, tile, values);
    return this.#show(this.#regions, region, () => new LineView(new TileMap(fill, flat, region.cost)), viewport, size);
  }

  /**
   * @template {object} S
   * @template T
   * @param {WeakMap<S, LineView<T>>} views
   * @param {S} subject
   * @param {() => LineView<T>} make
   * @param {Viewport} viewport
   * @param {Size} size
   */
  #show(views, subject, make, viewport, size) {
    const known = views.get(subject) ?? make();
    views.set(subject, known);
    const { lines, isWhole } = known.show(viewport, size, this.#work);
    if (!isWhole) this.#undone.push((work) => known.goOn(viewport, size, work));
    return lines;
  }
}

/** @param {TileLines[]} tiles */
function joinAll(tiles) {
  return [...tiles.flatMap(({ inner }) => inner), ...joinEnds(tiles.flatMap(({ outer }) => outer))];
}

/** @param {number[][][]} tiles */
function flat(tiles) {
  return tiles.flat();
}
