/**
 * Stores photos on this device. Photos that the server is not known to have are always kept. Photos that are shown are
 * kept as far as there is room, so that they are visible offline and can be sent again if the server loses them.
 */
import { sha256 } from '../../lib/sha256.js';
import { namedIn, thereIn, unconfirmedIn } from './references.js';

/** @typedef {import('../server/client.js').Client} Client */
/** @typedef {import('../device/device.js').Device} Device */
/** @typedef {import('../device/device.js').KeptPhoto} KeptPhoto */

/**
 * Bytes to keep of photos that the server has: enough for a museum full of photos, and a small part of what browsers
 * allow.
 */
const KEPT_AT_MOST = 96 << 20;

export class PhotoKeeper {
  #client;
  #device;
  #isFull = false;
  /** @type {Promise<void> | undefined} */
  #fetching;

  /** @param {{client: Pick<Client, 'photo'>, device: Device}} parts */
  constructor({ client, device }) {
    this.#client = client;
    this.#device = device;
  }

  /**
   * Fetches shown photos that this device does not have, and drops those beyond the limit. Failures are ignored: the
   * next call tries again.
   *
   * @param {string} owner
   */
  keepShown(owner) {
    this.#fetching ??= this.#keepShown(owner)
      .catch((error) => console.info('Photos could not be kept on this device:', String(error)))
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }

  /** @param {string} owner */
  async #keepShown(owner) {
    const kept = new Set(
      (await this.#device.photos()).filter((photo) => photo.owner === owner).map(({ hash }) => hash),
    );
    const there = thereIn(await this.#device.museum(owner));
    const named = namedIn(await this.#device.list(owner));
    for (const hash of [...named.keys()].filter((each) => there.has(each) && !kept.has(each))) {
      if (this.#isFull) return;
      const bytes = await this.#client.photo(hash);
      if ((await sha256(bytes)) === hash)
        await this.#device.keepPhoto(owner, { hash, bytes }).catch(() => {
          this.#isFull = true;
        });
      await this.tidy();
    }
  }

  /** Drops photos that the server has until the rest is within the limit, photos that are not shown first. */
  async tidy(most = KEPT_AT_MOST) {
    const spare = await this.#spare();
    let size = spare.reduce((sum, photo) => sum + photo.size, 0);
    /** @type {typeof spare} */
    const dropped = [];
    for (const photo of spare) {
      if (size <= most) break;
      dropped.push(photo);
      size -= photo.size;
    }
    if (dropped.length === 0) return;
    await this.#device.dropPhotos(dropped);
    this.#isFull ||= dropped.some(({ isShown }) => isShown);
  }

  /** Drops every photo that the server has, when the device is full. */
  makeRoom() {
    this.#isFull = true;
    return this.tidy(0);
  }

  /**
   * Returns the photos that the server has too, the most dispensable first.
   *
   * @returns {Promise<(KeptPhoto & {isShown: boolean})[]>}
   */
  async #spare() {
    const photos = await this.#device.photos();
    const owners = [...new Set(photos.map(({ owner }) => owner))];
    const spare = await Promise.all(
      owners.map(async (owner) => {
        const museum = await this.#device.museum(owner);
        const records = await this.#device.list(owner);
        const aside = (await Promise.all((museum.aside ?? []).map((key) => this.#device.list(key)))).flat();
        const needed = new Set([
          ...unconfirmedIn(records, museum),
          ...unconfirmedIn(aside, { ...museum, photos: undefined }),
        ]);
        const named = namedIn(records);
        return photos
          .filter((photo) => photo.owner === owner && !needed.has(photo.hash))
          .map((photo) => ({ ...photo, isShown: named.has(photo.hash) }));
      }),
    );
    return spare.flat().sort((a, b) => Number(a.isShown) - Number(b.isShown) || a.kept - b.kept);
  }
}
