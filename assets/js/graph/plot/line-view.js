/**
 * The lines of a tile map in pixels.
 *
 * @typedef {import('./viewport.js').Viewport} Viewport
 * @typedef {import('./viewport.js').Size} Size
 */

import { toPixelX, toPixelY } from './viewport.js';

/**
 * Converts the lines of a tile map to pixels, again only when the map or the view has changed: a wild tile takes many
 * frames to finish.
 *
 * @template T content of a tile
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
   * @returns {{lines: Float64Array[], isWhole: boolean}} x, y, … in pixels; the arrays are reused in the next frame
   */
  show(viewport, size, work) {
    const { content, isWhole } = this.#map.show(viewport, size, work);
    if (this.#last === null || this.#last.content !== content || !isSame(this.#last, viewport, size)) {
      this.#last = {
        content,
        viewport: { ...viewport },
        size: { ...size },
        lines: this.#seen(content, viewport, size),
      };
    }
    return { lines: this.#last.lines, isWhole };
  }

  /** @param {number[][]} content @param {Viewport} viewport @param {Size} size @returns {Float64Array[]} */
  #seen(content, viewport, size) {
    const used = this.#last?.lines ?? [];
    return content.map((line, i) => {
      // Allocating tens of thousands of arrays takes longer than filling them.
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
   * @returns {boolean} whether there is more to draw than before
   */
  goOn(viewport, size, work) {
    return this.#map.goOn(viewport, size, work);
  }
}

/** @param {{viewport: Viewport, size: Size}} last @param {Viewport} viewport @param {Size} size */
function isSame(last, { xmin, xmax, ymin, ymax }, { width, height }) {
  const { viewport, size } = last;
  return (
    viewport.xmin === xmin &&
    viewport.xmax === xmax &&
    viewport.ymin === ymin &&
    viewport.ymax === ymax &&
    size.width === width &&
    size.height === height
  );
}
