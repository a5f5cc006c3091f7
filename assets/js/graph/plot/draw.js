import { drawCurve } from './draw-curve.js';
import { drawPlane } from './draw-plane.js';
import { drawPoints } from './draw-point.js';
import { sampleFunction } from './sample.js';

/** @typedef {import('./viewport.js').Viewport} Viewport */
/** @typedef {import('./viewport.js').Size} Size */

/**
 * Colours and type of the plane, as a canvas takes them.
 *
 * @typedef {object} Theme
 * @property {string} paper
 * @property {string} gridMinor
 * @property {string} grid
 * @property {string} axis
 * @property {string} label
 * @property {string} font family of the numbers
 */

/**
 * What is to be seen of the plane.
 *
 * @typedef {object} View
 * @property {Viewport} viewport
 * @property {Size} size in CSS pixels
 * @property {number} pixelRatio device pixels to a CSS pixel
 * @property {Theme} theme
 * @property {boolean} showGrid
 * @property {boolean} showXAxis
 * @property {boolean} showYAxis
 * @property {boolean} xAxisNumbers
 * @property {boolean} yAxisNumbers
 * @property {number} lineScale by how much lines and points are drawn thicker (1) or thinner than they say
 */

/**
 * How one item is drawn; lengths in CSS pixels, opacities from 0 to 1.
 *
 * @typedef {object} Style
 * @property {string} color
 * @property {'SOLID' | 'DASHED' | 'DOTTED'} lineStyle
 * @property {number} lineWidth
 * @property {number} lineOpacity
 * @property {'POINT' | 'OPEN' | 'CROSS'} pointStyle
 * @property {number} pointSize
 * @property {number} pointOpacity
 * @property {boolean} joined
 * @property {boolean} dotted
 */

/**
 * An item with its meaning, of which functions and points are drawn.
 *
 * @typedef {{meaning: import('../lang/index.js').Meaning, style: Style}} Drawable
 */

/**
 * Draws the whole plane: paper, grid, axes and their numbers, then the items in the order of the list. The numbers lie
 * beneath, for their rim of paper would look like a hole in a curve.
 *
 * @param {CanvasRenderingContext2D} context its bitmap has the view's size times the pixel ratio
 * @param {readonly Drawable[]} drawables
 * @param {View} view
 */
export function drawGraph(context, drawables, view) {
  const { size, pixelRatio, theme } = view;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, size.width, size.height);
  drawPlane(context, view);
  for (const drawable of drawables) drawItem(context, drawable, view);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Drawable} drawable
 * @param {View} view
 */
function drawItem(context, { meaning, style }, view) {
  if (meaning.kind === 'point') drawPoints(context, meaning.points, style, view);
  if (meaning.kind !== 'function') return;
  for (const curve of meaning.curves) {
    drawCurve(context, sampleFunction(curve, view.viewport, view.size, meaning.of), style, view);
  }
}
