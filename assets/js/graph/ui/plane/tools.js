/**
 * The interface of tools on the plane: photos, movable points, points of interest, a fit.
 *
 * @typedef {{x: number, y: number}} Pixel relative to the plane's top left corner, in CSS pixels
 * @typedef {{kind: 'mouse' | 'touch' | 'pen', shiftKey: boolean}} Pointer a fingertip hides what it touches and needs a
 *   larger target
 *
 * @typedef {object} Grab a drag in progress; pixels are the current pointer position
 * @property {(at: Pixel) => void} move
 * @property {(at: readonly [Pixel, Pixel]) => void} [pinch] a second finger is down; without this method it is ignored
 * @property {() => void} end drop
 * @property {() => void} cancel end the drag and restore the former state
 *
 * @typedef {object} PlaneTool
 * @property {(at: Pixel, pointer: Pointer) => Grab | null} [grab] null if there is nothing to grab. A grab that never
 *   moves is cancelled and becomes a tap
 * @property {(at: Pixel, pointer: Pointer) => boolean} [tap] whether the tool has handled the tap
 * @property {(at: Pixel | null) => string} [hover] returns the cursor over something of this tool, otherwise ''; called
 *   with null when the mouse has left or is over another tool
 * @property {(event: KeyboardEvent) => boolean} [key] whether the tool has handled the key
 * @property {(context: CanvasRenderingContext2D, view: PlaneView) => void} [paint] paints above the curves, in CSS
 *   pixels, and moves elements above or below the canvas
 *
 * @typedef {object} PlaneView the view during a repaint
 * @property {import('../../plot/viewport.js').Viewport} viewport
 * @property {import('../../plot/viewport.js').Size} size
 * @property {number} pixelRatio
 * @property {import('../../plot/draw/draw.js').Theme} theme
 */

/** The tools of one plane. The newest receives events first and is painted last. */
export class PlaneTools {
  /** @type {PlaneTool[]} newest first */
  #tools = [];

  /**
   * @param {PlaneTool} tool
   * @returns {() => void} a function that removes the tool
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
   * @returns {string} the cursor, or '' for the plane's own
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
   * @returns {boolean} whether a tool has handled it
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
