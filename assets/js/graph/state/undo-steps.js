import { UndoHistory } from './undo-history.js';

/**
 * An immutable value with its undo history.
 *
 * @template T
 */
export class UndoSteps {
  #value;
  /** @type {UndoHistory<T>} */
  #history = new UndoHistory();
  /** @type {{before: T, end: () => void, cancel: () => void} | null} an open step */
  #open = null;

  /** @param {T} value */
  constructor(value) {
    this.#value = value;
  }

  /** @returns {T} */
  get value() {
    return this.#value;
  }

  /** @returns {{canUndo: boolean, canRedo: boolean}} */
  get state() {
    return { canUndo: this.#history.canUndo, canRedo: this.#history.canRedo };
  }

  /**
   * Makes an undo step, or a part of the open one.
   *
   * @param {T} value
   * @param {string | null} [tag] edits with the same tag in quick succession are one step
   */
  edit(value, tag = null) {
    if (!this.#open) this.#history.record(this.#value, tag);
    this.#value = value;
  }

  /**
   * Changes the value as part of the last step.
   *
   * @param {T} value
   */
  amend(value) {
    this.#value = value;
  }

  /**
   * Changes the value in all steps: undo and redo leave the change alone.
   *
   * @param {(value: T) => T} change
   */
  rewrite(change) {
    this.#history.rewrite(change);
    if (this.#open) this.#open.before = change(this.#open.before);
    this.#value = change(this.#value);
  }

  /**
   * Starts a step that lasts until it is ended.
   *
   * @returns {{end: () => void, cancel: () => void}} `cancel` reverts it; both do nothing when called again
   */
  open() {
    this.#open?.end();
    const step = {
      before: this.#value,
      end: () => {
        if (this.#close(step) && this.#value !== step.before) this.#history.record(step.before);
      },
      cancel: () => {
        if (this.#close(step)) this.#value = step.before;
      },
    };
    this.#open = step;
    return step;
  }

  /**
   * @template R
   * @param {() => R} edits edits to combine into one step
   * @returns {R} their result
   */
  asOne(edits) {
    if (this.#open) return edits();
    const step = this.open();
    try {
      return edits();
    } finally {
      step.end();
    }
  }

  /**
   * @param {'undo' | 'redo'} direction
   * @param {(target: T, current: T) => {target: T, current: T}} prepare adjusts both values before the step is taken
   * @returns {boolean} whether there was such a step
   */
  take(direction, prepare) {
    this.#open?.end();
    const next = direction === 'undo' ? this.#history.previous : this.#history.next;
    if (next === undefined) return false;
    const { target, current } = prepare(next, this.#value);
    this.#history[direction](current);
    this.#value = target;
    return true;
  }

  /**
   * @param {unknown} step
   * @returns {boolean} whether it was open
   */
  #close(step) {
    if (this.#open !== step) return false;
    this.#open = null;
    return true;
  }
}
