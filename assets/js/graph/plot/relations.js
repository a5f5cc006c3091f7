/**
 * Equations and inequalities of x and y as they are seen, and what is remembered of them from one picture to the next.
 *
 * @typedef {import('../lang/types.js').Curve2} Curve2
 * @typedef {import('../lang/types.js').Region} Region
 * @typedef {import('./viewport.js').Viewport} Viewport
 * @typedef {import('./viewport.js').Size} Size
 * @typedef {TileMap<number[][], number[][]>} LineMap
 */

import { traceTile } from './implicit.js';
import { joinEnds } from './join.js';
import { fillTile } from './region.js';
import { TileMap, Work } from './tiles.js';
import { toPixelX, toPixelY } from './viewport.js';

/** Work for relations in one picture of a plane that moves, in operations: some 10 ms. */
const EACH_PICTURE = 1.5e6;

export class Relations {
  /** @type {WeakMap<Curve2 | Region, LineMap>} */
  #maps = new WeakMap();
  #work;
  #isWhole = true;
  #once;

  /**
   * @param {number} [once] for a single picture: operations to spread over all of it. Without, there are more pictures
   *   to come, and what takes long is worked out over several
   */
  constructor(once) {
    this.#once = once;
    this.#work = new Work(once ?? EACH_PICTURE, once !== undefined);
  }

  /** Begins a picture. */
  begin() {
    this.#isWhole = true;
    if (this.#once === undefined) this.#work = new Work(EACH_PICTURE, false);
  }

  /** @returns {boolean} whether the picture shows all there is; if not, another one will show more */
  get isWhole() {
    return this.#isWhole;
  }

  /**
   * @param {Curve2} curve
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {boolean} [isEdge] of an area, whose tone tells enough where lines are too dense to draw
   * @returns {Float64Array[]} polylines in pixels where the curve is 0; what is closed ends where it begins
   */
  lines(curve, viewport, size, isEdge = false) {
    const trace = (/** @type {import('./tiles.js').Tile} */ tile, /** @type {number} */ values) =>
      traceTile(curve, tile, values, !isEdge);
    return this.#show(this.#map(curve, () => new TileMap(trace, joinAll, curve.cost)), viewport, size);
  }

  /**
   * @param {Region} region
   * @param {Viewport} viewport
   * @param {Size} size
   * @returns {Float64Array[]} polygons in pixels that cover the region without overlap
   */
  area(region, viewport, size) {
    const map = this.#map(region, () => new TileMap((tile, values) => fillTile(region, tile, values), flat, region.cost));
    return this.#show(map, viewport, size);
  }

  /** @param {Curve2 | Region} subject @param {() => LineMap} make */
  #map(subject, make) {
    const known = this.#maps.get(subject);
    if (known !== undefined) return known;
    const made = make();
    this.#maps.set(subject, made);
    return made;
  }

  /** @param {LineMap} map @param {Viewport} viewport @param {Size} size */
  #show(map, viewport, size) {
    const { content, isWhole } = map.show(viewport, size, this.#work);
    if (!isWhole) this.#isWhole = false;
    return content.map((line) => toPixels(line, viewport, size));
  }
}

/** @param {number[][][]} tiles */
function joinAll(tiles) {
  return joinEnds(tiles.flat());
}

/** @param {number[][][]} tiles */
function flat(tiles) {
  return tiles.flat();
}

/** @param {number[]} line x, y, … on the plane @param {Viewport} viewport @param {Size} size */
function toPixels(line, viewport, size) {
  const pixels = new Float64Array(line.length);
  for (let i = 0; i < line.length; i += 2) {
    pixels[i] = toPixelX(viewport, size, line[i]);
    pixels[i + 1] = toPixelY(viewport, size, line[i + 1]);
  }
  return pixels;
}
