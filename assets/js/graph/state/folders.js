import { itemKind, itemText } from './item.js';
import { isRecord, withChanges } from './json.js';

/**
 * The order of the list and its folders. A folder is an item like any other; its members refer to it by `folderId` and
 * follow it.
 *
 * @typedef {import('./document.js').Entry} Entry
 */

/**
 * @param {readonly Entry[]} entries
 * @param {Entry} entry
 * @returns {Entry | undefined} the folder that contains it
 */
export function folderOf(entries, entry) {
  const id = itemText(entry.item, 'folderId');
  if (!id || isFolder(entry)) return undefined;
  return entries.find((other) => isFolder(other) && itemText(other.item, 'id') === id);
}

/**
 * @param {readonly Entry[]} entries
 * @param {Entry} folder
 * @returns {Entry[]} its members in order; empty if it is not a folder
 */
export function membersOf(entries, folder) {
  const id = isFolder(folder) ? itemText(folder.item, 'id') : '';
  return id ? entries.filter((entry) => !isFolder(entry) && itemText(entry.item, 'folderId') === id) : [];
}

/**
 * @param {readonly Entry[]} entries
 * @returns {Map<string, Entry>} the folder of each member, by the member's key
 */
export function folders(entries) {
  const byId = new Map(entries.filter(isFolder).map((folder) => [itemText(folder.item, 'id'), folder]));
  const found = new Map();
  for (const entry of entries) {
    const id = itemText(entry.item, 'folderId');
    const folder = id ? byId.get(id) : undefined;
    if (folder && !isFolder(entry)) found.set(entry.key, folder);
  }
  return found;
}

/** @param {Entry} entry */
export function isFolder({ item }) {
  return itemKind(item) === 'folder';
}

/** @param {import('./item.js').Item} item a folder */
export function isCollapsed(item) {
  return isRecord(item) && item.collapsed === true;
}

/**
 * Moves an entry; a folder with its members.
 *
 * @param {readonly Entry[]} entries
 * @param {string} key
 * @param {number} index index of the entry before which it is placed; the length of the list for its end
 * @param {Entry} [into] the folder that contains it afterwards; a folder cannot be in another one, and goes past one
 *   that it would split
 * @returns {readonly Entry[]}
 */
export function moved(entries, key, index, into) {
  const entry = entries.find((other) => other.key === key);
  if (!entry) return entries;
  const block = [entry, ...membersOf(entries, entry)];
  const rest = entries.filter((other) => !block.includes(other));
  let place = entries.slice(0, index).filter((other) => !block.includes(other)).length;
  if (isFolder(entry)) place = pastFolder(rest, place);
  else block[0] = within(entry, into);
  return rest.toSpliced(place, 0, ...block);
}

/**
 * @param {Entry} entry
 * @param {Entry | undefined} folder
 * @returns {Entry} the entry as a member of the folder, or of none; unchanged if it already is
 */
export function within(entry, folder) {
  const folderId = folder ? itemText(folder.item, 'id') : undefined;
  if (!isRecord(entry.item) || entry.item.folderId === folderId) return entry;
  return { ...entry, item: withChanges(entry.item, { folderId }) };
}

/**
 * @param {readonly Entry[]} entries
 * @param {number} place
 * @returns {number} the next index, from there on, outside folders
 */
function pastFolder(entries, place) {
  let next = place;
  while (next < entries.length && folderOf(entries, entries[next])) next++;
  return next;
}

/**
 * Removes a folder and keeps its members.
 *
 * @param {readonly Entry[]} entries
 * @param {Entry} folder
 * @returns {readonly Entry[]}
 */
export function unfolded(entries, folder) {
  const members = new Set(membersOf(entries, folder));
  return entries
    .filter((entry) => entry !== folder)
    .map((entry) => (members.has(entry) ? within(entry, undefined) : entry));
}
