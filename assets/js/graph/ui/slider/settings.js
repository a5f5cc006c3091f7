import { DEFAULT_PERIOD } from '../../state/slider.js';
import { button, element } from '../parts/dom.js';
import { PlainInput } from '../input/plain-input.js';

/** @typedef {import('../../state/slider.js').Limits} Limits */
/** @typedef {import('../../state/slider.js').LoopMode} LoopMode */

/** @type {readonly [LoopMode, string][]} */
const MODES = [
  ['LOOP_FORWARD_REVERSE', 'there and back'],
  ['LOOP_FORWARD', 'over and over'],
  ['PLAY_ONCE', 'once'],
  ['PLAY_INDEFINITELY', 'on without end'],
];

/** Multiples of the default speed. */
const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** @type {Record<NonNullable<import('../../state/slider.js').Slider['fault']>, string>} */
const FAULTS = {
  min: 'The smallest value needs to be a number. The usual limits are used until then.',
  max: 'The largest value needs to be a number. The usual limits are used until then.',
  order: 'The smallest value needs to be below the largest. The usual limits are used until then.',
  step: 'The step needs to be a number. It is left out until then.',
};

/** The limits, step and play settings of a slider. */
export class SliderSettings {
  #fields;
  #mode;
  #speed;
  #fault = element('p', { class: 'graph-slider-fault', hidden: true });
  #group;
  #announce;
  element;

  /**
   * @param {import('./input.js').SliderActions} actions
   * @param {() => void} close
   */
  constructor(actions, close) {
    this.#announce = actions.announce;
    this.#fields = {
      min: this.#field('min', actions),
      max: this.#field('max', actions),
      step: this.#field('step', actions),
    };
    this.#mode = element('select', {}, ...MODES.map(([mode, name]) => element('option', { value: mode }, name)));
    this.#mode.addEventListener('change', () => actions.setPlay({ mode: /** @type {LoopMode} */ (this.#mode.value) }));
    this.#speed = element('select');
    this.#speed.addEventListener('change', () =>
      actions.setPlay({ period: DEFAULT_PERIOD / Number(this.#speed.value) }),
    );
    const { min, max, step } = this.#fields;
    this.#group = element(
      'div',
      { class: 'graph-slider-fields', role: 'group' },
      labelled('From', min.element),
      labelled('To', max.element),
      labelled('Step', step.element),
      labelled('Plays', this.#mode),
      labelled('Speed', this.#speed),
      button('graph-offer-button', 'Done', close, 'Done'),
    );
    this.element = element('div', { class: 'graph-slider-settings' }, this.#group, this.#fault);
    this.element.addEventListener('keydown', (event) => {
      const isDone = event.key === 'Escape' || (event.key === 'Enter' && event.target instanceof HTMLInputElement);
      if (!isDone) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    });
  }

  /**
   * @param {import('../../state/slider.js').Slider} slider
   * @param {string} name name of the number
   */
  show({ written, fault, play }, name) {
    for (const limit of /** @type {const} */ (['min', 'max', 'step'])) {
      // A field that already shows the value is not touched, to keep its cursor.
      if (this.#fields[limit].latex !== written[limit]) this.#fields[limit].latex = written[limit];
    }
    this.#group.setAttribute('aria-label', `Settings of the slider for ${name}`);
    this.#mode.value = play.mode;
    this.#showSpeed(DEFAULT_PERIOD / play.period);
    const text = fault ? FAULTS[fault] : '';
    if (this.#fault.textContent !== text) this.#fault.textContent = text;
    this.#fault.hidden = !fault;
  }

  /** @param {keyof Limits} limit */
  focus(limit) {
    this.#fields[limit].focus();
    this.#fields[limit].element.select();
  }

  /**
   * @param {keyof Limits} limit
   * @param {import('./input.js').SliderActions} actions
   */
  #field(limit, actions) {
    const field = new PlainInput({
      input: (latex) => actions.limit({ [limit]: latex }),
      enter: () => {},
      note: () => {},
      backspace: () => {},
      leave: () => {},
    });
    field.element.placeholder = { min: '\u221210', max: '10', step: 'any' }[limit];
    // Errors are announced when typing is finished.
    field.element.addEventListener('change', () => this.#announce(this.#fault.textContent ?? ''));
    return field;
  }

  /** @param {number} speed may be a speed that is not offered here */
  #showSpeed(speed) {
    const rounded = Number(speed.toPrecision(3));
    const value = String(rounded);
    if (this.#speed.value === value) return;
    const speeds = [...new Set([...SPEEDS, rounded])].sort((a, b) => a - b);
    this.#speed.replaceChildren(...speeds.map((each) => element('option', { value: each }, `${each}\u00d7`)));
    this.#speed.value = value;
  }
}

/**
 * @param {string} text
 * @param {HTMLElement} control
 */
function labelled(text, control) {
  return element('label', { class: 'graph-slider-field' }, element('span', {}, text), control);
}
