import { isRecord } from './json.js';

/**
 * An item of the expression list in the state: usually an object with `id` and `type`, but anything else is preserved.
 *
 * @typedef {unknown} Item
 */

/**
 * The kind of an item; unknown kinds are named in the list and preserved.
 *
 * @typedef {'expression' | 'text' | 'table' | 'folder' | 'image' | 'simulation' | 'unknown'} ItemKind
 */

/** @type {ReadonlySet<unknown>} */
const KNOWN_KINDS = new Set(['expression', 'text', 'table', 'folder', 'image', 'simulation']);

/**
 * @param {Item} item
 * @returns {ItemKind}
 */
export function itemKind(item) {
  if (!isRecord(item) || !KNOWN_KINDS.has(item.type)) return 'unknown';
  if (item.type === 'expression' && !isOptionalString(item.latex)) return 'unknown';
  return /** @type {ItemKind} */ (item.type);
}

/**
 * @param {Item} item
 * @returns {string} its formula, or an empty string
 */
export function itemLatex(item) {
  return isRecord(item) && typeof item.latex === 'string' ? item.latex : '';
}

/**
 * @param {Item} item
 * @param {string} key
 * @returns {string} the item's text under that key, empty where there is none
 */
export function itemText(item, key) {
  return isRecord(item) && typeof item[key] === 'string' ? item[key] : '';
}

/**
 * @param {Item} item
 * @returns {boolean} whether the item itself is switched off
 */
export function isHidden(item) {
  return isRecord(item) && item.hidden === true;
}

/**
 * Every id a list takes up: of the items and of the columns of its tables, which share one space of names.
 *
 * @param {Iterable<Item>} items
 * @returns {Set<string>}
 */
export function takenIds(items) {
  const ids = new Set();
  for (const item of items) {
    if (!isRecord(item)) continue;
    ids.add(String(item.id));
    if (!Array.isArray(item.columns)) continue;
    for (const column of item.columns) if (isRecord(column)) ids.add(String(column.id));
  }
  return ids;
}

/**
 * A number as text, as the format has its ids, drawn at random: two devices that each add an item while offline must
 * not give both the same id, for a museum is merged by id.
 *
 * @param {ReadonlySet<string>} taken
 * @returns {string}
 */
export function newId(taken) {
  for (;;) {
    const id = String(crypto.getRandomValues(new Uint32Array(1))[0]);
    if (!taken.has(id)) return id;
  }
}

/** @param {unknown} value */
function isOptionalString(value) {
  return value === undefined || typeof value === 'string';
}
