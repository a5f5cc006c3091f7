/** A device that keeps everything in memory until the page is closed, for browsers without a database. */
import { isFree } from './lease.js';
import { newMuseum } from '../preferences.js';
import { newRecord } from '../queue.js';

/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./device.js').Holdings} Holdings */
/** @typedef {import('./device.js').Settings} Settings */
/** @typedef {import('../preferences.js').Museum} Museum */
/** @typedef {import('../queue.js').TileRecord} TileRecord */

/** @implements {Device} */
export class MemoryDevice {
  keeps = false;
  /** @type {Map<string, TileRecord>} */
  #records = new Map();
  /** @type {Map<string, Museum>} */
  #museums = new Map();
  /** @type {Map<string, import('./device.js').KeptPhoto & {bytes: Uint8Array<ArrayBuffer>}>} */
  #photos = new Map();
  /** @type {Map<string, {holder: string, until: number}>} */
  #leases = new Map();
  /** @type {Settings} */
  #settings = {};

  /** @param {string} owner */
  async list(owner) {
    return [...this.#records.values()].filter((record) => record.owner === owner);
  }

  /** @param {string} owner */
  async museum(owner) {
    return this.#museums.get(owner) ?? newMuseum(owner);
  }

  /**
   * @param {string} owner
   * @param {string} type
   * @param {(record: TileRecord) => TileRecord} change
   * @param {import('./device.js').Photo[]} [photos]
   */
  async change(owner, type, change, photos = []) {
    for (const photo of photos) await this.keepPhoto(owner, photo);
    const after = change(this.#records.get(keyOf(owner, type)) ?? newRecord(owner, type));
    this.#records.set(keyOf(owner, type), after);
    return after;
  }

  /**
   * @param {string[]} owners
   * @param {(...holdings: Holdings[]) => {records: TileRecord[], museum?: Museum}} change
   */
  async changeAll(owners, change) {
    const holdings = await Promise.all(
      owners.map(async (owner) => ({ records: await this.list(owner), museum: await this.museum(owner) })),
    );
    const { records, museum } = change(...holdings);
    for (const record of records) this.#records.set(keyOf(record.owner, record.type), record);
    if (museum) this.#museums.set(museum.owner, museum);
    return records;
  }

  async accounts() {
    return [...this.#museums.keys()].filter((owner) => owner !== '');
  }

  /**
   * @param {string} owner
   * @param {(holdings: Holdings) => boolean} [when]
   */
  async forget(owner, when = () => true) {
    if (!when({ records: await this.list(owner), museum: await this.museum(owner) })) return false;
    const owners = [owner, ...((await this.museum(owner)).aside ?? [])];
    for (const [key, record] of this.#records) if (owners.includes(record.owner)) this.#records.delete(key);
    this.#museums.delete(owner);
    for (const [key, photo] of this.#photos) if (photo.owner === owner) this.#photos.delete(key);
    if (this.#settings.adopt === owner) this.#settings.adopt = undefined;
    return true;
  }

  async photos() {
    return [...this.#photos.values()].map(({ bytes: _, ...photo }) => photo);
  }

  /**
   * @param {string} owner
   * @param {string} hash
   */
  async photo(owner, hash) {
    return this.#photos.get(keyOf(owner, hash))?.bytes;
  }

  /**
   * @param {string} owner
   * @param {import('./device.js').Photo} photo
   */
  async keepPhoto(owner, { hash, bytes }) {
    this.#photos.set(keyOf(owner, hash), { owner, hash, bytes, size: bytes.length, kept: Date.now() });
  }

  /** @param {{owner: string, hash: string}[]} photos */
  async dropPhotos(photos) {
    for (const { owner, hash } of photos) this.#photos.delete(keyOf(owner, hash));
  }

  /**
   * @template {keyof Settings} K
   * @param {K} name
   * @returns {Promise<Settings[K]>}
   */
  async setting(name) {
    return this.#settings[name];
  }

  /**
   * @template {keyof Settings} K
   * @param {K} name
   * @param {Settings[K]} value
   */
  async setSetting(name, value) {
    this.#settings[name] = value;
  }

  /**
   * @param {string} turn
   * @param {string} holder
   * @param {number} until
   * @param {number} now
   */
  async claim(turn, holder, until, now) {
    if (!isFree(this.#leases.get(turn), holder, now)) return false;
    this.#leases.set(turn, { holder, until });
    return true;
  }
}

/**
 * @param {string} owner
 * @param {string} type
 */
function keyOf(owner, type) {
  return JSON.stringify([owner, type]);
}
