import { folderOf, isCollapsed, isFolder, membersOf } from './folders.js';

/**
 * The place of an entry in the list: before the entry at `index` (or at the end), in `folder` or in none.
 *
 * @typedef {import('./document.js').Entry} Entry
 * @typedef {{index: number, folder?: Entry}} Place
 */

/**
 * Returns the place of an entry that is dropped on another one: before or after it. The first half of an open folder
 * means before the folder, the second half its first place; after its last item is still inside.
 *
 * @param {readonly Entry[]} entries
 * @param {Entry} entry the moved entry
 * @param {Entry} over
 * @param {boolean} isAfter
 * @returns {Place}
 */
export function dropPlace(entries, entry, over, isAfter) {
  const around = folderOf(entries, over);
  // Folders do not nest, so it goes past the folder that it is dropped on.
  if (isFolder(entry) && around) return { index: isAfter ? endOf(entries, around) : entries.indexOf(around) };
  if (!isAfter) return { index: entries.indexOf(over), folder: around };
  if (!isFolder(over)) return { index: entries.indexOf(over) + 1, folder: around };
  if (isFolder(entry) || isCollapsed(over.item)) return { index: endOf(entries, over) };
  return { index: entries.indexOf(over) + 1, folder: over };
}

/**
 * Returns the next place up or down for an entry that is moved step by step: past the next item, into an open folder,
 * or out of it.
 *
 * @param {readonly Entry[]} entries
 * @param {Entry} entry
 * @param {-1 | 1} direction
 * @returns {Place | null} null at the end of the list
 */
export function nextPlace(entries, entry, direction) {
  if (isFolder(entry)) return nextForFolder(entries, entry, direction);
  return direction === 1 ? placeBelow(entries, entry) : placeAbove(entries, entry);
}

/**
 * @param {readonly Entry[]} entries
 * @param {Entry} entry not a folder
 * @returns {Place | null}
 */
function placeBelow(entries, entry) {
  const index = entries.indexOf(entry);
  const around = folderOf(entries, entry);
  const next = entries[index + 1];
  if (around && (!next || folderOf(entries, next) !== around)) return { index: index + 1 };
  if (!next) return null;
  return dropPlace(entries, entry, next, true);
}

/**
 * @param {readonly Entry[]} entries
 * @param {Entry} entry not a folder
 * @returns {Place | null}
 */
function placeAbove(entries, entry) {
  const index = entries.indexOf(entry);
  const before = entries[index - 1];
  if (!before) return null;
  const around = folderOf(entries, entry);
  const folder = isFolder(before) ? before : folderOf(entries, before);
  if (!folder || folder === around) return { index: index - 1, folder: before === around ? undefined : around };
  return isCollapsed(folder.item) ? { index: entries.indexOf(folder) } : { index, folder };
}

/**
 * @param {readonly Entry[]} entries
 * @param {Entry} folder
 * @param {-1 | 1} direction
 * @returns {Place | null}
 */
function nextForFolder(entries, folder, direction) {
  const neighbour = entries[direction === 1 ? endOf(entries, folder) : entries.indexOf(folder) - 1];
  return neighbour ? dropPlace(entries, folder, neighbour, direction === 1) : null;
}

/**
 * @param {readonly Entry[]} entries
 * @param {Entry} folder
 * @returns {number} index after the last item of a folder
 */
function endOf(entries, folder) {
  return entries.indexOf(membersOf(entries, folder).at(-1) ?? folder) + 1;
}
