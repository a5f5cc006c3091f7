import { element, setAttribute } from '../parts/dom.js';
import { fromPlain, isPlain } from '../input/from-plain.js';
import { normalizeLatex } from '../input/latex.js';
import { pretty } from '../input/plain-symbols.js';
import { toPlain } from '../input/to-plain.js';

/** Most cells: there is nothing to convert. */
const PLAIN_NUMBER = /^-?\d*\.?\d*$/;

/** A cell of a table: one line of plain text. Hundreds of math fields would be too slow. */
export class TableCell {
  #input = element('input', {
    type: 'text',
    class: 'graph-cell-input',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'next',
    tabindex: -1,
  });
  #latex = '';
  #isHeader;
  element;

  /**
   * @param {boolean} isHeader
   * @param {(latex: string) => void} onInput
   */
  constructor(isHeader, onInput) {
    this.#isHeader = isHeader;
    const role = isHeader ? 'columnheader' : 'gridcell';
    this.element = element('div', { class: 'graph-cell', role }, this.#input);
    this.#input.addEventListener('input', () => {
      this.#latex = latexOf(this.#input.value);
      onInput(this.#latex);
    });
    if (!isHeader) return;
    this.#input.addEventListener('focus', () => {
      if (this.#input.readOnly) return;
      this.#input.value = textOf(this.#latex);
    });
    this.#input.addEventListener('blur', () => {
      this.#input.value = pretty(textOf(this.#latex));
    });
  }

  /** @returns {HTMLInputElement} */
  get input() {
    return this.#input;
  }

  /**
   * @param {object} content
   * @param {string} content.latex
   * @param {string} content.label
   * @param {boolean} content.readOnly
   * @param {boolean} content.isFaulty
   */
  show({ latex, label, readOnly, isFaulty }) {
    if (latex !== this.#latex) {
      this.#latex = latex;
      const text = textOf(latex);
      this.#input.value = this.#isHeader && document.activeElement !== this.#input ? pretty(text) : text;
      if (this.#isHeader) this.#input.title = pretty(text);
    }
    setAttribute(this.#input, 'aria-label', label);
    if (this.#input.readOnly !== readOnly) this.#input.readOnly = readOnly;
    setAttribute(this.#input, 'aria-invalid', String(isFaulty));
  }

  /** Focuses the cell as in a spreadsheet: typing replaces its content. */
  focus() {
    this.#input.focus();
    this.#input.select();
  }
}

/**
 * @param {string} latex
 * @returns {string} plain text
 */
export function textOf(latex) {
  return PLAIN_NUMBER.test(latex) || !isPlain(latex) ? latex : toPlain(latex);
}

/**
 * @param {string} text
 * @returns {string}
 */
export function latexOf(text) {
  const trimmed = text.trim().replace(/^\u2212/, '-');
  return PLAIN_NUMBER.test(trimmed) ? trimmed : normalizeLatex(fromPlain(trimmed));
}
