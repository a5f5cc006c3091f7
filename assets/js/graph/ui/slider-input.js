import { formatNumber } from '../plot/ticks.js';
import { element, setAttribute } from './dom.js';

/** Positions a slider has where the state does not say: fine enough to feel smooth, coarse enough for round numbers. */
const POSITIONS = 200;

/**
 * The slider under a number that has a name.
 */
export class SliderInput {
  #min = element('span', { class: 'graph-slider-limit' });
  #max = element('span', { class: 'graph-slider-limit' });
  #range = element('input', { type: 'range', class: 'graph-slider-range' });
  element = element('div', { class: 'graph-slider', hidden: true }, this.#min, this.#range, this.#max);

  /** @param {(value: number) => void} onSlide */
  constructor(onSlide) {
    this.#range.addEventListener('input', () => onSlide(this.#range.valueAsNumber));
  }

  /**
   * @param {import('../state/slider.js').Slider | null} slider
   * @param {{label: string, readOnly: boolean}} how
   */
  show(slider, { label, readOnly }) {
    this.element.hidden = !slider;
    if (!slider) return;
    const { value, min, max, step } = slider;
    this.#min.textContent = formatNumber(min);
    this.#max.textContent = formatNumber(max);
    setAttribute(this.#range, 'aria-label', label);
    setAttribute(this.#range, 'min', String(min));
    setAttribute(this.#range, 'max', String(max));
    setAttribute(this.#range, 'step', String(step > 0 ? step : roundStep((max - min) / POSITIONS)));
    this.#range.disabled = readOnly;
    if (this.#range.valueAsNumber !== value) this.#range.value = String(value);
  }

  focus() {
    this.#range.focus();
  }
}

/**
 * @param {number} step
 * @returns {number} the nearest 1, 2 or 5 times a power of ten
 */
function roundStep(step) {
  const power = Math.floor(Math.log10(step));
  const mantissa = step / 10 ** power;
  const factor = [1, 2, 5, 10].reduce((best, f) => (Math.abs(f - mantissa) < Math.abs(best - mantissa) ? f : best));
  return Number(`${factor}e${power}`);
}
