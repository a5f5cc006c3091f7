import { drawItem } from './item.js';
import { drawLabels } from './label.js';
import { drawMarks } from './marks.js';
import { drawPlane } from './plane.js';

/** @typedef {import('../viewport.js').Viewport} Viewport */
/** @typedef {import('../viewport.js').Size} Size */

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
 * @property {boolean} degreeMode
 * @property {boolean} polarMode the grid is one of circles and rays
 * @property {boolean} polarNumbers
 * @property {boolean} firstQuadrant the grid is drawn only where x and y are positive
 * @property {{x: AxisView, y: AxisView}} axes
 * @property {number} lineScale by how much lines and points are drawn thicker (1) or thinner than they say
 * @property {Pick<import('../implicit/relations.js').Relations, 'begin' | 'isWhole' | 'lines' | 'area'>} relations what is known of
 *   equations and inequalities; the same from one picture of a plane to the next
 * @property {'paper' | 'clear' | 'keep'} [backdrop] what grid and curves are drawn on: paper, unless something lies
 *   beneath the canvas (clear) or has been drawn on it before (keep)
 * @property {boolean} [atOnce] nothing is left for the next picture, however long it takes
 * @property {FeatureFinder} [features] what knows where curves end; without, their ends are not marked
 * @property {string | null} [selected] key of the curve whose asymptotes are drawn
 */

/**
 * @typedef {object} AxisView
 * @property {string} name '' for none
 * @property {number} step distance of two numbers; 0: as suits the zoom
 * @property {number} parts into how many such a step is cut by fine lines; 0: as suits it
 * @property {'NONE' | 'POSITIVE' | 'BOTH'} arrows
 */

/**
 * @typedef {object} CurveFeatures in the coordinates of the plane
 * @property {readonly {x: number, y: number, closed: boolean}[]} ends
 * @property {readonly {x: number, y: number}[]} holes
 * @property {{vertical: readonly number[], horizontal: readonly number[]}} asymptotes
 *
 * @typedef {object} FeatureFinder
 * @property {(curve: import('../../lang/types.js').Curve, of: 'x' | 'y', viewport: Viewport, size: Size) => CurveFeatures} find
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
 * @property {boolean} filled
 * @property {number} fillOpacity
 * @property {boolean} outlined the edges of an area are drawn
 */

/**
 * What is written beside points.
 *
 * @typedef {object} Label
 * @property {readonly {x: number, y: number}[]} points
 * @property {string} color
 * @property {number} radius of what is seen of the points, in CSS pixels
 * @property {readonly (string | readonly number[])[] | null} parts text and values, one for each point or one for all; null:
 *   the coordinates
 * @property {number} size 1: as usual
 * @property {string} place in the format's words, '' for the usual one
 * @property {number} angle in radians, counter-clockwise
 * @property {boolean} rimmed with a rim of paper
 */

/**
 * An item with its meaning, and the ends of its parameter that it names.
 *
 * @typedef {object} Drawable
 * @property {string} [key] its name among all
 * @property {import('../../lang/index.js').Meaning} meaning
 * @property {Style} style
 * @property {Partial<import('../sample/path.js').Domain>} domain
 */

/**
 * Draws the whole plane: paper, grid, axes and their numbers, then the items in the order of the list, and labels. The
 * numbers lie beneath, for their rim of paper would look like a hole in a curve.
 *
 * @param {CanvasRenderingContext2D} context its bitmap has the view's size times the pixel ratio
 * @param {{drawables: readonly Drawable[], labels: readonly Label[]}} scene
 * @param {View} view
 * @returns {boolean} whether all of it has been drawn; otherwise the next picture of the same plane shows more
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
