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

/** Devices with a touch screen and an on-screen keyboard. */
const TOUCHED = '(pointer: coarse)';

/** The quotation marks, in several languages, that start a note. */
const QUOTES = /^["\u201c\u201d\u201e\u00ab]/;

/**
 * The events of a formula field.
 *
 * @typedef {object} FormulaEvents
 * @property {(latex: string) => void} input after each change by the student
 * @property {() => void} enter
 * @property {(text: string) => void} note a quotation mark was typed in an empty line, which becomes a note
 * @property {(rows: string[][]) => void} [data] spreadsheet cells were pasted into an empty line, as LaTeX
 * @property {(text: string) => boolean} [paste] returns whether the text was more than one formula and has been handled
 * @property {() => void} backspace in an empty field
 * @property {(direction: -1 | 1) => void} leave an arrow key, up or down, leaves the field
 */

/**
 * A field for one formula.
 *
 * @typedef {object} FormulaField
 * @property {HTMLElement} element
 * @property {string} latex setting it fires no event
 * @property {string} label write-only
 * @property {boolean} readOnly write-only
 * @property {() => void} focus
 */

/**
 * A formula field: a plain text field at first, and a MathLive field once that is loaded. If it never loads, the plain
 * field stays.
 */
export class FormulaInput {
  element = element('div', { class: 'graph-formula-place' });
  #events;
  #notify;
  #plain;
  /** @type {FormulaField} the plain field or its replacement */
  #field;
  #latex = '';
  #label = '';
  #readOnly = false;
  #isTyped = false;
  /** Stops listening for a change of the input method. */
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
    const whenLoaded = () =>
      loadMathLive().then(
        (Field) => this.#upgradeWhenIdle(Field),
        () => {},
      );
    whenVisible(this.element, whenLoaded);
  }

  /** @returns {string} */
  get latex() {
    return this.#latex;
  }

  /** Sets the formula; an unchanged one is left alone, to keep the cursor. */
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

  /** @returns {boolean} whether the field has the focus */
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
    // From an on-screen keyboard, which sends no key names, the mark arrives as text.
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
   * Handles the quotation mark of on-screen keyboards, which send no key names.
   *
   * @param {Event} event
   */
  #onInput(event) {
    const { target } = event;
    if (this.#latex !== '' || !(target instanceof HTMLInputElement) || !QUOTES.test(target.value)) return;
    event.stopPropagation();
    this.#events.note(target.value.slice(1));
  }

  /** @param {string} text @returns {boolean} whether it was spreadsheet cells */
  #takeData(text) {
    const rows = this.#latex === '' ? readCells(text) : null;
    if (!rows || !isData(rows) || !this.#events.data) return false;
    this.#events.data(
      (isHead(rows[0]) ? rows.slice(1) : rows).map((row) => row.map((cell) => normalizeLatex(fromPlain(cell)))),
    );
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
   * Replaces the field once MathLive is loaded, but never while it is being typed in.
   *
   * @param {typeof import('mathlive').MathfieldElement} Field
   */
  #upgradeWhenIdle(Field) {
    const plain = this.#plain.element;
    const upgrade = () => {
      this.#upgrade(Field);
      this.#forget = keypad.listen(() => this.#upgrade(Field));
    };
    if (document.activeElement === plain && this.#isTyped && !isDeviceTyped())
      plain.addEventListener('blur', upgrade, { once: true });
    else upgrade();
  }

  /**
   * Switches to the field that suits the current input method.
   *
   * @param {typeof import('mathlive').MathfieldElement} Field
   */
  #upgrade(Field) {
    if (this.#field instanceof (isDeviceTyped() ? TouchInput : MathInput)) return;
    const hasFocus = this.hasFocus;
    const plain = this.#plain.element;
    if (isDeviceTyped()) {
      // A field already in the page keeps its cursor.
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

/** @returns {boolean} whether formulas are typed with the device's on-screen keyboard */
function isDeviceTyped() {
  return matchMedia(TOUCHED).matches && !keypad.isWanted;
}
