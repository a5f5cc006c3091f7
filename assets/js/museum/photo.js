/**
 * Photos in graphs. They are stored on the server once, and graphs name them by address; older clients embed the photo
 * itself as a `data:` address. Pure.
 */

/** A `data:` address of an image type that every browser shows. */
const EMBEDDED = /^data:image\/(?:png|jpeg|webp|gif);base64,/i;

/** The end of the address of a stored photo: the SHA-256 of its bytes. */
const KEPT = /(?:^|\/)api\/images\/([0-9a-f]{64})$/;

/** The start of an address on another site. */
const SITE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/**
 * Returns the address from which a page may load a photo of a graph. A graph may come from elsewhere and name any site;
 * nothing is requested from other sites.
 *
 * @param {string} url as in the graph
 * @returns {string | null} relative to the museum's page, or a `data:` address; null for anything else
 */
export function shownPhoto(url) {
  if (EMBEDDED.test(url)) return url;
  const hash = SITE.test(url) ? undefined : KEPT.exec(url)?.[1];
  return hash ? `api/images/${hash}` : null;
}

/**
 * Returns the `data:` addresses of the photos embedded in a graph, without duplicates.
 *
 * @param {any} state of a graph
 * @returns {string[]}
 */
export function embeddedPhotos(state) {
  const list = state?.expressions?.list;
  if (!Array.isArray(list)) return [];
  return [
    ...new Set(list.map((item) => item?.image_url).filter((url) => typeof url === 'string' && EMBEDDED.test(url))),
  ];
}

/**
 * Returns the hashes of the stored photos that a graph names, without duplicates.
 *
 * @param {any} state of a graph
 * @returns {string[]}
 */
export function namedPhotos(state) {
  const list = state?.expressions?.list;
  if (!Array.isArray(list)) return [];
  const hashes = list.map((item) =>
    typeof item?.image_url === 'string' && !SITE.test(item.image_url) ? KEPT.exec(item.image_url)?.[1] : undefined,
  );
  return [...new Set(hashes)].filter((hash) => hash !== undefined);
}

/**
 * Returns the graph with some photo addresses replaced.
 *
 * @param {any} state
 * @param {ReadonlyMap<string, string>} addresses new addresses by old ones
 * @returns {any} the same state if it contains none of them
 */
export function withAddresses(state, addresses) {
  if (
    !Array.isArray(state?.expressions?.list) ||
    !state.expressions.list.some((/** @type {any} */ item) => addresses.has(item?.image_url))
  )
    return state;
  const list = state.expressions.list.map((/** @type {any} */ item) => withAddress(item, addresses));
  return { ...state, expressions: { ...state.expressions, list } };
}

/**
 * Returns an item of a graph's list with its photo address replaced.
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
 * Returns the bytes of an embedded photo.
 *
 * @param {string} url
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {Error} if it cannot be decoded
 */
export function photoBytes(url) {
  const text = atob(url.slice(url.indexOf(',') + 1));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
