import { setAttribute } from '../parts/dom.js';
import { fromPlain } from './from-plain.js';
import { keypad } from './keypad.js';
import { normalizeLatex } from './latex.js';
import { newMathField, settleMathField, sinkOf } from './mathlive.js';
import { toSpoken } from './to-spoken.js';
import { applyTypingRules } from './mathlive-typing.js';

/** @typedef {import('./formula-input.js').FormulaField} FormulaField */

/**
 * A MathLive field for one formula.
 *
 * @implements {FormulaField}
 */
export class MathInput {
  #field;

  /**
   * @param {typeof import('mathlive').MathfieldElement} Field
   * @param {import('./formula-input.js').FormulaEvents} events
   */
  constructor(Field, events) {
    const field = newMathField(Field);
    field.classList.add('graph-formula');
    field.addEventListener('mount', () => {
      settleMathField(field);
      this.#keepName();
    });
    field.addEventListener('focusout', () => {
      this.#name();
      this.#showStart();
    });
    field.addEventListener('input', () => events.input(this.latex));
    field.addEventListener('move-out', (event) => {
      const { direction } = event.detail;
      if (direction === 'upward') events.leave(-1);
      if (direction === 'downward') events.leave(1);
      event.preventDefault();
    });
    // In the capture phase, because the field itself listens inside.
    field.addEventListener(
      'keydown',
      (event) => {
        if (field.readOnly || !applyTypingRules(field, event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    );
    keypad.serve(field, events.enter);
    field.addEventListener('paste', (event) => pastePlain(field, event), { capture: true });
    this.#field = field;
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.#field;
  }

  /** @returns {string} */
  get latex() {
    return normalizeLatex(this.#field.value);
  }

  set latex(latex) {
    this.#field.setValue(latex, { silenceNotifications: true });
    this.#name();
  }

  /** @param {string} label */
  set label(label) {
    this.#field.setAttribute('aria-label', label);
    this.#name();
  }

  get #sink() {
    return sinkOf(this.#field);
  }

  /** Restores the label, which MathLive overwrites whenever the field gets the focus. */
  #keepName() {
    this.#name();
    if (this.#sink) new MutationObserver(() => this.#name()).observe(this.#sink, { attributeFilter: ['aria-label'] });
  }

  /** Scrolls a long formula back to its start, which would otherwise stay where the cursor was. */
  #showStart() {
    const content = this.#field.shadowRoot?.querySelector('[part~="content"]');
    if (content) content.scrollLeft = 0;
  }

  /** Sets the spoken formula as the field's label; MathLive itself speaks what the cursor passes. */
  #name() {
    const name = [this.#field.getAttribute('aria-label'), toSpoken(this.latex)].filter(Boolean).join(': ');
    if (this.#sink) setAttribute(this.#sink, 'aria-label', name);
  }

  /** @param {boolean} readOnly */
  set readOnly(readOnly) {
    this.#field.readOnly = readOnly;
  }

  focus() {
    (this.#sink ?? this.#field).focus();
  }
}

/**
 * Pastes plain text as a formula; MathLive would read it as LaTeX.
 *
 * @param {import('mathlive').MathfieldElement} field
 * @param {ClipboardEvent} event
 */
function pastePlain(field, event) {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (field.readOnly || !text || /[\\$]/.test(text)) return;
  event.preventDefault();
  event.stopPropagation();
  field.insert(normalizeLatex(fromPlain(text.replace(/\s+/g, ' '))));
}
