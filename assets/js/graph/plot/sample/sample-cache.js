import { sampleFunction } from './sample.js';

/**
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../viewport.js').Viewport} Viewport
 * @typedef {import('../viewport.js').Size} Size
 * @typedef {{viewport: Viewport, size: Size, of: 'x' | 'y', pieces: Float64Array[]}} Picture
 */

/** @type {WeakMap<Curve, Picture>} the latest of each curve */
const pictures = new WeakMap();

/**
 * Like sampleFunction, but returns the last result if the curve and the view are the same: while a student types in one
 * line or moves a slider, most curves stay as they are.
 *
 * @param {Curve} curve
 * @param {Viewport} viewport
 * @param {Size} size
 * @param {'x' | 'y'} [of]
 * @returns {readonly Float64Array[]}
 */
export function sampledFunction(curve, viewport, size, of = 'x') {
  const known = pictures.get(curve);
  if (known !== undefined && known.of === of && isSame(known, viewport, size)) return known.pieces;
  const pieces = sampleFunction(curve, viewport, size, of);
  pictures.set(curve, { viewport: { ...viewport }, size: { ...size }, of, pieces });
  return pieces;
}

/** @param {Picture} known @param {Viewport} viewport @param {Size} size */
function isSame({ viewport: { xmin, xmax, ymin, ymax }, size: { width, height } }, viewport, size) {
  return (
    xmin === viewport.xmin &&
    xmax === viewport.xmax &&
    ymin === viewport.ymin &&
    ymax === viewport.ymax &&
    width === size.width &&
    height === size.height
  );
}
