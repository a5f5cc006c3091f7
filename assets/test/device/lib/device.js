/**
 * A student's device: the very modules of the page, with a store in memory, a bad network, and one or two tabs.
 */
import { Account } from '../../../js/sync/account.js';
import { Aside } from '../../../js/sync/aside.js';
import { Client, RequestError } from '../../../js/sync/client.js';
import { Exchange } from '../../../js/sync/exchange.js';
import { MemoryDevice } from '../../../js/sync/memory-device.js';
import { Photos } from '../../../js/sync/photos.js';
import { TileStore } from '../../../js/sync/store.js';
import { Network } from './network.js';

/** @typedef {import('../../../js/sync/tabs.js').Message} Message */
/** @typedef {import('../../../js/sync/view.js').View} View */

export const TYPES = Object.freeze(['linear', 'quadratic', 'cubic']);

/** A page: its store, its exchange, and what it shows of each tile. @typedef {{store: TileStore, account: Account, aside: Aside, exchange: Exchange, views: Map<string, View>}} Tab */

export class SimDevice {
  number;
  network;
  /** @type {Tab[]} */
  tabs = [];
  #url;
  #memory = new MemoryDevice();
  /** @type {Set<{from: object, listener: (message: Message) => void}>} */
  #listeners = new Set();

  /**
   * @param {{number: number, url: string, network: Network, tabs: number}} parts
   */
  constructor({ number, url, network, tabs }) {
    this.number = number;
    this.network = network;
    this.#url = url;
    for (let i = 0; i < tabs; i++) this.tabs.push(this.#open());
  }

  /** Loads the pages anew: what is not on the device is gone. */
  async reload() {
    this.#listeners.clear();
    this.tabs = this.tabs.map(() => this.#open());
    for (const { account } of this.tabs) await account.restore();
  }

  /** Clears the device's storage; the browser is still signed in. */
  async wipe() {
    this.#memory = new MemoryDevice();
    await this.reload();
  }

  /**
   * @param {string} email
   * @param {() => Promise<string>} code
   */
  async signIn(email, code) {
    const [{ account }] = this.tabs;
    await account.requestCode(email);
    await account.signIn(email, await code());
    await settled();
  }

  /**
   * @param {boolean} pull
   * @returns {Promise<boolean>} whether it came to its end
   */
  async sync(pull, tab = this.tabs[0]) {
    try {
      await tab.exchange.run(pull);
      await settled();
      return true;
    } catch (error) {
      if (error instanceof RequestError) return false;
      throw error;
    }
  }

  /** Syncs over a good network until nothing is pending. */
  async flush() {
    this.network.isGood = true;
    for (let i = 0; i < 10; i++) {
      await this.save();
      if (!(await this.sync(true))) throw new Error('The good network failed.');
      if (!this.tabs[0].store.pending) return;
    }
    throw new Error(`Device ${this.number} never gets rid of ${this.tabs[0].store.unsent}`);
  }

  /** Writes what was typed in every tab. */
  async save() {
    for (const { store } of this.tabs) await store.save();
    await settled();
  }

  /** What the device shows, in a form that can be compared. */
  shows(tab = this.tabs[0]) {
    return Object.fromEntries(TYPES.map((type) => {
      const { description, completed, position_x, desmos_state: state } = tab.store.tile(type);
      const { list = [], ...inner } = state.expressions ?? {};
      return [type, { description, completed, position_x, list, inner, graph: state.graph }];
    }));
  }

  /** @returns {Tab} */
  #open() {
    const self = {};
    const tabs = {
      tell: (/** @type {Message} */ message) => {
        for (const { from, listener } of [...this.#listeners]) if (from !== self) listener(message);
      },
      onMessage: (/** @type {(message: Message) => void} */ listener) => void this.#listeners.add({ from: self, listener }),
    };
    const journal = { put() {}, strike() {}, take: () => [], onPut() {}, onStrike() {} };
    const turns = { exclusively: (/** @type {string} */ _, /** @type {(lost: AbortSignal) => Promise<any>} */ task) => task(new AbortController().signal) };
    const device = this.#memory;
    const client = new Client(this.#url, this.network.send);
    const store = new TileStore({ device, tabs, journal });
    const account = new Account({ client, device, store, tabs, turns, cookies: () => this.network.cookies });
    const photos = new Photos({ client, device, store });
    const aside = new Aside({ device, store });
    const exchange = new Exchange({ client, device, store, account, aside, photos, onSending() {} });
    /** @type {Tab['views']} */
    const views = new Map();
    store.onChange(({ kind }) => {
      if (kind === 'opened') for (const view of views.values()) view.refresh(); // as every page does
    });
    return { store, account, aside, exchange, views };
  }
}

/** Lets the tabs of a device hear of each other. */
function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
