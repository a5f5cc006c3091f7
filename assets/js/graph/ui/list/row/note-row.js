import { itemText } from '../../../state/item.js';
import { element, setAttribute } from '../../parts/dom.js';
import { icon } from '../../parts/icons.js';
import { RowFrame } from './frame.js';

/**
 * A row for a note: text of several lines.
 */
export class NoteRow {
  element;
  #frame;
  #text = element('textarea', { class: 'graph-note-text', rows: 1, placeholder: 'Write a note' });
  // A copy of the text below the text area gives it its height, because text areas do not grow.
  #room = element('div', { class: 'graph-note-room', 'aria-hidden': 'true' });

  /**
   * @param {string} key
   * @param {import('../make-row.js').RowActions} actions
   */
  constructor(key, actions) {
    this.#frame = new RowFrame('graph-note', key, actions);
    this.element = this.#frame.element;
    this.#frame.tab.append(element('span', { class: 'graph-tab-picture' }, icon('note')));
    this.#frame.body.append(element('div', { class: 'graph-note-place' }, this.#room, this.#text));
    this.#text.addEventListener('input', () => {
      this.#makeRoom();
      actions.update(key, { text: this.#text.value || undefined }, `edit ${key}`);
    });
    this.#text.addEventListener('keydown', (event) => this.#onKey(event, key, actions));
  }

  /** @param {import('../make-row.js').RowContent} content */
  show(content) {
    const text = itemText(content.entry.item, 'text');
    this.#frame.show(content, `note ${content.number}`);
    setAttribute(this.#text, 'aria-label', `Note ${content.number}`);
    this.#text.readOnly = content.readOnly;
    if (this.#text.value !== text) this.#text.value = text;
    this.#makeRoom();
  }

  focus() {
    this.#text.focus();
  }

  destroy() {
    this.#frame.destroy();
  }

  #makeRoom() {
    // A trailing line break does not take up a line in a div.
    const room = `${this.#text.value}\u200b`;
    if (this.#room.textContent !== room) this.#room.textContent = room;
  }

  #isOneLine() {
    const { lineHeight, paddingBlockStart } = getComputedStyle(this.#room);
    return this.#room.clientHeight - 2 * parseFloat(paddingBlockStart) < 1.5 * parseFloat(lineHeight);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} key
   * @param {import('../make-row.js').RowActions} actions
   */
  #onKey(event, key, actions) {
    if (event.altKey || event.shiftKey || event.isComposing) return;
    const { value, selectionStart, selectionEnd, readOnly } = this.#text;
    const isCommand = event.ctrlKey || event.metaKey;
    const isCursor = selectionStart === selectionEnd;
    const isOneLine = this.#isOneLine();
    if (event.key === 'Enter' && isCommand && !readOnly) actions.enter(key);
    else if (isCommand) return;
    else if (event.key === 'Backspace' && value === '' && !readOnly) actions.backspace(key);
    // The arrow keys move the cursor within the text, and leave it at its ends.
    else if (event.key === 'ArrowUp' && isCursor && (isOneLine || selectionStart === 0)) actions.leave(key, -1);
    else if (event.key === 'ArrowDown' && isCursor && (isOneLine || selectionEnd === value.length))
      actions.leave(key, 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
