import { itemText } from './item.js';
import { copyJson, isRecord } from './json.js';
import { newState } from './new-state.js';

/**
 * An item with its key while the page is open. The key is the item's id if that is usable; a state may have items
 * without an id, or with the same id.
 *
 * @typedef {Readonly<{key: string, item: import('./item.js').Item}>} Entry
 */

/**
 * Everything that an edit may change.
 *
 * @typedef {object} Content
 * @property {Readonly<Record<string, unknown>>} root the state without its list
 * @property {readonly Entry[]} entries
 * @property {boolean} hasList whether the list is written to the state: an unreadable list is preserved until an item
 *   is added
 * @property {import('./settings.js').Viewport} [view] the viewport before the next undo step moved it
 */

/**
 * @param {unknown} state
 * @returns {Content}
 */
export function contentOf(state) {
  const root = isRecord(state) && Object.keys(state).length > 0 ? copyJson(state) : newState();
  const list = isRecord(root.expressions) ? root.expressions.list : undefined;
  const hasList = Array.isArray(list);
  return { root, entries: keyed(hasList ? list : []), hasList };
}

/**
 * @param {readonly import('./item.js').Item[]} items
 * @returns {readonly Entry[]}
 */
function keyed(items) {
  const taken = new Set();
  return items.map((item, index) => {
    const id = itemText(item, 'id');
    let key = id || `item ${index}`;
    while (taken.has(key)) key = `${key} again`;
    taken.add(key);
    return { key, item };
  });
}
