import { ticks } from './ticks.js';
import { toPixelX, toPixelY } from './viewport.js';

/** @typedef {import('./draw.js').View} View */

const LABEL_SIZE = 12;
const LABEL_GAP = 6;

/** A plane has about so many numbers along its shorter side, as long as they are that many pixels apart. */
const NUMBERS_ACROSS = 6;
const SPACING = /** @type {const} */ ([44, 75]);

/** @typedef {{x: import('./ticks.js').Ticks, y: import('./ticks.js').Ticks}} AxisTicks */

/**
 * Draws grid, axes and numbers.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {View} view
 */
export function drawPlane(context, view) {
  const { viewport, size } = view;
  const spacing = clamp(Math.min(size.width, size.height) / NUMBERS_ACROSS, ...SPACING);
  const axes = {
    x: ticks(viewport.xmin, viewport.xmax, size.width, spacing),
    y: ticks(viewport.ymin, viewport.ymax, size.height, spacing),
  };
  if (view.showGrid) drawGrid(context, view, axes);
  drawAxes(context, view);
  drawNumbers(context, view, axes);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {AxisTicks} axes
 */
function drawGrid(context, view, { x, y }) {
  const values = (/** @type {import('./ticks.js').Tick[]} */ major) => major.map((tick) => tick.value);
  drawLines(context, view, x.minor, y.minor, view.theme.gridMinor);
  drawLines(context, view, values(x.major), values(y.major), view.theme.grid);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
function drawAxes(context, view) {
  const width = crisp(1.5 * Math.min(1, view.lineScale), view.pixelRatio);
  drawLines(context, view, view.showYAxis ? [0] : [], view.showXAxis ? [0] : [], view.theme.axis, width);
}

/**
 * Numbers along both axes; where an axis lies outside, they keep to the edge next to it.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {AxisTicks} axes
 */
function drawNumbers(context, view, axes) {
  const { viewport, size, theme } = view;
  const hasX = view.showXAxis && view.xAxisNumbers;
  const hasY = view.showYAxis && view.yAxisNumbers;
  const origin = {
    x: clamp(toPixelX(viewport, size, 0), 0, size.width),
    y: clamp(toPixelY(viewport, size, 0), 0, size.height),
  };
  context.font = `${LABEL_SIZE}px ${theme.font}`;
  context.lineJoin = 'round';
  context.setLineDash([]);
  if (hasX) drawNumbersAlongX(context, view, axes.x, origin.y);
  if (hasY) drawNumbersAlongY(context, view, axes.y, origin.x);
  if (hasX && hasY && origin.x > 0 && origin.y < size.height) drawOrigin(context, origin.x, origin.y, view);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {import('./ticks.js').Ticks} axis
 * @param {number} axisY pixels from the top
 */
function drawNumbersAlongX(context, view, axis, axisY) {
  const { viewport, size } = view;
  const top = Math.min(axisY + LABEL_GAP, size.height - LABEL_SIZE - LABEL_GAP);
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const { value, label } of axis.major) {
    if (value !== 0) drawLabel(context, label, toPixelX(viewport, size, value), top, view);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {import('./ticks.js').Ticks} axis
 * @param {number} axisX pixels from the left
 */
function drawNumbersAlongY(context, view, axis, axisX) {
  const { viewport, size } = view;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const { value, label } of axis.major) {
    const right = Math.max(axisX - LABEL_GAP, context.measureText(label).width + LABEL_GAP);
    if (value !== 0) drawLabel(context, label, right, toPixelY(viewport, size, value), view);
  }
}

/**
 * One zero for both axes, in the corner between them.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {View} view
 */
function drawOrigin(context, x, y, view) {
  context.textBaseline = 'top';
  context.textAlign = 'right';
  drawLabel(context, '0', x - LABEL_GAP, y + LABEL_GAP, view);
}

/**
 * A number with a rim of paper, so that lines behind it do not run through its digits. One that would be cut by the
 * edge is left out.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {View} view
 */
function drawLabel(context, text, x, y, { size, theme }) {
  const half = context.textAlign === 'center' ? context.measureText(text).width / 2 : 0;
  if (x - half < 0 || x + half > size.width || y < LABEL_SIZE / 2 || y > size.height - LABEL_SIZE / 2) return;
  context.strokeStyle = theme.paper;
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.fillStyle = theme.label;
  context.fillText(text, x, y);
}

/**
 * Lines across the whole plane.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {readonly number[]} xs places of upright lines
 * @param {readonly number[]} ys places of level lines
 * @param {string} color
 * @param {number} [width] in CSS pixels
 */
function drawLines(context, view, xs, ys, color, width = crisp(1, view.pixelRatio)) {
  const { viewport, size, pixelRatio } = view;
  context.fillStyle = color;
  // Filled rectangles on whole device pixels: a stroke would blur over two.
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
function crisp(width, pixelRatio) {
  return Math.max(1, Math.round(width * pixelRatio)) / pixelRatio;
}

/** @param {number} pixels @param {number} pixelRatio */
function snap(pixels, pixelRatio) {
  return Math.round(pixels * pixelRatio) / pixelRatio;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
