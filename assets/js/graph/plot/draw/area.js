/**
 * Fills areas, all of one thing at once: piece by piece, what is see-through would show the pieces.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {readonly Float64Array[]} outlines x, y, x, y, … in pixels
 * @param {import('./draw.js').Style} style
 * @param {CanvasFillRule} rule nonzero for polygons that lie side by side, evenodd for what a curve encloses
 */
export function drawArea(context, outlines, style, rule) {
  if (style.fillOpacity <= 0) return;
  context.beginPath();
  for (const outline of outlines) {
    context.moveTo(outline[0], outline[1]);
    for (let i = 2; i < outline.length; i += 2) context.lineTo(outline[i], outline[i + 1]);
    // Filling closes what is open. To say so is slow: Chromium then measures all of the path, for each outline.
  }
  context.globalAlpha = style.fillOpacity;
  context.fillStyle = style.color;
  context.fill(rule);
  context.globalAlpha = 1;
}
