import { setLine } from './curve.js';
import { toPixelX, toPixelY } from '../viewport.js';

/**
 * Draws points, joined by lines if the style says so.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {readonly {x: number, y: number}[]} points
 * @param {import('./draw.js').Style} style
 * @param {import('./draw.js').View} view
 */
export function drawPoints(context, points, style, view) {
  const { viewport, size, lineScale, theme } = view;
  const pixels = points
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    .map(({ x, y }) => ({ x: toPixelX(viewport, size, x), y: toPixelY(viewport, size, y) }));
  if (style.joined) joinPoints(context, pixels, style, style.lineWidth * lineScale);
  const radius = (style.pointSize / 2) * lineScale;
  if (style.dotted && radius > 0) {
    for (const pixel of pixels)
      if (isNear(pixel, size, radius)) MARKS[style.pointStyle](context, pixel, radius, style, theme);
  }
  context.globalAlpha = 1;
}

/** @typedef {{x: number, y: number}} Pixel */

/**
 * @type {Record<import('./draw.js').Style['pointStyle'],
 *   (context: CanvasRenderingContext2D, at: Pixel, radius: number, style: import('./draw.js').Style,
 *    theme: import('./draw.js').Theme) => void>}
 */
const MARKS = {
  POINT(context, at, radius, style) {
    context.globalAlpha = style.pointOpacity;
    context.fillStyle = style.color;
    disc(context, at, radius);
    context.fill();
  },
  OPEN(context, at, radius, style, theme) {
    const width = Math.max(1.5, radius * 0.4);
    disc(context, at, Math.max(0.5, radius - width / 2));
    // Filled with paper colour, so that a curve that ends in an open point does not show through it.
    context.globalAlpha = 1;
    context.fillStyle = theme.paper;
    context.fill();
    context.globalAlpha = style.pointOpacity;
    context.strokeStyle = style.color;
    context.lineWidth = width;
    context.stroke();
  },
  CROSS(context, { x, y }, radius, style) {
    const reach = radius * 0.75;
    context.globalAlpha = style.pointOpacity;
    context.strokeStyle = style.color;
    context.lineWidth = Math.max(1.5, radius * 0.4);
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x - reach, y + reach);
    context.lineTo(x + reach, y - reach);
    context.stroke();
  },
};

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} at
 * @param {number} radius
 */
function disc(context, { x, y }, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Pixel[]} pixels
 * @param {import('./draw.js').Style} style
 * @param {number} width
 */
function joinPoints(context, pixels, style, width) {
  if (pixels.length < 2 || width <= 0) return;
  setLine(context, style, width);
  context.beginPath();
  for (const { x, y } of pixels) context.lineTo(x, y);
  context.stroke();
  context.setLineDash([]);
}

/**
 * @param {Pixel} pixel
 * @param {import('../viewport.js').Size} size
 * @param {number} radius
 */
function isNear({ x, y }, { width, height }, radius) {
  return x > -radius && x < width + radius && y > -radius && y < height + radius;
}
