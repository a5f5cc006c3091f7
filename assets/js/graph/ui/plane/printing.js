import { pictureOf } from './export-picture.js';

/** Print resolution is higher than the screen's. */
const SCALE = 2;

/** Replaces the plane by a picture during printing, because printing may change its size. */
export class Printing {
  #editing;
  /** @type {HTMLCanvasElement | null} */
  #picture = null;

  /** @param {import('../editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    window.addEventListener('beforeprint', this.#before);
    window.addEventListener('afterprint', this.#after);
  }

  destroy() {
    window.removeEventListener('beforeprint', this.#before);
    window.removeEventListener('afterprint', this.#after);
    this.#after();
  }

  #before = () => {
    const { plane } = this.#editing;
    if (this.#picture || plane.size.width < 1) return;
    this.#picture = pictureOf(plane, SCALE);
    this.#picture.classList.add('graph-printed');
    plane.element.after(this.#picture);
  };

  #after = () => {
    this.#picture?.remove();
    this.#picture = null;
  };
}
