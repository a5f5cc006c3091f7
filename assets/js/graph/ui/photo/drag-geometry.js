import { pointOfPhoto } from '../../plot/photo-corners.js';

/**
 * The geometry of dragging a photo: moving, resizing at a corner, rotating, and pinching with two fingers. Pure
 * functions.
 */

/** @typedef {import('../../state/image.js').Placement} Placement */
/** @typedef {{x: number, y: number}} Point in plane units, or in pixels where noted */

/** A photo within this angle of a quarter turn snaps to it. */
const SNAP = (2 * Math.PI) / 180;
const QUARTER = Math.PI / 2;

/** With Shift, a photo rotates in steps of this angle. */
const STEP = Math.PI / 12;

/**
 * @param {Placement} placement at the start of the drag
 * @param {Point} from the grabbed point
 * @param {Point} to
 * @returns {Placement}
 */
export function movedPhoto(placement, from, to) {
  const { x, y } = placement.center;
  return { ...placement, center: { x: x + to.x - from.x, y: y + to.y - from.y } };
}

/**
 * Resizes a photo by one corner; the opposite corner stays.
 *
 * @param {Placement} placement at the start of the drag
 * @param {{u: 0 | 1, v: 0 | 1}} corner the dragged corner, counted from the top left
 * @param {Point} to the new position of the corner
 * @param {{keepsShape: boolean, least: number}} how `least` is the shortest side that can still be grabbed
 * @returns {Placement}
 */
export function resizedPhoto(placement, { u, v }, to, { keepsShape, least }) {
  const { width, height, angle } = placement;
  const fixed = pointOfPhoto(placement, 1 - u, 1 - v);
  const [right, up] = turnedBy(to.x - fixed.x, to.y - fixed.y, -angle);
  const [alongWidth, alongHeight] = [(u - 0.5) * Math.sign(width), (0.5 - v) * Math.sign(height)].map(
    (side) => 2 * side,
  );
  const pulled = { width: Math.max(least, right * alongWidth), height: Math.max(least, up * alongHeight) };
  const [w, h] = [Math.abs(width), Math.abs(height)];
  const scale = Math.max(least / Math.min(w, h), (right * alongWidth * w + up * alongHeight * h) / (w * w + h * h));
  const size = keepsShape ? { width: w * scale, height: h * scale } : pulled;
  const [dx, dy] = turnedBy((size.width * alongWidth) / 2, (size.height * alongHeight) / 2, angle);
  return {
    angle,
    width: size.width * Math.sign(width),
    height: size.height * Math.sign(height),
    center: { x: fixed.x + dx, y: fixed.y + dy },
  };
}

/**
 * Scales a photo about its centre.
 *
 * @param {Placement} placement
 * @param {number} factor
 * @returns {Placement}
 */
export function scaledPhoto(placement, factor) {
  return { ...placement, width: placement.width * factor, height: placement.height * factor };
}

/**
 * @param {Placement} placement at the start of the drag
 * @param {Point} from the grabbed point
 * @param {Point} to
 * @param {{inSteps: boolean}} how
 * @returns {Placement}
 */
export function turnedPhoto(placement, from, to, { inSteps }) {
  const { center, angle } = placement;
  const by = Math.atan2(to.y - center.y, to.x - center.x) - Math.atan2(from.y - center.y, from.x - center.x);
  return { ...placement, angle: inSteps ? Math.round((angle + by) / STEP) * STEP : snapped(angle + by) };
}

/**
 * Moves, scales and rotates a photo so that the points under both fingers stay under them.
 *
 * @param {Placement} placement at the start of the gesture
 * @param {readonly [Point, Point]} before pixels
 * @param {readonly [Point, Point]} now pixels
 * @param {{toPixel: (point: Point) => Point, toPlane: (pixel: Point) => Point}} plane
 * @returns {Placement}
 */
export function pinchedPhoto(placement, before, now, plane) {
  const [spanBefore, spanNow] = [spanOf(before), spanOf(now)];
  const factor = spanBefore.length > 0 ? spanNow.length / spanBefore.length : 1;
  const by = spanNow.angle - spanBefore.angle;
  const center = plane.toPixel(placement.center);
  const [dx, dy] = turnedBy(center.x - spanBefore.middle.x, center.y - spanBefore.middle.y, by);
  return {
    center: plane.toPlane({ x: spanNow.middle.x + factor * dx, y: spanNow.middle.y + factor * dy }),
    width: placement.width * factor,
    height: placement.height * factor,
    angle: snapped(placement.angle - by), // Screen coordinates point down.
  };
}

/** @param {readonly [Point, Point]} pair */
function spanOf([a, b]) {
  return {
    middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
    length: Math.hypot(b.x - a.x, b.y - a.y),
    angle: Math.atan2(b.y - a.y, b.x - a.x),
  };
}

/** @param {number} angle */
function snapped(angle) {
  const quarter = Math.round(angle / QUARTER) * QUARTER;
  return Math.abs(angle - quarter) < SNAP ? quarter : angle;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 * @returns {[number, number]}
 */
function turnedBy(x, y, angle) {
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
}
