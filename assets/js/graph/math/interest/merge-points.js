/** @typedef {import('./interest.js').Interest} Interest */

/** Points closer than this, in pixels, are the same. */
const SAME = 1e-3;
/** More than this many points within so many pixels are too crowded to be useful. */
const MOST_NEIGHBORS = 5;
const NEIGHBORHOOD = 14;

/**
 * @param {readonly Interest[]} points
 * @param {number} pixelX width of a pixel
 * @param {number} pixelY
 * @returns {Interest[]} from left to right, without duplicates and without points too crowded to tell apart
 */
export function merged(points, pixelX, pixelY) {
  /** @type {Interest[]} */
  const found = [];
  for (const point of points) {
    const same = found.find((other) => distance(other, point, pixelX, pixelY) < SAME);
    if (same) join(same, point);
    else found.push({ ...point, kinds: [...point.kinds] });
  }
  const apart = found.filter((point) => {
    return found.filter((other) => distance(other, point, pixelX, pixelY) < NEIGHBORHOOD).length <= MOST_NEIGHBORS;
  });
  return apart.sort((a, b) => a.x - b.x || a.y - b.y);
}

/**
 * @param {Interest} a
 * @param {Interest} b
 * @param {number} pixelX
 * @param {number} pixelY
 */
function distance(a, b, pixelX, pixelY) {
  return Math.hypot((a.x - b.x) / pixelX, (a.y - b.y) / pixelY);
}

/**
 * Takes each coordinate from the point that knows it best.
 *
 * @param {Interest} into
 * @param {Interest} from
 */
function join(into, from) {
  if (from.errorX < into.errorX) [into.x, into.errorX] = [from.x, from.errorX];
  if (from.errorY < into.errorY) [into.y, into.errorY] = [from.y, from.errorY];
  for (const kind of from.kinds) if (!into.kinds.includes(kind)) into.kinds.push(kind);
}
