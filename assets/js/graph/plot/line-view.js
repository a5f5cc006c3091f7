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

  /** @param {import('./implicit/tiles.js').TileMap<T, number[][]>} map */
  constructor(map) {
    this.#map = map;
  }

  /**
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {import('./implicit/frame-budget.js').Work} work
   * @returns {{lines: Float64Array[], isWhole: boolean}} x, y, … in pixels; the arrays are used again for the next picture
   */
  show(viewport, size, work) {
    const { content, isWhole } = this.#map.show(viewport, size, work);
    if (this.#last === null || this.#last.content !== content || !isSame(this.#last, viewport, size)) {
      this.#last = { content, viewport: { ...viewport }, size: { ...size }, lines: this.#seen(content, viewport, size) };
    }
    return { lines: this.#last.lines, isWhole };
  }

  /** @param {number[][]} content @param {Viewport} viewport @param {Size} size @returns {Float64Array[]} */
  #seen(content, viewport, size) {
    const used = this.#last?.lines ?? [];
    return content.map((line, i) => {
      // Tens of thousands of new arrays take longer than what is written to them.
      const pixels = i < used.length && used[i].length === line.length ? used[i] : new Float64Array(line.length);
      for (let k = 0; k < line.length; k += 2) {
        pixels[k] = toPixelX(viewport, size, line[k]);
        pixels[k + 1] = toPixelY(viewport, size, line[k + 1]);
      }
      return pixels;
    });
  }

  /**
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {import('./implicit/frame-budget.js').Work} work
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
