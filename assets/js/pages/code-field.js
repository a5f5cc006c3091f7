/** The field for a six-digit code, with its errors and the button for a new code. */
import { element } from '../lib/dom.js';

/** @typedef {import('../sync/server/client.js').Delivery} Delivery */
/** @typedef {ReturnType<typeof import('./dialog.js').makeErrorLine>} ErrorLine */

/** The text before the address. @type {Record<Delivery, string>} */
export const INTRODUCTION = { mail: 'We sent a code to', teacher: 'Ask your teacher for the code for' };

/** Seconds until a new code can be requested. Mail takes a while, and a second code would only invalidate the first. */
export const RESEND_AFTER_SECONDS = 60;

/** Help for users without a code. @type {Record<Delivery, string>} */
const HELP = {
  mail: 'It is valid for 15 minutes. No mail? Check your spam folder.',
  teacher: 'It is valid for 15 minutes. This museum sends no mail; your teacher has the code.',
};

/**
 * @param {string} errorId
 * @param {Delivery} [delivery] how the code is delivered
 */
export function makeCodeField(errorId, delivery = 'mail') {
  const field = element('input', {
    class: 'field__input field__input--code',
    id: 'code',
    name: 'code',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    spellcheck: 'false',
    required: true,
    'aria-describedby': `code-help ${errorId}`,
  });
  field.addEventListener('input', () => keepDigits(field));
  const labelled = element(
    'div',
    { class: 'field' },
    element('label', { class: 'field__label', for: 'code' }, 'Six-digit code'),
    field,
    element('p', { class: 'field__help', id: 'code-help' }, HELP[delivery]),
  );
  return { field, labelled };
}

/**
 * Whether the field contains a complete code; if not, shows an error.
 *
 * @param {HTMLInputElement} field
 * @param {ErrorLine} error
 */
export function hasCode(field, error) {
  if (field.value.length !== 6) mark(field, error, 'The code has six digits. Please check it.');
  return field.value.length === 6;
}

/**
 * Shows or clears an error at its field.
 *
 * @param {HTMLInputElement} field
 * @param {ErrorLine} error
 * @param {string} words '' clears it
 */
export function mark(field, error, words) {
  error.say(words);
  field.setAttribute('aria-invalid', String(words !== ''));
  if (words !== '') field.focus();
}

/**
 * Runs a request of a form. Meanwhile the button is disabled; an error is shown at the field.
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
 * Counts down on the button for a new code. The button stays focusable, so that the focus is not lost.
 *
 * @param {HTMLButtonElement} button
 * @param {number} seconds
 * @returns {() => void} stops the countdown
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
 * Removes everything but six digits. Pasted codes come with spaces, dashes and words around them, and some keyboards
 * produce digits of other scripts.
 *
 * @param {HTMLInputElement} field
 */
function keepDigits(field) {
  const digits = [...field.value]
    .filter((c) => /\p{Nd}/u.test(c))
    .map(digitValue)
    .join('')
    .slice(0, 6);
  if (digits !== field.value) field.value = digits;
}

/**
 * Returns the value of a decimal digit of any script. Unicode has them in runs of ten, starting with 0.
 *
 * @param {string} digit
 */
function digitValue(digit) {
  const code = /** @type {number} */ (digit.codePointAt(0));
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
