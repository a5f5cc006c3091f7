import { folderOf, membersOf } from './folders.js';
import { isHidden, itemKind } from './item.js';

/** Kinds of items that are drawn and can be hidden individually. @type {ReadonlySet<string>} */
const SWITCHED = new Set(['expression', 'image']);

/**
 * Toggles the visibility of an item. An item in a hidden folder is shown alone: the folder is shown, and its other
 * items are hidden individually.
 *
 * @param {import('./document.js').GraphDocument} document
 * @param {string} key
 */
export function toggleShown(document, key) {
  const { entries } = document;
  const entry = entries[document.indexOf(key)];
  if (!entry) return;
  const folder = folderOf(entries, entry);
  if (!folder || !isHidden(folder.item)) {
    document.update(key, { hidden: isHidden(entry.item) ? undefined : true });
    return;
  }
  document.asOneStep(() => {
    document.update(folder.key, { hidden: undefined });
    for (const member of membersOf(entries, folder)) {
      if (SWITCHED.has(itemKind(member.item)))
        document.update(member.key, { hidden: member === entry ? undefined : true });
    }
  });
}
