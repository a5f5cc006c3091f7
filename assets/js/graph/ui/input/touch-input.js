import { newMathField } from './mathlive.js';

/** @typedef {import('./formula-input.js').FormulaField} FormulaField */

/**
 * A formula field for touch screens: plain text while it has the focus, so that the device's keyboard opens, and
 * rendered mathematics otherwise. (A MathLive field does not open the device's keyboard.)
 *
 * @implements {FormulaField}
 */
export class TouchInput {
  #plain;
  #picture;

  /**
   * @param {typeof import('mathlive').MathfieldElement} Field
   * @param {import('./plain-input.js').PlainInput} plain the field already in the row, which keeps its cursor
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
    // The plain field is not moved, because it would lose its cursor.
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
