/**
 * Work of an account that no longer exists on the server. An address may come to belong to another account than this
 * device knows: the account was deleted, perhaps on another device, or the museum was set up anew. The old work is not
 * sent to the new account without asking, since it may have been deleted on purpose. It is set aside until the student
 * hangs it again or removes it.
 */
import { Listeners } from '../lib/listeners.js';
import { sameJson } from '../lib/json.js';
import { namedPhotos } from '../museum/photo.js';
import { hasWork } from '../museum/tile.js';
import { planAdoption } from './adopt-local-work.js';
import { newMuseum } from './preferences.js';
import { newRecord, shown } from './queue.js';

/** @typedef {import('./device/device.js').Device} Device */
/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('../museum/tile.js').Tile} Tile */

export class OrphanedWork {
  #device;
  #store;
  /** The types of the orphaned works, as last read. @type {string[]} */
  #waiting = [];
  /** @type {Listeners<void>} */
  #listeners = new Listeners();

  /** @param {{device: Device, store: TileStore}} parts */
  constructor({ device, store }) {
    this.#device = device;
    this.#store = store;
    store.onChange(({ kind }) => {
      if (kind === 'opened' || kind === 'arrived') void this.#read();
    });
  }

  /** Whether there is orphaned work. */
  get any() {
    return this.#waiting.length > 0;
  }

  /** @param {() => void} listener called when the orphaned works change, here or in another tab */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /**
   * Sets all work of an owner aside, because its address now belongs to another account on the server.
   *
   * @param {string} owner
   * @param {number} account the server's number for the new one
   */
  async put(owner, account) {
    const { account: former } = await this.#device.museum(owner);
    const key = `${former} ${owner}`; // addresses contain no space
    const changed = await this.#device.changeAll([owner], ({ records, museum: { aside = [] } }) => ({
      records: records.flatMap((record) => [{ ...record, owner: key }, newRecord(owner, record.type)]),
      museum: { ...newMuseum(owner), account, aside: [...aside, key] },
    }));
    this.#store.arrived(changed.filter((record) => record.owner === owner));
    await this.#read();
  }

  /**
   * Returns the types of the orphaned works of the current account.
   *
   * @returns {Promise<string[]>}
   */
  async types() {
    return [...new Set((await this.tiles()).map(({ concept_type: type }) => type))];
  }

  /** Returns the orphaned tiles as they were shown. @returns {Promise<Tile[]>} */
  async tiles() {
    const kept = await Promise.all((await this.#keys()).map((key) => this.#device.list(key)));
    return kept.flat().map(shown).filter(hasWork);
  }

  /**
   * Returns the photos of the orphaned works, as far as this device has them.
   *
   * @returns {Promise<{sha256: string, bytes: Uint8Array}[]>}
   */
  async photos() {
    const owner = this.#store.owner;
    const hashes = new Set((await this.tiles()).flatMap(({ desmos_state: state }) => namedPhotos(state)));
    const photos = await Promise.all(
      [...hashes].map(async (hash) => ({ sha256: hash, bytes: await this.#device.photo(owner, hash) })),
    );
    return photos.flatMap(({ sha256, bytes }) => (bytes ? [{ sha256, bytes }] : []));
  }

  /**
   * Moves the orphaned works into the account's museum like work made before signing in: nothing there is overwritten.
   */
  async hang() {
    const owner = this.#store.owner;
    await this.#store.flush();
    for (const key of await this.#keys()) {
      let isDone = false;
      const changed = await this.#device.changeAll([key, owner], (aside, account) => {
        const { moves, waiting } = planAdoption(aside.records, account.records, owner);
        isDone = waiting.length === 0;
        return { records: moves.flatMap(({ from, to }) => [from, to]) };
      });
      this.#store.arrived(changed);
      if (isDone) await this.#forget(owner, key);
    }
    await this.#read();
    await this.#store.flush();
  }

  /** Removes the orphaned works from this device, their only copy. */
  async drop() {
    const owner = this.#store.owner;
    for (const key of await this.#keys()) await this.#forget(owner, key);
    await this.#read();
  }

  async #read() {
    const types = await this.types();
    if (sameJson(types, this.#waiting)) return;
    this.#waiting = types;
    this.#listeners.tell();
  }

  async #keys() {
    return (await this.#device.museum(this.#store.owner)).aside ?? [];
  }

  /**
   * @param {string} owner
   * @param {string} key
   */
  async #forget(owner, key) {
    await this.#device.changeAll([owner], ({ museum }) => ({
      records: [],
      museum: { ...museum, aside: museum.aside?.filter((each) => each !== key) },
    }));
    await this.#device.forget(key);
  }
}
