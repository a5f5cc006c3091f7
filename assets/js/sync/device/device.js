/**
 * The device's database in IndexedDB: the records of every museum that was opened here, and a few settings. Each change
 * reads and writes in one transaction, so tabs never overwrite each other's changes.
 */
import { openDB } from 'idb';
import { upgradeRecord } from './upgrade.js';
import { isFree } from './lease.js';
import { newMuseum } from '../preferences.js';
import { newRecord } from '../queue.js';

/** @typedef {import('../preferences.js').Museum} Museum */
/** @typedef {import('../queue.js').TileRecord} TileRecord */
/** @typedef {{records: TileRecord[], museum: Museum}} Holdings what the device stores of one owner */

/**
 * The settings: `account` is the email address that was signed in last, '' after signing out; `adopt` the account into
 * which the signed-out museum still has to be moved; `shared` whether several people have used this device.
 *
 * @typedef {{account?: string, adopt?: string, shared?: boolean}} Settings
 */

/**
 * A stored photo of an owner, without its bytes; `kept` is when it was stored.
 *
 * @typedef {{owner: string, hash: string, size: number, kept: number}} KeptPhoto
 */

/** A photo to store, with the server's hash. @typedef {{hash: string, bytes: Uint8Array<ArrayBuffer>}} Photo */

/**
 * Storage for records. There are two: the browser's database, and memory where that is unavailable.
 *
 * @typedef {object} Device
 * @property {boolean} keeps whether data survives closing the page
 * @property {(owner: string) => Promise<TileRecord[]>} list
 * @property {(owner: string) => Promise<Museum>} museum
 * @property {(owner: string, type: string, change: (record: TileRecord) => TileRecord, photos?: Photo[]) =>
 *   Promise<TileRecord>} change
 *   a change that returns its argument writes nothing; `photos` are stored in the same transaction
 * @property {(owners: string[], change: (...holdings: Holdings[]) => {records: TileRecord[], museum?: Museum}) =>
 *   Promise<TileRecord[]>} changeAll
 *   passes what is stored of each owner and writes the result in one transaction
 * @property {<K extends keyof Settings>(name: K) => Promise<Settings[K]>} setting
 * @property {<K extends keyof Settings>(name: K, value: Settings[K]) => Promise<void>} setSetting
 * @property {() => Promise<KeptPhoto[]>} photos of all owners
 * @property {(owner: string, hash: string) => Promise<Uint8Array<ArrayBuffer> | undefined>} photo its bytes, if they
 *   are stored
 * @property {(owner: string, photo: Photo) => Promise<void>} keepPhoto
 * @property {(photos: {owner: string, hash: string}[]) => Promise<void>} dropPhotos
 * @property {() => Promise<string[]>} accounts the addresses of the accounts with stored data
 * @property {(owner: string, when?: (holdings: Holdings) => boolean) => Promise<boolean>} forget deletes all data of an
 *   owner, orphaned work included, if `when` allows it; resolves to whether it did
 * @property {(turn: string, holder: string, until: number, now: number) => Promise<boolean>} claim acquires a lease
 *   until a time in milliseconds; resolves to false if another holder has it
 */

const VERSION = 3;

/** Photo metadata, and photo bytes, which are read one at a time. */
const PHOTO_STORES = /** @type {const} */ (['photos', 'photo-bytes']);

