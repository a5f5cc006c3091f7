/**
 * The poster: the wall with the twelve framed works.
 */
import { element } from '../lib/dom.js';
import { FAMILIES } from '../museum/families.js';
import { defaultPlace } from '../museum/poster.js';
import { Work } from './work.js';

/** @typedef {import('../sync/store.js').TileStore} TileStore */

export class PosterPage {
  title = '';
  heading = element('h1', { tabindex: '-1' }, 'Twelve families of functions');
  element;
  #store;
  #count = element('p', { class: 'poster__count' });
  #works = FAMILIES.map((family) => new Work(family));
  #resized = new ResizeObserver(() => this.#drawAgain(this.#works));
  /** The works whose pictures are to be drawn. @type {Set<Work>} */
  #undrawn = new Set();
  #drawing = false;
  #unsubscribe;

  /** @param {{store: TileStore}} parts */
  constructor({ store }) {
    this.#store = store;
    const plane = element('ul', { class: 'poster__plane', role: 'list' }, ...this.#works.map(place));
    this.element = element('section', { class: 'poster' },
      element('div', { class: 'poster__head' },
        this.heading,
        this.#count,
        element('p', { class: 'poster__lead' }, 'Draw a graph of each kind and write what you found.')),
      plane);
    this.#unsubscribe = store.onChange((event) => this.#show(event.kind === 'opened' ? undefined : event.type));
    this.#show();
    this.#resized.observe(plane);
  }

  destroy() {
    this.#unsubscribe();
    this.#resized.disconnect();
    this.#undrawn.clear();
  }

  /** @param {string} [type] the one tile that changed, or all of them */
  #show(type) {
    const changed = this.#works.filter((work) => type === undefined || work.type === type);
    for (const work of changed) work.show(this.#store.tile(work.type));
    const completed = FAMILIES.filter((family) => this.#store.tile(family.type).completed).length;
    this.#count.textContent = `${completed} of ${FAMILIES.length} completed`;
    this.#drawAgain(changed);
  }

  /** @param {Work[]} works */
  #drawAgain(works) {
    for (const work of works) this.#undrawn.add(work);
    if (!this.#drawing) void this.#draw();
  }

  /** One picture a frame, so that the page answers while the wall fills. */
  async #draw() {
    this.#drawing = true;
    while (this.#undrawn.size > 0) {
      await new Promise(requestAnimationFrame);
      const [work] = this.#undrawn;
      if (work === undefined) break;
      this.#undrawn.delete(work);
      await work.draw().catch((error) => console.warn('A picture could not be drawn.', error));
    }
    this.#drawing = false;
  }
}

/** @param {Work} work */
function place(work) {
  const { position_x: x, position_y: y, width: w, height: h } = defaultPlace(work.type);
  const style = { '--x': `${x}`, '--y': `${y}`, '--w': `${w}`, '--h': `${h}` };
  return element('li', { class: 'poster__place', style }, work.element);
}
