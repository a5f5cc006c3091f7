/**
 * Sees to it that the server has the photos that the graphs name. A photo that is embedded in a graph is uploaded and named by
 * its address; one that the server has lost, having been set back or set up anew, is uploaded again from what this device keeps.
 * A graph is sent when its photos are there. Photos that the server does not take stay on the device, and the tile says why.
 */
import { sha256 } from '../../lib/sha256.js';
import { embeddedPhotos, namedPhotos, photoBytes } from '../../museum/photo.js';
import { RequestError } from '../server/client.js';
import { movePhotos, renamePhoto } from './addresses.js';
import { namedIn, thereIn } from './references.js';
import { PhotoKeeper } from './keeper.js';
import { eraOf } from '../preferences.js';
import { shown } from '../queue.js';

/** @typedef {import('../server/client.js').Client} Client */
/** @typedef {import('../server/client.js').Image} Image */
/** @typedef {import('../device/device.js').Device} Device */
/** @typedef {import('../device/device.js').Photo} Photo */
/** @typedef {import('../preferences.js').Museum} Museum */
/** @typedef {import('../store.js').TileStore} TileStore */
/** @typedef {import('../queue.js').TileRecord} TileRecord */

/**
 * What the server said of a photo: whether it is missing, when, by the clock of `performance.now`, and whether a tile named it
 * then as the server has the tile. A photo that no tile names there is lost some weeks later.
 *
 * @typedef {{missing: boolean, at: number, confirmed: boolean}} Seen
 */

/** So many bytes go in one request: some small hosts cut off at 128 KiB. As large as the server wants its parts. */
const PART = 96 * 1024;

/** As many photos as the server looks for at once. */
const MOST_ASKED = 200;

/** After so long a photo that was not taken is tried again, in milliseconds: there may be room for it since. */
const TRY_AGAIN_AFTER = 24 * 3_600_000;

/** How long the server's word on a photo counts that is missing, or that no tile names yet, in milliseconds. */
const ASK_AGAIN_AFTER = 600_000;

/** As much of an address as tells photos apart: they end in bytes that are as good as random. */
const TAIL = 64;

const UNREADABLE = 'It cannot be read. Please add it again.';
const REFUSED = 'The museum did not accept it.';
const LOST = 'A photo is missing on the server; it may be on another of your devices.';

export class PhotoTransfer {
  #client;
  #device;
  #store;
  keeper;
  /** Photos that the server did not take, by their marks or hashes. @type {NonNullable<Museum['unfit']>} */
  #unfit = {};
  /** The account and epoch to which `#seen` belongs. @type {string | undefined} */
  #era;
  /** @type {Map<string, Seen>} by hash */
  #seen = new Map();
  /** The photos that this device keeps for the owner, by hash. @type {Set<string>} */
  #kept = new Set();
  /** Why photos of tiles are not on the server, by the tile's type. @type {Map<string, string>} */
  #problems = new Map();
  /** The types of tiles with photos of which it is not known that the server has them. @type {Set<string>} */
  #unsure = new Set();

  /** @param {{client: Client, device: Device, store: TileStore}} parts */
  constructor({ client, device, store }) {
    this.#client = client;
    this.#device = device;
    this.#store = store;
    this.keeper = new PhotoKeeper({ client, device });
  }

