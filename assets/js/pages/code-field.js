/**
 * The field for a six-digit code, and what goes with it.
 */
import { element } from '../lib/dom.js';

/** @typedef {import('../sync/server/client.js').Delivery} Delivery */
/** @typedef {ReturnType<typeof import('./dialog.js').makeErrorLine>} ErrorLine */

/** What is said above the field, before the address. @type {Record<Delivery, string>} */
export const INTRODUCTION = { mail: 'We sent a code to', teacher: 'Ask your teacher for the code for' };

/** Mail takes a while; a second code would only void the first one on its way. */
export const RESEND_AFTER_SECONDS = 60;

/** What helps somebody who has no code yet. @type {Record<Delivery, string>} */
const HELP = {
  mail: 'It is good for 15 minutes. No mail? Look among the junk mail, too.',
  teacher: 'It is good for 15 minutes. This museum sends no mail: your teacher has the code.',
};

/**
 * @param {string} errorId
 * @param {Delivery} [delivery] how the code comes
 */
export function makeCodeField(errorId, delivery = 'mail') {
  const field = element('input', {
    class: 'field__input field__input--code', id: 'code', name: 'code', autocomplete: 'one-time-code', inputmode: 'numeric',
    spellcheck: 'false', required: true, 'aria-describedby': `code-help ${errorId}`,
  });
  field.addEventListener('input', () => keepDigits(field));
  const labelled = element('div', { class: 'field' },
    element('label', { class: 'field__label', for: 'code' }, 'Code of six digits'),
    field,
    element('p', { class: 'field__help', id: 'code-help' }, HELP[delivery]));
  return { field, labelled };
}

/**
 * Whether the field holds a whole code; if not, that is said.
 *
 * @param {HTMLInputElement} field
 * @param {ErrorLine} error
 */
export function hasCode(field, error) {
  if (field.value.length !== 6) mark(field, error, 'The code has six digits. Please look again.');
  return field.value.length === 6;
}

/**
 * Shows an error at its field, or takes it away.
 *
 * @param {HTMLInputElement} field
 * @param {ErrorLine} error
 * @param {string} words '' for none
 */
export function mark(field, error, words) {
  error.say(words);
  field.setAttribute('aria-invalid', String(words !== ''));
  if (words !== '') field.focus();
}

/**
 * Runs one request of a form. While it is under way the button cannot be pressed again; an error is shown at the field.
 *
 * @param {HTMLButtonElement} button
 * @param {HTMLInputElement} field
 * @param {ErrorLine} error
 * @param {() => Promise<void>} request
 * @param {(error: unknown) => string} words
 */
export async function attempt(button, field, error, request, words) {
  if (button.dataset.busy) return;
  button.dataset.busy = 'true';
  mark(field, error, '');
  try {
    await request();
  } catch (problem) {
    mark(field, error, words(problem));
  }
  delete button.dataset.busy;
}

/**
 * Counts down on the button for a new code. It can be reached by keyboard meanwhile, so nobody loses their place.
 *
 * @param {HTMLButtonElement} button
 * @param {number} seconds
 * @returns {() => void} stops counting
 */
export function holdBack(button, seconds) {
  const end = performance.now() + seconds * 1000;
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    button.textContent = left > 0 ? `Send a new code (${left} s)` : 'Send a new code';
    button.setAttribute('aria-disabled', String(left > 0));
    if (left <= 0) clearInterval(countdown);
  };
  const countdown = setInterval(tick, 1000);
  tick();
  return () => clearInterval(countdown);
}

/**
 * Pasted codes come with spaces, dashes and words around them, and some keyboards have digits of their own.
 *
 * @param {HTMLInputElement} field
 */
function keepDigits(field) {
  const digits = [...field.value].filter((c) => /\p{Nd}/u.test(c)).map(digitValue).join('').slice(0, 6);
  if (digits !== field.value) field.value = digits;
}

/**
 * The value of a decimal digit of any script. Unicode has them in rows of ten, of which 0 is the first.
 *
 * @param {string} digit
 */
function digitValue(digit) {
  const code = /** @type {number} */ (digit.codePointAt(0));
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
