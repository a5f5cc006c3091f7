import { toPixelX, toPixelY } from './viewport.js';

/**
 * Where photos are on the screen. A photo is rotated in plane units, not on the screen: what a student has tapped on it
 * stays in place even if the axes are scaled differently.
 */

/** @typedef {{center: {x: number, y: number}, width: number, height: number, angle: number}} Placement on the plane, see state/image.js */

/** Beyond this many pixels across, a photo is a blur of one colour, and browsers lose precision. */
const LARGEST = 1e6;

/**
 * @param {Placement} placement
 * @param {number} u from 0 at the left edge to 1 at the right edge of the photo
 * @param {number} v from 0 at the top to 1 at the bottom
 * @returns {{x: number, y: number}} in plane units
 */
export function pointOfPhoto({ center, width, height, angle }, u, v) {
  const [right, up] = [(u - 0.5) * width, (0.5 - v) * height];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: center.x + right * cos - up * sin, y: center.y + right * sin + up * cos };
}

/**
 * @param {Placement} placement
 * @param {{x: number, y: number}} point in plane units
 * @returns {{u: number, v: number}} position in the photo; not finite if it has no width or height
 */
export function partOfPhoto({ center, width, height, angle }, { x, y }) {
  const [dx, dy] = [x - center.x, y - center.y];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { u: 0.5 + (dx * cos + dy * sin) / width, v: 0.5 - (dy * cos - dx * sin) / height };
}

/**
 * Returns the transform that maps a square of one pixel with its top left corner at the origin to a photo.
 *
 * @param {Placement} placement
 * @param {{viewport: import('./viewport.js').Viewport, size: import('./viewport.js').Size}} view
 * @returns {[number, number, number, number, number, number] | null} for CSS and canvas; null if no part of the photo
 *   is visible
 */
export function photoMatrix(placement, { viewport, size }) {
  /** @param {number} u @param {number} v */
  const pixel = (u, v) => {
    const point = pointOfPhoto(placement, u, v);
    return { x: toPixelX(viewport, size, point.x), y: toPixelY(viewport, size, point.y) };
  };
  const corners = [pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1)];
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const isSeen = right > 0 && left < size.width && bottom > 0 && top < size.height;
  if (!isSeen || right - left > LARGEST || bottom - top > LARGEST) return null;
  const [origin, across, down] = corners;
  return [across.x - origin.x, across.y - origin.y, down.x - origin.x, down.y - origin.y, origin.x, origin.y];
}

/**
 * Draws a photo on a canvas.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {CanvasImageSource} picture
 * @param {Placement & {opacity: number}} photo
 * @param {{viewport: import('./viewport.js').Viewport, size: import('./viewport.js').Size}} view
 */
export function drawPhoto(context, picture, photo, view) {
  const matrix = photoMatrix(photo, view);
  if (!matrix) return;
  context.save();
  context.transform(...matrix);
  context.globalAlpha = photo.opacity;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, 1, 1);
  context.restore();
}
