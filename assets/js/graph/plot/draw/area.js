/**
 * Fills several outlines in one operation: filled separately, transparent pieces would show where they overlap.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {readonly Float64Array[]} outlines x, y, x, y, … in pixels
 * @param {import('./draw.js').Style} style
 * @param {CanvasFillRule} rule nonzero for adjacent polygons, evenodd for the inside of a curve
 */
export function drawArea(context, outlines, style, rule) {
  if (style.fillOpacity <= 0) return;
  context.beginPath();
  for (const outline of outlines) {
    context.moveTo(outline[0], outline[1]);
    for (let i = 2; i < outline.length; i += 2) context.lineTo(outline[i], outline[i + 1]);
    // Filling closes open paths. An explicit closePath() is slow: Chromium then measures the whole path for each
    // outline.
  }
  context.globalAlpha = style.fillOpacity;
  context.fillStyle = style.color;
  context.fill(rule);
  context.globalAlpha = 1;
}
