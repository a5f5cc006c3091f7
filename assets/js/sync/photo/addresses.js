/**
 * Replaces photos embedded in graphs by their addresses. The tile's record stores the new addresses from the moment of
 * the move: a draft, a closed page or another tab may still contain the embedded photo, and that must not look like a
 * conflicting edit. Pure.
 */
import { embeddedPhotos, withAddress, withAddresses } from '../../museum/photo.js';
import { applyEdit, shown } from '../queue.js';

/** @typedef {import('../queue.js').TileRecord} TileRecord */
/** @typedef {import('../queue.js').Typed} Typed */
/** @typedef {import('../tile-fields.js').FieldValue} FieldValue */

/**
 * Replaces embedded photos in the graph by addresses.
 *
 * @param {TileRecord} record
 * @param {ReadonlyMap<string, string>} addresses by embedded photo
 * @returns {TileRecord} the same record if it contains none of them
 */
export function movePhotos(record, addresses) {
  const { desmos_state: state } = shown(record);
  const moving = embeddedPhotos(state).filter((url) => addresses.has(url));
  if (moving.length === 0) return record;
  const after = applyEdit(record, { desmos_state: withAddresses(state, addresses) });
  const there = addressesIn(shown(after).desmos_state);
  const before = Object.entries(record.moved ?? {}).filter(([, address]) => there.has(address));
  const now = moving.map((url) => [fingerprint(url), addresses.get(url)]);
  return { ...after, moved: Object.fromEntries([...before, ...now]) };
}

/**
 * Changes the address of a photo, because the server stores it with different bytes.
 *
 * @param {TileRecord} record
 * @param {string} hash in the graph's address
 * @param {string} address
 * @returns {TileRecord} the same record if the graph does not name it
 */
export function renamePhoto(record, hash, address) {
  const { desmos_state: state } = shown(record);
  const before = [...addressesIn(state)].filter((url) => url?.endsWith?.(`api/images/${hash}`));
  const after = withAddresses(state, new Map(before.map((url) => [url, address])));
  return after === state ? record : applyEdit(record, { desmos_state: after });
}

/**
 * Returns typed values with photos named as in the current graph. Only photos that the graph shows are renamed: others
 * may no longer be on the server, so that the embedded one is the only copy.
 *
 * @param {TileRecord} record
 * @param {Record<string, Typed>} typed by field name
 * @returns {Record<string, Typed>}
 */
export function readdress(record, typed) {
  const { moved = {} } = record;
  const told = Object.keys(moved).length > 0 ? Object.entries(typed).flatMap(photosOf) : [];
  if (told.length === 0) return typed;
  const there = addressesIn(shown(record).desmos_state);
  /** @type {Map<string, string>} */
  const addresses = new Map();
  for (const url of told.filter((each) => !there.has(each))) {
    const address = moved[fingerprint(url)];
    if (there.has(address)) addresses.set(url, address);
  }
  /** @type {(name: string, value: FieldValue) => FieldValue} */
  const named = (name, thing) => {
    if (!('value' in thing)) return thing;
    return {
      ...thing,
      value: name === 'state' ? withAddresses(thing.value, addresses) : withAddress(thing.value, addresses),
    };
  };
  return Object.fromEntries(
    Object.entries(typed).map(([name, thing]) => {
      return [name, isGraph(name) ? { ...thing, ...named(name, thing), was: named(name, thing.was) } : thing];
    }),
  );
}

/** @param {string} name of a field */
function isGraph(name) {
  return name === 'state' || name.startsWith('item:');
}

/** Returns the photos embedded in a typed value. @param {[string, Typed]} entry @returns {string[]} */
function photosOf([name, { value, was }]) {
  if (!isGraph(name)) return [];
  return [value, was.value].flatMap((each) =>
    embeddedPhotos(name === 'state' ? each : { expressions: { list: [each] } }),
  );
}

/** @param {any} state @returns {Set<string>} */
function addressesIn(state) {
  const list = state?.expressions?.list;
  return new Set(Array.isArray(list) ? list.map((item) => item?.image_url) : []);
}

/**
 * Returns a short fingerprint of a photo: two 32-bit hashes over all of it, since single-color pictures differ in few
 * bytes.
 *
 * @param {string} url
 */
function fingerprint(url) {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < url.length; i++) {
    const code = url.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
    b ^= b >>> 15;
  }
  return [url.length, a >>> 0, b >>> 0].map((each) => each.toString(36)).join('-');
}
