import { fromPlain } from './from-plain.js';
import { normalizeLatex } from './latex.js';
import { newMathField, settleMathField } from './mathlive.js';
import { applyTypingRules } from './typing.js';

/** @typedef {import('./formula-input.js').FormulaField} FormulaField */

/**
 * A MathLive field for a formula.
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
    field.addEventListener('mount', () => settleMathField(field));
    field.addEventListener('input', () => events.input(this.latex));
    field.addEventListener('move-out', (event) => {
      const { direction } = event.detail;
      if (direction === 'upward') events.leave(-1);
      if (direction === 'downward') events.leave(1);
      event.preventDefault();
    });
    // While the event comes down, for the field itself listens inside.
    field.addEventListener('keydown', (event) => {
      if (field.readOnly || !applyTypingRules(field, event)) return;
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true });
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
  }

  /** @param {string} label */
  set label(label) {
    this.#field.setAttribute('aria-label', label);
  }

  /** @param {boolean} readOnly */
  set readOnly(readOnly) {
    this.#field.readOnly = readOnly;
  }

  focus() {
    // MathLive's own focus() waits a turn, in which keys would go to nobody.
    const sink = this.#field.shadowRoot?.querySelector('[part~="keyboard-sink"]');
    if (sink instanceof HTMLElement) sink.focus();
    else this.#field.focus();
  }
}

/**
 * Formulas copied from elsewhere are plain letters more often than LaTeX, which the field reads itself.
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
