/**
 * What can be touched on the plane beside the plane itself: photos, points that move, points of interest, a fit.
 *
 * @typedef {{x: number, y: number}} Pixel from the plane's top left corner, in CSS pixels
 * @typedef {{kind: 'mouse' | 'touch' | 'pen', shiftKey: boolean}} Pointer a fingertip hides what it touches and needs more room
 *
 * @typedef {object} Grab something that has been taken hold of; pixels are where the pointer is now
 * @property {(at: Pixel) => void} move
 * @property {(at: readonly [Pixel, Pixel]) => void} [pinch] a second finger holds it too; without this, it does nothing
 * @property {() => void} end let go
 * @property {() => void} cancel let go, and as it was before
 *
 * @typedef {object} PlaneTool
 * @property {(at: Pixel, pointer: Pointer) => Grab | null} [grab] null where there is nothing to take hold of. A grab that
 *   never moves is cancelled, and is a tap
 * @property {(at: Pixel, pointer: Pointer) => boolean} [tap] whether the tap was meant for this tool
 * @property {(at: Pixel | null) => string} [hover] the cursor over something of this tool, '' elsewhere; null: the mouse is
 *   gone, or over something of another tool
 * @property {(event: KeyboardEvent) => boolean} [key] whether the key, pressed on the plane, was meant for this tool
 * @property {(context: CanvasRenderingContext2D, view: PlaneView) => void} [paint] above the curves, in CSS pixels; also the
 *   time to move what lies above or beneath the canvas in the page
 *
 * @typedef {object} PlaneView what is seen while a picture is painted
 * @property {import('../../plot/viewport.js').Viewport} viewport
 * @property {import('../../plot/viewport.js').Size} size
 * @property {number} pixelRatio
 * @property {import('../../plot/draw/draw.js').Theme} theme
 */

/** The tools of one plane. The newest is asked first, and painted last. */
export class PlaneTools {
  /** @type {PlaneTool[]} newest first */
  #tools = [];

  /**
   * @param {PlaneTool} tool
   * @returns {() => void} takes it away again
   */
  add(tool) {
    this.#tools.unshift(tool);
    return () => {
      this.#tools = this.#tools.filter((other) => other !== tool);
    };
  }

  /**
   * @param {Pixel} at
   * @param {Pointer} pointer
   * @returns {Grab | null}
   */
  grab(at, pointer) {
    for (const tool of this.#tools) {
      const grab = tool.grab?.(at, pointer);
      if (grab) return grab;
    }
    return null;
  }

  /**
   * @param {Pixel} at
   * @param {Pointer} pointer
   */
  tap(at, pointer) {
    this.#tools.some((tool) => tool.tap?.(at, pointer));
  }

  /**
   * @param {Pixel | null} at
   * @returns {string} the cursor, '' for the plane's own
   */
  hover(at) {
    let cursor = '';
    for (const tool of this.#tools) {
      const own = tool.hover?.(cursor === '' ? at : null);
      if (cursor === '' && own) cursor = own;
    }
    return cursor;
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was meant for a tool
   */
  key(event) {
    return this.#tools.some((tool) => tool.key?.(event));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {PlaneView} view
   */
  paint(context, view) {
    for (const tool of this.#tools.toReversed()) {
      if (!tool.paint) continue;
      context.save();
      tool.paint(context, view);
      context.restore();
    }
  }
}
