/**
 * How much of the work for a tile is done in one picture.
 *
 * @template T
 * @typedef {Generator<void, {content: T, values: number}>} Job works out a tile, with pauses, and says at last how many
 *   values it took
 */

/** @typedef {TimedWork | PlannedWork} Work */

/** However little work is left, a tile that is drawn is worth so many values. */
const FEWEST_VALUES = 1500;
const MOST_VALUES = 120_000;
/** Of curves that take long to compute, a tile may take so many operations. */
const MOST_OPERATIONS = 2e6;

/** @param {number} cost operations for a value @returns {number} how many a tile may take */
function mostValues(cost) {
  return Math.min(MOST_VALUES, MOST_OPERATIONS / cost);
}

/** @param {number} cost */
function fewestValues(cost) {
  return FEWEST_VALUES / Math.max(1, cost / 100);
}

/** For one of many pictures: what is not done when the time is up is left for the next. */
export class TimedWork {
  #left;
  #now;

  /** @param {number} ms @param {() => number} now in ms */
  constructor(ms, now) {
    this.#left = ms;
    this.#now = now;
  }

  /** @param {number} tiles @param {number} cost @returns {number} how many values a tile may take */
  values(tiles, cost) {
    return Math.max(fewestValues(cost), mostValues(cost));
  }

  /**
   * @template T
   * @param {Job<T>} job
   * @returns {T | null} null: it is not done yet
   */
  run(job) {
    for (let since = this.#now(); this.#left > 0;) {
      const { done, value } = job.next();
      const now = this.#now();
      this.#left -= now - since;
      since = now;
      if (done) return value.content;
    }
    return null;
  }
}

/** For a single picture: rather than to leave tiles undone, the work is spread thin. */
export class PlannedWork {
  #left;

  /** @param {number} operations */
  constructor(operations) {
    this.#left = operations;
  }

  /** @param {number} tiles still to do @param {number} cost operations for a value @returns {number} how many the next one may take */
  values(tiles, cost) {
    return Math.max(fewestValues(cost), Math.min(mostValues(cost), this.#left / tiles / cost));
  }

  /**
   * @template T
   * @param {Job<T>} job
   * @param {number} cost operations for a value
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
