/**
 * The server may come to know an address by another account than this device knows: the account was deleted, perhaps on another
 * device, or the museum was set up anew. The works of the earlier account are not sent to the new one unasked: somebody may have
 * deleted them on purpose. They are put aside, and wait until the student hangs them again or removes them.
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
  /** The types of the works that wait, as far as this page has read. @type {string[]} */
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

  /** Whether works wait that are on no server. */
  get any() {
    return this.#waiting.length > 0;
  }

  /** @param {() => void} listener called when works were put aside, or no longer are, here or in another tab */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /**
   * Puts all that is kept of an owner aside: the server has another account under that address now.
   *
   * @param {string} owner
   * @param {number} account the server's number for the new one
   */
  async put(owner, account) {
    const { account: former } = await this.#device.museum(owner);
    const key = `${former} ${owner}`; // no address has a space
    const changed = await this.#device.changeAll([owner], ({ records, museum: { aside = [] } }) => ({
      records: records.flatMap((record) => [{ ...record, owner: key }, newRecord(owner, record.type)]),
      museum: { ...newMuseum(owner), account, aside: [...aside, key] },
    }));
    this.#store.arrived(changed.filter((record) => record.owner === owner));
    await this.#read();
  }

  /**
   * The types of the works that are kept aside for who is signed in.
   *
   * @returns {Promise<string[]>}
   */
  async types() {
    return [...new Set((await this.tiles()).map(({ concept_type: type }) => type))];
  }

  /** The works that are kept aside, as they hung. @returns {Promise<Tile[]>} */
  async tiles() {
    const kept = await Promise.all((await this.#keys()).map((key) => this.#device.list(key)));
    return kept.flat().map(shown).filter(hasWork);
  }

  /** The photos of these works, as far as this device has them. @returns {Promise<{sha256: string, bytes: Uint8Array}[]>} */
  async photos() {
    const owner = this.#store.owner;
    const hashes = new Set((await this.tiles()).flatMap(({ desmos_state: state }) => namedPhotos(state)));
    const photos = await Promise.all([...hashes].map(async (hash) => ({ sha256: hash, bytes: await this.#device.photo(owner, hash) })));
    return photos.flatMap(({ sha256, bytes }) => (bytes ? [{ sha256, bytes }] : []));
  }

  /** Hangs them in the account's museum, as what was made before signing in: nothing that hangs there is overwritten. */
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

  /** Removes them from this device: they are nowhere else. */
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
    await this.#device.changeAll([owner], ({ museum }) => ({ records: [], museum: { ...museum, aside: museum.aside?.filter((each) => each !== key) } }));
    await this.#device.forget(key);
  }
}
