/** An odd number whose bits look like chance (2^32 divided by the golden ratio). */
const MIXER = 0x9e3779b1;

/**
 * Finds points that are the very same. By their bits, for a picture has tens of thousands: names made of text took longer
 * than all the rest.
 */
export class Points {
  #mask;
  /** What came first at a point, and where that is. */
  #names;
  #places;
  #numbers = new Float64Array(2);
  #bits = new Uint32Array(this.#numbers.buffer);

  /** @param {number} most points */
  constructor(most) {
    // Half of it stays empty, so that a place is found within a few steps.
    const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#mask = size - 1;
    this.#names = new Int32Array(size).fill(-1);
    this.#places = new Float64Array(2 * size);
  }

  /** @param {number} x @param {number} y @param {number} name of at least 0 @returns {number} the name that the point was first given */
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

  /** @param {number} x @param {number} y @returns {number} where it is, or would be */
  #place(x, y) {
    // There is a zero for either sign, and their bits differ.
    this.#numbers[0] = x + 0;
    this.#numbers[1] = y + 0;
    let hash = 0;
    for (let i = 0; i < 4; i++) hash = Math.imul(hash ^ this.#bits[i], MIXER) ^ (hash >>> 13);
    hash = Math.imul(hash ^ (hash >>> 15), MIXER);
    let at = (hash ^ (hash >>> 16)) & this.#mask;
    while (this.#names[at] >= 0 && (this.#places[2 * at] !== x || this.#places[2 * at + 1] !== y)) at = (at + 1) & this.#mask;
    return at;
  }
}
