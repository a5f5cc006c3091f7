/** @typedef {import('./follow.js').Follower} Follower */
/** @typedef {import('./follow.js').Point} Point */
/** @typedef {import('./follow.js').Position} Position */

/**
 * Moves from point to point of a list.
 *
 * @implements {Follower}
 */
export class PointsFollower {
  #points;

  /** @param {readonly Point[]} points */
  constructor(points) {
    this.#points = points;
  }

  /** @param {Point} at @param {import('./follow.js').Seen} seen */
  distance(at, { pixel }) {
    return Math.min(
      Infinity,
      ...this.#points.map(({ x, y }) => Math.hypot((x - at.x) / pixel.x, (y - at.y) / pixel.y)).filter((d) => d === d),
    );
  }

  /** @param {Point} at @param {import('./follow.js').Seen} seen */
  near(at, { pixel }) {
    /** @type {Position | null} */
    let nearest = null;
    let least = Infinity;
    this.#points.forEach(({ x, y }, t) => {
      const distance = Math.hypot((x - at.x) / pixel.x, (y - at.y) / pixel.y);
      if (distance >= least || distance !== distance) return;
      least = distance;
      nearest = { t, x, y };
    });
    return nearest;
  }

  /** @param {Position} from @param {number} pixels */
  along(from, pixels) {
    const t = from.t + Math.sign(pixels);
    const point = this.#points[t];
    return point ? { t, ...point } : from;
  }
}
