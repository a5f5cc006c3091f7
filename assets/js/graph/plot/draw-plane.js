import { ticks } from './ticks.js';
import { toPixelX, toPixelY } from './viewport.js';

/** @typedef {import('./draw.js').View} View */

const LABEL_SIZE = 12;
const LABEL_GAP = 6;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
export function drawGrid(context, view) {
  if (!view.showGrid) return;
  const { x, y } = ticksOf(view);
  drawLines(context, view, x.minor, y.minor, view.theme.gridMinor);
  const values = (/** @type {import('./ticks.js').Tick[]} */ major) => major.map((tick) => tick.value);
  drawLines(context, view, values(x.major), values(y.major), view.theme.grid);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
export function drawAxes(context, view) {
  const width = crisp(1.5 * Math.min(1, view.lineScale), view.pixelRatio);
  drawLines(context, view, view.showYAxis ? [0] : [], view.showXAxis ? [0] : [], view.theme.axis, width);
}

/**
 * Numbers along both axes; where an axis lies outside, they keep to the edge next to it.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
export function drawNumbers(context, view) {
  const { viewport, size, theme } = view;
  const { x, y } = ticksOf(view);
  const hasX = view.showXAxis && view.xAxisNumbers;
  const hasY = view.showYAxis && view.yAxisNumbers;
  context.font = `${LABEL_SIZE}px ${theme.font}`;
  context.lineJoin = 'round';
  const axisX = clamp(toPixelX(viewport, size, 0), 0, size.width);
  const axisY = clamp(toPixelY(viewport, size, 0), 0, size.height);
  if (hasX) {
    const top = Math.min(axisY + LABEL_GAP, size.height - LABEL_SIZE - LABEL_GAP);
    context.textBaseline = 'top';
    context.textAlign = 'center';
    for (const { value, label } of x.major) {
      if (value !== 0) drawLabel(context, label, toPixelX(viewport, size, value), top, view);
    }
  }
  if (hasY) {
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    for (const { value, label } of y.major) {
      const right = Math.max(axisX - LABEL_GAP, context.measureText(label).width + LABEL_GAP);
      if (value !== 0) drawLabel(context, label, right, toPixelY(viewport, size, value), view);
    }
  }
  if (hasX && hasY && axisX > 0 && axisY < size.height) drawOrigin(context, axisX, axisY, view);
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
 * @param {View} view
 */
function ticksOf({ viewport, size }) {
  return {
    x: ticks(viewport.xmin, viewport.xmax, size.width),
    y: ticks(viewport.ymin, viewport.ymax, size.height),
  };
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
