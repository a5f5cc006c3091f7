/** Which stored photos the tiles of this device name, and which of them the server is known to have. Pure. */
import { namedPhotos } from '../../museum/photo.js';
import { eraOf } from '../preferences.js';
import { shown } from '../queue.js';

/** @typedef {import('../preferences.js').Museum} Museum */
/** @typedef {import('../queue.js').TileRecord} TileRecord */

/** The address of a stored photo, within text. */
const ADDRESS = /api\/images\/([0-9a-f]{64})/g;

/**
 * @param {TileRecord[]} records
 * @returns {Map<string, boolean>} by hash, whether a tile in its server state names the photo
 */
export function namedIn(records) {
  const confirmed = new Set(records.flatMap(({ known }) => namedPhotos(known.desmos_state)));
  return new Map(
    records.flatMap((record) => namedPhotos(shown(record).desmos_state)).map((hash) => [hash, confirmed.has(hash)]),
  );
}

/**
 * Returns the photos that the server is known to have.
 *
 * @param {Museum} museum
 * @returns {Set<string>}
 */
export function thereIn(museum) {
  return new Set(museum.photos?.era === eraOf(museum) ? museum.photos?.there : []);
}

/**
 * Returns the photos that are named by unconfirmed changes, or that the server is not known to have.
 *
 * @param {TileRecord[]} records
 * @param {Museum} museum of their owner
 * @returns {Set<string>}
 */
export function unconfirmedIn(records, museum) {
  const there = thereIn(museum);
  const unsure = [...namedIn(records)]
    .filter(([hash, isConfirmed]) => !isConfirmed || !there.has(hash))
    .map(([hash]) => hash);
  const waiting = [...JSON.stringify(records.map(({ pending, flights }) => [pending, flights])).matchAll(ADDRESS)].map(
    ([, hash]) => hash,
  );
  return new Set([...unsure, ...waiting.filter((hash) => !there.has(hash))]);
}
