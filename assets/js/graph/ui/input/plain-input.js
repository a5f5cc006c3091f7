import { element } from '../parts/dom.js';
import { fromPlain, isPlain } from './from-plain.js';
import { toPlain } from './to-plain.js';
import { normalizeLatex } from './latex.js';

/**
 * A plain text field for a formula: shown until MathLive is loaded, and kept if it cannot be loaded. Formulas without a
 * plain spelling are shown as LaTeX.
 *
 * @implements {FormulaField}
 */
export class PlainInput {
  element = element('input', {
    type: 'text',
    class: 'graph-formula',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  });

  /** @param {import('./formula-input.js').FormulaEvents} events */
  constructor(events) {
    this.element.addEventListener('input', () => events.input(this.latex));
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowUp') events.leave(-1);
      else if (event.key === 'ArrowDown') events.leave(1);
      else return;
      event.preventDefault();
    });
  }

  /** @returns {string} */
  get latex() {
    return normalizeLatex(fromPlain(this.element.value));
  }

  set latex(latex) {
    this.element.value = isPlain(latex) ? toPlain(latex) : latex;
  }

  /** @param {string} label */
  set label(label) {
    this.element.setAttribute('aria-label', label);
  }

  /** @param {boolean} readOnly */
  set readOnly(readOnly) {
    this.element.readOnly = readOnly;
  }

  focus() {
    this.element.focus();
  }
}

/** @typedef {import('./formula-input.js').FormulaField} FormulaField */
