/**
 * Finds drawn lines and areas.
 *
 * @typedef {import('../../../../js/graph/plot/viewport.js').Viewport} Viewport
 * @typedef {import('../../../../js/graph/plot/viewport.js').Size} Size
 */

/** Width in pixels of the squares by which segments are looked up. */
const SQUARE = 8;

/** Finds the drawn segment nearest to a pixel. */
export class Nearest {
  /** @type {Map<string, number[][]>} */
  #squares = new Map();

  /** @param {readonly Float64Array[]} pieces x, y, … in pixels @param {Size} size what lies far off it is left out */
  constructor(pieces, { width, height }) {
    const inside = (/** @type {number} */ v, /** @type {number} */ length) =>
      Math.max(-SQUARE, Math.min(length + SQUARE, v));
    for (const piece of pieces) {
      for (let i = 0; i + 3 < piece.length; i += 2) {
        const segment = [...piece.slice(i, i + 4)];
        const [left, right] = [segment[0], segment[2]]
          .sort((a, b) => a - b)
          .map((x) => Math.floor(inside(x, width) / SQUARE));
        const [top, bottom] = [segment[1], segment[3]]
          .sort((a, b) => a - b)
          .map((y) => Math.floor(inside(y, height) / SQUARE));
        for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) this.#put(`${x},${y}`, segment);
      }
    }
  }

  /** @param {string} key @param {number[]} segment */
  #put(key, segment) {
    const known = this.#squares.get(key);
    if (known === undefined) this.#squares.set(key, [segment]);
    else known.push(segment);
  }

  /** @param {number} x @param {number} y @returns {number} pixels to the nearest segment, exact up to the width of a square */
  distance(x, y) {
    let least = Infinity;
    const [column, row] = [Math.floor(x / SQUARE), Math.floor(y / SQUARE)];
    for (let u = column - 1; u <= column + 1; u++) {
      for (let v = row - 1; v <= row + 1; v++) {
        for (const segment of this.#squares.get(`${u},${v}`) ?? []) least = Math.min(least, distanceTo(segment, x, y));
      }
    }
    return least;
  }
}

/** @param {number[]} segment @param {number} x @param {number} y */
function distanceTo([px, py, qx, qy], x, y) {
  const [dx, dy] = [qx - px, qy - py];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / length));
  return Math.hypot(x - px - share * dx, y - py - share * dy);
}

/**
 * @param {readonly Float64Array[]} polygons
 * @param {number} x
 * @param {number} y
 * @returns {number} how often the polygons go around a point, to the left as the screen is seen
 */
export function windings(polygons, x, y) {
  let count = 0;
  for (const polygon of polygons) {
    for (let i = 0; i < polygon.length; i += 2) {
      const next = (i + 2) % polygon.length;
      const [ay, by] = [polygon[i + 1], polygon[next + 1]];
      if (ay > y === by > y) continue;
      const at = polygon[i] + ((y - ay) / (by - ay)) * (polygon[next] - polygon[i]);
      if (at > x) count += by < ay ? 1 : -1;
    }
  }
  return count;
}

/**
 * @param {() => number} random
 * @param {number} widest in units of the plane; the narrowest is a hundredth of it
 * @param {Size} size
 * @returns {Viewport} near the origin, with axes of nearly the same scale
 */
export function viewNear(random, widest, { width, height }) {
  const span = widest * 10 ** (-2 * random());
  const tall = span * (height / width) * 2 ** (random() - 0.5);
  const [x, y] = [(random() - 0.5) * Math.min(widest / 2, 2 * span), (random() - 0.5) * Math.min(widest / 2, 2 * span)];
  return { xmin: x - span / 2, xmax: x + span / 2, ymin: y - tall / 2, ymax: y + tall / 2 };
}
