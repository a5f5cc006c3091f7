import { toPixelX, toPixelY } from '../viewport.js';

/** @typedef {import('./draw.js').View} View */

export const LABEL_SIZE = 12;
export const LABEL_GAP = 6;

/**
 * Returns where the axes cross, in pixels; an axis outside the view counts as at the nearest edge.
 *
 * @param {View} view
 */
export function originOf({ viewport, size }) {
  const [x, y] = [toPixelX(viewport, size, 0), toPixelY(viewport, size, 0)];
  return {
    x: clamp(x, 0, size.width),
    y: clamp(y, 0, size.height),
    isXSeen: x >= 0 && x <= size.width,
    isYSeen: y >= 0 && y <= size.height,
  };
}

/**
 * Draws the numbers along both axes.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {import('./plane.js').AxisTicks} axes
 */
export function drawNumbers(context, view, axes) {
  const hasX = view.showXAxis && view.xAxisNumbers;
  const hasY = view.showYAxis && view.yAxisNumbers;
  const origin = originOf(view);
  if (hasX) drawNumbersAlongX(context, view, axes.x, origin.y);
  if (hasY) drawNumbersAlongY(context, view, axes.y, origin.x);
  if (hasX && hasY && origin.x > 0 && origin.y < view.size.height) drawOrigin(context, origin.x, origin.y, view);
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
 * Draws a single zero for both axes, in the corner between them.
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
 * Draws text with an outline in paper colour, so that lines do not run through it. Text that would be cut off by the
 * edge is left out.
 *
 * @param {CanvasRenderingContext2D} context with font and alignment set
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {View} view
 */
export function drawLabel(context, text, x, y, { size, theme }) {
  const half = context.textAlign === 'center' ? context.measureText(text).width / 2 : 0;
  if (x - half < 0 || x + half > size.width || y < LABEL_SIZE / 2 || y > size.height - LABEL_SIZE / 2) return;
  context.strokeStyle = theme.paper;
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.fillStyle = theme.label;
  context.fillText(text, x, y);
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
