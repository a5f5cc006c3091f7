/** Shows one page at a time: fetches what it needs, animates the transition, and moves the focus. */
import { element } from '../lib/dom.js';
import { PosterPage } from './poster.js';
import { parseRoute } from './router.js';

/** @typedef {import('./router.js').Route} Route */

/**
 * A page of the museum.
 *
 * @typedef {object} Page
 * @property {string} title of the window; '' for the museum's title
 * @property {HTMLElement} element
 * @property {HTMLElement} heading receives the focus when the page is opened
 * @property {() => void | Promise<void>} opened called after it was inserted
 * @property {() => void} closed called after it was removed
 * @property {(type: string) => HTMLElement | undefined} frameOf the frame of a work on this page, for the transition
 */

/** Milliseconds that a transition waits for the new page's picture. */
const DRAWN_WITHIN = 80;

export class PageHost {
  #main;
  #parts;
  #store;
  /** The poster is kept while a tile is shown, so that it comes back at once. */
  #poster;
  /** @type {Page | undefined} */
  #page;
  /** The type of the tile that is shown, undefined on the poster. @type {string | undefined} */
  #type;
  #posterScroll = 0;
  /** Counts the calls of show, of which only the latest takes effect. */
  #calls = 0;

  /**
   * @param {HTMLElement} main
   * @param {import('./tile-versions.js').Parts} parts
   */
  constructor(main, parts) {
    const { store } = parts;
    this.#main = main;
    this.#parts = parts;
    this.#store = store;
    this.#poster = new PosterPage({ store, onApproach: () => void fetchTilePage().catch(() => undefined) });
  }

  /**
   * Shows the page for an address.
   *
   * @param {string} hash the fragment of the address
   */
  async show(hash) {
    this.#calls += 1;
    const call = this.#calls;
    const route = parseRoute(hash);
    this.#main.setAttribute('aria-busy', 'true');
    const page = await this.#make(route);
    if (call !== this.#calls) {
      if (page !== this.#poster) page.closed();
      return;
    }
    this.#main.removeAttribute('aria-busy');
    if (page !== this.#page) await this.#change(page, route);
  }

  /**
   * @param {Route} route
   * @returns {Promise<Page>}
   */
  async #make(route) {
    if (route.page === 'poster') return this.#poster;
    try {
      const { TilePage } = await fetchTilePage();
      return new TilePage({ ...this.#parts, family: route.family });
    } catch (error) {
      console.warn('The page could not be opened.', error);
      return new MissingPage(route.family.name);
    }
  }

  /**
   * @param {Page} page
   * @param {Route} route
   */
  async #change(page, route) {
    const former = this.#page;
    if (!former || !document.startViewTransition) {
      void this.#swap(page, route);
      return;
    }
    const type = this.#type ?? (route.page === 'tile' ? route.family.type : '');
    const leaving = name(former.frameOf(type));
    const transition = document.startViewTransition(async () => {
      unname(leaving);
      const arriving = name(page.frameOf(type));
      transition.finished.finally(() => unname(arriving));
      await Promise.race([this.#swap(page, route), new Promise((resolve) => setTimeout(resolve, DRAWN_WITHIN))]);
    });
    transition.ready.catch(() => undefined); // rejected where the window is hidden or another transition follows at once
    await transition.updateCallbackDone;
  }

  /**
   * @param {Page} page
   * @param {Route} route
   */
  async #swap(page, route) {
    const former = this.#page;
    if (former === this.#poster) this.#posterScroll = window.scrollY;
    this.#page = page;
    this.#type = route.page === 'tile' ? route.family.type : undefined;
    former?.closed();
    void this.#store.save();
    document.title = page.title === '' ? 'Math Museums' : `${page.title} · Math Museums`;
    this.#main.replaceChildren(page.element);
    const drawn = page.opened();
    window.scrollTo(0, page === this.#poster ? this.#posterScroll : 0);
    if (former) page.heading.focus({ preventScroll: true });
    await drawn;
  }
}

function fetchTilePage() {
  return import('./tile.js').then(async (module) => {
    await module.loadTilePage();
    return module;
  });
}

/** A placeholder for a page that could not be loaded. */
class MissingPage {
  element;
  heading = element('h1', { tabindex: '-1' });

  /** @param {string} title */
  constructor(title) {
    this.title = title;
    this.heading.textContent = title;
    this.element = element(
      'section',
      { class: 'missing-page' },
      this.heading,
      element('p', {}, 'This page could not be fetched. Your work is safe. Check the network and try again.'),
      element(
        'p',
        {},
        element('button', { class: 'button', type: 'button', on: { click: () => location.reload() } }, 'Try again'),
      ),
    );
  }

  opened() {}

  closed() {}

  frameOf() {
    return undefined;
  }
}

/** @param {HTMLElement | undefined} frame */
function name(frame) {
  frame?.style.setProperty('view-transition-name', 'work');
  return frame;
}

/** @param {HTMLElement | undefined} frame */
function unname(frame) {
  frame?.style.removeProperty('view-transition-name');
}
