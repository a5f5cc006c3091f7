/**
 * Registers the service worker, so that the museum opens offline, and offers new versions. Where browsers allow no
 * service worker, a notice explains what that means.
 */
import { showNotice } from './notices.js';

/** @typedef {import('../sync/store.js').TileStore} TileStore */

/** Milliseconds between checks for a new version: a page may stay open for days. */
const LOOK_EVERY = 3_600_000;

/** Milliseconds to wait for a worker's answer. */
const ANSWER_WITHIN = 3_000;

/** The folder of this page's files, which contains their version. */
const PREFIX = new URL('../../', import.meta.url).href;

const NOT_KEPT =
  'This page cannot be reopened offline, because its address begins with http://. ' +
  'Your work is still saved on this device. For teachers: at an https:// address the museum opens offline, too.';

/**
 * @param {{store: TileStore, place: HTMLElement, name: string}} parts `place` for notices, `name` of the museum on this
 *   device
 */
export async function keepOffline({ store, place, name }) {
  const workers = navigator.serviceWorker;
  if (workers) await new Updates({ store, place, workers }).watch();
  else if (!window.isSecureContext) tellOnce(`${name}:told-of-http`, () => showNotice(place, NOT_KEPT));
}

/** Finds new versions, and offers them to the student. */
class Updates {
  #store;
  #place;
  #workers;
  #offered = false;
  #reloading = false;

  /** @param {{store: TileStore, place: HTMLElement, workers: ServiceWorkerContainer}} parts */
  constructor({ store, place, workers }) {
    this.#store = store;
    this.#place = place;
    this.#workers = workers;
  }

  async watch() {
    this.#workers.addEventListener('controllerchange', () => this.#changed());
    const registration = await this.#workers.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' });
    const seen = () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed') void this.#consider(installing);
      });
    };
    registration.addEventListener('updatefound', seen);
    seen();
    if (registration.waiting) void this.#consider(registration.waiting);
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY);
  }

  /** Handles a change of the controlling worker, caused by this page or another one. */
  #changed() {
    if (this.#reloading) location.reload();
    else if (this.#workers.controller) void this.#consider(this.#workers.controller);
  }

  /**
   * Activates a worker of this page's own version silently, and offers any other.
   *
   * @param {ServiceWorker} worker
   */
  async #consider(worker) {
    const prefix = await prefixOf(worker);
    if (prefix === undefined) return;
    if (new URL(prefix, document.baseURI).href === PREFIX) worker.postMessage('take over');
    else if (!this.#offered) this.#offer(worker);
  }

  /** @param {ServiceWorker} worker */
  #offer(worker) {
    this.#offered = true;
    showNotice(this.#place, 'A new version of the museum is ready.', {
      name: 'Update now',
      press: (say) => void this.#take(worker, say),
    });
  }

  /**
   * @param {ServiceWorker} worker
   * @param {(words: string) => void} say
   */
  async #take(worker, say) {
    await this.#store.save();
    if (this.#store.saving || (!this.#store.keeps && this.#store.pending)) {
      say('Your last changes are not saved yet, so the page stays open. Please try again in a moment.');
      return;
    }
    if (worker.state !== 'installed') return location.reload();
    this.#reloading = true;
    worker.postMessage('take over');
  }
}

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<string | undefined>} the folder of its version's files, relative to the page; undefined if it does
 *   not answer
 */
function prefixOf(worker) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage('prefix', [port2]);
  return new Promise((resolve) => {
    port1.addEventListener('message', (event) => resolve(event.data));
    port1.start();
    setTimeout(resolve, ANSWER_WITHIN);
  });
}

/**
 * @param {string} key
 * @param {() => void} tell
 */
function tellOnce(key, tell) {
  try {
    if (localStorage.getItem(key) !== null) return;
    localStorage.setItem(key, 'yes');
  } catch {
    // Without storage the notice is shown every time.
  }
  tell();
}
