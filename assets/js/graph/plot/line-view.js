/**
 * Lines on the plane as they are seen.
 *
 * @typedef {import('./viewport.js').Viewport} Viewport
 * @typedef {import('./viewport.js').Size} Size
 */

import { toPixelX, toPixelY } from './viewport.js';

/**
 * The pixels of what a map of tiles shows: worked out anew only where that or the view has changed, for many pictures go by
 * until a wild tile is done.
 *
 * @template T what is known of a tile
 */
export class LineView {
  #map;
  /** @type {{content: number[][], viewport: Viewport, size: Size, lines: Float64Array[]} | null} */
  #last = null;

  /** @param {import('./tiles.js').TileMap<T, number[][]>} map */
  constructor(map) {
    this.#map = map;
  }

  /**
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {import('./work.js').Work} work
   * @returns {{lines: Float64Array[], isWhole: boolean}} x, y, … in pixels
   */
  show(viewport, size, work) {
    const { content, isWhole } = this.#map.show(viewport, size, work);
    if (this.#last === null || this.#last.content !== content || !isSame(this.#last, viewport, size)) {
      this.#last = { content, viewport: { ...viewport }, size: { ...size }, lines: content.map((line) => toPixels(line, viewport, size)) };
    }
    return { lines: this.#last.lines, isWhole };
  }

  /**
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {import('./work.js').Work} work
   * @returns {boolean} whether there is more to show than was shown last
   */
  goOn(viewport, size, work) {
    return this.#map.goOn(viewport, size, work);
  }
}

/** @param {{viewport: Viewport, size: Size}} last @param {Viewport} viewport @param {Size} size */
function isSame(last, { xmin, xmax, ymin, ymax }, { width, height }) {
  const { viewport, size } = last;
  return viewport.xmin === xmin && viewport.xmax === xmax && viewport.ymin === ymin && viewport.ymax === ymax &&
    size.width === width && size.height === height;
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
