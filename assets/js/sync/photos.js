/**
 * Moves photos that are embedded in graphs into the museum's store. Until that is done a photo waits on the device, in the
 * graph itself; a graph is sent when its photos are there. Photos that the server does not take stay in the graph.
 */
import { sha256 } from '../lib/sha256.js';
import { embeddedPhotos, photoBytes, withAddress, withAddresses } from '../museum/photo.js';
import { RequestError } from './client.js';
import { applyEdit, shown } from './queue.js';

/** @typedef {import('./client.js').Client} Client */
/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./queue.js').TileRecord} TileRecord */
/** @typedef {import('./queue.js').Typed} Typed */
/** @typedef {import('./things.js').Value} Value */

/** So many bytes go in one request: some small hosts cut off at 128 KiB. As large as the server wants its parts. */
const PART = 96 * 1024;

export class Photos {
  #client;
  #device;
  #store;
  /** What the server does not take as a photo. @type {Set<string>} */
  #unfit = new Set();

  /** @param {{client: Client, device: Device, store: TileStore}} parts */
  constructor({ client, device, store }) {
    this.#client = client;
    this.#device = device;
    this.#store = store;
  }

  /**
   * Whether a tile has photos that have yet to be moved.
   *
   * @param {TileRecord} record
   */
  isWaiting(record) {
    return this.#embedded(record).length > 0;
  }

  /**
   * Uploads the photos of an owner's museum, and puts their addresses into the graphs.
   *
   * @param {string} owner
   * @throws {RequestError} if it broke off; what has been uploaded need not be sent again
   */
  async upload(owner) {
    const waiting = (await this.#device.list(owner)).filter((record) => this.isWaiting(record));
    for (const record of waiting) {
      for (const url of this.#embedded(record)) {
        const address = await this.#uploadOne(url);
        if (address) this.#store.movePhoto(url, address);
        else this.#unfit.add(url);
      }
      this.#store.arrived([await this.#device.change(owner, record.type, (now) => this.#moved(now))]);
    }
  }

  /** @param {TileRecord} record */
  #embedded(record) {
    return embeddedPhotos(shown(record).desmos_state).filter((url) => !this.#unfit.has(url));
  }

  /** @param {TileRecord} record */
  #moved(record) {
    return applyEdit(record, { desmos_state: withAddresses(shown(record).desmos_state, this.#store.photoAddresses) });
  }

  /**
   * @param {string} url
   * @returns {Promise<string | null>} the photo's address in the museum; null if it is not taken
   */
  async #uploadOne(url) {
    try {
      const bytes = photoBytes(url);
      const hash = await sha256(bytes);
      if (bytes.length <= PART) await this.#client.request('POST', 'api/images/', bytes);
      else await this.#uploadParts(hash, bytes);
      return `api/images/${hash}`;
    } catch (error) {
      if (error instanceof RequestError && !error.isRefusal) throw error;
      console.info('A photo stays in its graph:', String(error));
      return null;
    }
  }

  /**
   * Sends the parts that the server does not have yet.
   *
   * @param {string} hash
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  async #uploadParts(hash, bytes) {
    const path = `api/images/${hash}/parts/`;
    const { part_size: size, positions, image } = await this.#client.request('GET', path);
    if (image) return;
    const there = new Set(positions);
    for (let position = 0; position < bytes.length; position += size) {
      if (there.has(position)) continue;
      await this.#client.request('PUT', `${path}${position}?size=${bytes.length}`, bytes.slice(position, position + size));
    }
    if (!(await this.#client.request('GET', path)).image) throw new Error('All parts are there, but no photo came of them.');
  }
}

/**
 * What was typed, with other addresses for photos: a page may show a photo as it was before it was moved.
 *
 * @param {Record<string, Typed>} typed
 * @param {ReadonlyMap<string, string>} addresses new ones by old ones
 * @returns {Record<string, Typed>}
 */
export function readdress(typed, addresses) {
  if (addresses.size === 0) return typed;
  /** @type {(name: string, thing: Value) => Value} */
  const moved = (name, thing) => {
    if (!('value' in thing)) return thing;
    if (name.startsWith('item:')) return { ...thing, value: withAddress(thing.value, addresses) };
    return name === 'state' ? { ...thing, value: withAddresses(thing.value, addresses) } : thing;
  };
  return Object.fromEntries(Object.entries(typed).map(([name, thing]) => [name, { ...thing, ...moved(name, thing), was: moved(name, thing.was) }]));
}
