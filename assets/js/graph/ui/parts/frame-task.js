/**
 * Work that is done once in the next frame however often it is asked for.
 */
export class FrameTask {
  #work;
  #frame = 0;

  /** @param {() => void} work */
  constructor(work) {
    this.#work = work;
  }

  /** Asks for the work. */
  request() {
    this.#frame ||= requestAnimationFrame(() => this.flush());
  }

  /** Does the work now where it is due: a page that is hidden or left has no next frame. */
  flush() {
    if (!this.#frame) return;
    this.cancel();
    this.#work();
  }

  /** Drops the work. */
  cancel() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
