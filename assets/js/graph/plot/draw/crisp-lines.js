import { toPixelX, toPixelY } from '../viewport.js';

/**
 * Upright and level lines, from edge to edge or as far as they are let. Filled rectangles on whole device pixels: a
 * stroke would blur over two.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {import('./draw.js').View} view
 * @param {object} lines
 * @param {readonly number[]} lines.xs places of upright lines
 * @param {readonly number[]} lines.ys places of level lines
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
 * @returns {number} the nearest width of whole device pixels, at least one
 */
export function crisp(width, pixelRatio) {
  return Math.max(1, Math.round(width * pixelRatio)) / pixelRatio;
}

/** @param {number} pixels @param {number} pixelRatio */
function snap(pixels, pixelRatio) {
  return Math.round(pixels * pixelRatio) / pixelRatio;
}
