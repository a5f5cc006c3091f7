/**
 * An undo history of immutable values.
 *
 * @template T
 */
export class UndoHistory {
  /** @type {T[]} */
  #past = [];
  /** @type {T[]} */
  #future = [];
  /** @type {string | null} */
  #tag = null;
  #time = 0;

  /** The most steps kept: more than anyone undoes by hand, few enough to cost no memory. */
  static LIMIT = 200;

  /**
   * Edits with the same tag within this time are one step: a pause in typing is where a student expects undo to stop.
   */
  static PAUSE_MS = 900;

  /** @returns {boolean} whether there is a step to undo */
  get canUndo() {
    return this.#past.length > 0;
  }

  /** @returns {T | undefined} the value that undo would return */
  get previous() {
    return this.#past.at(-1);
  }

  /** @returns {T | undefined} the value that redo would return */
  get next() {
    return this.#future.at(-1);
  }

  /** @returns {boolean} whether there is a step to redo */
  get canRedo() {
    return this.#future.length > 0;
  }

  /**
   * Records the value before an edit.
   *
   * @param {T} before
   * @param {string | null} [tag] edits with the same tag in quick succession are one step
   * @param {number} [now] milliseconds on a monotonic clock
   */
  record(before, tag = null, now = performance.now()) {
    const continues = tag !== null && tag === this.#tag && now - this.#time < UndoHistory.PAUSE_MS;
    this.#tag = tag;
    this.#time = now;
    this.#future.length = 0;
    if (continues) return;
    this.#past.push(before);
    if (this.#past.length > UndoHistory.LIMIT) this.#past.shift();
  }

  /**
   * Changes all steps, for changes that cannot be undone.
   *
   * @param {(value: T) => T} change
   */
  rewrite(change) {
    this.#past = this.#past.map(change);
    this.#future = this.#future.map(change);
  }

  /**
   * @param {T} current
   * @returns {T | undefined} the previous value, or undefined at the beginning
   */
  undo(current) {
    return this.#step(this.#past, this.#future, current);
  }

  /**
   * @param {T} current
   * @returns {T | undefined} the next value, or undefined at the end
   */
  redo(current) {
    return this.#step(this.#future, this.#past, current);
  }

  /**
   * @param {T[]} from
   * @param {T[]} to
   * @param {T} current
   */
  #step(from, to, current) {
    const value = from.pop();
    if (value === undefined) return undefined;
    to.push(current);
    this.#tag = null;
    return value;
  }
}
