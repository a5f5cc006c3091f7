import { button, element, setAttribute } from '../parts/dom.js';
import { icon } from '../parts/icons.js';
import { Popup } from '../parts/popup.js';

/**
 * A command of the "Add" menu.
 *
 * @typedef {{label: string, picture: Parameters<typeof icon>[0], run: () => void}} Offer
 */

/**
 * The actions of the buttons.
 *
 * @typedef {object} BarActions
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {(anchor: HTMLElement) => void} settings opens the settings of the graph beside the button
 * @property {() => void} keypad switches between the keypad and the device's keyboard
 * @property {() => void} help
 */

/**
 * The buttons above the list: add, undo, redo, settings, help.
 */
export class ListBar {
  element;
  #offers;
  #menu;
  #add;
  #undo;
  #redo;
  #keypad;
  #editButtons;

  /**
   * @param {HTMLElement} host the grapher
   * @param {() => readonly Offer[]} offers
   * @param {BarActions} actions
   */
  constructor(host, offers, { undo, redo, settings, keypad, help }) {
    this.#offers = offers;
    this.#menu = new Popup(host);
    this.#add = button('graph-step', 'Add…', () => this.openMenu(), icon('add'));
    this.#undo = button('graph-step', 'Undo', undo, icon('undo'));
    this.#redo = button('graph-step', 'Redo', redo, icon('redo'));
    const wrench = button('graph-step', 'Settings of the graph', () => settings(wrench), icon('settings'));
    this.#keypad = button('graph-step', 'Keypad', keypad, icon('keypad'));
    for (const opener of [this.#add, wrench]) opener.setAttribute('aria-haspopup', 'dialog');
    this.#editButtons = [this.#add, this.#undo, this.#redo, this.#keypad, wrench];
    this.element = element(
      'div',
      { class: 'graph-list-bar', role: 'group', 'aria-label': 'The list' },
      this.#add,
      this.#undo,
      this.#redo,
      element('span', { class: 'graph-gap' }),
      this.#keypad,
      wrench,
      button('graph-step', 'Help', help, icon('help')),
    );
  }

  /** @param {boolean} readOnly */
  show(readOnly) {
    for (const node of this.#editButtons) node.hidden = readOnly;
  }

  /** @param {boolean} isOn whether the keypad is in use */
  showKeypad(isOn) {
    setAttribute(this.#keypad, 'aria-pressed', String(isOn));
  }

  /**
   * Shows which of undo and redo are available. The other one is not disabled with `disabled`, because the button
   * pressed last would lose the focus.
   *
   * @param {{canUndo: boolean, canRedo: boolean}} steps
   */
  showSteps({ canUndo, canRedo }) {
    setAttribute(this.#undo, 'aria-disabled', String(!canUndo));
    setAttribute(this.#redo, 'aria-disabled', String(!canRedo));
  }

  openMenu() {
    if (this.#menu.isOpen) {
      this.#menu.close();
      return;
    }
    const deeds = this.#offers().map(({ label, picture, run }) => {
      const node = element('button', { type: 'button', class: 'graph-deed' }, icon(picture), label);
      node.addEventListener('click', () => {
        this.#menu.close();
        run();
      });
      return node;
    });
    this.#menu.open(this.#add, 'Add to the list', [element('div', { class: 'graph-menu' }, ...deeds)]);
  }

  destroy() {
    this.#menu.destroy();
  }
}
