import { newId, takenIds } from './item.js';
import { copyJson, isRecord } from './json.js';

/**
 * Prepares items for a list that has others already: gives them, and the columns of tables, new ids, and makes members
 * of a copied folder members of the copy.
 *
 * @param {readonly import('./item.js').Item[]} items
 * @param {Iterable<import('./item.js').Item>} others the items of the list
 * @param {string} [folderId] folder of the items that are not in a copied folder
 * @returns {Record<string, unknown>[]} copies, without non-items
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
    const folder = item.type === 'folder' ? undefined : (folders.get(before) ?? folderId);
    return {
      ...rest,
      id,
      ...(folder ? { folderId: folder } : {}),
      ...(columns === undefined ? {} : { columns: withOwnIds(columns, fresh) }),
    };
  });
}

/**
 * @param {unknown} columns columns of a table
 * @param {() => string} fresh
 */
function withOwnIds(columns, fresh) {
  return Array.isArray(columns)
    ? columns.map((column) => (isRecord(column) ? { ...column, id: fresh() } : column))
    : columns;
}
