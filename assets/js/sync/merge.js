/**
 * Differences between graph states, and their merging: list items by id, everything else by key. Implements the same
 * rules as the server (`app/state.go`) and is tested with the same cases (`app/testdata/merge.json`). Pure.
 */
import { sameJson } from '../lib/json.js';

/**
 * A change of a state.
 *
 * @typedef {object} StatePatch
 * @property {Record<string, any>} [items] items that were added or changed, by id
 * @property {string[]} [removed] ids of removed items
 * @property {string[]} [order] ids in their new order; without it new items come last
 * @property {Record<string, any>} [set] other keys; keys within "expressions" are prefixed with "expressions."
 * @property {string[]} [unset]
 */

/**
 * @typedef {Record<string, number>} ItemVersions the version in which each item last changed; the key '' holds that of
 *   all others
 */

/**
 * A state split into parts, in the order of its keys.
 *
 * @typedef {object} Parts
 * @property {Map<string, any>} top "expressions" is only a placeholder: its content is in `inner` and `items`
 * @property {Map<string, any>} inner "list" is only a placeholder: its content is in `items`
 * @property {Map<string, any>} items by id
 */

const INNER = 'expressions.';

/** A state with more parts is replaced as a whole, as on the server. */
const MAX_PARTS = 2000;

/**
 * Computes the change from one state to another.
 *
 * @param {any} from
 * @param {any} to
 * @returns {StatePatch | null} `{}` if nothing differs; null if one of them cannot be split, so that the state can only
 *   be replaced as a whole
 */
export function diffState(from, to) {
  const [before, after] = [takeApart(from), takeApart(to)];
  if (!before || !after) return null;
  const changed = [...after.items].filter(([id, item]) => !sameJson(item, before.items.get(id)));
  const removed = [...before.items.keys()].filter((id) => !after.items.has(id));
  const order = [...after.items.keys()];
  const moved = order.join('\n') !== [...before.items.keys()].filter((id) => after.items.has(id)).join('\n');
  const [top, inner] = [diffKeys(before.top, after.top, ''), diffKeys(before.inner, after.inner, INNER)];
  const set = [...top.set, ...inner.set];
  const unset = [...top.unset, ...inner.unset];
  return {
    ...(changed.length > 0 && { items: Object.fromEntries(changed) }),
    ...(removed.length > 0 && { removed }),
    ...(moved && { order }),
    ...(set.length > 0 && { set: Object.fromEntries(set) }),
    ...(unset.length > 0 && { unset }),
  };
}

/**
 * Applies a change without concurrent edits.
 *
 * @param {any} state a state that cannot be split is replaced by the change alone
 * @param {StatePatch} patch
 * @returns {any}
 */
export function applyPatch(state, patch) {
  return mergeState(takeApart(state) ? state : {}, {}, patch, Number.MAX_SAFE_INTEGER, 0).state;
}

/**
 * Merges a change that is based on version `base`.
 *
 * @param {any} state
 * @param {ItemVersions} versions
 * @param {StatePatch} patch
 * @param {number} base
 * @param {number} next the resulting version
 * @returns {{state: any, versions: ItemVersions, conflicts: string[]}} `conflicts` are the ids of items that both sides
 *   changed differently: the incoming one wins
 */
export function mergeState(state, versions, patch, base, next) {
  const parts = takeApart(state);
  if (!parts) throw new TypeError('This state can only be replaced whole.');
  const now = new Map(Object.entries(versions));
  const versionOf = (/** @type {string} */ id) => now.get(id) ?? now.get('') ?? 0;
  /** @type {string[]} */
  const conflicts = [];
  for (const [id, item] of sorted(patch.items)) {
    const there = parts.items.get(id);
    if (there !== undefined && sameJson(there, item)) continue;
    if (there !== undefined && versionOf(id) > base) conflicts.push(id);
    parts.items.set(id, item);
    now.set(id, next);
  }
  for (const id of patch.removed ?? []) {
    if (parts.items.has(id) && versionOf(id) <= base) {
      // an item that changed elsewhere stays
      parts.items.delete(id);
      now.delete(id);
    }
  }
  if (patch.order) parts.items = reorder(parts.items, patch.order);
  setKeys(parts, patch);
  return { state: putTogether(parts), versions: Object.fromEntries(now), conflicts };
}

