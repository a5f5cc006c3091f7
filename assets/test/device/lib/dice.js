/** A seeded random generator. */
export class Dice {
  #seed;

  /** @param {number} seed */
  constructor(seed) {
    this.#seed = seed * 7919 + 17;
  }

  /** @param {number} n @returns {number} an integer in [0, n) */
  pick(n) {
    this.#seed = (this.#seed + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), this.#seed | 1);
    return ((mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))) >>> 0) % n;
  }

  /**
   * @template T
   * @param {readonly T[]} values
   */
  oneOf(values) {
    return values[this.pick(values.length)];
  }

  chance = (/** @type {number} */ percent) => this.pick(100) < percent;
}
