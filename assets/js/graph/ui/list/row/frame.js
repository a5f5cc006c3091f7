import { isCollapsed } from '../../../state/folders.js';
import { button, element, setAttribute } from '../../parts/dom.js';
import { icon } from '../../parts/icons.js';

/** The parts that every row has: a numbered tab, space for its content and the delete button. */
export class RowFrame {
  element;
  /** The space beside the number, for a colour disc or picture. */
  tab;
  body = element('div', { class: 'graph-row-body' });
  #number = element('span', { class: 'graph-number', 'aria-hidden': 'true' });
  #name = '';
  #more;
  #remove;

  /**
   * @param {string} className class of this kind of row
   * @param {string} key key of its entry
   * @param {import('../make-row.js').RowActions} actions
   */
  constructor(className, key, actions) {
    this.tab = element('div', { class: 'graph-tab' }, this.#number);
    const options = (/** @type {HTMLElement} */ anchor, /** @type {boolean} */ isToggle) => {
      actions.options(key, this.#name, anchor, isToggle);
    };
    this.#more = button('graph-more', '', () => options(this.#more, true), icon('more'));
    this.#more.setAttribute('aria-haspopup', 'dialog');
    // The secondary mouse button, or a long press (drag.js).
    this.tab.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      options(this.tab, false);
    });
    this.#remove = button('graph-remove', '', () => actions.remove(key), icon('remove'));
    this.element = element('li', { class: `graph-row ${className}` }, this.tab, this.body, this.#more, this.#remove);
  }

  /**
   * @param {import('../make-row.js').RowContent} content
   * @param {string} name name of the row within a sentence: `expression 3`
   */
  show({ number, folder, readOnly }, name) {
    this.element.classList.toggle('graph-member', folder !== undefined);
    // Opening a folder changes the state, so in a read-only graph folders are always open.
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
