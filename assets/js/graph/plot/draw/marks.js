import { setLine } from './curve.js';
import { drawPoints } from './point.js';
import { toPixelX, toPixelY } from '../viewport.js';

/**
 * @typedef {import('./draw.js').View} View
 * @typedef {import('./draw.js').Style} Style
 * @typedef {import('./draw.js').Drawable} Drawable
 * @typedef {import('./draw.js').CurveFeatures} CurveFeatures
 */

/** Diameters relative to the line width: a mark must be visible, but must not look like a point of the list. */
const CLOSED = 2.4;
const OPEN = 3.2;
/** Opacity of asymptotes, which are not part of the curve. */
const FAINT = 0.45;

/**
 * Marks the ends of curves: a disc for an included end, a ring for an excluded end or a missing point. Also draws the
 * asymptotes of the selected curve.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {readonly Drawable[]} drawables
 * @param {View} view
 */
export function drawMarks(context, drawables, view) {
  const marked = drawables.flatMap((drawable) =>
    featuresOf(drawable, view).map((features) => ({ ...drawable, features })),
  );
  for (const { key, style, features } of marked) {
    if (key !== undefined && key === view.selected) drawAsymptotes(context, features, style, view);
  }
  // Rings first: a gap that another curve fills is not a gap.
  for (const { style, features } of marked) {
    const open = [...features.holes, ...features.ends.filter((end) => !end.closed)];
    drawPoints(context, open, markStyle(style, 'OPEN', OPEN), view);
  }
  for (const { style, features } of marked) {
    drawPoints(
      context,
      features.ends.filter((end) => end.closed),
      markStyle(style, 'POINT', CLOSED),
      view,
    );
  }
}

/** @param {Drawable} drawable @param {View} view @returns {CurveFeatures[]} features of its curves */
function featuresOf({ meaning, style }, { features, viewport, size }) {
  if (features === undefined || meaning.kind !== 'function' || style.lineWidth <= 0 || style.lineOpacity <= 0)
    return [];
  return meaning.curves.map((curve) => features.find(curve, meaning.of, viewport, size));
}

/**
 * @param {Style} style style of the curve
 * @param {Style['pointStyle']} pointStyle
 * @param {number} widths
 * @returns {Style}
 */
function markStyle(style, pointStyle, widths) {
  const pointSize = Math.max(2, style.lineWidth) * widths;
  return { ...style, pointStyle, pointSize, pointOpacity: style.lineOpacity, joined: false, dotted: true };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CurveFeatures} features
 * @param {Style} style
 * @param {View} view
 */
function drawAsymptotes(context, { asymptotes }, style, view) {
  const { viewport, size, lineScale } = view;
  setLine(context, { ...style, lineStyle: 'DASHED', lineOpacity: style.lineOpacity * FAINT }, 1.5 * lineScale);
  context.beginPath();
  for (const x of asymptotes.vertical) {
    context.moveTo(toPixelX(viewport, size, x), 0);
    context.lineTo(toPixelX(viewport, size, x), size.height);
  }
  for (const y of asymptotes.horizontal) {
    context.moveTo(0, toPixelY(viewport, size, y));
    context.lineTo(size.width, toPixelY(viewport, size, y));
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}
