/**
 * Photos within graphs. They belong into the museum's store, once, and the graph names them by their address; older clients put
 * the photo itself into the graph, as a `data:` address. Pure.
 */

/** A photo of a kind that every browser shows, within an address. */
const EMBEDDED = /^data:image\/(?:png|jpeg|webp|gif);base64,/i;

/**
 * The addresses of the photos that are embedded in a graph, each once.
 *
 * @param {any} state of a graph
 * @returns {string[]}
 */
export function embeddedPhotos(state) {
  const list = state?.expressions?.list;
  if (!Array.isArray(list)) return [];
  return [...new Set(list.map((item) => item?.image_url).filter((url) => typeof url === 'string' && EMBEDDED.test(url)))];
}

/**
 * The graph with other addresses for some photos.
 *
 * @param {any} state
 * @param {ReadonlyMap<string, string>} addresses new ones by old ones
 * @returns {any} the same state if there are none of these in it
 */
export function withAddresses(state, addresses) {
  if (!embeddedPhotos(state).some((url) => addresses.has(url))) return state;
  const list = state.expressions.list.map((/** @type {any} */ item) => withAddress(item, addresses));
  return { ...state, expressions: { ...state.expressions, list } };
}

/**
 * An item of a graph's list, likewise.
 *
 * @param {any} item
 * @param {ReadonlyMap<string, string>} addresses
 * @returns {any}
 */
export function withAddress(item, addresses) {
  const address = addresses.get(item?.image_url);
  return address === undefined ? item : { ...item, image_url: address };
}

/**
 * The bytes of an embedded photo.
 *
 * @param {string} url
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {Error} for what is no photo after all
 */
export function photoBytes(url) {
  const text = atob(url.slice(url.indexOf(',') + 1));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
