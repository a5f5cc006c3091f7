import { button, element, setAttribute } from './dom.js';
import { icon } from './icons.js';

/**
 * What every row has: a tab with its number, room for what it holds, and the button that takes it away.
 */
export class RowFrame {
  element;
  /** Beside the number: the disc of a colour, a picture. */
  tab;
  body = element('div', { class: 'graph-row-body' });
  #number = element('span', { class: 'graph-number', 'aria-hidden': 'true' });
  #remove;

  /**
   * @param {string} className of the row's own kind
   * @param {() => void} remove
   */
  constructor(className, remove) {
    this.tab = element('div', { class: 'graph-tab' }, this.#number);
    this.#remove = button('graph-remove', '', remove, icon('remove'));
    this.element = element('li', { class: `graph-row ${className}` }, this.tab, this.body, this.#remove);
  }

  /**
   * @param {import('./rows.js').RowContent} content
   * @param {string} name what the row is called, in the middle of a sentence: `expression 3`
   */
  show({ number, readOnly }, name) {
    this.#number.textContent = String(number);
    setAttribute(this.#remove, 'aria-label', `Delete ${name}`);
    this.#remove.hidden = readOnly;
  }

  destroy() {
    this.element.remove();
  }
}
