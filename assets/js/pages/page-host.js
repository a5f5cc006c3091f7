/**
 * The part of the window where one page at a time is shown: it fetches what a page needs, changes from one to the next, and
 * brings the focus along.
 */
import { element } from '../lib/dom.js';
import { PosterPage } from './poster.js';
import { parseRoute } from './router.js';

/** @typedef {import('./router.js').Route} Route */

/**
 * A page of the museum.
 *
 * @typedef {object} Page
 * @property {string} title for the window; '' for the museum's own
 * @property {HTMLElement} element
 * @property {HTMLElement} heading takes the focus when the page is opened
 * @property {() => void | Promise<void>} opened called when it is in the document
 * @property {() => void} closed called when it has left it
 * @property {(type: string) => HTMLElement | undefined} frameOf the frame of a work on this page, which moves over to the next page
 */

/** A picture that takes longer to draw is not waited for when a page changes. */
const DRAWN_WITHIN = 80;

export class PageHost {
  #main;
  #parts;
  #store;
  /** The poster stays as it is while a tile is looked at, so coming back shows it at once. */
  #poster;
  /** @type {Page | undefined} */
  #page;
  /** The family of the work that is looked at from near. @type {string | undefined} */
  #type;
  #posterScroll = 0;
  /** Counts the calls to show, of which only the last one counts. */
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
   * Shows the page that an address names.
   *
   * @param {string} hash the address's fragment
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
    transition.ready.catch(() => undefined); // skipped where the window is hidden or another change follows at once
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

/** Stands in for a page that could not be fetched. */
class MissingPage {
  element;
  heading = element('h1', { tabindex: '-1' });

  /** @param {string} title */
  constructor(title) {
    this.title = title;
    this.heading.textContent = title;
    this.element = element('section', { class: 'missing-page' },
      this.heading,
      element('p', {}, 'This page could not be fetched. Your work is safe. Check the network and try again.'),
      element('p', {}, element('button', { class: 'button', type: 'button', on: { click: () => location.reload() } }, 'Try again')));
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
