/**
 * Draws a sampled curve.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {readonly Float64Array[]} pieces polylines of x, y pairs in pixels
 * @param {import('./draw.js').Style} style
 * @param {{lineScale: number}} view
 */
export function drawCurve(context, pieces, style, { lineScale }) {
  const width = style.lineWidth * lineScale;
  if (width <= 0 || style.lineOpacity <= 0) return;
  setLine(context, style, width);
  context.beginPath();
  for (const piece of pieces) tracePiece(context, piece);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./draw.js').Style} style
 * @param {number} width
 */
export function setLine(context, style, width) {
  context.strokeStyle = style.color;
  context.globalAlpha = style.lineOpacity;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.lineCap = style.lineStyle === 'DASHED' ? 'butt' : 'round';
  context.setLineDash(dashes(style.lineStyle, width));
}

/**
 * @param {import('./draw.js').Style['lineStyle']} lineStyle
 * @param {number} width
 * @returns {number[]} lengths of dash and gap, in proportion to the width
 */
function dashes(lineStyle, width) {
  if (lineStyle === 'DASHED') return [4 + 2.5 * width, 3 + 1.5 * width];
  if (lineStyle === 'DOTTED') return [0, 1 + 2 * width];
  return [];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float64Array} piece
 */
function tracePiece(context, piece) {
  if (piece.length < 2) return;
  context.moveTo(piece[0], piece[1]);
  // A restriction may leave a single point of a curve: a line of length 0, which its cap makes visible.
  if (piece.length === 2) context.lineTo(piece[0], piece[1]);
  for (let i = 2; i < piece.length; i += 2) context.lineTo(piece[i], piece[i + 1]);
}
