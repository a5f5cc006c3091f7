import { distanceToSegment } from './segment.js';

/** @typedef {import('./follow.js').Follower} Follower */
/** @typedef {import('./follow.js').Position} Position */
/** @typedef {import('./follow.js').Seen} Seen */

/** How far to either side of a pointer a curve is searched for, in pixels, and in how many steps. */
const REACH = 24;
const STEPS = 16;

/**
 * Follows the graph of a function by its independent coordinate.
 *
 * @implements {Follower}
 */
export class FunctionFollower {
  #graph;

  /** @param {import('../interest/interest.js').Graph} graph */
  constructor(graph) {
    this.#graph = graph;
  }

  /** @param {import('./follow.js').Point} at @param {Seen} seen */
  distance(at, seen) {
    const { of, curve } = this.#graph;
    const step = (REACH / STEPS) * seen.pixel[of];
    const bounds = { lo: 0, hi: 0 };
    let least = Infinity;
    let before = this.#position(at[of] - (STEPS / 2) * step);
    for (let i = 1 - STEPS / 2; i <= STEPS / 2; i++) {
      const next = this.#position(at[of] + i * step);
      const distance = distanceToSegment(at, before, next, seen);
      // There is no curve across a pole or a jump.
      if (distance < least && curve.interval(before.t, next.t, bounds) === 2) least = distance;
      before = next;
    }
    return least;
  }

  /** @param {import('./follow.js').Point} at @param {Seen} seen */
  near(at, seen) {
    return this.#within(at[this.#graph.of], seen);
  }

  /** @param {Position} from @param {number} pixels @param {Seen} seen */
  along(from, pixels, seen) {
    return this.#within(from.t + pixels * seen.pixel[this.#graph.of], seen);
  }

  /** @param {number} t @param {Seen} seen @returns {Position} the nearest position on the screen */
  #within(t, { viewport: { xmin, xmax, ymin, ymax } }) {
    const [low, high] = this.#graph.of === 'x' ? [xmin, xmax] : [ymin, ymax];
    return this.#position(Math.min(high, Math.max(low, t)));
  }

  /** @param {number} t @returns {Position} */
  #position(t) {
    const { of, curve } = this.#graph;
    const value = curve.value(t);
    return of === 'x' ? { t, x: t, y: value } : { t, x: value, y: t };
  }
}
