import { multipleOfPi } from './axis-label.js';
import { crisp } from './crisp-lines.js';
import { clipToQuadrant } from './grid.js';
import { LABEL_SIZE, drawLabel } from './numbers.js';
import { toPixelX, toPixelY } from '../viewport.js';

/** Rays per half turn; every second one is labelled. */
const RAYS = 12;
/** The finer rays start at this circle, because they would blacken the centre of a small plane. */
const FIRST_CIRCLE = 1;
const MARGIN = 10;

/**
 * Draws circles about the origin at the numbers of the x-axis, and rays.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {import('./draw.js').View} view
 * @param {import('./plane.js').AxisTicks} axes
 */
export function drawPolarGrid(context, view, { x }) {
  const { theme, pixelRatio } = view;
  context.save();
  clipToQuadrant(context, view);
  context.lineWidth = crisp(1, pixelRatio);
  const { nearest, farthest } = distances(view);
  drawCircles(context, view, x.minorStep, nearest, farthest, theme.gridMinor);
  drawRays(context, view, 1, x.step * FIRST_CIRCLE, farthest, theme.gridMinor);
  drawCircles(context, view, x.step, nearest, farthest, theme.grid);
  drawRays(context, view, 2, 0, farthest, theme.grid);
  context.restore();
}

/**
 * @param {import('./draw.js').View} view
 * @returns {{nearest: number, farthest: number}} distances of the visible part from the origin
 */
function distances({ viewport: { xmin, xmax, ymin, ymax } }) {
  const gap = Math.hypot(Math.max(0, xmin, -xmax), Math.max(0, ymin, -ymax));
  return { nearest: gap, farthest: Math.hypot(Math.max(-xmin, xmax), Math.max(-ymin, ymax)) };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./draw.js').View} view
 * @param {number} step
 * @param {number} nearest
 * @param {number} farthest
 * @param {string} color
 */
function drawCircles(context, { viewport, size }, step, nearest, farthest, color) {
  const [x, y] = [toPixelX(viewport, size, 0), toPixelY(viewport, size, 0)];
  const [scaleX, scaleY] = [
    size.width / (viewport.xmax - viewport.xmin),
    size.height / (viewport.ymax - viewport.ymin),
  ];
  context.beginPath();
  for (let k = Math.max(1, Math.ceil(nearest / step)); k * step <= farthest; k++) {
    context.moveTo(x + k * step * scaleX, y);
    context.ellipse(x, y, k * step * scaleX, k * step * scaleY, 0, 0, 2 * Math.PI);
  }
  context.strokeStyle = color;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./draw.js').View} view
 * @param {number} every
 * @param {number} from distance from the origin
 * @param {number} to
 * @param {string} color
 */
function drawRays(context, { viewport, size }, every, from, to, color) {
  context.beginPath();
  for (let k = 0; k < 2 * RAYS; k += every) {
    const [cos, sin] = [Math.cos((k * Math.PI) / RAYS), Math.sin((k * Math.PI) / RAYS)];
    context.moveTo(toPixelX(viewport, size, from * cos), toPixelY(viewport, size, from * sin));
    context.lineTo(toPixelX(viewport, size, to * cos), toPixelY(viewport, size, to * sin));
  }
  context.strokeStyle = color;
  context.stroke();
}

/**
 * Draws the angles of the rays around the largest circle that is fully visible, except on the axes, which have their
 * own numbers.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {import('./draw.js').View} view
 * @param {import('./plane.js').AxisTicks} axes
 */
export function drawRayNames(context, view, { x }) {
  const { viewport, size, degreeMode } = view;
  const [left, top] = [toPixelX(viewport, size, 0), toPixelY(viewport, size, 0)];
  const room = Math.min(left, size.width - left, top, size.height - top) - LABEL_SIZE - MARGIN;
  const circle = (x.step / (viewport.xmax - viewport.xmin)) * size.width;
  const radius = Math.floor(room / circle) * circle + MARGIN;
  if (room < circle) return;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (let k = 0; k < 2 * RAYS; k += 2) {
    const name = degreeMode ? `${(k * 180) / RAYS}°` : multipleOfPi(k, RAYS);
    const angle = (k * Math.PI) / RAYS;
    const isAxis = k % (RAYS / 2) === 0;
    if (!isAxis) drawLabel(context, name, left + radius * Math.cos(angle), top - radius * Math.sin(angle), view);
  }
}
