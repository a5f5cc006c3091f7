/** Work that runs once in the next frame, however often it is requested. */
export class FrameTask {
  #work;
  #frame = 0;

  /** @param {() => void} work */
  constructor(work) {
    this.#work = work;
  }

  /** Requests the work. */
  request() {
    this.#frame ||= requestAnimationFrame(() => this.flush());
  }

  /** Runs pending work now: a page that is hidden or left gets no further frame. */
  flush() {
    if (!this.#frame) return;
    this.cancel();
    this.#work();
  }

  /** Drops pending work. */
  cancel() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
