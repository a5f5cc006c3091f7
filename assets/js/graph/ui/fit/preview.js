import { interpret } from '../../lang/index.js';
import { withNumbers } from '../../math/fit/form-latex.js';
import { drawCurve } from '../../plot/draw/curve.js';
import { sampleFunction } from '../../plot/sample/sample.js';
import { spanOf } from './items.js';

/** @typedef {import('../../math/fit/fit.js').Fit} Fit */

/** Width of the preview curve: thinner than a curve of the list. */
const LINE_WIDTH = 2;
const RESIDUAL_WIDTH = 1.5;

/**
 * Draws a fit before it is added to the list: the curve, and a line from each point to it.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {import('../plane/tools.js').PlaneView} view
 * @param {{fit: Fit, points: readonly import('../../math/fit/fit.js').Point[], onSpan: boolean, color: string,
 *   degreeMode: boolean}} what `onSpan` limits the curve to the range of the points
 * @param {(point: import('../../math/fit/fit.js').Point) => import('../plane/tools.js').Pixel} toPixel
 */
export function drawFit(context, { viewport, size }, { fit, points, onSpan, color, degreeMode }, toPixel) {
  const meaning = interpret(
    [{ id: 'fit', latex: `y=${withNumbers(fit.form, fit.nice)}${onSpan ? spanOf(points) : ''}` }],
    { degreeMode },
  ).get('fit');
  if (meaning?.kind !== 'function') return;
  const style = /** @type {const} */ ({ ...STYLE, color });
  for (const curve of meaning.curves)
    drawCurve(context, sampleFunction(curve, viewport, size), style, { lineScale: 1 });
  context.strokeStyle = color;
  context.lineWidth = RESIDUAL_WIDTH;
  context.setLineDash([2, 3]);
  context.beginPath();
  points.forEach((point, i) => {
    const from = toPixel(point);
    const to = toPixel({ x: point.x, y: point.y - fit.residuals[i] });
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  });
  context.stroke();
  context.setLineDash([]);
}

const STYLE = Object.freeze({
  lineStyle: 'SOLID',
  lineWidth: LINE_WIDTH,
  lineOpacity: 1,
  pointStyle: 'POINT',
  pointSize: 0,
  pointOpacity: 1,
  joined: false,
  dotted: false,
  filled: false,
  fillOpacity: 0,
  outlined: false,
});
