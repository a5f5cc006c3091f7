import { newId, takenIds } from './item.js';
import { copyJson, isRecord } from './json.js';

/**
 * Items for a list that has others already: each with an id of its own, as the columns of tables have, and members of a
 * folder that comes along are members of the folder's copy.
 *
 * @param {readonly import('./item.js').Item[]} items
 * @param {Iterable<import('./item.js').Item>} others what the list has
 * @param {string} [folderId] for what is in no folder that comes along
 * @returns {Record<string, unknown>[]} copies; what is no item is left out
 */
export function adopt(items, others, folderId) {
  const taken = takenIds(others);
  const fresh = () => {
    const id = newId(taken);
    taken.add(id);
    return id;
  };
  const copies = items.filter(isRecord).map((item) => ({ item: copyJson(item), id: fresh() }));
  const folders = new Map(copies.filter(({ item }) => item.type === 'folder').map(({ item, id }) => [item.id, id]));
  return copies.map(({ item, id }) => {
    const { folderId: before, columns, ...rest } = item;
    const folder = item.type === 'folder' ? undefined : folders.get(before) ?? folderId;
    return {
      ...rest,
      id,
      ...(folder ? { folderId: folder } : {}),
      ...(columns === undefined ? {} : { columns: withOwnIds(columns, fresh) }),
    };
  });
}

/**
 * @param {unknown} columns of a table
 * @param {() => string} fresh
 */
function withOwnIds(columns, fresh) {
  return Array.isArray(columns) ? columns.map((column) => (isRecord(column) ? { ...column, id: fresh() } : column)) : columns;
}
