import { adopt } from '../../state/renumber-items.js';
import { folderOf, isCollapsed, isFolder, membersOf, unfolded } from '../../state/folders.js';
import { itemKind, itemLatex, itemText } from '../../state/item.js';
import { isRecord } from '../../state/json.js';
import { dropPlace } from '../../state/drop-places.js';
import { toggleShown } from '../../state/visibility.js';

/** Keys of an item that survive when it becomes one of another type. */
const KEPT = new Set(['id', 'folderId', 'secret']);

/** Edits of the list, and the position of the cursor after them. */
export class ListEdits {
  #editing;
  #list;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {import('./expression-list.js').ExpressionList} list
   */
  constructor(editing, list) {
    this.#editing = editing;
    this.#list = list;
  }

  /**
   * @param {string} key
   * @param {Record<string, unknown>} changes
   * @param {string} [tag]
   */
  update(key, changes, tag) {
    this.#document.update(key, changes, tag);
    this.#editing.changed();
  }

  /** @param {string} key */
  toggle(key) {
    toggleShown(this.#document, key);
    this.#editing.changed();
  }

  /**
   * @param {number} index
   * @param {string} [folderId] id of the containing folder
   */
  add(index, folderId) {
    const { document } = this.#editing;
    const key = document.insert(index, {
      type: 'expression',
      color: document.nextColor,
      ...(folderId ? { folderId } : {}),
    });
    this.#editing.restructured();
    this.#list.focusRow(key);
  }

  /** Focuses the last line if it is an empty expression, otherwise adds one. */
  writeAtEnd() {
    const { entries } = this.#document;
    const last = entries.at(-1);
    const isEmpty = last !== undefined && itemKind(last.item) === 'expression' && itemLatex(last.item) === '';
    if (!isEmpty || !this.#list.focusRow(last.key)) this.add(entries.length);
  }

  /** @param {string} key key of a row; below an open folder means inside it */
  addBelow(key) {
    const entry = this.#entry(key);
    const { entries } = this.#document;
    if (!entry) return;
    if (!isFolder(entry)) this.add(entries.indexOf(entry) + 1, itemText(folderOf(entries, entry)?.item, 'id'));
    else if (!isCollapsed(entry.item)) this.add(entries.indexOf(entry) + 1, itemText(entry.item, 'id'));
    else this.add(entries.indexOf(membersOf(entries, entry).at(-1) ?? entry) + 1);
  }

  /**
   * @param {string} key
   * @param {-1 | 1} direction where the cursor goes: forward after a deletion, back after a backspace
   */
  remove(key, direction) {
    const entry = this.#entry(key);
    if (!entry) return;
    const { entries } = this.#document;
    const index = entries.indexOf(entry);
    const members = membersOf(entries, entry);
    this.#document.remove(key, ...members.map((member) => member.key));
    this.#editing.restructured();
    if (members.length > 0) this.#list.notify(`The folder is deleted, with ${lines(members.length)} in it.`);
    const next = direction === 1 ? index - 1 : index;
    if (this.#focusAt(next, direction) || this.#focusAt(index, direction === 1 ? -1 : 1)) return;
    this.#list.focusAdd();
  }

  /** @param {string} key key of a folder */
  unfold(key) {
    const folder = this.#entry(key);
    if (!folder) return;
    const index = this.#document.indexOf(key);
    this.#document.arrange((entries) => unfolded(entries, folder));
    this.#editing.restructured();
    this.#editing.announce('The folder is removed. What was in it is still here.');
    if (!this.#focusAt(index, -1) && !this.#focusAt(index - 1, 1)) this.#list.focusAdd();
  }

  /**
   * Replaces the item; only its position stays.
   *
   * @param {string} key
   * @param {'text' | 'table'} type
   * @param {Record<string, unknown>} rest
   */
  become(key, type, rest) {
    const { item } = this.#entry(key) ?? {};
    if (!isRecord(item)) return;
    const gone = Object.keys(item)
      .filter((name) => !KEPT.has(name))
      .map((name) => [name, undefined]);
    this.#document.update(key, { ...Object.fromEntries(gone), ...rest, type });
    this.#editing.restructured();
    this.#list.focusRow(key);
  }

  /**
   * @param {number} index
   * @param {-1 | 1} direction
   * @returns {boolean} whether there is a row in that direction
   */
  #focusAt(index, direction) {
    const { entries } = this.#document;
    for (let i = index + direction; i >= 0 && i < entries.length; i += direction) {
      if (this.#list.focusRow(entries[i].key, direction)) return true;
    }
    return false;
  }

  /**
   * @param {string} key
   * @param {number} index
   * @param {string} [folder]
   */
  move(key, index, folder) {
    this.#document.move(key, index, folder);
    this.#editing.restructured();
  }

  /**
   * @param {string} key
   * @param {readonly string[]} names
   */
  addSliders(key, names) {
    const index = this.#document.indexOf(key) + 1;
    const keys = names.map((name, offset) => this.#document.insertExpression(index + offset, `${name}=1`));
    this.#editing.restructured();
    this.#list.focusSlider(keys[0]);
  }

  /**
   * @param {string} key
   * @param {-1 | 1} direction
   * @returns {boolean} whether there is a row in that direction
   */
  focusFrom(key, direction) {
    return this.#focusAt(this.#document.indexOf(key), direction);
  }

  /**
   * Adds an item below the selected row, or at the end.
   *
   * @param {Record<string, unknown>} item without id
   */
  addBelowSelected(item) {
    const { document, selected } = this.#editing;
    const { entries } = document;
    const over = selected === null ? undefined : this.#entry(selected);
    const { index, folder } = over ? dropPlace(entries, { key: '', item }, over, true) : { index: entries.length };
    const key = document.insert(index, { ...item, ...(folder ? { folderId: itemText(folder.item, 'id') } : {}) });
    this.#editing.restructured();
    this.#list.focusRow(key);
  }

  /** @param {string} key key of a row; a folder is copied with its contents */
  duplicate(key) {
    const entry = this.#entry(key);
    if (!entry) return;
    const { entries } = this.#document;
    const block = [entry, ...membersOf(entries, entry)];
    const folderId = itemText(folderOf(entries, entry)?.item, 'id');
    const copies = adopt(
      block.map(({ item }) => item),
      entries.map(({ item }) => item),
      folderId,
    );
    const index = Math.max(...block.map((other) => entries.indexOf(other))) + 1;
    const keys = this.#document.insertAll(index, copies);
    this.#editing.restructured();
    if (keys.length > 0) this.#list.focusRow(keys[0]);
  }

  /** @param {string} key key of an expression */
  clear(key) {
    this.update(key, { latex: undefined });
    this.#editing.restructured();
    this.#list.focusRow(key);
  }

  /** @param {string} key key of a row to move into a new folder */
  enfold(key) {
    const { document } = this.#editing;
    const index = document.indexOf(key);
    if (index < 0) return;
    const folder = document.asOneStep(() => {
      const made = document.insert(index, { type: 'folder' });
      document.move(key, index + 2, made);
      return made;
    });
    this.#editing.restructured();
    this.#list.focusRow(folder);
  }

  get #document() {
    return this.#editing.document;
  }

  /** @param {string} key */
  #entry(key) {
    return this.#document.entries[this.#document.indexOf(key)];
  }
}

/** @param {number} count */
function lines(count) {
  return count === 1 ? 'one line' : `${count} lines`;
}
