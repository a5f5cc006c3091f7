/**
 * Finds the photos of graphs for pages: from the server, or else from this device, such as when offline or after the
 * server has lost the photo.
 */
import { namedPhotos, shownPhoto } from '../museum/photo.js';

/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {(url: string, isAgain?: boolean) => string | null | Promise<string | null>} PhotoSource as `resolveImage` of the grapher */

/** One source per store, since pictures are cached by it. @type {WeakMap<TileStore, PhotoSource>} */
const sources = new WeakMap();

/**
 * @param {TileStore} store
 * @returns {PhotoSource}
 */
export function photoSource(store) {
  const source = sources.get(store) ?? makeSource(store);
  sources.set(store, source);
  return source;
}

/**
 * @param {TileStore} store
 * @returns {PhotoSource}
 */
function makeSource(store) {
  /** Object URLs of photos, by owner and hash. @type {Map<string, string>} */
  const made = new Map();
  return async (url, isAgain = false) => {
    const address = shownPhoto(url);
    const [hash] = namedPhotos({ expressions: { list: [{ image_url: url }] } });
    if (!isAgain || address === null || hash === undefined) return address;
    const key = `${store.owner} ${hash}`;
    const bytes = made.has(key) ? undefined : await store.photo(hash);
    if (bytes) made.set(key, URL.createObjectURL(new Blob([bytes])));
    return made.get(key) ?? null;
  };
}
