import { newMathField } from './mathlive.js';

/** @typedef {import('./formula-input.js').FormulaField} FormulaField */

/**
 * A formula on a device that is touched: typed in plain letters, for which the device brings its own keyboard up, and
 * shown as mathematics as soon as the cursor is elsewhere. (A MathLive field asks for no keyboard of the device; it
 * would be a field that nobody can type in.)
 *
 * @implements {FormulaField}
 */
export class TouchInput {
  #plain;
  #picture;

  /**
   * @param {typeof import('mathlive').MathfieldElement} Field
   * @param {import('./plain-input.js').PlainInput} plain the line that stands in the row already, cursor and all
   */
  constructor(Field, plain) {
    this.#plain = plain;
    this.#picture = newMathField(Field);
    this.#picture.classList.add('graph-formula', 'graph-formula-picture');
    this.#picture.readOnly = true;
    this.#picture.inert = true;
    this.#picture.setAttribute('aria-hidden', 'true');
    this.#draw(plain.latex);
    plain.element.addEventListener('input', () => this.#draw(plain.latex));
    // The line itself stays where it is, for one that is moved loses its cursor.
    plain.element.after(this.#picture);
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.#plain.element;
  }

  /** @returns {string} */
  get latex() {
    return this.#plain.latex;
  }

  set latex(latex) {
    this.#plain.latex = latex;
    this.#draw(latex);
  }

  /** @param {string} label */
  set label(label) {
    this.#plain.label = label;
  }

  /** @param {boolean} readOnly */
  set readOnly(readOnly) {
    this.#plain.readOnly = readOnly;
  }

  focus() {
    this.#plain.focus();
  }

  /** @param {string} latex */
  #draw(latex) {
    this.#picture.setValue(latex, { silenceNotifications: true });
  }
}
