/**
 * Signing in: an e-mail address, then the six-digit code that was mailed to it.
 */
import { element } from '../lib/dom.js';
import { makeDialog, makeErrorLine } from './dialog.js';
import { askingFailed, verifyingFailed } from './sign-in-words.js';

/** @typedef {import('../sync/account.js').Account} Account */

/** Mail takes a while; a second code would only void the first one on its way. */
const RESEND_AFTER_SECONDS = 60;

export class SignInDialog {
  #account;
  #parts = makeDialog();
  #email = '';
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #countdown;

  /** @param {{account: Account}} parts */
  constructor({ account }) {
    this.#account = account;
    document.body.append(this.#parts.dialog);
    this.#parts.dialog.addEventListener('close', () => clearInterval(this.#countdown));
  }

  /** @param {string} [email] filled in already, for somebody who signs in again */
  open(email = this.#email) {
    this.#email = email;
    this.#askAddress();
    this.#parts.dialog.showModal();
    this.#focusField();
  }

  #askAddress() {
    const error = makeErrorLine('email-error');
    const field = element('input', {
      class: 'field__input', id: 'email', type: 'email', name: 'email', autocomplete: 'email', inputmode: 'email', autocapitalize: 'none',
      spellcheck: 'false', required: true, value: this.#email, 'aria-describedby': 'email-help email-error',
    });
    const send = element('button', { class: 'button button--main', type: 'submit' }, 'Send me a code');
    const form = element('form', { class: 'dialog__body', novalidate: true },
      element('div', { class: 'field' },
        element('label', { class: 'field__label', for: 'email' }, 'Your e-mail address'),
        element('p', { class: 'field__help', id: 'email-help' }, 'You get a code by mail. There is no password.'),
        field),
      error.element,
      element('div', { class: 'dialog__actions' }, send,
        element('button', { class: 'button button--quiet', type: 'button', on: { click: () => this.#haveCode(field, error) } }, 'I have a code already')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#takeAddress(field, error)) void this.#attempt(send, field, error, () => this.#requestCode(), askingFailed);
    });
    this.#show('Sign in', form);
  }

  async #requestCode() {
    await this.#account.requestCode(this.#email);
    this.#askCode(`We sent a code to`, RESEND_AFTER_SECONDS);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {ReturnType<typeof makeErrorLine>} error
   */
  #haveCode(field, error) {
    if (this.#takeAddress(field, error)) this.#askCode('Signing in as', 0);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {ReturnType<typeof makeErrorLine>} error
   * @returns {boolean} whether it can be an address
   */
  #takeAddress(field, error) {
    this.#email = field.value.trim();
    const fits = /^[^\s@]+@[^\s@]+$/.test(this.#email);
    mark(field, error, fits ? '' : 'Please write your whole e-mail address. It should look like name@school.org.');
    return fits;
  }

  /**
   * @param {string} introduction
   * @param {number} wait seconds until a new code may be asked for
   */
  #askCode(introduction, wait) {
    const error = makeErrorLine('code-error');
    const field = element('input', {
      class: 'field__input field__input--code', id: 'code', name: 'code', autocomplete: 'one-time-code', inputmode: 'numeric',
      spellcheck: 'false', required: true, 'aria-describedby': 'code-help code-error',
    });
    field.addEventListener('input', () => keepDigits(field));
    const enter = element('button', { class: 'button button--main', type: 'submit' }, 'Sign in');
    const again = element('button', { class: 'button button--quiet', type: 'button' }, 'Send a new code');
    const form = element('form', { class: 'dialog__body', novalidate: true },
      element('p', {}, `${introduction} `, element('span', { class: 'dialog__address' }, this.#email), '.'),
      element('div', { class: 'field' },
        element('label', { class: 'field__label', for: 'code' }, 'Code of six digits'),
        field,
        element('p', { class: 'field__help', id: 'code-help' }, 'It is good for 15 minutes. No mail? Look among the junk mail, too.')),
      error.element,
      element('div', { class: 'dialog__actions' }, enter, again,
        element('button', { class: 'button button--quiet', type: 'button', on: { click: () => this.#changeAddress() } }, 'Change the address')));
    again.addEventListener('click', () => {
      if (again.getAttribute('aria-disabled') !== 'true') void this.#attempt(again, field, error, () => this.#resend(again), askingFailed);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submitCode(enter, field, error);
    });
    this.#show('Enter the code', form);
    this.#holdBack(again, wait);
    this.#focusField();
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {HTMLInputElement} field
   * @param {ReturnType<typeof makeErrorLine>} error
   */
  async #submitCode(button, field, error) {
    const code = field.value;
    if (code.length !== 6) return mark(field, error, 'The code has six digits. Please look again.');
    await this.#attempt(button, field, error, () => this.#signIn(code), verifyingFailed);
  }

  /** @param {string} code */
  async #signIn(code) {
    await this.#account.signIn(this.#email, code);
    this.#parts.dialog.close();
  }

  /** @param {HTMLButtonElement} button */
  async #resend(button) {
    await this.#account.requestCode(this.#email);
    this.#holdBack(button, RESEND_AFTER_SECONDS);
  }

  #changeAddress() {
    this.#askAddress();
    this.#focusField();
  }

  /**
   * Counts down on the button. It can be reached by keyboard meanwhile, so nobody loses their place.
   *
   * @param {HTMLButtonElement} button
   * @param {number} seconds
   */
  #holdBack(button, seconds) {
    clearInterval(this.#countdown);
    const end = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      button.textContent = left > 0 ? `Send a new code (${left} s)` : 'Send a new code';
      button.setAttribute('aria-disabled', String(left > 0));
      if (left <= 0) clearInterval(this.#countdown);
    };
    this.#countdown = setInterval(tick, 1000);
    tick();
  }

  /**
   * Runs one request of a form. While it is under way the button cannot be pressed again; an error is shown at the field.
   *
   * @param {HTMLButtonElement} button
   * @param {HTMLInputElement} field
   * @param {ReturnType<typeof makeErrorLine>} error
   * @param {() => Promise<void>} request
   * @param {(error: unknown) => string} words
   */
  async #attempt(button, field, error, request, words) {
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
   * @param {string} title
   * @param {HTMLElement} content
   */
  #show(title, content) {
    clearInterval(this.#countdown);
    this.#parts.heading.textContent = title;
    this.#parts.body.replaceChildren(content);
  }

  #focusField() {
    this.#parts.body.querySelector('input')?.focus();
  }
}

/**
 * Pasted codes come with spaces, dashes and words around them.
 *
 * @param {HTMLInputElement} field
 */
function keepDigits(field) {
  const digits = field.value.replace(/\D/g, '').slice(0, 6);
  if (digits !== field.value) field.value = digits;
}

/**
 * @param {HTMLInputElement} field
 * @param {ReturnType<typeof makeErrorLine>} error
 * @param {string} words
 */
function mark(field, error, words) {
  error.say(words);
  field.setAttribute('aria-invalid', String(words !== ''));
  if (words !== '') field.focus();
}
