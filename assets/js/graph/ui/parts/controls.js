import { element } from './dom.js';
import { icon } from './icons.js';

/**
 * Small controls for the settings of an item or of the plane. Each shows a value and reports a new one.
 *
 * @template T
 * @typedef {{element: HTMLElement, show: (value: T) => void}} Control
 */

let count = 0;

/** @returns {string} an id that is unique on the page */
function uniqueId() {
  return `graph-control-${++count}`;
}

/**
 * A choice between a few values, each with a picture or a name.
 *
 * @template {string} T
 * @param {string} legend
 * @param {readonly {value: T, label: string, picture?: Parameters<typeof icon>[0]}[]} choices
 * @param {(value: T) => void} onChange
 * @returns {Control<T>}
 */
export function choice(legend, choices, onChange) {
  const name = uniqueId();
  const inputs = new Map(
    choices.map(({ value, label }) => [value, element('input', { type: 'radio', name, value, 'aria-label': label })]),
  );
  const options = choices.map(({ value, label, picture }) => {
    const input = /** @type {HTMLInputElement} */ (inputs.get(value));
    input.addEventListener('change', () => onChange(value));
    if (!picture) return element('label', { class: 'graph-choice graph-choice-words' }, input, label);
    return element('label', { class: 'graph-choice', title: label }, input, icon(picture));
  });
  return {
    element: element(
      'fieldset',
      { class: 'graph-setting' },
      element('legend', {}, legend),
      element('div', { class: 'graph-choices' }, ...options),
    ),
    show: (value) => {
      for (const [other, input] of inputs) input.checked = other === value;
    },
  };
}

/**
 * A colour: one of the palette or any other.
 *
 * @param {readonly {value: string, label: string}[]} colors
 * @param {(color: string) => void} onChange
 * @returns {Control<string>}
 */
export function colorChoice(colors, onChange) {
  const name = uniqueId();
  const inputs = colors.map(({ value, label }) =>
    element('input', { type: 'radio', name, value, 'aria-label': label }),
  );
  const own = element('input', { type: 'color', class: 'graph-own-color', 'aria-label': 'Another colour' });
  own.addEventListener('input', () => onChange(own.value));
  const options = inputs.map((input) => {
    input.addEventListener('change', () => onChange(input.value));
    const disc = element('span', { class: 'graph-color' });
    disc.style.setProperty('--swatch', input.value);
    return element('label', { class: 'graph-choice', title: input.ariaLabel ?? '' }, input, disc);
  });
  const other = element('label', { class: 'graph-choice', title: 'Another colour' }, own);
  return {
    element: element(
      'fieldset',
      { class: 'graph-setting' },
      element('legend', {}, 'Colour'),
      element('div', { class: 'graph-choices' }, ...options, other),
    ),
    show: (color) => {
      for (const input of inputs) input.checked = input.value === color.toLowerCase();
      const isOwn = !inputs.some((input) => input.checked);
      other.classList.toggle('graph-choice-taken', isOwn);
      if (/^#[0-9a-f]{6}$/i.test(color)) own.value = color;
    },
  };
}

/**
 * A number, set by a slider or typed. A value that is not a plain number (a line width `b`) is shown as text; the
 * slider is inactive.
 *
 * @param {string} label
 * @param {{min: number, max: number, step: number}} range of the slider; a typed number may lie outside
 * @param {(text: string) => void} onChange
 * @returns {Control<string>}
 */
export function measure(label, { min, max, step }, onChange) {
  const id = uniqueId();
  const slider = element('input', { type: 'range', min, max, step, 'aria-labelledby': id });
  const text = element('input', {
    type: 'text',
    class: 'graph-measure-text',
    inputmode: 'decimal',
    autocomplete: 'off',
    'aria-labelledby': id,
  });
  slider.addEventListener('input', () => {
    text.value = slider.value;
    onChange(slider.value);
  });
  text.addEventListener('change', () => onChange(text.value));
  return {
    element: element('div', { class: 'graph-setting graph-measure' }, element('span', { id }, label), slider, text),
    show: (value) => {
      if (document.activeElement !== text) text.value = value;
      slider.disabled = value.trim() === '' || !Number.isFinite(Number(value));
      if (!slider.disabled) slider.value = value;
    },
  };
}

/**
 * A switch.
 *
 * @param {string} label
 * @param {(isOn: boolean) => void} onChange
 * @returns {Control<boolean>}
 */
export function toggle(label, onChange) {
  const input = element('input', { type: 'checkbox' });
  input.addEventListener('change', () => onChange(input.checked));
  return {
    element: element('label', { class: 'graph-setting graph-toggle' }, input, element('span', {}, label)),
    show: (isOn) => {
      input.checked = isOn;
    },
  };
}

/**
 * A line of text.
 *
 * @param {string} label
 * @param {(text: string) => void} onChange called while typing
 * @param {{placeholder?: string, isNumber?: boolean}} [how] a number is reported only when it is complete
 * @returns {Control<string>}
 */
export function textLine(label, onChange, { placeholder = '', isNumber = false } = {}) {
  const input = element('input', {
    type: 'text',
    class: 'graph-text-line',
    placeholder,
    autocomplete: 'off',
    spellcheck: 'false',
    ...(isNumber ? { inputmode: 'decimal' } : {}),
  });
  input.addEventListener(isNumber ? 'change' : 'input', () => onChange(input.value));
  return {
    element: element('label', { class: 'graph-setting graph-text-setting' }, element('span', {}, label), input),
    show: (text) => {
      if (document.activeElement !== input || !isNumber) input.value = text;
    },
  };
}
