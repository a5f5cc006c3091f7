import { folderOf } from '../../../state/folders.js';
import { itemText } from '../../../state/item.js';
import { nextPlace } from '../../../state/drop-places.js';
import { RowDrag } from './drag.js';

/**
 * Moves rows within the list: by dragging their tab, by Alt with an arrow key, or by a button. The new position is
 * announced.
 */
export class RowMoves {
  #editing;
  #list;
  #drag;

  /**
   * @param {import('../../editing.js').Editing} editing
   * @param {import('../expression-list.js').ExpressionList} list
   */
  constructor(editing, list) {
    this.#editing = editing;
    this.#list = list;
    this.#drag = new RowDrag({
      element: list.element,
      entries: () => (editing.readOnly ? [] : editing.document.entries),
      rows: () => list.rows,
      drop: (key, place) => this.#put(key, place),
    });
    list.element.addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
  }

  /**
   * Moves a row by one place, also in or out of a folder. The focus stays.
   *
   * @param {string} key
   * @param {-1 | 1} direction
   */
  step(key, direction) {
    const { entries } = this.#editing.document;
    const entry = entries.find((other) => other.key === key);
    const place = entry && nextPlace(entries, entry, direction);
    if (place) this.#put(key, place);
    else if (entry) this.#editing.announce(direction === 1 ? 'This is the last place.' : 'This is the first place.');
  }

  destroy() {
    this.#drag.destroy();
  }

  /**
   * @param {string} key
   * @param {import('../../../state/drop-places.js').Place} place
   */
  #put(key, { index, folder }) {
    const { activeElement } = document;
    this.#editing.document.move(key, index, folder?.key);
    this.#editing.restructured();
    // Moving an element within the page takes the focus from it.
    if (activeElement instanceof HTMLElement && document.activeElement !== activeElement) activeElement.focus();
    const { entries } = this.#editing.document;
    const at = this.#editing.document.indexOf(key);
    this.#editing.announce(`Moved to place ${at + 1} of ${entries.length}${wordsOf(folderOf(entries, entries[at]))}.`);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const direction = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (direction === 0 || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || this.#editing.readOnly)
      return;
    const key = this.#list.keyOf(/** @type {Node} */ (event.target));
    if (key === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.step(key, direction);
  }
}

/** @param {import('../../../state/document.js').Entry | undefined} folder */
function wordsOf(folder) {
  return folder ? `, in folder ${itemText(folder.item, 'title')}`.trimEnd() : '';
}
