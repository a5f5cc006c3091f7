/**
 * Remembers what has been worked out, up to a number of entries. When full, the older half goes: entries that are still
 * in use come back at the cost of one more computation.
 *
 * @template T
 */
export class Cache {
  /** @type {Map<string, T>} */
  #entries = new Map();
  #most;

  /** @param {number} most entries kept */
  constructor(most) {
    this.#most = most;
  }

  /**
   * @param {string} key
   * @param {() => T} make
   * @param {() => boolean} [isFinal] asked after make: whether what it made is kept
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
