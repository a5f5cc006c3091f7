/** A student's device: the page's own modules with storage in memory, a bad network, and one or two tabs. */
import { Account } from '../../../js/sync/account.js';
import { OrphanedWork } from '../../../js/sync/orphaned-work.js';
import { Client, RequestError } from '../../../js/sync/server/client.js';
import { Exchange } from '../../../js/sync/exchange.js';
import { MemoryDevice } from '../../../js/sync/device/memory-device.js';
import { PhotoTransfer } from '../../../js/sync/photo/transfer.js';
import { TileStore } from '../../../js/sync/store.js';
import { Network } from './network.js';

/** @typedef {import('../../../js/sync/device/device.js').Device} Device */
/** @typedef {import('../../../js/sync/device/drafts.js').Draft} Draft */
/** @typedef {import('../../../js/sync/device/tabs.js').Message} Message */
/** @typedef {import('../../../js/sync/tile-view.js').TileView} TileView */

export const TYPES = Object.freeze(['linear', 'quadratic', 'cubic']);

/**
 * A page: its store, its exchange and the views of its tiles. After `close`, nothing that it has begun takes effect.
 *
 * @typedef {{store: TileStore, account: Account, orphanedWork: OrphanedWork, exchange: Exchange, views: Map<string, TileView>, close: () => void, closed: Promise<void>}} Tab
 */

export class SimDevice {
  number;
  network;
  /** @type {Tab[]} */
  tabs = [];
  #url;
  #code;
  #memory = new MemoryDevice();
  /** The journal entries of closed pages. @type {Map<object, Draft[]>} */
  #journal = new Map();
  /** The listeners of the journal. @type {Set<{from: object, kind: 'put' | 'strike', listener: () => void}>} */
  #readers = new Set();
  /**
   * A hook that runs while a request is in flight, before it arrives and before its answer does.
   *
   * @type {() => Promise<void>}
   */
  meanwhile = async () => undefined;
  /** @type {Set<{from: object, listener: (message: Message) => void}>} */
  #listeners = new Set();

