/**
 * Which photos of the museum's store the tiles of this device name, and of which it is sure that the server has them. Pure.
 */
import { namedPhotos } from '../../museum/photo.js';
import { eraOf } from '../preferences.js';
import { shown } from '../queue.js';

/** @typedef {import('../preferences.js').Museum} Museum */
/** @typedef {import('../queue.js').TileRecord} TileRecord */

/** The address of a photo in the museum's store, within text. */
const ADDRESS = /api\/images\/([0-9a-f]{64})/g;

/**
 * @param {TileRecord[]} records
 * @returns {Map<string, boolean>} by hash, whether a tile names the photo as the server has the tile
 */
export function namedIn(records) {
  const confirmed = new Set(records.flatMap(({ known }) => namedPhotos(known.desmos_state)));
  return new Map(records.flatMap((record) => namedPhotos(shown(record).desmos_state)).map((hash) => [hash, confirmed.has(hash)]));
}

/**
 * The photos that the server was seen to have.
 *
 * @param {Museum} museum
 * @returns {Set<string>}
 */
export function thereIn(museum) {
  return new Set(museum.photos?.era === eraOf(museum) ? museum.photos?.there : []);
}

/**
 * The photos that are named by what the server has not confirmed, be it typed over, or whose presence there nobody has asked for.
 *
 * @param {TileRecord[]} records
 * @param {Museum} museum of their owner
 * @returns {Set<string>}
 */
export function unconfirmedIn(records, museum) {
  const there = thereIn(museum);
  const unsure = [...namedIn(records)].filter(([hash, isConfirmed]) => !isConfirmed || !there.has(hash)).map(([hash]) => hash);
  const waiting = [...JSON.stringify(records.map(({ pending, flights }) => [pending, flights])).matchAll(ADDRESS)].map(([, hash]) => hash);
  return new Set([...unsure, ...waiting.filter((hash) => !there.has(hash))]);
}
