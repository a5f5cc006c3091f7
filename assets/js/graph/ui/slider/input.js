import { formatNumber } from '../../plot/draw/ticks.js';
import { button, element, setAttribute } from '../parts/dom.js';
import { icon } from '../parts/icons.js';
import { pretty } from '../input/plain-symbols.js';
import { SliderSettings } from './settings.js';
import { toPlain } from '../input/to-plain.js';

/** Positions of a slider without a step in the state: fine enough to feel smooth, coarse enough for round numbers. */
const POSITIONS = 200;

const PLAIN_NUMBER = /^-?[\d.]*$/;

/**
 * The actions of a slider.
 *
 * @typedef {object} SliderActions
 * @property {(value: number) => void} slide
 * @property {() => void} hold the drag of the thumb has started
 * @property {() => void} release
 * @property {() => void} toggle plays or pauses it
 * @property {(limits: Partial<import('../../state/slider.js').Limits>) => void} limit
 * @property {(play: Partial<import('../../state/slider.js').Play>) => void} setPlay
 * @property {(text: string) => void} announce
 */

/** The slider below a named number: play button, track between its limits, and settings on request. */
export class SliderInput {
  #actions;
  #play;
  #min;
  #max;
  #range = element('input', { type: 'range', class: 'graph-slider-range' });
  /** @type {SliderSettings | null} created when first opened */
  #settings = null;
  /** @type {import('../../state/slider.js').Slider | null} */
  #slider = null;
  #name = '';
  element;

  /** @param {SliderActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.#play = button('graph-slider-play', '', actions.toggle, icon('play'));
    this.#min = this.#limitButton('min');
    this.#max = this.#limitButton('max');
    this.element = element(
      'div',
      { class: 'graph-slider', hidden: true },
      this.#play,
      this.#min,
      this.#range,
      this.#max,
    );
    this.#range.addEventListener('input', () => actions.slide(this.#range.valueAsNumber));
    this.#range.addEventListener('pointerdown', actions.hold);
    for (const letGo of ['change', 'pointerup', 'pointercancel', 'blur'])
      this.#range.addEventListener(letGo, actions.release);
  }

  /**
   * @param {import('../../state/slider.js').Slider | null} slider
   * @param {{name: string, isRunning: boolean, readOnly: boolean}} how `name` is the name of the number
   */
  show(slider, { name, isRunning, readOnly }) {
    this.#slider = slider;
    this.#name = name;
    this.element.hidden = !slider;
    if (!slider) return;
    const { min, max, written } = slider;
    this.#showRange(slider, name, readOnly);
    this.#showLimit(
      this.#min,
      `Smallest ${name}`,
      PLAIN_NUMBER.test(written.min) ? formatNumber(min) : pretty(toPlain(written.min)),
      readOnly,
    );
    this.#showLimit(
      this.#max,
      `Largest ${name}`,
      PLAIN_NUMBER.test(written.max) ? formatNumber(max) : pretty(toPlain(written.max)),
      readOnly,
    );
    setAttribute(this.#play, 'aria-label', isRunning ? `Pause ${name}` : `Play ${name}`);
    this.#play.hidden = readOnly;
    const look = isRunning ? 'pause' : 'play';
    if (this.#play.dataset.look !== look) this.#play.replaceChildren(icon(look));
    this.#play.dataset.look = look;
    // Limits that leave no range are shown with their error, wherever they come from.
    if (slider.fault && !readOnly && !this.#settings) this.#open();
    this.#settings?.show(slider, name);
    if (readOnly) this.#close();
  }

  focus() {
    this.#range.focus();
  }

  /**
   * @param {import('../../state/slider.js').Slider} slider
   * @param {string} name
   * @param {boolean} readOnly
   */
  #showRange({ value, min, max, step }, name, readOnly) {
    setAttribute(this.#range, 'aria-label', `Slider for ${name}`);
    setAttribute(this.#range, 'min', String(min));
    setAttribute(this.#range, 'max', String(max));
    setAttribute(this.#range, 'step', String(step > 0 ? step : roundStep((max - min) / POSITIONS)));
    this.#range.disabled = readOnly;
    if (this.#range.valueAsNumber !== value) this.#range.value = String(value);
  }

  /**
   * @param {HTMLButtonElement} limit
   * @param {string} label
   * @param {string} text
   * @param {boolean} readOnly
   */
  #showLimit(limit, label, text, readOnly) {
    if (limit.textContent !== text) limit.textContent = text;
    setAttribute(limit, 'aria-label', `${label}: ${text}`);
    limit.disabled = readOnly;
  }

  /** @param {'min' | 'max'} which */
  #limitButton(which) {
    const limit = button('graph-slider-limit', '', () => {
      this.#open();
      this.#settings?.focus(which);
    });
    limit.dataset.limit = which;
    limit.setAttribute('aria-expanded', 'false');
    return limit;
  }

  #open() {
    if (!this.#settings) {
      this.#settings = new SliderSettings(this.#actions, () => {
        this.#close();
        this.#min.focus();
      });
      this.element.append(this.#settings.element);
    }
    if (this.#slider) this.#settings.show(this.#slider, this.#name);
    this.#setOpen(true);
  }

  #close() {
    if (this.#settings) this.#setOpen(false);
  }

  /** @param {boolean} isOpen */
  #setOpen(isOpen) {
    if (this.#settings) this.#settings.element.hidden = !isOpen;
    for (const limit of [this.#min, this.#max]) setAttribute(limit, 'aria-expanded', String(isOpen));
  }
}

/**
 * @param {number} step
 * @returns {number} the nearest number that is 1, 2 or 5 times a power of ten
 */
function roundStep(step) {
  const power = Math.floor(Math.log10(step));
  const mantissa = step / 10 ** power;
  const factor = [1, 2, 5, 10].reduce((best, f) => (Math.abs(f - mantissa) < Math.abs(best - mantissa) ? f : best));
  return Number(`${factor}e${power}`);
}
