import { toPixelX, toPixelY } from '../viewport.js';

/**
 * Draws vertical and horizontal lines, from edge to edge or within the clip. They are rectangles on whole device
 * pixels, because a stroke would blur over two pixels.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {import('./draw.js').View} view
 * @param {object} lines
 * @param {readonly number[]} lines.xs positions of vertical lines
 * @param {readonly number[]} lines.ys positions of horizontal lines
 * @param {string} lines.color
 * @param {number} [lines.width] in CSS pixels
 */
export function fillLines(context, { viewport, size, pixelRatio }, { xs, ys, color, width = crisp(1, pixelRatio) }) {
  context.fillStyle = color;
  for (const x of xs) {
    context.fillRect(snap(toPixelX(viewport, size, x) - width / 2, pixelRatio), 0, width, size.height);
  }
  for (const y of ys) {
    context.fillRect(0, snap(toPixelY(viewport, size, y) - width / 2, pixelRatio), size.width, width);
  }
}

/**
 * @param {number} width in CSS pixels
 * @param {number} pixelRatio
 * @returns {number} the nearest width in whole device pixels, at least one
 */
export function crisp(width, pixelRatio) {
  return Math.max(1, Math.round(width * pixelRatio)) / pixelRatio;
}

/** @param {number} pixels @param {number} pixelRatio */
function snap(pixels, pixelRatio) {
  return Math.round(pixels * pixelRatio) / pixelRatio;
}
