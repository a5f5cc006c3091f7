/**
 * What this device keeps, in IndexedDB: the records of every museum that was opened here, and a few settings. Each change
 * reads and writes in one transaction, so two tabs never overwrite each other's.
 */
import { openDB } from 'idb';
import { newRecord } from './queue.js';

/** @typedef {import('./queue.js').TileRecord} TileRecord */

/**
 * The settings: `account` is the e-mail address signed in last, '' after signing out; `adopt` the account into which the
 * signed-out museum is still to be moved.
 *
 * @typedef {{account?: string, adopt?: string}} Settings
 */

/**
 * A place that keeps records. There are two: the browser's database, and memory where the browser has none for us.
 *
 * @typedef {object} Device
 * @property {boolean} keeps whether the work is still there after the page is closed
 * @property {(owner: string) => Promise<TileRecord[]>} list
 * @property {(owner: string, type: string, change: (record: TileRecord) => TileRecord) => Promise<TileRecord>} change
 *   a change that returns the record it was given writes nothing
 * @property {(owners: string[], change: (...lists: TileRecord[][]) => TileRecord[]) => Promise<TileRecord[]>} changeAll
 *   hands over the records of each owner and writes what comes back, all of it or nothing
 * @property {<K extends keyof Settings>(name: K) => Promise<Settings[K]>} setting
 * @property {<K extends keyof Settings>(name: K, value: Settings[K]) => Promise<void>} setSetting
 */

const VERSION = 1;

/**
 * Opens the database of this device.
 *
 * @param {string} name one a museum: several may be served from one host under different paths
 * @returns {Promise<Device>}
 * @throws {DOMException} where the browser does not allow it, as in some private windows
 */
export async function openDevice(name) {
  const device = new DatabaseDevice(name);
  await device.setting('account');
  return device;
}

/** @implements {Device} */
class DatabaseDevice {
  keeps = true;
  #name;
  /** @type {Promise<import('idb').IDBPDatabase> | undefined} */
  #database;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
  }

  /** @param {string} owner */
  async list(owner) {
    return (await this.#open()).getAll('tiles', rangeOf(owner));
  }

  /**
   * @param {string} owner
   * @param {string} type
   * @param {(record: TileRecord) => TileRecord} change
   */
  async change(owner, type, change) {
    const transaction = await this.#begin();
    const before = (await transaction.store.get([owner, type])) ?? newRecord(owner, type);
    const after = change(before);
    await Promise.all([after !== before && transaction.store.put(after), transaction.done]);
    return after;
  }

  /**
   * @param {string[]} owners
   * @param {(...lists: TileRecord[][]) => TileRecord[]} change
   */
  async changeAll(owners, change) {
    const transaction = await this.#begin();
    const lists = await Promise.all(owners.map((owner) => transaction.store.getAll(rangeOf(owner))));
    const changed = change(...lists);
    await Promise.all([...changed.map((record) => transaction.store.put(record)), transaction.done]);
    return changed;
  }

  /** @param {keyof Settings} name */
  async setting(name) {
    return (await this.#open()).get('settings', name);
  }

  /**
   * @param {keyof Settings} name
   * @param {string | undefined} value
   */
  async setSetting(name, value) {
    await (await this.#open()).put('settings', value, name);
  }

  /** Strict: what is said to be saved is on the disk, not only on its way there. */
  async #begin() {
    const transaction = (await this.#open()).transaction('tiles', 'readwrite', { durability: 'strict' });
    transaction.done.catch(() => undefined); // the request that failed says why
    return transaction;
  }

  /** Opened once, and again after the browser has closed it by itself (as it does when storage is cleared). */
  #open() {
    const forget = () => { this.#database = undefined; };
    this.#database ??= openDB(this.#name, VERSION, {
      upgrade(database) {
        database.createObjectStore('tiles', { keyPath: ['owner', 'type'] });
        database.createObjectStore('settings');
      },
      blocking(_current, _wanted, event) {
        /** @type {IDBDatabase} */ (event.target).close();
        forget();
      },
      terminated: forget,
    }).catch((error) => {
      forget();
      throw error;
    });
    return this.#database;
  }
}

/**
 * Keeps records until the page is closed, for browsers that keep nothing.
 *
 * @implements {Device}
 */
export class MemoryDevice {
  keeps = false;
  /** @type {Map<string, TileRecord>} */
  #records = new Map();
  /** @type {Settings} */
  #settings = {};

  /** @param {string} owner */
  async list(owner) {
    return [...this.#records.values()].filter((record) => record.owner === owner);
  }

  /**
   * @param {string} owner
   * @param {string} type
   * @param {(record: TileRecord) => TileRecord} change
   */
  async change(owner, type, change) {
    const after = change(this.#records.get(keyOf(owner, type)) ?? newRecord(owner, type));
    this.#records.set(keyOf(owner, type), after);
    return after;
  }

  /**
   * @param {string[]} owners
   * @param {(...lists: TileRecord[][]) => TileRecord[]} change
   */
  async changeAll(owners, change) {
    const changed = change(...(await Promise.all(owners.map((owner) => this.list(owner)))));
    for (const record of changed) this.#records.set(keyOf(record.owner, record.type), record);
    return changed;
  }

  /** @param {keyof Settings} name */
  async setting(name) {
    return this.#settings[name];
  }

  /**
   * @param {keyof Settings} name
   * @param {string | undefined} value
   */
  async setSetting(name, value) {
    this.#settings[name] = value;
  }
}

/** @param {string} owner */
function rangeOf(owner) {
  return IDBKeyRange.bound([owner], [owner, []]);
}

/**
 * @param {string} owner
 * @param {string} type
 */
function keyOf(owner, type) {
  return JSON.stringify([owner, type]);
}
