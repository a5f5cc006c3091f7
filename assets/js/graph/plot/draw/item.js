import { drawArea } from './area.js';
import { drawCurve } from './curve.js';
import { drawPoints } from './point.js';
import { domainOf, samplePath } from '../sample/path.js';
import { samplePolar } from '../sample/polar.js';
import { sampledFunction } from '../sample/sample-cache.js';
import { toPixelX, toPixelY } from '../viewport.js';

/**
 * @typedef {import('../../lang/types.js').Meaning} Meaning
 * @typedef {import('../../lang/types.js').Region} Region
 * @typedef {import('./draw.js').View} View
 * @typedef {import('./draw.js').Style} Style
 * @typedef {import('./draw.js').Drawable} Drawable
 */

/**
 * Draws one item; a meaning without a drawing draws nothing.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Drawable} drawable
 * @param {View} view
 */
export function drawItem(context, { meaning, style, domain }, view) {
  const { viewport, size, relations } = view;
  switch (meaning.kind) {
    case 'point':
      drawPoints(context, meaning.points, style, view);
      break;
    case 'function':
      for (const curve of meaning.curves)
        drawCurve(context, sampledFunction(curve, viewport, size, meaning.of), style, view);
      break;
    case 'implicit':
      for (const curve of meaning.curves) drawCurve(context, relations.lines(curve, viewport, size), style, view);
      break;
    case 'inequality':
      for (const region of meaning.regions) drawRegion(context, region, style, view);
      break;
    case 'polar':
      for (const path of meaning.paths) {
        drawPath(context, samplePolar(path, domainOf(meaning, domain), meaning.turn, viewport, size), style, view);
      }
      break;
    case 'parametric':
      if (meaning.corners) {
        drawPolygon(context, meaning.corners, style, view);
        break;
      }
      for (const path of meaning.curves) {
        drawPath(context, samplePath(path, domainOf(meaning, domain), viewport, size), style, view);
      }
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Float64Array[]} pieces
 * @param {Style} style
 * @param {View} view
 */
function drawPath(context, pieces, style, view) {
  if (style.filled) drawArea(context, pieces, style, 'evenodd');
  drawCurve(context, pieces, style, view);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly {x: number, y: number}[]} corners
 * @param {Style} style
 * @param {View} view
 */
function drawPolygon(context, corners, style, view) {
  const { viewport, size } = view;
  if (!corners.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) return;
  const outline = Float64Array.from(
    [...corners, corners[0]].flatMap(({ x, y }) => [toPixelX(viewport, size, x), toPixelY(viewport, size, y)]),
  );
  if (style.filled) drawArea(context, [outline], style, 'evenodd');
  if (style.outlined) drawCurve(context, [outline], style, view);
}

/**
 * Draws a region and its edges: excluded edges are dashed, whatever the style.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Region} region
 * @param {Style} style
 * @param {View} view
 */
function drawRegion(context, region, style, view) {
  const { viewport, size, relations } = view;
  if (style.filled) drawArea(context, relations.area(region, viewport, size), style, 'nonzero');
  if (!style.outlined) return;
  for (const { curve, solved, strict } of region.edges) {
    const lines =
      solved === null
        ? relations.lines(curve, viewport, size, true)
        : sampledFunction(solved.curve, viewport, size, solved.of);
    drawCurve(context, lines, strict ? { ...style, lineStyle: 'DASHED' } : style, view);
  }
}
