/**
 * An account that was deleted may come back with the same address, and this device may still hold works of the earlier one: the
 * word that all was deleted never came here, or it was deleted on another device. They are not sent to the new account unasked.
 * They are put aside, and the student says whether they hang again or go.
 */
import { Listeners } from '../lib/listeners.js';
import { hasWork } from '../museum/tile.js';
import { planAdoption } from './adopt.js';
import { newMuseum } from './preferences.js';
import { newRecord, shown } from './queue.js';

/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./store.js').TileStore} TileStore */

export class Aside {
  #device;
  #store;
  /** @type {Listeners<void>} */
  #listeners = new Listeners();

  /** @param {{device: Device, store: TileStore}} parts */
  constructor({ device, store }) {
    this.#device = device;
    this.#store = store;
  }

  /** @param {() => void} listener called when something was put aside */
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
    this.#listeners.tell();
  }

  /**
   * The types of the works that are kept aside for who is signed in.
   *
   * @returns {Promise<string[]>}
   */
  async types() {
    const kept = await Promise.all((await this.#keys()).map((key) => this.#device.list(key)));
    return [...new Set(kept.flat().filter((record) => hasWork(shown(record))).map(({ type }) => type))];
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
    await this.#store.flush();
  }

  /** Removes them from this device. */
  async drop() {
    const owner = this.#store.owner;
    for (const key of await this.#keys()) await this.#forget(owner, key);
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
