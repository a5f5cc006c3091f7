/** Pages of one device, without a server. */
import { MemoryDevice } from '../../../../js/sync/device/memory-device.js';
import { TileStore } from '../../../../js/sync/store.js';

/** @typedef {import('../../../../js/sync/device/drafts.js').Draft} Draft */

export const OWNER = 'ann@school.example';

/** Pages of one device that notify each other. */
export class Pages {
  device = new MemoryDevice();
  /** The journal entries of closed pages. @type {Map<object, Draft[]>} */
  #journal = new Map();
  /** @type {((message: any) => void)[]} */
  #listeners = [];

  async open() {
    /** @type {((message: any) => void) | undefined} */
    let own;
    const tabs = {
      tell: (/** @type {any} */ message) =>
        this.#listeners.filter((each) => each !== own).forEach((each) => each(message)),
      onMessage: (/** @type {(message: any) => void} */ listener) => void this.#listeners.push((own = listener)),
    };
    const self = {};
    const journal = {
      put: (/** @type {Draft[]} */ drafts) => void this.#journal.set(self, structuredClone(drafts)),
      strike: () => void this.#journal.delete(self),
      take: () => {
        const drafts = [...this.#journal.values()].flat();
        this.#journal.clear();
        return drafts;
      },
      giveBack: (/** @type {Draft[]} */ drafts) => void this.#journal.set({}, drafts),
      onPut() {},
      onStrike() {},
    };
    const store = new TileStore({ device: this.device, tabs, journal });
    await store.recover();
    await store.open(OWNER);
    return store;
  }
}

/** @returns {Promise<void>} resolves when the pages have notified each other and begun to write */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
