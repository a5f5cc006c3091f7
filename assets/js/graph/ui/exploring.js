import { InterestPoints } from './interest.js';
import { Tracing } from './trace.js';

/** What is done with a graph without changing it: looked at, gone along. */
export class Exploring {
  #interest;
  #tracing;

  /** @param {import('./editing.js').Editing} editing */
  constructor(editing) {
    this.#interest = new InterestPoints(editing);
    this.#tracing = new Tracing(editing, this.#interest);
  }

  show() {
    this.#interest.show();
    this.#tracing.show();
  }

  selected() {
    this.#interest.selected();
  }

  destroy() {
    this.#interest.destroy();
    this.#tracing.destroy();
  }
}
