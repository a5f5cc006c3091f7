/** An odd number with random-looking bits (2^32 divided by the golden ratio). */
const MIXER = 0x9e3779b1;

/**
 * A hash table of points, by the bits of their coordinates: a picture has tens of thousands, and string keys took
 * longer than everything else.
 */
export class Points {
  #mask;
  /** The first name given to each point, and its coordinates. */
  #names;
  #places;
  #numbers = new Float64Array(2);
  #bits = new Uint32Array(this.#numbers.buffer);

  /** @param {number} most points */
  constructor(most) {
    // Half of it stays empty, so that lookups take few steps.
    const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#mask = size - 1;
    this.#names = new Int32Array(size).fill(-1);
    this.#places = new Float64Array(2 * size);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} name at least 0
   * @returns {number} the first name given to the point
   */
  first(x, y, name) {
    const at = this.#place(x, y);
    if (this.#names[at] >= 0) return this.#names[at];
    this.#names[at] = name;
    this.#places[2 * at] = x;
    this.#places[2 * at + 1] = y;
    return name;
  }

  /** @param {number} x @param {number} y @returns {number} its name, or -1 */
  find(x, y) {
    return this.#names[this.#place(x, y)];
  }

  /** @param {number} x @param {number} y @returns {number} index of its slot */
  #place(x, y) {
    // There are two zeros, whose bits differ.
    this.#numbers[0] = x + 0;
    this.#numbers[1] = y + 0;
    let hash = 0;
    for (let i = 0; i < 4; i++) hash = Math.imul(hash ^ this.#bits[i], MIXER) ^ (hash >>> 13);
    hash = Math.imul(hash ^ (hash >>> 15), MIXER);
    let at = (hash ^ (hash >>> 16)) & this.#mask;
    while (this.#names[at] >= 0 && (this.#places[2 * at] !== x || this.#places[2 * at + 1] !== y))
      at = (at + 1) & this.#mask;
    return at;
  }
}
