/**
 * Budgets for the work on tiles in one frame.
 *
 * @template T
 * @typedef {Generator<void, {content: T, values: number}>} Job computes a tile, with pauses, and returns the number of
 *   evaluations
 */

/** @typedef {TimedWork | PlannedWork} Work */

/** Every tile gets at least this many evaluations. */
const FEWEST_VALUES = 1500;
const MOST_VALUES = 120_000;
/** The most operations that a tile of an expensive curve may take. */
const MOST_OPERATIONS = 2e6;

/** @param {number} cost operations per evaluation @returns {number} evaluations per tile */
function mostValues(cost) {
  return Math.min(MOST_VALUES, MOST_OPERATIONS / cost);
}

/** @param {number} cost */
function fewestValues(cost) {
  return FEWEST_VALUES / Math.max(1, cost / 100);
}

/** A budget for one of many frames: what is not finished in time is left for the next frame. */
export class TimedWork {
  #left;
  #now;

  /** @param {number} ms @param {() => number} now in ms */
  constructor(ms, now) {
    this.#left = ms;
    this.#now = now;
  }

  /** @param {number} tiles @param {number} cost @returns {number} evaluations per tile */
  values(tiles, cost) {
    return Math.max(fewestValues(cost), mostValues(cost));
  }

  /**
   * @template T
   * @param {Job<T>} job
   * @returns {T | null} null if it is not finished yet
   */
  run(job) {
    for (let since = this.#now(); this.#left > 0; ) {
      const { done, value } = job.next();
      const now = this.#now();
      this.#left -= now - since;
      since = now;
      if (done) return value.content;
    }
    return null;
  }
}

/** A budget for a single picture: rather than leave tiles undone, the work is spread thinly. */
export class PlannedWork {
  #left;

  /** @param {number} operations */
  constructor(operations) {
    this.#left = operations;
  }

  /**
   * @param {number} tiles tiles to do
   * @param {number} cost operations per evaluation
   * @returns {number} evaluations for the next tile
   */
  values(tiles, cost) {
    return Math.max(fewestValues(cost), Math.min(mostValues(cost), this.#left / tiles / cost));
  }

  /**
   * @template T
   * @param {Job<T>} job
   * @param {number} cost operations per evaluation
   * @returns {T}
   */
  run(job, cost) {
    for (;;) {
      const { done, value } = job.next();
      if (!done) continue;
      this.#left -= value.values * cost;
      return value.content;
    }
  }
}