  /** The types of the tiles with photos of which it is not known that the server has them. */
  get unsure() {
    return [...this.#unsure];
  }

  /** Tiles with photos that the server does not have and will not get from here now, with words for people. @returns {{type: string, words: string}[]} */
  get problems() {
    return [...this.#problems].map(([type, words]) => ({ type, words }));
  }

  /** Forgets what the server said: another museum is open. */
  reset() {
    this.#era = undefined;
    this.#seen.clear();
    this.#problems.clear();
    this.#unsure.clear();
  }

  /** Photos that were missing are asked for again in the next round: another device may have brought them. */
  retry() {
    for (const [hash, { missing }] of this.#seen) if (missing) this.#seen.delete(hash);
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
   * Why a photo stays in its graph, or is not on the server, for people.
   *
   * @param {string} type
   * @param {any} state of the graph
   * @returns {string} '' if all are there
   */
  problem(type, state) {
    return embeddedPhotos(state).map((url) => this.#unfit[markOf(url)]?.words).find((words) => words !== undefined) ?? this.#problems.get(type) ?? '';
  }

  /**
   * Whether a tile has photos that have yet to be uploaded.
   *
   * @param {TileRecord} record
   */
  isWaiting(record) {
    return this.#embedded(record).length > 0 || this.#lacking(record).length > 0;
  }

  /**
   * Asks the server for the photos of which it is not known whether it has them: before a graph is sent that names them, when it
   * has been taken, and when the server was set back or knows the owner by another account.
   *
   * @param {string} owner
   * @throws {RequestError}
   */
  async ask(owner) {
    const museum = await this.#device.museum(owner);
    const era = eraOf(museum);
    if (era === undefined) return;
    if (era !== this.#era) this.#seen.clear();
    this.#era = era;
    const there = thereIn(museum);
    const named = namedIn(await this.#device.list(owner));
    const due = [...named].filter(([hash, confirmed]) => !(confirmed && there.has(hash)) && this.#isDue(hash, confirmed));
    for (let i = 0; i < due.length; i += MOST_ASKED) {
      const part = due.slice(i, i + MOST_ASKED);
      const missing = new Set(await this.#client.missingImages(part.map(([hash]) => hash)));
      for (const [hash, confirmed] of part) this.#seen.set(hash, { missing: missing.has(hash), at: performance.now(), confirmed });
    }
    if (due.length > 0) await this.#note(owner, era);
    await this.review(owner);
  }

  /**
   * @param {string} hash
   * @param {boolean} confirmed whether a tile names it as the server has the tile
   */
  #isDue(hash, confirmed) {
    const seen = this.#seen.get(hash);
    if (!seen || (confirmed && !(seen.missing && seen.confirmed))) return true;
    return performance.now() - seen.at > ASK_AGAIN_AFTER;
  }

  /**
   * Keeps what the server said of photos that it will not lose.
   *
   * @param {string} owner
   * @param {string} era in which it said so
   */
  async #note(owner, era) {
    await this.#device.changeAll([owner], ({ records, museum }) => {
      if (eraOf(museum) !== era) return { records: [] };
      const before = thereIn(museum);
      const isThere = (/** @type {string} */ hash) => {
        const seen = this.#seen.get(hash);
        return seen?.confirmed ? !seen.missing : before.has(hash);
      };
      return { records: [], museum: { ...museum, photos: { era, there: [...namedIn(records).keys()].filter(isThere) } } };
    });
  }

  /**
   * Looks through what is on the device, for `unsure`, `problems` and `isWaiting`.
   *
   * @param {string} owner
   */
  async review(owner) {
    const [museum, records, photos] = await Promise.all([this.#device.museum(owner), this.#device.list(owner), this.#device.photos()]);
    if (owner !== this.#store.owner) return;
    const there = thereIn(museum);
    this.#kept = new Set(photos.filter((photo) => photo.owner === owner).map(({ hash }) => hash));
    this.#unsure = new Set(records.filter(({ known }) => namedPhotos(known.desmos_state).some((hash) => !there.has(hash))).map(({ type }) => type));
    this.#problems = new Map(records.flatMap((record) => {
      const missing = namedPhotos(shown(record).desmos_state).filter((hash) => this.#seen.get(hash)?.missing);
      const words = missing.map((hash) => (this.#kept.has(hash) ? this.#unfit[hash]?.words : LOST)).find((each) => each !== undefined);
      return words === undefined ? [] : [[record.type, words]];
    }));
  }

  /**
   * Uploads the photos of an owner's museum that are not there, and puts the addresses of new ones into the graphs.
   *
   * @param {string} owner
   * @throws {RequestError} if it broke off; what has been uploaded need not be sent again
   */
  async upload(owner) {
    const waiting = (await this.#device.list(owner)).filter((record) => this.isWaiting(record));
    /** @type {Map<string, Photo>} */
    const moved = new Map();
    for (const record of waiting) {
      for (const url of this.#embedded(record).filter((each) => !moved.has(each))) {
        const photo = await this.#tryUpload(owner, markOf(url), () => photoBytes(url));
        if (photo) moved.set(url, photo);
      }
      if (moved.size > 0) await this.#move(owner, record.type, moved);
      for (const hash of this.#lacking(record)) await this.#uploadAgain(owner, hash);
    }
  }

  /**
   * Puts addresses in the place of photos that were embedded, and keeps their bytes.
   *
   * @param {string} owner
   * @param {string} type
   * @param {Map<string, Photo>} moved by the photos as they are embedded
   */
  async #move(owner, type, moved) {
    const addresses = new Map([...moved].map(([url, { hash }]) => [url, addressOf(hash)]));
    const change = () => this.#device.change(owner, type, (record) => movePhotos(record, addresses), [...moved.values()]);
    const record = await change().catch(async () => {
      await this.keeper.makeRoom();
      return change();
    });
    this.#store.arrived([record]);
  }

  /**
   * @param {string} owner
   * @param {string} hash
   */
  async #uploadAgain(owner, hash) {
    const bytes = await this.#device.photo(owner, hash);
    const photo = bytes && (await this.#tryUpload(owner, hash, () => bytes));
    if (!photo || photo.hash === hash) return;
    await this.#device.keepPhoto(owner, photo); // the server keeps it with other bytes than it once did
    const records = (await this.#device.list(owner)).filter((record) => namedPhotos(shown(record).desmos_state).includes(hash));
    for (const { type } of records) {
      this.#store.arrived([await this.#device.change(owner, type, (record) => renamePhoto(record, hash, addressOf(photo.hash)))]);
    }
  }

  /** The photos embedded in a tile that are to be uploaded. @param {TileRecord} record */
  #embedded(record) {
    return embeddedPhotos(shown(record).desmos_state).filter((url) => !(markOf(url) in this.#unfit));
  }

  /** The photos that a tile names, the server does not have, and this device has. @param {TileRecord} record */
  #lacking(record) {
    return namedPhotos(shown(record).desmos_state).filter((hash) => this.#seen.get(hash)?.missing && this.#kept.has(hash) && !(hash in this.#unfit));
  }

  /**
   * @param {string} owner
   * @param {string} mark by which it is remembered if it is not taken
   * @param {() => Uint8Array<ArrayBuffer>} read
   * @returns {Promise<Photo | undefined>} with the hash by which the server names it; undefined if it is not taken
   */
  async #tryUpload(owner, mark, read) {
    try {
      const bytes = read();
      const { sha256: hash } = await this.#put(bytes);
      this.#seen.set(hash, { missing: false, at: performance.now(), confirmed: false });
      return { hash, bytes };
    } catch (error) {
      if (error instanceof RequestError && !error.isRefusal) throw error;
      console.info('A photo is not taken:', String(error));
      const words = error instanceof RequestError ? error.words || REFUSED : UNREADABLE;
      this.#unfit = { ...this.#unfit, [mark]: { words, at: Date.now() } };
      await this.#device.changeAll([owner], ({ museum }) => ({ records: [], museum: { ...museum, unfit: this.#unfit } }));
      return undefined;
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

/** @param {string} hash */
function addressOf(hash) {
  return `api/images/${hash}`;
}

/**
 * Tells photos apart without keeping them.
 *
 * @param {string} url
 */
function markOf(url) {
  return `${url.length}:${url.slice(-TAIL)}`;
}