/**
 * Splits a state.
 *
 * @param {any} state
 * @returns {Parts | null} null if it does not have the shape of a graph state, or an item has no unique id
 */
function takeApart(state) {
  if (!isRecord(state)) return null;
  const top = new Map(Object.entries(state));
  const expressions = top.has('expressions') ? top.get('expressions') : {};
  if (!isRecord(expressions)) return null;
  const inner = new Map(Object.entries(expressions));
  const list = inner.has('list') ? inner.get('list') : [];
  if (!Array.isArray(list) || Math.max(top.size, inner.size, list.length) > MAX_PARTS) return null;
  if ([...top.keys()].some((key) => key.startsWith(INNER))) return null;
  const items = new Map(list.map((item) => [item?.id, item]));
  if (items.size < list.length || ![...items.keys()].every((id) => typeof id === 'string' && id !== '')) return null;
  return { top, inner, items };
}

/** @param {Parts} parts */
function putTogether({ top, inner, items }) {
  if (inner.has('list') || items.size > 0) inner.set('list', [...items.values()]);
  if (top.has('expressions') || inner.size > 0) top.set('expressions', Object.fromEntries(inner));
  return Object.fromEntries(top);
}

/** The keys that are placeholders and change by other means. */
const PLACES = ['expressions', `${INNER}list`];

/**
 * @param {Map<string, any>} before
 * @param {Map<string, any>} after
 * @param {string} prefix
 * @returns {{set: [string, any][], unset: string[]}}
 */
function diffKeys(before, after, prefix) {
  const isPlace = (/** @type {string} */ key) => PLACES.includes(prefix + key);
  const set = [...after].filter(
    ([key, value]) => !isPlace(key) && !(before.has(key) && sameJson(before.get(key), value)),
  );
  const unset = [...before.keys()].filter((key) => !isPlace(key) && !after.has(key));
  return { set: set.map(([key, value]) => [prefix + key, value]), unset: unset.map((key) => prefix + key) };
}

/**
 * Applies changes of keys other than items. They never conflict: the later arrival wins.
 *
 * @param {Parts} parts
 * @param {StatePatch} patch
 */
function setKeys({ top, inner }, { set, unset = [] }) {
  /** @type {(key: string) => [Map<string, any>, string]} */
  const place = (key) => (key.startsWith(INNER) ? [inner, key.slice(INNER.length)] : [top, key]);
  for (const [key, value] of sorted(set)) {
    const [keys, name] = place(key);
    keys.set(name, value);
  }
  for (const key of unset.filter((each) => !PLACES.includes(each))) {
    const [keys, name] = place(key);
    keys.delete(name);
  }
}

/**
 * Reorders items. An item that the order does not name stays behind its predecessor.
 *
 * @param {Map<string, any>} items
 * @param {string[]} order
 */
function reorder(items, order) {
  const ids = [...new Set(order)].filter((id) => items.has(id));
  const named = new Set(ids);
  let before = -1;
  for (const id of items.keys()) {
    if (!named.has(id)) ids.splice(before + 1, 0, id);
    before = ids.indexOf(id);
  }
  return new Map(ids.map((id) => [id, items.get(id)]));
}

/**
 * Returns entries sorted by code points of their keys, as on the server.
 *
 * @param {Record<string, any>} [values]
 */
function sorted(values = {}) {
  return Object.entries(values).sort(([a], [b]) => compareCharacters(a, b));
}

/**
 * @param {string} a
 * @param {string} b
 */
function compareCharacters(a, b) {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((character, i) => character !== right[i]);
  if (at < 0) return left.length - right.length;
  return (left[at].codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
