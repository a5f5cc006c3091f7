/** @typedef {import('./follow.js').Follower} Follower */
/** @typedef {import('./follow.js').Point} Point */
/** @typedef {import('./follow.js').Position} Position */
/** @typedef {import('./follow.js').Seen} Seen */

/** The most steps of Newton's method along the gradient; a curve that needs more is not near. */
const MOST_STEPS = 24;
/** A point this near, in pixels, is on the curve. */
const ON = 1e-6;
/** The greatest length of a step, in pixels: near an extremum it would be huge. */
const LONGEST = 20;
/** The gradient is taken over this fraction of a pixel. */
const FINE = 1e-3;
/** The curve is followed in steps of this many pixels. */
const STRIDE = 2;

/**
 * Follows a curve given by an equation: perpendicular to the gradient, and back onto the curve after each step.
 *
 * @implements {Follower}
 */
export class RelationFollower {
  #curve;

  /** @param {import('../../lang/types.js').Curve2} curve */
  constructor(curve) {
    this.#curve = curve;
  }

  /** @param {Point} at @param {Seen} seen */
  distance(at, seen) {
    const near = this.near(at, seen);
    return near === null ? Infinity : Math.hypot((near.x - at.x) / seen.pixel.x, (near.y - at.y) / seen.pixel.y);
  }

  /** @param {Point} at @param {Seen} seen @returns {Position | null} */
  near(at, seen) {
    let { x, y } = at;
    for (let i = 0; i < MOST_STEPS; i++) {
      const { value, dx, dy, size } = this.#slope({ x, y }, seen);
      if (!(size > 0)) return null;
      const step = Math.max(-LONGEST, Math.min(LONGEST, value / size));
      x -= (step * dx * seen.pixel.x) / size;
      y -= (step * dy * seen.pixel.y) / size;
      if (Math.abs(step) < ON) return this.#changesSign(x, y, seen) ? { t: 0, x, y } : null;
    }
    return null;
  }

  /** @param {Position} from @param {number} pixels @param {Seen} seen @returns {Position} */
  along(from, pixels, seen) {
    let at = from;
    const strides = Math.max(1, Math.round(Math.abs(pixels) / STRIDE));
    for (let i = 0; i < strides; i++) {
      const { dx, dy, size } = this.#slope(at, seen);
      const stride = pixels / strides / size;
      const next =
        size > 0
          ? this.near({ x: at.x + stride * dy * seen.pixel.x, y: at.y - stride * dx * seen.pixel.y }, seen)
          : null;
      if (next === null || !isSeen(next, seen)) return at;
      at = next;
    }
    return at;
  }

  /** The change of the function over a pixel to the right and one up. @param {Point} at @param {Seen} seen */
  #slope({ x, y }, { pixel }) {
    const f = (/** @type {number} */ right, /** @type {number} */ up) =>
      this.#curve.value(x + right * FINE * pixel.x, y + up * FINE * pixel.y);
    const [dx, dy] = [(f(1, 0) - f(-1, 0)) / (2 * FINE), (f(0, 1) - f(0, -1)) / (2 * FINE)];
    return { value: f(0, 0), dx, dy, size: Math.hypot(dx, dy) };
  }

  /** A minimum close to 0 is not a zero, nor is a pole. @param {number} x @param {number} y @param {Seen} seen */
  #changesSign(x, y, { pixel }) {
    const [wide, high] = [pixel.x / 4, pixel.y / 4];
    const bounds = { lo: 0, hi: 0 };
    const signs = [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ].map(([right, up]) => Math.sign(this.#curve.value(x + right * wide, y + up * high)));
    return new Set(signs).size > 1 && this.#curve.interval(x - wide, x + wide, y - high, y + high, bounds) === 2;
  }
}

/** @param {Point} at @param {Seen} seen */
function isSeen({ x, y }, { viewport: { xmin, xmax, ymin, ymax } }) {
  return x >= xmin && x <= xmax && y >= ymin && y <= ymax;
}
