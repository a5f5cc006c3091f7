import { adopt } from '../../state/renumber-items.js';
import { nextColor } from '../../state/color.js';
import { itemKind, itemLatex, itemText } from '../../state/item.js';
import { dropPlace } from '../../state/drop-places.js';
import { readPasted } from './clipboard.js';

/**
 * Pastes into the list: formulas, one per line, or a whole graph. Nothing is replaced: a graph takes the place of an
 * empty list only, and is added to any other.
 */
export class ListPaste {
  #editing;
  #list;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {import('./expression-list.js').ExpressionList} list
   */
  constructor(editing, list) {
    this.#editing = editing;
    this.#list = list;
    document.addEventListener('paste', this.#onPaste, { capture: true });
  }

  destroy() {
    document.removeEventListener('paste', this.#onPaste, { capture: true });
  }

  /**
   * @param {string} key key of the row with the cursor
   * @param {string} text
   * @returns {boolean} whether the text was more than one formula for this row
   */
  intoRow(key, text) {
    const pasted = readPasted(text);
    if (pasted.kind !== 'lines') return this.#take(pasted, key);
    if (pasted.items.length < 2 || !/\S\s*[\n\r\u2028]\s*\S/.test(text)) return false;
    return this.#take(pasted, key);
  }

  /** Handles a paste outside text fields: on the plane or on a button. */
  #onPaste = (/** @type {ClipboardEvent} */ event) => {
    const place = placeOf(event);
    const isMeant =
      this.#editing.host.contains(place) &&
      !place?.closest('input, textarea, math-field, .graph-table-scroller, dialog, [popover]');
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (event.defaultPrevented || !isMeant || this.#editing.readOnly || text.trim() === '') return;
    event.preventDefault();
    event.stopPropagation(); // In Firefox, into a formula that no longer has the focus.
    this.#take(readPasted(text), this.#editing.selected);
  };

  /**
   * @param {import('./clipboard.js').Pasted} pasted
   * @param {string | null} key key of the selected row
   */
  #take(pasted, key) {
    if (pasted.kind === 'link')
      this.#list.notify('That is a link, not a graph. Open it, copy the formulas there, and paste them here.', false);
    else if (pasted.kind === 'graph') this.#takeGraph(pasted.state);
    else this.#takeLines(pasted.items, key);
    return true;
  }

  /** @param {Record<string, unknown>} state */
  #takeGraph(state) {
    const { document } = this.#editing;
    const { list } = /** @type {{list: unknown[]}} */ (state.expressions);
    if (document.entries.every(({ item }) => itemKind(item) === 'expression' && itemLatex(item) === '')) {
      document.replace(state);
      this.#editing.restructured();
      this.#list.notify(`The graph that you pasted is here, with ${lines(list.length)}.`);
      return;
    }
    const items = adopt(
      list,
      document.entries.map(({ item }) => item),
    );
    const keys = document.insertAll(document.entries.length, items);
    this.#editing.restructured();
    this.#list.notify(`Below your own lines: ${lines(keys.length)} of the graph that you pasted.`);
    if (keys.length > 0) this.#list.focusRow(keys[0]);
  }

  /**
   * @param {readonly Record<string, unknown>[]} items
   * @param {string | null} key key of the selected row; if it is empty, they replace it
   */
  #takeLines(items, key) {
    const { document } = this.#editing;
    const { entries } = document;
    const over = entries.find((entry) => entry.key === key);
    const isEmpty = over !== undefined && itemKind(over.item) === 'expression' && itemLatex(over.item) === '';
    const { index, folder } = over ? dropPlace(entries, over, over, true) : { index: entries.length };
    const added = colored(
      adopt(
        items,
        entries.map(({ item }) => item),
        itemText(folder?.item, 'id'),
      ),
      entries.map(({ item }) => itemText(item, 'color')),
    );
    const keys = document.asOneStep(() => {
      const inserted = document.insertAll(index, added);
      if (isEmpty) document.remove(over.key);
      return inserted;
    });
    this.#editing.restructured();
    if (keys.length > 1) this.#list.notify(`Pasted: ${lines(keys.length)}.`);
    const last = keys.at(-1);
    if (last !== undefined) this.#list.focusRow(last);
  }
}

/**
 * Returns the target of a paste. Firefox pastes where text was last selected, even in a field without the focus, or
 * else into the body; other browsers paste into the focused element.
 *
 * @param {ClipboardEvent} event
 * @returns {Element | null}
 */
function placeOf({ target }) {
  const focused = document.activeElement;
  if (focused && focused !== document.body) return focused;
  return target instanceof Element ? target : null;
}

/**
 * @param {readonly Record<string, unknown>[]} items
 * @param {string[]} used colours colours used in the list
 * @returns {Record<string, unknown>[]} expressions with the next colours
 */
function colored(items, used) {
  return items.map((item) => {
    if (item.type !== 'expression') return item;
    const color = nextColor(used);
    used.push(color);
    return { ...item, color };
  });
}

/** @param {number} count */
function lines(count) {
  return count === 1 ? 'one line' : `${count} lines`;
}
