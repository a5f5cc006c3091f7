/**
 * Ensures that the server has the photos that graphs name. A photo embedded in a graph is uploaded and replaced by its
 * address. A photo that the server has lost, after a restore or a new setup, is uploaded again from this device. A
 * graph is sent after its photos. Photos that the server refuses stay on the device, and the tile's status says why.
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
 * What the server reported about a photo: whether it is missing, when (on the monotonic clock of `performance.now`),
 * and whether a tile in its server state named it at that time. The server deletes photos that no tile names after some
 * weeks.
 *
 * @typedef {{missing: boolean, at: number, confirmed: boolean}} Seen
 */

/** Bytes per request, the part size that the server expects: some small hosts reject bodies over 128 KiB. */
const PART = 96 * 1024;

/** The server's limit on photos per request. */
const MOST_ASKED = 200;

/** Milliseconds after which a refused photo is tried again: there may be room for it by then. */
const TRY_AGAIN_AFTER = 24 * 3_600_000;

/** Milliseconds for which an answer about a missing or unnamed photo counts. */
const ASK_AGAIN_AFTER = 600_000;

/** Characters of an embedded photo that identify it: photos end in practically random bytes. */
const TAIL = 64;

const UNREADABLE = 'It cannot be read. Please add it again.';
const REFUSED = 'The museum did not accept it.';
const LOST = 'A photo is missing on the server; it may be on another of your devices.';

export class PhotoTransfer {
  #client;
  #device;
  #store;
  keeper;
  /** Photos that the server refused, by fingerprint or hash. @type {NonNullable<Museum['unfit']>} */
  #unfit = {};
  /** The account and epoch to which `#seen` belongs. @type {string | undefined} */
  #era;
  /** @type {Map<string, Seen>} by hash */
  #seen = new Map();
  /** The photos that this device stores for the owner, by hash. @type {Set<string>} */
  #kept = new Set();
  /** Why photos of tiles are not on the server, by type. @type {Map<string, string>} */
  #problems = new Map();
  /** The types of tiles with photos that may be missing on the server. @type {Set<string>} */
  #unsure = new Set();

  /** @param {{client: Client, device: Device, store: TileStore}} parts */
  constructor({ client, device, store }) {
    this.#client = client;
    this.#device = device;
    this.#store = store;
    this.keeper = new PhotoKeeper({ client, device });
  }

