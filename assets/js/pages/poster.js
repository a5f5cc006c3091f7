/** The poster: the wall with all framed works. */
import { element } from '../lib/dom.js';
import { FAMILIES } from '../museum/families.js';
import { defaultPlace } from '../museum/poster.js';
import { photoSource } from './photo-source.js';
import { FramedWork } from './framed-work.js';

/** @typedef {import('../sync/store.js').TileStore} TileStore */

export class PosterPage {
  title = '';
  heading = element('h1', { tabindex: '-1' }, 'Families of functions');
  element;
  #store;
  #plane;
  #count = element('p', { class: 'poster__count' });
  /** @type {FramedWork[]} */
  #works;
  #resized = new ResizeObserver(() => this.#resize());
  #width = 0;
  /** The works whose pictures have to be drawn. @type {Set<FramedWork>} */
  #undrawn = new Set();
  /** @type {Promise<void> | undefined} */
  #drawing;

  /**
   * @param {{store: TileStore, onApproach: () => void}} parts `onApproach` is called when the pointer or focus reaches
   *   a work, to prefetch its page
   */
  constructor({ store, onApproach }) {
    this.#store = store;
    this.#works = FAMILIES.map((family) => new FramedWork(family, photoSource(store)));
    this.#plane = element('ul', { class: 'poster__plane', role: 'list' }, ...this.#works.map(place));
    for (const approach of ['pointerover', 'focusin'])
      this.#plane.addEventListener(approach, onApproach, { once: true });
    this.element = element(
      'section',
      { class: 'poster' },
      element(
        'div',
        { class: 'poster__head' },
        this.heading,
        this.#count,
        element('p', { class: 'poster__lead' }, 'Draw a graph of each kind and write what you found.'),
      ),
      this.#plane,
    );
    store.onChange((event) => this.#show(event.kind === 'opened' ? undefined : event.type));
    this.#show();
  }

  /** @returns {Promise<void>} resolves when changed pictures are drawn */
  opened() {
    this.#resized.observe(this.#plane);
    for (const work of this.#works) work.reappear();
    return this.#draw();
  }

  closed() {
    this.#resized.disconnect();
  }

  /** @param {string} type */
  frameOf(type) {
    return this.#works.find((work) => work.type === type)?.frame;
  }

  /** @param {string} [type] the type of the tile that changed; all by default */
  #show(type) {
    const changed = this.#works.filter((work) => type === undefined || work.type === type);
    for (const work of changed)
      work.show(this.#store.tile(work.type), { isOpen: this.#store.conflicts(work.type).length > 0 });
    const completed = FAMILIES.filter((family) => this.#store.tile(family.type).completed).length;
    this.#count.textContent = `${completed} of ${FAMILIES.length} completed`;
    this.#drawAgain(changed);
  }

  #resize() {
    const { width } = this.#plane.getBoundingClientRect();
    if (width !== this.#width) this.#drawAgain(this.#works);
    this.#width = width;
  }

  /** @param {FramedWork[]} works */
  #drawAgain(works) {
    for (const work of works) this.#undrawn.add(work);
    void this.#draw();
  }

  /** Draws outdated pictures while the poster is in the document; otherwise they wait until it is. */
  #draw() {
    this.#drawing ??= Promise.resolve().then(() => this.#drawAll());
    return this.#drawing;
  }

  /** Draws one picture per frame, so that the page stays responsive. */
  async #drawAll() {
    while (this.#undrawn.size > 0 && this.element.isConnected) {
      const [work] = this.#undrawn;
      this.#undrawn.delete(work);
      const drawn = await work.draw().catch((error) => console.warn('A picture could not be drawn.', error));
      if (!this.element.isConnected)
        this.#undrawn.add(work); // it was removed meanwhile, when nothing has a size
      else if (drawn && this.#undrawn.size > 0) await new Promise(requestAnimationFrame);
    }
    this.#drawing = undefined;
  }
}

/** @param {FramedWork} work */
function place(work) {
  const { position_x: x, position_y: y, width: w, height: h } = defaultPlace(work.type);
  const style = { '--x': `${x}`, '--y': `${y}`, '--w': `${w}`, '--h': `${h}` };
  return element('li', { class: 'poster__place', style }, work.element);
}
