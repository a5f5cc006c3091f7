/**
 * A cache of computed values with a limited number of entries. When it is full, the older half is dropped; entries
 * still in use come back at the cost of one more computation.
 *
 * @template T
 */
export class Cache {
  /** @type {Map<string, T>} */
  #entries = new Map();
  #most;

  /** @param {number} most the greatest number of entries */
  constructor(most) {
    this.#most = most;
  }

  /**
   * @param {string} key
   * @param {() => T} make
   * @param {() => boolean} [isFinal] called after `make`; returns whether to keep the value
   * @returns {T}
   */
  get(key, make, isFinal = () => true) {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (!isFinal()) return made;
    if (this.#entries.size >= this.#most) {
      this.#entries = new Map([...this.#entries].slice(this.#most / 2));
    }
    this.#entries.set(key, made);
    return made;
  }
}
