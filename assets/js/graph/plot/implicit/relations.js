/**
 * Equations and inequalities of x and y as they are seen, and what is remembered of them from one picture to the next.
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

/** Work for relations in one picture of a plane that moves: with all else there is to draw it must fit in a frame of 16 ms. */
const EACH_PICTURE_MS = 6;
/** The same in a frame in which nothing is drawn. */
const BETWEEN_MS = 11;

export class Relations {
  /** @type {WeakMap<Curve2, LineView<TileLines>>} */
  #curves = new WeakMap();
  /** @type {WeakMap<Region, LineView<number[][]>>} */
  #regions = new WeakMap();
  #work;
  #newWork;
  /** @type {((work: import('./frame-budget.js').Work) => boolean)[]} goes on with what the last picture did not show */
  #undone = [];

  /**
   * @param {number} [once] for a single picture: operations to spread over all of it. Without, there are more pictures
   *   to come, and what takes long is worked out over several
   * @param {() => number} [now] a clock, in ms
   */
  constructor(once, now = () => performance.now()) {
    this.#newWork = (/** @type {number} */ ms) => (once === undefined ? new TimedWork(ms, now) : new PlannedWork(once));
    this.#work = this.#newWork(EACH_PICTURE_MS);
  }

  /** Begins a picture. @param {boolean} [atOnce] it is to be whole, however long that takes */
  begin(atOnce = false) {
    this.#undone = [];
    this.#work = this.#newWork(atOnce ? Infinity : EACH_PICTURE_MS);
  }

  /**
   * Works on what the last picture did not show.
   *
   * @returns {boolean} whether a picture would show more than the last one, or there is nothing to work on
   */
  goOn() {
    const work = this.#newWork(BETWEEN_MS);
    return this.isWhole || this.#undone.map((goOn) => goOn(work)).some((isMore) => isMore);
  }

  /** @returns {boolean} whether the picture shows all there is; if not, another one will show more */
  get isWhole() {
    return this.#undone.length === 0;
  }

  /**
   * @param {Curve2} curve
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {boolean} [isEdge] of an area, whose tone tells enough where lines are too dense to draw
   * @returns {Float64Array[]} polylines in pixels where the curve is 0; what is closed ends where it begins. The next picture
   *   may be written over it
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
   * @returns {Float64Array[]} polygons in pixels that cover the region without overlap, until the next picture
   */
  area(region, viewport, size) {
    const fill = (/** @type {import('./tiles.js').Tile} */ tile, /** @type {number} */ values) => fillTile(region, tile, values);
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
