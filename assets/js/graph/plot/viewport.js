/**
 * The visible part of the plane, and its mapping to the screen.
 *
 * A viewport is a plain object (as stored in a graph state) and is never changed in place: each function returns a new
 * one. Pixels are CSS pixels; (0, 0) is the top left corner.
 *
 * @typedef {{xmin: number, xmax: number, ymin: number, ymax: number}} Viewport
 * @typedef {{width: number, height: number}} Size
 */

/** The smallest span of an axis, in plane units. */
const MIN_SPAN = 1e-10;
/** The largest span of an axis. */
const MAX_SPAN = 1e15;
/** The smallest span relative to the distance from the origin: below, adjacent pixels are the same number. */
const MIN_RELATIVE_SPAN = 1e-11;

/**
 * Reports whether the four numbers make a viewport that can be shown.
 *
 * @param {Viewport} v
 * @returns {boolean}
 */
export function isUsable(v) {
  return isUsableAxis(v.xmin, v.xmax) && isUsableAxis(v.ymin, v.ymax);
}

/** @param {number} min @param {number} max */
function isUsableAxis(min, max) {
  const span = max - min;
  const reach = Math.max(Math.abs(min), Math.abs(max));
  return (
    span >= MIN_SPAN * 0.999 &&
    span <= MAX_SPAN * 1.001 &&
    reach <= MAX_SPAN &&
    span >= MIN_RELATIVE_SPAN * 0.999 * reach
  );
}

/** @param {Viewport} v @param {Size} size @param {number} x @returns {number} pixels from the left */
export function toPixelX(v, size, x) {
  return ((x - v.xmin) / (v.xmax - v.xmin)) * size.width;
}

/** @param {Viewport} v @param {Size} size @param {number} y @returns {number} pixels from the top */
export function toPixelY(v, size, y) {
  return ((v.ymax - y) / (v.ymax - v.ymin)) * size.height;
}

/** @param {Viewport} v @param {Size} size @param {number} px @returns {number} x in plane units */
export function toPlaneX(v, size, px) {
  return v.xmin + (px / size.width) * (v.xmax - v.xmin);
}

/** @param {Viewport} v @param {Size} size @param {number} py @returns {number} y in plane units */
export function toPlaneY(v, size, py) {
  return v.ymax - (py / size.height) * (v.ymax - v.ymin);
}

/**
 * Moves the plane with the pointer.
 *
 * @param {Viewport} v
 * @param {Size} size
 * @param {number} dx pixels to the right
 * @param {number} dy pixels downward
 * @returns {Viewport}
 */
export function pan(v, size, dx, dy) {
  const mx = (dx / size.width) * (v.xmax - v.xmin);
  const my = (dy / size.height) * (v.ymax - v.ymin);
  const moved = { xmin: v.xmin - mx, xmax: v.xmax - mx, ymin: v.ymin + my, ymax: v.ymax + my };
  return isUsable(moved) ? moved : v;
}

/**
 * Zooms in (factor > 1) or out about a pixel. At the limits of zoom the viewport is returned unchanged, so that
 * repeated zooming does not drift.
 *
 * @param {Viewport} v
 * @param {Size} size
 * @param {{x: number, y: number}} pixel
 * @param {number} factorX
 * @param {number} [factorY] equal to factorX by default
 * @returns {Viewport}
 */
export function zoom(v, size, pixel, factorX, factorY = factorX) {
  const x = toPlaneX(v, size, pixel.x);
  const y = toPlaneY(v, size, pixel.y);
  const zoomed = {
    xmin: x - (x - v.xmin) / factorX,
    xmax: x + (v.xmax - x) / factorX,
    ymin: y - (y - v.ymin) / factorY,
    ymax: y + (v.ymax - y) / factorY,
  };
  return isUsable(zoomed) ? zoomed : v;
}

/**
 * Gives both axes the same scale by showing more of the axis with the larger scale; the centre stays.
 *
 * @param {Viewport} v
 * @param {Size} size
 * @returns {Viewport}
 */
export function squareAxes(v, size) {
  const unitX = (v.xmax - v.xmin) / size.width;
  const unitY = (v.ymax - v.ymin) / size.height;
  const unit = Math.max(unitX, unitY);
  const cx = (v.xmin + v.xmax) / 2;
  const cy = (v.ymin + v.ymax) / 2;
  const halfX = (unit * size.width) / 2;
  const halfY = (unit * size.height) / 2;
  return { xmin: cx - halfX, xmax: cx + halfX, ymin: cy - halfY, ymax: cy + halfY };
}

/**
 * Returns the viewport after a change of the drawing area's size: same scale, same centre.
 *
 * @param {Viewport} v
 * @param {Size} before
 * @param {Size} after
 * @returns {Viewport}
 */
export function resize(v, before, after) {
  const cx = (v.xmin + v.xmax) / 2;
  const cy = (v.ymin + v.ymax) / 2;
  const halfX = ((v.xmax - v.xmin) / 2) * (after.width / before.width);
  const halfY = ((v.ymax - v.ymin) / 2) * (after.height / before.height);
  return { xmin: cx - halfX, xmax: cx + halfX, ymin: cy - halfY, ymax: cy + halfY };
}
