import { distanceToSegment } from './segment.js';

/** @typedef {import('./follow.js').Follower} Follower */
/** @typedef {import('./follow.js').Point} Point */
/** @typedef {import('./follow.js').Position} Position */
/** @typedef {import('./follow.js').Seen} Seen */

/** The path is sampled at this many places, and then more closely around the nearest one. */
const PLACES = 600;
const CLOSER = 40;
/** Halvings of a step that goes too far on the screen. */
const HALVINGS = 30;

/**
 * Follows the path of a point by its parameter.
 *
 * @implements {Follower}
 */
export class PathFollower {
  #path;
  #domain;

  /** @param {import('../../lang/types.js').Path} path @param {{min: number, max: number}} domain */
  constructor(path, domain) {
    this.#path = path;
    this.#domain = domain;
  }

  /** @param {Point} at @param {Seen} seen */
  distance(at, seen) {
    const { min, max } = this.#domain;
    let least = Infinity;
    let before = this.#position(min);
    for (let i = 1; i <= PLACES; i++) {
      const next = this.#position(min + ((max - min) * i) / PLACES);
      least = Math.min(least, distanceToSegment(at, before, next, seen));
      before = next;
    }
    return least;
  }

  /** @param {Point} at @param {Seen} seen */
  near(at, seen) {
    const step = (this.#domain.max - this.#domain.min) / PLACES;
    const rough = this.#nearest(at, seen, this.#domain.min, step, PLACES);
    return rough && this.#nearest(at, seen, rough.t - step, (2 * step) / CLOSER, CLOSER);
  }

  /** @param {Position} from @param {number} pixels @param {Seen} seen */
  along(from, pixels, { pixel }) {
    const { min, max } = this.#domain;
    const reached = (/** @type {number} */ step) => this.#position(Math.min(max, Math.max(min, from.t + step)));
    // Starts from the largest step: about one sample per pixel, which goes at least as far as asked.
    let step = ((max - min) / PLACES) * Math.sign(pixels) * Math.max(1, Math.abs(pixels));
    for (let i = 0; i < HALVINGS; i++, step /= 2) {
      const { x, y } = reached(step);
      if (Math.hypot((x - from.x) / pixel.x, (y - from.y) / pixel.y) <= Math.abs(pixels)) break;
    }
    return reached(step);
  }

  /** @param {Point} at @param {Seen} seen @param {number} from @param {number} step @param {number} count */
  #nearest(at, { pixel }, from, step, count) {
    /** @type {Position | null} */
    let nearest = null;
    let least = Infinity;
    for (let i = 0; i <= count; i++) {
      const place = this.#position(Math.min(this.#domain.max, Math.max(this.#domain.min, from + i * step)));
      const distance = Math.hypot((place.x - at.x) / pixel.x, (place.y - at.y) / pixel.y);
      if (distance < least) [nearest, least] = [place, distance];
    }
    return nearest;
  }

  /** @param {number} t @returns {Position} */
  #position(t) {
    return { t, x: this.#path.x.value(t), y: this.#path.y.value(t) };
  }
}
