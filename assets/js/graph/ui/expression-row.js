import { safeColor } from '../state/color.js';
import { isHidden, itemLatex, itemText } from '../state/item.js';
import { isDrawn } from '../state/scene.js';
import { colorName, messageOf } from './describe.js';
import { button, element, setAttribute } from './dom.js';
import { FormulaInput } from './formula-input.js';
import { icon } from './icons.js';
import { RowMessage } from './row-message.js';
import { SliderInput } from './slider-input.js';
import { toPlain } from './to-plain.js';

/**
 * What a row asks for; `key` is its entry's.
 *
 * @typedef {object} RowActions
 * @property {(key: string, latex: string) => void} edit
 * @property {(key: string) => void} enter
 * @property {(key: string) => void} backspace
 * @property {(key: string, direction: -1 | 1) => void} leave
 * @property {(key: string) => void} toggle shows or hides the curve
 * @property {(key: string) => void} remove
 * @property {(key: string, value: number) => void} slide
 * @property {(key: string, names: readonly string[]) => void} addSliders
 * @property {(text: string) => void} announce
 */

/**
 * What a row shows.
 *
 * @typedef {object} RowContent
 * @property {import('../state/document.js').Entry} entry
 * @property {number} number its place in the list, from 1
 * @property {import('../state/scene.js').Meaning | undefined} meaning
 * @property {import('../state/slider.js').Slider | null} slider
 * @property {boolean} readOnly
 */

/**
 * A row for an expression: colour, formula, what it says, and delete.
 */
export class ExpressionRow {
  kind = 'expression';
  element;
  #swatch;
  #number = element('span', { class: 'graph-number', 'aria-hidden': 'true' });
  #formula;
  #message;
  #slider;
  #remove;

  /**
   * @param {string} key
   * @param {RowActions} actions
   */
  constructor(key, actions) {
    this.#swatch = button('graph-swatch', '', () => actions.toggle(key), element('span', { class: 'graph-disc' }));
    this.#formula = new FormulaInput({
      input: (latex) => actions.edit(key, latex),
      enter: () => actions.enter(key),
      backspace: () => actions.backspace(key),
      leave: (direction) => actions.leave(key, direction),
    });
    this.#message = new RowMessage((names) => actions.addSliders(key, names), (text) => {
      actions.announce(`Expression ${this.#number.textContent}: ${text}`);
    });
    this.#slider = new SliderInput((value) => actions.slide(key, value));
    this.#remove = button('graph-remove', '', () => actions.remove(key), icon('remove'));
    this.element = element(
      'li',
      { class: 'graph-row' },
      element('div', { class: 'graph-tab' }, this.#number, this.#swatch),
      element('div', { class: 'graph-row-body' }, this.#formula.element, this.#slider.element, this.#message.element),
      this.#remove,
    );
  }

  /** @param {RowContent} content */
  show({ entry: { item }, number, meaning, slider, readOnly }) {
    const name = `Expression ${number}`;
    const message = messageOf(meaning, item);
    this.#number.textContent = String(number);
    this.#formula.latex = itemLatex(item);
    this.#formula.label = name;
    this.#formula.readOnly = readOnly;
    this.#showSwatch(name, item, meaning, readOnly);
    setAttribute(this.#remove, 'aria-label', `Delete expression ${number}`);
    this.#remove.hidden = readOnly;
    this.element.classList.toggle('graph-row-error', message?.tone === 'error');
    this.#message.show(message, { patient: this.#formula.hasFocus, canEdit: !readOnly });
    this.#slider.show(slider, { label: `Slider for ${toPlain(itemLatex(item)).split(' =')[0]}`, readOnly });
  }

  focus() {
    this.#formula.focus();
  }

  focusSlider() {
    this.#slider.focus();
  }

  destroy() {
    this.#message.destroy();
    this.element.remove();
  }

  /**
   * @param {string} name
   * @param {import('../state/item.js').Item} item
   * @param {RowContent['meaning']} meaning
   * @param {boolean} readOnly
   */
  #showSwatch(name, item, meaning, readOnly) {
    const color = safeColor(itemText(item, 'color'));
    const hidden = isHidden(item);
    const drawn = meaning !== undefined && isDrawn(meaning);
    const look = !drawn ? 'none' : hidden ? 'hidden' : meaning.kind === 'point' ? 'points' : 'curve';
    const label = !drawn ? `${name}, ${colorName(color)}, nothing to show` : `${name}, ${colorName(color)}, ${hidden ? 'hidden' : 'shown'}`;
    setAttribute(this.#swatch, 'aria-label', label);
    this.#swatch.disabled = readOnly || !drawn;
    this.#swatch.style.setProperty('--swatch', color);
    if (this.#swatch.dataset.look === look) return;
    this.#swatch.dataset.look = look;
    const picture = look === 'curve' ? icon('curve') : look === 'points' ? icon('points') : null;
    this.#swatch.firstElementChild?.replaceChildren(...(picture ? [picture] : []));
  }
}
