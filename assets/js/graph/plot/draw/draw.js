import { drawItem } from './item.js';
import { drawLabels } from './label.js';
import { drawMarks } from './marks.js';
import { drawPlane } from './plane.js';

/** @typedef {import('../viewport.js').Viewport} Viewport */
/** @typedef {import('../viewport.js').Size} Size */

/**
 * The colours and font of the plane, as canvas values.
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
 * What is shown of the plane, and how.
 *
 * @typedef {object} View
 * @property {Viewport} viewport
 * @property {Size} size in CSS pixels
 * @property {number} pixelRatio device pixels per CSS pixel
 * @property {Theme} theme
 * @property {boolean} showGrid
 * @property {boolean} showXAxis
 * @property {boolean} showYAxis
 * @property {boolean} xAxisNumbers
 * @property {boolean} yAxisNumbers
 * @property {boolean} degreeMode
 * @property {boolean} polarMode whether the grid has circles and rays
 * @property {boolean} polarNumbers
 * @property {boolean} firstQuadrant whether the grid is limited to positive x and y
 * @property {{x: AxisView, y: AxisView}} axes
 * @property {number} lineScale scale of line widths and point sizes
 * @property {Pick<import('../implicit/relations.js').Relations, 'begin' | 'isWhole' | 'lines' | 'area'>} relations
 *   state of equations and inequalities, kept from frame to frame
 * @property {'paper' | 'clear' | 'keep'} [backdrop] the background: paper, or clear if something is below the canvas,
 *   or keep if something has been drawn on it
 * @property {boolean} [atOnce] draw everything now, however long it takes
 * @property {FeatureFinder} [features] finds the ends of curves; without it, ends are not marked
 * @property {string | null} [selected] key of the curve whose asymptotes are drawn
 */

/**
 * @typedef {object} AxisView
 * @property {string} name '' for no name
 * @property {number} step distance between numbers; 0 for automatic
 * @property {number} parts number of parts between numbers; 0 for automatic
 * @property {'NONE' | 'POSITIVE' | 'BOTH'} arrows
 */

/**
 * @typedef {object} CurveFeatures in plane units
 * @property {readonly {x: number, y: number, closed: boolean}[]} ends
 * @property {readonly {x: number, y: number}[]} holes
 * @property {{vertical: readonly number[], horizontal: readonly number[]}} asymptotes
 *
 * @typedef {object} FeatureFinder
 * @property {(curve: import('../../lang/types.js').Curve, of: 'x' | 'y', viewport: Viewport, size: Size) =>
 *   CurveFeatures} find
 */

/**
 * The style of an item; lengths in CSS pixels, opacities from 0 to 1.
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
 * @property {boolean} filled
 * @property {number} fillOpacity
 * @property {boolean} outlined whether the edges of an area are drawn
 */

/**
 * The labels of points.
 *
 * @typedef {object} Label
 * @property {readonly {x: number, y: number}[]} points
 * @property {string} color
 * @property {number} radius of the drawn points, in CSS pixels
 * @property {readonly (string | readonly number[])[] | null} parts text and values, one for each point or one for all;
 *   null for the coordinates
 * @property {number} size relative to the default
 * @property {string} place position in the format's words, '' for the default
 * @property {number} angle in radians, counter-clockwise
 * @property {boolean} rimmed whether it has an outline in paper colour
 */

/**
 * An item with its meaning, and the range of its parameter as far as the item sets it.
 *
 * @typedef {object} Drawable
 * @property {string} [key] unique key
 * @property {import('../../lang/index.js').Meaning} meaning
 * @property {Style} style
 * @property {Partial<import('../sample/path.js').Domain>} domain
 */

/**
 * Draws the whole plane: paper, grid, axes and numbers, then the items in the order of the list, and labels. Numbers
 * are below the curves, because their outline in paper colour would look like a gap in a curve.
 *
 * @param {CanvasRenderingContext2D} context with a bitmap of the view's size times the pixel ratio
 * @param {{drawables: readonly Drawable[], labels: readonly Label[]}} scene
 * @param {View} view
 * @returns {boolean} whether the drawing is complete; otherwise the next frame shows more
 */
export function drawGraph(context, { drawables, labels }, view) {
  const { pixelRatio, relations } = view;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.globalAlpha = 1;
  prepareBackdrop(context, view);
  drawPlane(context, view);
  relations.begin(view.atOnce);
  for (const drawable of drawables) drawItem(context, drawable, view);
  drawMarks(context, drawables, view);
  drawLabels(context, labels, view);
  return relations.isWhole;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
function prepareBackdrop(context, { size, theme, backdrop = 'paper' }) {
  if (backdrop === 'clear') context.clearRect(0, 0, size.width, size.height);
  if (backdrop !== 'paper') return;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, size.width, size.height);
}
