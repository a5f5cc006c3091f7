/**
 * Moves photos that are embedded in graphs into the museum's store. Until that is done a photo waits on the device, in the
 * graph itself; a graph is sent when its photos are there. Photos that the server does not take stay in the graph, and the tile
 * says why.
 */
import { sha256 } from '../lib/sha256.js';
import { embeddedPhotos, photoBytes } from '../museum/photo.js';
import { RequestError } from './client.js';
import { movePhotos } from './moved.js';
import { shown } from './queue.js';

/** @typedef {import('./client.js').Client} Client */
/** @typedef {import('./client.js').Image} Image */
/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./preferences.js').Museum} Museum */
/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./queue.js').TileRecord} TileRecord */

/** So many bytes go in one request: some small hosts cut off at 128 KiB. As large as the server wants its parts. */
const PART = 96 * 1024;

/** After so long a photo that was not taken is tried again, in milliseconds: there may be room for it since. */
const TRY_AGAIN_AFTER = 24 * 3_600_000;

/** As much of an address as tells photos apart: they end in bytes that are as good as random. */
const TAIL = 64;

const UNREADABLE = 'It cannot be read. Please add it again.';
const REFUSED = 'The museum did not accept it.';

export class Photos {
  #client;
  #device;
  #store;
  /** Photos that the server did not take, by their marks. @type {NonNullable<Museum['unfit']>} */
  #unfit = {};

  /** @param {{client: Client, device: Device, store: TileStore}} parts */
  constructor({ client, device, store }) {
    this.#client = client;
    this.#device = device;
    this.#store = store;
  }

  /**
   * Remembers what an earlier page has found out: a photo that is not taken is not sent at every visit.
   *
   * @param {Museum} museum
   */
  recall({ unfit = {} }) {
    const now = Date.now();
    this.#unfit = Object.fromEntries(Object.entries(unfit).filter(([, { at }]) => at <= now && now - at < TRY_AGAIN_AFTER));
  }

  /**
   * Why a photo stays in its graph, for people.
   *
   * @param {any} state of the graph
   * @returns {string} '' if none does
   */
  whyEmbedded(state) {
    return embeddedPhotos(state).map((url) => this.#unfit[markOf(url)]?.words).find((words) => words !== undefined) ?? '';
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
    /** @type {Map<string, string>} */
    const addresses = new Map();
    for (const record of waiting) {
      for (const url of this.#embedded(record).filter((each) => !addresses.has(each))) {
        const { address, words } = await this.#uploadOne(url);
        if (address) addresses.set(url, address);
        else await this.#giveUp(owner, url, words);
      }
      this.#store.arrived([await this.#device.change(owner, record.type, (now) => movePhotos(now, addresses))]);
    }
  }

  /** @param {TileRecord} record */
  #embedded(record) {
    return embeddedPhotos(shown(record).desmos_state).filter((url) => !(markOf(url) in this.#unfit));
  }

  /**
   * @param {string} owner
   * @param {string} url
   * @param {string} words why
   */
  async #giveUp(owner, url, words) {
    this.#unfit = { ...this.#unfit, [markOf(url)]: { words, at: Date.now() } };
    await this.#device.changeAll([owner], ({ museum }) => ({ records: [], museum: { ...museum, unfit: this.#unfit } }));
  }

  /**
   * @param {string} url
   * @returns {Promise<{address: string, words: string}>} the photo's address in the museum; '' if it is not taken, and why
   */
  async #uploadOne(url) {
    try {
      const { sha256: hash } = await this.#put(photoBytes(url));
      return { address: `api/images/${hash}`, words: '' };
    } catch (error) {
      if (error instanceof RequestError && !error.isRefusal) throw error;
      console.info('A photo stays in its graph:', String(error));
      return { address: '', words: error instanceof RequestError ? error.words || REFUSED : UNREADABLE };
    }
  }

  /**
   * Puts a photo into the museum's store, which may keep it with other bytes: without what the camera wrote of time and place.
   *
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @returns {Promise<Image>} as it is there
   * @throws {RequestError}
   */
  async #put(bytes) {
    if (bytes.length <= PART) return this.#client.addImage(bytes);
    const hash = await sha256(bytes);
    const { part_size: step, positions, image } = await this.#client.findUpload(hash);
    if (image) return image;
    const there = new Set(positions);
    for (let position = 0; position < bytes.length; position += step) {
      if (there.has(position)) continue;
      const answer = await this.#client.sendPart({ hash, size: bytes.length, position, bytes: bytes.slice(position, position + step) });
      if ('sha256' in answer) return answer;
    }
    const { image: whole } = await this.#client.findUpload(hash);
    if (!whole) throw new Error('All parts are there, but no photo came of them.');
    return whole;
  }
}

/**
 * Tells photos apart without keeping them.
 *
 * @param {string} url
 */
function markOf(url) {
  return `${url.length}:${url.slice(-TAIL)}`;
}
