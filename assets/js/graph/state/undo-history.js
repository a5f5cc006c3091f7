/**
 * Steps back and forth through values that are never changed in place.
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

  /** Steps kept: more than anyone walks back by hand, few enough to cost no memory. */
  static LIMIT = 200;

  /**
   * Edits with one tag that follow each other faster than this are one step: a pause in typing is where a student
   * expects undo to stop.
   */
  static PAUSE_MS = 900;

  /** @returns {boolean} whether there is a step back */
  get canUndo() {
    return this.#past.length > 0;
  }

  /** @returns {T | undefined} what undo would give */
  get previous() {
    return this.#past.at(-1);
  }

  /** @returns {T | undefined} what redo would give */
  get next() {
    return this.#future.at(-1);
  }

  /** @returns {boolean} whether there is a step forth */
  get canRedo() {
    return this.#future.length > 0;
  }

  /**
   * Remembers the value before an edit.
   *
   * @param {T} before
   * @param {string | null} [tag] edits with the same tag in quick succession become one step
   * @param {number} [now] milliseconds on any steady clock
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
   * Changes all steps, back and forth: for what is nothing to take back.
   *
   * @param {(value: T) => T} change
   */
  rewrite(change) {
    this.#past = this.#past.map(change);
    this.#future = this.#future.map(change);
  }

  /**
   * @param {T} current
   * @returns {T | undefined} the value one step back, or undefined at the beginning
   */
  undo(current) {
    return this.#step(this.#past, this.#future, current);
  }

  /**
   * @param {T} current
   * @returns {T | undefined} the value one step forth, or undefined at the end
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
