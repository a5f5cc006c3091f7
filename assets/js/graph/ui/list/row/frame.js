import { isCollapsed } from '../../../state/folders.js';
import { button, element, setAttribute } from '../../parts/dom.js';
import { icon } from '../../parts/icons.js';

/**
 * What every row has: a tab with its number, room for what it holds, and the button that takes it away.
 */
export class RowFrame {
  element;
  /** Beside the number: the disc of a colour, a picture. */
  tab;
  body = element('div', { class: 'graph-row-body' });
  #number = element('span', { class: 'graph-number', 'aria-hidden': 'true' });
  #name = '';
  #more;
  #remove;

  /**
   * @param {string} className of the row's own kind
   * @param {string} key of its entry
   * @param {import('../make-row.js').RowActions} actions
   */
  constructor(className, key, actions) {
    this.tab = element('div', { class: 'graph-tab' }, this.#number);
    const options = (/** @type {HTMLElement} */ anchor, /** @type {boolean} */ isToggle) => {
      actions.options(key, this.#name, anchor, isToggle);
    };
    this.#more = button('graph-more', '', () => options(this.#more, true), icon('more'));
    this.#more.setAttribute('aria-haspopup', 'dialog');
    // The second mouse button, or a long press (row-drag.js).
    this.tab.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      options(this.tab, false);
    });
    this.#remove = button('graph-remove', '', () => actions.remove(key), icon('remove'));
    this.element = element('li', { class: `graph-row ${className}` }, this.tab, this.body, this.#more, this.#remove);
  }

  /**
   * @param {import('../make-row.js').RowContent} content
   * @param {string} name what the row is called, in the middle of a sentence: `expression 3`
   */
  show({ number, folder, readOnly }, name) {
    this.element.classList.toggle('graph-member', folder !== undefined);
    // Opening a folder changes the state, so one that is only read is always open.
    this.element.hidden = !readOnly && folder !== undefined && isCollapsed(folder.item);
    this.#number.textContent = String(number);
    this.#name = name;
    setAttribute(this.#more, 'aria-label', `Options of ${name}`);
    this.#more.hidden = readOnly;
    setAttribute(this.#remove, 'aria-label', `Delete ${name}`);
    this.#remove.hidden = readOnly;
  }

  destroy() {
    this.element.remove();
  }
}
