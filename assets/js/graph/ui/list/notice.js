import { button, element } from '../parts/dom.js';
import { icon } from '../parts/icons.js';

/**
 * A message about an edit that changed more than is visible, with an undo button. It stays until it is closed or the
 * list is edited again.
 */
export class ListNotice {
  #text = element('p', { class: 'graph-notice-text', role: 'status' });
  #back;
  element;
  /** @type {readonly unknown[] | null} the list when the message was shown */
  #about = null;
  /** @type {readonly unknown[]} */
  #entries = [];

  /** @param {() => void} undo */
  constructor(undo) {
    this.#back = element('button', { type: 'button', class: 'graph-notice-undo' }, 'Undo');
    this.#back.addEventListener('click', undo);
    const close = button('graph-notice-close', 'Close', () => this.#hide(), icon('remove'));
    this.element = element('div', { class: 'graph-notice' }, this.#text, this.#back, close);
    this.#hide();
  }

  /**
   * @param {string} text
   * @param {boolean} canUndo
   */
  show(text, canUndo) {
    this.#back.hidden = !canUndo;
    this.#about = this.#entries;
    this.#text.textContent = text;
    this.element.classList.remove('graph-notice-empty');
  }

  /** @param {readonly unknown[]} entries the current list */
  follow(entries) {
    this.#entries = entries;
    if (this.#about !== null && entries !== this.#about) this.#hide();
  }

  #hide() {
    this.#about = null;
    this.#text.textContent = '';
    this.element.classList.add('graph-notice-empty');
  }
}
