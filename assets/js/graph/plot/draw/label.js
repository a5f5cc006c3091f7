import { formatNumber } from './axis-label.js';
import { toPixelX, toPixelY } from '../viewport.js';

/** Font size, and distance from the edge of the point, in CSS pixels. */
const SIZE = 14;
const GAP = 5;

/** Decimal places: as many as can be read off a plane. */
const DIGITS = 3;

/** More labels could not be told apart on a screen, and would slow down the frame. */
const MAX_LABELS = 200;

/**
 * Draws the labels of points above all curves.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {readonly import('./draw.js').Label[]} labels
 * @param {import('./draw.js').View} view
 */
export function drawLabels(context, labels, view) {
  for (const label of labels) {
    const size = SIZE * label.size * view.lineScale;
    context.font = `600 ${size}px ${view.theme.font}`;
    context.lineJoin = 'round';
    context.lineWidth = size / 4;
    context.strokeStyle = view.theme.paper;
    context.fillStyle = label.color;
    const place = { beside: besideOf(label.place), gap: (label.radius + GAP) * view.lineScale, size };
    label.points
      .slice(0, MAX_LABELS)
      .forEach((point, i) => writeLabel(context, labelText(label, point, i), point, { ...label, ...place }, view));
  }
}

/**
 * @param {Pick<import('./draw.js').Label, 'parts'>} label
 * @param {{x: number, y: number}} point
 * @param {number} i index of the point
 * @returns {string}
 */
export function labelText({ parts }, { x, y }, i) {
  if (parts === null) return `(${numberText(x)}, ${numberText(y)})`;
  return parts
    .map((part) => (typeof part === 'string' ? part : numberText(part.length === 1 ? part[0] : part[i])))
    .join('');
}

/** @param {number | undefined} value */
function numberText(value) {
  if (value === undefined || Number.isNaN(value)) return 'undefined';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return formatNumber(Math.abs(value) < 0.1 ? Number(value.toPrecision(DIGITS)) : Number(value.toFixed(DIGITS)));
}

/**
 * @param {string} place in the format's words: `above_left`, `center`, `auto_right` and so on
 * @returns {{across: -1 | 0 | 1, down: -1 | 0 | 1}} right of the point by default
 */
function besideOf(place) {
  const down = place.includes('above') ? -1 : place.includes('below') ? 1 : 0;
  const across = place.includes('left') ? -1 : place.includes('right') ? 1 : 0;
  if (down === 0 && across === 0 && !place.includes('center')) return { across: 1, down: 0 };
  return { across, down };
}

/**
 * @param {CanvasRenderingContext2D} context with font and colours set
 * @param {string} text
 * @param {{x: number, y: number}} point
 * @param {{beside: ReturnType<typeof besideOf>, gap: number, size: number, angle: number, rimmed: boolean}} place
 * @param {import('./draw.js').View} view
 */
function writeLabel(
  context,
  text,
  point,
  { beside: { across, down }, gap, size: letters, angle, rimmed },
  { viewport, size },
) {
  const [x, y] = [toPixelX(viewport, size, point.x), toPixelY(viewport, size, point.y)];
  // Written so that NaN is excluded, too.
  if (!(x >= 0 && x <= size.width && y >= 0 && y <= size.height)) return;
  context.textAlign = across === 0 ? 'center' : across < 0 ? 'right' : 'left';
  context.textBaseline = 'middle';
  context.save();
  context.translate(x + across * gap, y + down * (gap + letters / 2));
  context.rotate(-angle);
  if (rimmed) context.strokeText(text, 0, 0);
  context.fillText(text, 0, 0);
  context.restore();
}