  /** The types of tiles with photos that may be missing on the server. */
  get unsure() {
    return [...this.#unsure];
  }

  /**
   * Tiles with photos that are missing on the server and cannot be sent from here now, with a message for users.
   *
   * @returns {{type: string, words: string}[]}
   */
  get problems() {
    return [...this.#problems].map(([type, words]) => ({ type, words }));
  }

  /** Clears what the server reported, because another museum is open. */
  reset() {
    this.#era = undefined;
    this.#seen.clear();
    this.#problems.clear();
    this.#unsure.clear();
  }

  /** Makes the next round ask for missing photos again: another device may have sent them. */
  retry() {
    for (const [hash, { missing }] of this.#seen) if (missing) this.#seen.delete(hash);
  }

  /**
   * Restores what an earlier page found out, so that a refused photo is not sent at every visit.
   *
   * @param {Museum} museum
   */
  recall({ unfit = {} }) {
    const now = Date.now();
    this.#unfit = Object.fromEntries(
      Object.entries(unfit).filter(([, { at }]) => at <= now && now - at < TRY_AGAIN_AFTER),
    );
  }

  /**
   * Returns why a photo is still embedded, or not on the server, for users.
   *
   * @param {string} type
   * @param {any} state of the graph
   * @returns {string} '' if all photos are there
   */
  problem(type, state) {
    return (
      embeddedPhotos(state)
        .map((url) => this.#unfit[markOf(url)]?.words)
        .find((words) => words !== undefined) ??
      this.#problems.get(type) ??
      ''
    );
  }

  /**
   * Whether a tile has photos to upload.
   *
   * @param {TileRecord} record
   */
  isWaiting(record) {
    return this.#embedded(record).length > 0 || this.#lacking(record).length > 0;
  }

  /**
   * Asks the server about photos that it is not known to have: before a graph that names them is sent, after it was
   * accepted, and after the server was restored or knows the owner by another account.
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
    const due = [...named].filter(
      ([hash, confirmed]) => !(confirmed && there.has(hash)) && this.#isDue(hash, confirmed),
    );
    for (let i = 0; i < due.length; i += MOST_ASKED) {
      const part = due.slice(i, i + MOST_ASKED);
      const missing = new Set(await this.#client.missingImages(part.map(([hash]) => hash)));
      for (const [hash, confirmed] of part)
        this.#seen.set(hash, { missing: missing.has(hash), at: performance.now(), confirmed });
    }
    if (due.length > 0) await this.#note(owner, era);
    await this.review(owner);
  }

  /**
   * @param {string} hash
   * @param {boolean} confirmed whether a tile in its server state names it
   */
  #isDue(hash, confirmed) {
    const seen = this.#seen.get(hash);
    if (!seen || (confirmed && !(seen.missing && seen.confirmed))) return true;
    return performance.now() - seen.at > ASK_AGAIN_AFTER;
  }

  /**
   * Stores which photos the server has and will not lose.
   *
   * @param {string} owner
   * @param {string} era in which that holds
   */
  async #note(owner, era) {
    await this.#device.changeAll([owner], ({ records, museum }) => {
      if (eraOf(museum) !== era) return { records: [] };
      const before = thereIn(museum);
      const isThere = (/** @type {string} */ hash) => {
        const seen = this.#seen.get(hash);
        return seen?.confirmed ? !seen.missing : before.has(hash);
      };
      return {
        records: [],
        museum: { ...museum, photos: { era, there: [...namedIn(records).keys()].filter(isThere) } },
      };
    });
  }

  /**
   * Examines the data on the device to update `unsure`, `problems` and `isWaiting`.
   *
   * @param {string} owner
   */
  async review(owner) {
    const [museum, records, photos] = await Promise.all([
      this.#device.museum(owner),
      this.#device.list(owner),
      this.#device.photos(),
    ]);
    if (owner !== this.#store.owner) return;
    const there = thereIn(museum);
    this.#kept = new Set(photos.filter((photo) => photo.owner === owner).map(({ hash }) => hash));
    this.#unsure = new Set(
      records
        .filter(({ known }) => namedPhotos(known.desmos_state).some((hash) => !there.has(hash)))
        .map(({ type }) => type),
    );
    this.#problems = new Map(
      records.flatMap((record) => {
        const missing = namedPhotos(shown(record).desmos_state).filter((hash) => this.#seen.get(hash)?.missing);
        const words = missing
          .map((hash) => (this.#kept.has(hash) ? this.#unfit[hash]?.words : LOST))
          .find((each) => each !== undefined);
        return words === undefined ? [] : [[record.type, words]];
      }),
    );
  }

  /**
   * Uploads an owner's photos that the server does not have, and puts the addresses of new ones into the graphs.
   *
   * @param {string} owner
   * @throws {RequestError} if it was interrupted; what was uploaded is not sent again
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
   * Replaces embedded photos by addresses and stores their bytes.
   *
   * @param {string} owner
   * @param {string} type
   * @param {Map<string, Photo>} moved by embedded photo
   */
  async #move(owner, type, moved) {
    const addresses = new Map([...moved].map(([url, { hash }]) => [url, addressOf(hash)]));
    const change = () =>
      this.#device.change(owner, type, (record) => movePhotos(record, addresses), [...moved.values()]);
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
    await this.#device.keepPhoto(owner, photo); // the server stores it with different bytes than before
    const records = (await this.#device.list(owner)).filter((record) =>
      namedPhotos(shown(record).desmos_state).includes(hash),
    );
    for (const { type } of records) {
      this.#store.arrived([
        await this.#device.change(owner, type, (record) => renamePhoto(record, hash, addressOf(photo.hash))),
      ]);
    }
  }

  /** Returns the embedded photos of a tile that have to be uploaded. @param {TileRecord} record */
  #embedded(record) {
    return embeddedPhotos(shown(record).desmos_state).filter((url) => !(markOf(url) in this.#unfit));
  }

  /** Returns the photos that a tile names, the server misses and this device stores. @param {TileRecord} record */
  #lacking(record) {
    return namedPhotos(shown(record).desmos_state).filter(
      (hash) => this.#seen.get(hash)?.missing && this.#kept.has(hash) && !(hash in this.#unfit),
    );
  }

  /**
   * @param {string} owner
   * @param {string} mark under which a refusal is remembered
   * @param {() => Uint8Array<ArrayBuffer>} read
   * @returns {Promise<Photo | undefined>} with the hash that the server assigned; undefined if it was refused
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
      await this.#device.changeAll([owner], ({ museum }) => ({
        records: [],
        museum: { ...museum, unfit: this.#unfit },
      }));
      return undefined;
    }
  }

  /**
   * Uploads a photo. The server may store different bytes, without the camera's metadata on time and place.
   *
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @returns {Promise<Image>} as stored
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
      const answer = await this.#client.sendPart({
        hash,
        size: bytes.length,
        position,
        bytes: bytes.slice(position, position + step),
      });
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
 * Returns a short key that identifies an embedded photo.
 *
 * @param {string} url
 */
function markOf(url) {
  return `${url.length}:${url.slice(-TAIL)}`;
}
