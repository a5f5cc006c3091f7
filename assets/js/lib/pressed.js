/**
 * Tracks whether a pointer is pressed on an element. Focus is no substitute: Safari does not focus buttons and sliders
 * that are pressed.
 */
export class Pressed {
  /** The ids of the pressed pointers. @type {Set<number>} */
  #pointers = new Set();
  #listening = new AbortController();

  /**
   * @param {HTMLElement} part
   * @param {() => void} onEnd called after the last pointer is released and the element's own handlers have run
   */
  constructor(part, onEnd) {
    const options = { capture: true, signal: this.#listening.signal };
    window.addEventListener(
      'pointerdown',
      ({ target, pointerId, isPrimary, button }) => {
        if (isPrimary) this.#pointers.clear(); // drop pointers whose release was missed, such as over another window
        if (button === 0 && target instanceof Node && part.contains(target)) this.#pointers.add(pointerId);
      },
      options,
    );
    for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) {
      window.addEventListener(
        end,
        ({ pointerId }) => {
          if (this.#pointers.delete(pointerId) && !this.any) setTimeout(onEnd);
        },
        options,
      );
    }
  }

  get any() {
    return this.#pointers.size > 0;
  }

  /** Removes all listeners. */
  stop() {
    this.#listening.abort();
  }
}
