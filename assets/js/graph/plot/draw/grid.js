import { fillLines } from './crisp-lines.js';
import { toPixelX, toPixelY } from '../viewport.js';

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {import('./draw.js').View} view
 * @param {import('./plane.js').AxisTicks} axes
 */
export function drawGrid(context, view, { x, y }) {
  const { theme } = view;
  const values = (/** @type {import('./ticks.js').Tick[]} */ major) => major.map((tick) => tick.value);
  context.save();
  clipToQuadrant(context, view);
  fillLines(context, view, { xs: x.minor, ys: y.minor, color: theme.gridMinor });
  fillLines(context, view, { xs: values(x.major), ys: values(y.major), color: theme.grid });
  context.restore();
}

/**
 * Clips to the first quadrant, if the view asks for it.
 *
 * @param {CanvasRenderingContext2D} context must be saved before and restored afterwards
 * @param {import('./draw.js').View} view
 */
export function clipToQuadrant(context, { firstQuadrant, viewport, size }) {
  if (!firstQuadrant) return;
  const left = Math.max(0, toPixelX(viewport, size, 0));
  const bottom = Math.min(size.height, toPixelY(viewport, size, 0));
  context.beginPath();
  context.rect(left, 0, Math.max(0, size.width - left), Math.max(0, bottom));
  context.clip();
}
