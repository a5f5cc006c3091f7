/**
 * Photos within graphs. They belong into the museum's store, once, and the graph names them by their address; older clients put
 * the photo itself into the graph, as a `data:` address. Pure.
 */

/** A photo of a kind that every browser shows, within an address. */
const EMBEDDED = /^data:image\/(?:png|jpeg|webp|gif);base64,/i;

/** The end of the address of a photo in the museum's store: the SHA-256 of its bytes. */
const KEPT = /(?:^|\/)api\/images\/([0-9a-f]{64})$/;

/** Where an address begins with another site. */
const SITE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/**
 * The address by which a page may show a photo of a graph. A graph may come from elsewhere and name what lies on any site;
 * nothing is asked for there.
 *
 * @param {string} url as the graph has it
 * @returns {string | null} relative to the museum's page, or the photo itself; null for what is neither
 */
export function shownPhoto(url) {
  if (EMBEDDED.test(url)) return url;
  const hash = SITE.test(url) ? undefined : KEPT.exec(url)?.[1];
  return hash ? `api/images/${hash}` : null;
}

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
 * The hashes of the photos in the museum's store that a graph names, each once.
 *
 * @param {any} state of a graph
 * @returns {string[]}
 */
export function namedPhotos(state) {
  const list = state?.expressions?.list;
  if (!Array.isArray(list)) return [];
  const hashes = list.map((item) => (typeof item?.image_url === 'string' && !SITE.test(item.image_url) ? KEPT.exec(item.image_url)?.[1] : undefined));
  return [...new Set(hashes)].filter((hash) => hash !== undefined);
}

/**
 * The graph with other addresses for some photos.
 *
 * @param {any} state
 * @param {ReadonlyMap<string, string>} addresses new ones by old ones
 * @returns {any} the same state if there are none of these in it
 */
export function withAddresses(state, addresses) {
  if (!Array.isArray(state?.expressions?.list) || !state.expressions.list.some((/** @type {any} */ item) => addresses.has(item?.image_url))) return state;
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
