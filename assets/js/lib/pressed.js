/**
 * Whether a part of the page is under a pressed pointer. The focus does not tell: Safari gives none to buttons and sliders that
 * are pressed.
 */
export class Pressed {
  /** The pointers that are down. @type {Set<number>} */
  #pointers = new Set();
  #listening = new AbortController();

  /**
   * @param {HTMLElement} part
   * @param {() => void} onEnd called when it is let go, after what its own elements make of that
   */
  constructor(part, onEnd) {
    const options = { capture: true, signal: this.#listening.signal };
    window.addEventListener('pointerdown', ({ target, pointerId, isPrimary, button }) => {
      if (isPrimary) this.#pointers.clear(); // of those whose end was not heard, such as over another window
      if (button === 0 && target instanceof Node && part.contains(target)) this.#pointers.add(pointerId);
    }, options);
    for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) {
      window.addEventListener(end, ({ pointerId }) => {
        if (this.#pointers.delete(pointerId) && !this.any) setTimeout(onEnd);
      }, options);
    }
  }

  get any() {
    return this.#pointers.size > 0;
  }

  /** Listens no more. */
  stop() {
    this.#listening.abort();
  }
}