  /**
   * @param {{number: number, url: string, network: Network, tabs: number, code?: (email: string) => Promise<string>}} parts `code`
   *   returns the newest sign-in code for an address
   */
  constructor({ number, url, network, tabs, code = () => Promise.reject(new Error('No code is expected.')) }) {
    this.number = number;
    this.network = network;
    this.#url = url;
    this.#code = code;
    for (let i = 0; i < tabs; i++) this.tabs.push(this.#open());
  }

  /** Reloads the pages: what is not stored on the device is lost. */
  async reload() {
    for (const tab of this.tabs) tab.close();
    this.tabs = this.tabs.map(() => this.#open());
    for (const tab of this.tabs) await begin(tab);
  }

  /** Closes a tab and opens another one in its place. @param {number} place */
  async reopen(place) {
    this.tabs[place].close();
    this.tabs[place] = this.#open();
    await begin(this.tabs[place]);
  }

  /** Clears the device's storage, but not the session. */
  async wipe() {
    this.#memory = new MemoryDevice();
    this.#journal.clear();
    await this.reload();
  }

  /** The photos stored on the device. */
  photosKept() {
    return this.#memory.photos();
  }

  /** Forgets which photos the server has. */
  async forgetWhatIsThere() {
    const owner = this.tabs[0].store.owner;
    await this.#memory.changeAll([owner], ({ museum }) => ({ records: [], museum: { ...museum, photos: undefined } }));
  }

  /**
   * @param {string} email
   * @param {(email: string) => Promise<string>} code
   */
  async signIn(email, code) {
    const [{ account }] = this.tabs;
    await account.requestCode(email);
    await account.signIn(email, await code(email));
    await settled();
  }

  /**
   * Signs in again, over a good network, if the session has ended.
   *
   * @param {string} [email] the account's address, if the device has lost it
   */
  async renewSession(email = this.tabs[0].store.owner) {
    const wasGood = this.network.isGood;
    this.network.isGood = true;
    for (const { account } of this.tabs) {
      await account.checkSession();
      if (account.ended || account.email === '') await this.signIn(email, this.#code);
    }
    this.network.isGood = wasGood;
  }

  /**
   * @param {boolean} pull
   * @returns {Promise<boolean>} whether it was completed
   */
  async sync(pull, tab = this.tabs[0]) {
    try {
      await tab.exchange.run(pull);
      await settled();
      return true;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.status === 403) await tab.account.checkSession();
      return false;
    }
  }

  /** Syncs over a good network until nothing is pending. */
  async flush() {
    this.network.isGood = true;
    for (let i = 0; i < 10; i++) {
      await this.save();
      for (const { account, exchange } of this.tabs) {
        exchange.retry();
        if (account.ended) await account.checkSession();
      }
      if (this.tabs.some(({ account }) => account.ended)) await this.renewSession();
      if (!(await this.sync(true)) && !this.tabs[0].account.ended) throw new Error('The good network failed.');
      if (this.tabs[0].account.signedIn && !this.tabs[0].store.pending) return;
    }
    throw new Error(`Device ${this.number} never gets rid of ${this.tabs[0].store.unsent}`);
  }

  /** Writes the drafts of every tab. */
  async save() {
    for (const { store } of this.tabs) await store.save();
    await settled();
  }

  /** Returns what the device shows, in comparable form. */
  shows(tab = this.tabs[0]) {
    return Object.fromEntries(
      TYPES.map((type) => {
        const { description, completed, position_x, desmos_state: state } = tab.store.tile(type);
        const { list = [], ...inner } = state.expressions ?? {};
        return [type, { description, completed, position_x, list, inner, graph: state.graph }];
      }),
    );
  }

  /**
   * Notifies other pages a moment later, as localStorage does.
   *
   * @param {object} from
   * @param {Draft[]} [drafts] without them the entry is removed
   */
  #tellJournal(from, drafts) {
    if (drafts) this.#journal.set(from, drafts);
    else this.#journal.delete(from);
    const kind = drafts ? 'put' : 'strike';
    setImmediate(() => {
      for (const each of [...this.#readers]) if (each.from !== from && each.kind === kind) each.listener();
    });
  }

  /** @returns {Tab} */
  #open() {
    const self = {};
    let isClosed = false;
    /** @type {() => void} */
    let end = () => undefined;
    const closed = new Promise((/** @type {(_: void) => void} */ resolve) => (end = resolve));
    const close = () => {
      isClosed = true;
      for (const all of [this.#listeners, this.#readers])
        for (const each of all) if (each.from === self) all.delete(/** @type {any} */ (each));
      end();
    };
    const tabs = {
      tell: (/** @type {Message} */ message) => {
        for (const { from, listener } of [...this.#listeners]) if (from !== self) listener(message);
      },
      onMessage: (/** @type {(message: Message) => void} */ listener) =>
        void this.#listeners.add({ from: self, listener }),
    };
    const journal = {
      put: (/** @type {Draft[]} */ drafts) => this.#tellJournal(self, structuredClone(drafts)),
      strike: () => isClosed || !this.#journal.has(self) || this.#tellJournal(self, undefined),
      take: () => {
        const drafts = [...this.#journal.values()].flat();
        this.#journal.clear();
        return drafts;
      },
      giveBack: (/** @type {Draft[]} */ drafts) => void this.#journal.set({}, drafts),
      onPut: (/** @type {() => void} */ listener) => void this.#readers.add({ from: self, kind: 'put', listener }),
      onStrike: (/** @type {() => void} */ listener) =>
        void this.#readers.add({ from: self, kind: 'strike', listener }),
    };
    const tabLock = {
      exclusively: (/** @type {string} */ _, /** @type {(lost: AbortSignal) => Promise<any>} */ task) =>
        task(new AbortController().signal),
    };
    const device = closable(this.#memory, () => isClosed);
    const client = new Client(this.#url, async (/** @type {URL} */ url, /** @type {RequestInit} */ options) => {
      await this.meanwhile();
      const answer = await this.network.send(url, options);
      await this.meanwhile();
      return isClosed ? new Promise(() => undefined) : answer;
    });
    const store = new TileStore({ device, tabs, journal });
    const account = new Account({ client, device, store, tabs, tabLock, cookies: () => this.network.cookies });
    const photos = new PhotoTransfer({ client, device, store });
    const orphanedWork = new OrphanedWork({ device, store });
    const exchange = new Exchange({ client, device, store, account, orphanedWork, photos, onSending() {} });
    /** @type {Tab['views']} */
    const views = new Map();
    store.onChange(({ kind }) => {
      if (kind === 'opened') for (const view of views.values()) view.refresh(); // as every page does
    });
    return { store, account, orphanedWork, exchange, views, close, closed };
  }
}

/** Lets the tabs of a device notify each other. */
function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What every page does at its start. @param {Tab} tab */
async function begin({ store, account }) {
  await store.recover();
  await account.restore();
}

/**
 * Wraps a device for a page: once the page is closed it gets no answers, and its requests have no effect.
 *
 * @param {Device} device
 * @param {() => boolean} isClosed
 * @returns {Device}
 */
function closable(device, isClosed) {
  return new Proxy(device, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (/** @type {unknown[]} */ ...values) =>
        isClosed() ? new Promise(() => undefined) : value.apply(target, values);
    },
  });
}
