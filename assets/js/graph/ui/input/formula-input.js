import { isData, isHead, readCells } from '../../state/table-text.js';
import { element } from '../parts/dom.js';
import { fromPlain } from './from-plain.js';
import { keypad } from './keypad.js';
import { normalizeLatex } from './latex.js';
import { MathInput } from './math-input.js';
import { loadMathLive } from './mathlive.js';
import { PlainInput } from './plain-input.js';
import { TouchInput } from './touch-input.js';
import { whenVisible } from '../parts/when-visible.js';

/** A device whose first pointer is a finger, and whose keyboard is on its screen. */
const TOUCHED = '(pointer: coarse)';

/** What a note begins with, on keyboards of several languages. */
const QUOTES = /^["\u201c\u201d\u201e\u00ab]/;

/**
 * What a field tells.
 *
 * @typedef {object} FormulaEvents
 * @property {(latex: string) => void} input after each change by the student
 * @property {() => void} enter
 * @property {(text: string) => void} note a quotation mark begins the empty line, which is to be a note then
 * @property {(rows: string[][]) => void} [data] cells of a spreadsheet are pasted in the empty line: LaTeX
 * @property {(text: string) => boolean} [paste] whether the text was more than one formula, and is dealt with
 * @property {() => void} backspace in an empty field
 * @property {(direction: -1 | 1) => void} leave by an arrow key, up or down
 */

/**
 * A field to type a formula in.
 *
 * @typedef {object} FormulaField
 * @property {HTMLElement} element
 * @property {string} latex setting it tells nobody
 * @property {string} label write-only
 * @property {boolean} readOnly write-only
 * @property {() => void} focus
 */

/**
 * A place for a formula: at once a plain line of text, and a field for mathematics as soon as MathLive is there. Where
 * it never comes the plain line stays, so that nothing is lost.
 */
export class FormulaInput {
  element = element('div', { class: 'graph-formula-place' });
  #events;
  #notify;
  #plain;
  /** @type {FormulaField} the plain line, or what has taken its place */
  #field;
  #latex = '';
  #label = '';
  #readOnly = false;
  #isTyped = false;
  /** Ends listening for another way of typing. */
  #forget = () => {};

  /** @param {FormulaEvents} events */
  constructor(events) {
    this.#events = { ...events, input: (/** @type {string} */ latex) => this.#typed(latex) };
    this.#notify = events.input;
    this.#plain = new PlainInput(this.#events);
    this.#field = this.#plain;
    this.element.append(this.#plain.element);
    this.element.addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
    this.element.addEventListener('input', (event) => this.#onInput(event), { capture: true });
    this.element.addEventListener('paste', (event) => this.#onPaste(event), { capture: true });
    const whenLoaded = () => loadMathLive().then((Field) => this.#upgradeWhenIdle(Field), () => {});
    whenVisible(this.element, whenLoaded);
  }

  /** @returns {string} */
  get latex() {
    return this.#latex;
  }

  /** Shows another formula; one that is shown already is left alone, cursor and all. */
  set latex(latex) {
    if (latex === this.#latex) return;
    this.#latex = latex;
    this.#field.latex = latex;
  }

  /** @param {string} label */
  set label(label) {
    if (label === this.#label) return;
    this.#label = label;
    this.#field.label = label;
  }

  /** @param {boolean} readOnly */
  set readOnly(readOnly) {
    if (readOnly === this.#readOnly) return;
    this.#readOnly = readOnly;
    this.#field.readOnly = readOnly;
  }

  /** @returns {boolean} whether the student is typing here */
  get hasFocus() {
    return this.element.contains(document.activeElement);
  }

  focus() {
    this.#field.focus();
  }

  destroy() {
    this.#forget();
    keypad.leave();
  }

  /** @param {string} latex */
  #typed(latex) {
    this.#isTyped = true;
    if (latex === this.#latex) return;
    // A field for mathematics has it from a keyboard on the screen, which names no keys.
    if (this.#latex === '' && QUOTES.test(latex)) {
      this.#events.note(latex.slice(1));
      return;
    }
    this.#latex = latex;
    this.#notify(latex);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (this.#readOnly || event.isComposing) return;
    if (event.key === 'Enter') this.#events.enter();
    else if (this.#latex === '' && QUOTES.test(event.key)) this.#events.note('');
    else if (event.key === 'Backspace' && this.#latex === '') this.#events.backspace();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * Keyboards on a screen name no keys: what was typed there is seen only when it stands in the line.
   *
   * @param {Event} event
   */
  #onInput(event) {
    const { target } = event;
    if (this.#latex !== '' || !(target instanceof HTMLInputElement) || !QUOTES.test(target.value)) return;
    event.stopPropagation();
    this.#events.note(target.value.slice(1));
  }

  /** @param {string} text @returns {boolean} whether it was cells of a spreadsheet */
  #takeData(text) {
    const rows = this.#latex === '' ? readCells(text) : null;
    if (!rows || !isData(rows) || !this.#events.data) return false;
    this.#events.data((isHead(rows[0]) ? rows.slice(1) : rows).map((row) => row.map((cell) => normalizeLatex(fromPlain(cell)))));
    return true;
  }

  /** @param {ClipboardEvent} event */
  #onPaste(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (this.#readOnly || !(this.#takeData(text) || this.#events.paste?.(text))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * MathLive is there. Nobody's line is exchanged while it is being typed in.
   *
   * @param {typeof import('mathlive').MathfieldElement} Field
   */
  #upgradeWhenIdle(Field) {
    const plain = this.#plain.element;
    const upgrade = () => {
      this.#upgrade(Field);
      this.#forget = keypad.listen(() => this.#upgrade(Field));
    };
    if (document.activeElement === plain && this.#isTyped && !isDeviceTyped()) plain.addEventListener('blur', upgrade, { once: true });
    else upgrade();
  }

  /**
   * Takes the field that suits the way formulas are typed now.
   *
   * @param {typeof import('mathlive').MathfieldElement} Field
   */
  #upgrade(Field) {
    if (this.#field instanceof (isDeviceTyped() ? TouchInput : MathInput)) return;
    const hasFocus = this.hasFocus;
    const plain = this.#plain.element;
    if (isDeviceTyped()) {
      // One that stands there already keeps its cursor.
      if (!plain.isConnected) this.element.replaceChildren(plain);
      this.#field = new TouchInput(Field, this.#plain);
    } else {
      this.#field = new MathInput(Field, this.#events);
      this.element.replaceChildren(this.#field.element);
    }
    if (this.#field.latex !== this.#latex) this.#field.latex = this.#latex;
    this.#field.label = this.#label;
    this.#field.readOnly = this.#readOnly;
    if (hasFocus && !this.hasFocus) this.#field.focus();
  }
}

/** @returns {boolean} whether formulas are typed on the keyboard that the device has on its screen */
function isDeviceTyped() {
  return matchMedia(TOUCHED).matches && !keypad.isWanted;
}