/**
 * Opens the device's database.
 *
 * @param {string} name unique per museum: one host may serve several under different paths
 * @returns {Promise<Device>}
 * @throws {DOMException} if the browser does not allow it, as in some private windows
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

  /** @param {string} owner */
  async museum(owner) {
    return (await (await this.#open()).get('museums', owner)) ?? newMuseum(owner);
  }

  /**
   * @param {string} owner
   * @param {string} type
   * @param {(record: TileRecord) => TileRecord} change
   * @param {Photo[]} [photos]
   */
  async change(owner, type, change, photos = []) {
    const transaction = await this.#begin('tiles', ...(photos.length > 0 ? PHOTO_STORES : []));
    const tiles = transaction.objectStore('tiles');
    const before = (await tiles.get([owner, type])) ?? newRecord(owner, type);
    const after = change(before);
    await Promise.all([
      after !== before && tiles.put(after),
      ...photos.flatMap((photo) => putPhoto(transaction, owner, photo)),
      transaction.done,
    ]);
    return after;
  }

  /**
   * @param {string[]} owners
   * @param {(...holdings: Holdings[]) => {records: TileRecord[], museum?: Museum}} change
   */
  async changeAll(owners, change) {
    const transaction = await this.#begin('tiles', 'museums');
    const [tiles, museums] = [transaction.objectStore('tiles'), transaction.objectStore('museums')];
    const holdings = await Promise.all(
      owners.map(async (owner) => {
        const [records, museum] = await Promise.all([tiles.getAll(rangeOf(owner)), museums.get(owner)]);
        return { records, museum: museum ?? newMuseum(owner) };
      }),
    );
    const { records, museum } = change(...holdings);
    await Promise.all([...records.map((record) => tiles.put(record)), museum && museums.put(museum), transaction.done]);
    return records;
  }

  async photos() {
    return (await this.#open()).getAll('photos');
  }

  /**
   * @param {string} owner
   * @param {string} hash
   */
  async photo(owner, hash) {
    return (await this.#open()).get('photo-bytes', [owner, hash]);
  }

  /**
   * @param {string} owner
   * @param {Photo} photo
   */
  async keepPhoto(owner, photo) {
    const transaction = await this.#begin(...PHOTO_STORES);
    await Promise.all([...putPhoto(transaction, owner, photo), transaction.done]);
  }

  /** @param {{owner: string, hash: string}[]} photos */
  async dropPhotos(photos) {
    const transaction = await this.#begin(...PHOTO_STORES);
    const stores = PHOTO_STORES.map((name) => transaction.objectStore(name));
    await Promise.all([
      ...photos.flatMap(({ owner, hash }) => stores.map((store) => store.delete([owner, hash]))),
      transaction.done,
    ]);
  }

  async accounts() {
    const keys = await (await this.#open()).getAllKeys('museums');
    return keys.map(String).filter((owner) => owner !== '');
  }

  /**
   * @template {keyof Settings} K
   * @param {K} name
   * @returns {Promise<Settings[K]>}
   */
  async setting(name) {
    return (await this.#open()).get('settings', name);
  }

  /**
   * @template {keyof Settings} K
   * @param {K} name
   * @param {Settings[K]} value
   */
  async setSetting(name, value) {
    await (await this.#open()).put('settings', value, name);
  }

  /**
   * @param {string} owner
   * @param {(holdings: Holdings) => boolean} [when]
   */
  async forget(owner, when = () => true) {
    const transaction = await this.#begin('tiles', 'museums', 'settings', ...PHOTO_STORES);
    const [settings, museums] = [transaction.objectStore('settings'), transaction.objectStore('museums')];
    const [adopts, museum, records] = await Promise.all([
      settings.get('adopt').then((adopting) => adopting === owner),
      museums.get(owner),
      transaction.objectStore('tiles').getAll(rangeOf(owner)),
    ]);
    const isDue = when({ records, museum: museum ?? newMuseum(owner) });
    await Promise.all(
      !isDue
        ? [transaction.done]
        : [
            ...[owner, ...(museum?.aside ?? [])].map((each) => transaction.objectStore('tiles').delete(rangeOf(each))),
            museums.delete(owner),
            ...PHOTO_STORES.map((name) => transaction.objectStore(name).delete(rangeOf(owner))),
            adopts && settings.delete('adopt'),
            transaction.done,
          ],
    );
    return isDue;
  }

  /**
   * @param {string} turn
   * @param {string} holder
   * @param {number} until
   * @param {number} now
   */
  async claim(turn, holder, until, now) {
    const transaction = (await this.#open()).transaction('settings', 'readwrite');
    const held = await transaction.store.get(`turn:${turn}`);
    const isMine = isFree(held, holder, now);
    await Promise.all([isMine && transaction.store.put({ holder, until }, `turn:${turn}`), transaction.done]);
    return isMine;
  }

  /**
   * Begins a transaction with strict durability: what is reported as saved is on the disk.
   *
   * @param {string[]} stores
   */
  async #begin(...stores) {
    const transaction = (await this.#open()).transaction(stores, 'readwrite', { durability: 'strict' });
    transaction.done.catch(() => undefined); // the failed request reports the error
    return transaction;
  }

  /**
   * Opens the connection once, and again after the browser has closed it (as it does when storage is cleared), or after
   * a newer page in another tab has upgraded the database. The upgraded database is used as it is: otherwise this page
   * could not save its changes anywhere. So upgrades may add to the database, but must keep existing data readable and
   * writable for older pages.
   */
  #open() {
    const forget = () => {
      this.#database = undefined;
    };
    const callbacks = {
      blocking(
        /** @type {number} */ _current,
        /** @type {number | null} */ _wanted,
        /** @type {IDBVersionChangeEvent} */ event,
      ) {
        /** @type {IDBDatabase} */ (event.target).close();
        forget();
      },
      terminated: forget,
    };
    this.#database ??= openDB(this.#name, VERSION, { upgrade, ...callbacks })
      .catch((error) => {
        if (error.name === 'VersionError') return openDB(this.#name, undefined, callbacks);
        throw error;
      })
      .catch((error) => {
        forget();
        throw error;
      });
    return this.#database;
  }
}

/** @param {string} owner */
function rangeOf(owner) {
  return IDBKeyRange.bound([owner], [owner, []]);
}

/**
 * @param {import('idb').IDBPTransaction<unknown, string[], 'readwrite'>} transaction
 * @param {string} owner
 * @param {Photo} photo
 */
function putPhoto(transaction, owner, { hash, bytes }) {
  return [
    transaction.objectStore('photos').put({ owner, hash, size: bytes.length, kept: Date.now() }),
    transaction.objectStore('photo-bytes').put(bytes, [owner, hash]),
  ];
}

/**
 * @param {import('idb').IDBPDatabase} database
 * @param {number} from the existing version, 0 for none
 * @param {number | null} _to
 * @param {import('idb').IDBPTransaction<unknown, string[], 'versionchange'>} transaction
 */
async function upgrade(database, from, _to, transaction) {
  if (from < 1) {
    database.createObjectStore('tiles', { keyPath: ['owner', 'type'] });
    database.createObjectStore('settings');
  }
  if (from < 3) {
    database.createObjectStore('photos', { keyPath: ['owner', 'hash'] });
    database.createObjectStore('photo-bytes');
  }
  if (from >= 2) return;
  database.createObjectStore('museums', { keyPath: 'owner' });
  const tiles = transaction.objectStore('tiles');
  for (const record of await tiles.getAll()) await tiles.put(upgradeRecord(record));
}
