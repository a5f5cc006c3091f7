/** The sign-in dialog: an email address, then the six-digit code sent to it. */
import { element } from '../lib/dom.js';
import { INTRODUCTION, RESEND_AFTER_SECONDS, attempt, hasCode, holdBack, makeCodeField, mark } from './code-field.js';
import { makeDialog, makeErrorLine } from './dialog.js';
import { askingFailed, passwordFailed, verifyingFailed } from './sign-in-messages.js';

/** @typedef {import('../sync/account.js').Account} Account */
/** @typedef {import('./code-field.js').ErrorLine} ErrorLine */

export class SignInDialog {
  #account;
  #parts = makeDialog();
  #email = '';
  #stopCountdown = () => {};
  #shared = element('input', { class: 'check__box', type: 'checkbox', id: 'shared-device' });

  /** @param {{account: Account}} parts */
  constructor({ account }) {
    this.#account = account;
    document.body.append(this.#parts.dialog);
    this.#parts.dialog.addEventListener('close', () => this.#stopCountdown());
  }

  /** @param {string} [email] prefilled address, for signing in again */
  open(email = this.#email) {
    this.#email = email;
    this.#shared.checked = this.#account.onSharedDevice;
    this.#askAddress();
    this.#parts.dialog.showModal();
    this.#focusField();
  }

  #askAddress() {
    const error = makeErrorLine('email-error');
    const { field, labelled } = this.#makeAddressField('email', 'We send you a code. No password needed.');
    const send = element('button', { class: 'button button--main', type: 'submit' }, 'Send me a code');
    const form = element(
      'form',
      { class: 'dialog__body', novalidate: true },
      labelled,
      error.element,
      this.#sharedChoice(),
      element(
        'div',
        { class: 'dialog__actions' },
        send,
        quietButton('I already have a code', () => this.#haveCode(field, error)),
        quietButton('Sign in with a password', () => this.#askPassword(field.value.trim())),
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#takeAddress(field, error)) void attempt(send, field, error, () => this.#requestCode(), askingFailed);
    });
    this.#show('Sign in', form);
  }

  /**
   * @param {string} autocomplete
   * @param {string} help
   */
  #makeAddressField(autocomplete, help) {
    const field = element('input', {
      class: 'field__input',
      id: 'email',
      type: 'email',
      name: 'email',
      autocomplete,
      inputmode: 'email',
      autocapitalize: 'none',
      spellcheck: 'false',
      required: true,
      value: this.#email,
      'aria-describedby': 'email-help email-error',
    });
    const labelled = element(
      'div',
      { class: 'field' },
      element('label', { class: 'field__label', for: 'email' }, 'Your e-mail address'),
      element('p', { class: 'field__help', id: 'email-help' }, help),
      field,
    );
    return { field, labelled };
  }

  #sharedChoice() {
    return element('label', { class: 'check', for: 'shared-device' }, this.#shared, 'This is a shared device');
  }

  async #requestCode() {
    const delivery = await this.#account.requestCode(this.#email);
    this.#askCode(INTRODUCTION[delivery], RESEND_AFTER_SECONDS, delivery);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {ErrorLine} error
   */
  #haveCode(field, error) {
    if (this.#takeAddress(field, error)) this.#askCode('Signing in as', 0);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {ErrorLine} error
   * @returns {boolean} whether it looks like an address
   */
  #takeAddress(field, error) {
    this.#email = field.value.trim();
    const fits = /^[^\s@]+@[^\s@]+$/.test(this.#email);
    mark(field, error, fits ? '' : 'Please enter your full e-mail address, such as name@school.org.');
    return fits;
  }

  /**
   * @param {string} introduction
   * @param {number} wait seconds until a new code can be requested
   * @param {import('../sync/server/client.js').Delivery} [delivery]
   */
  #askCode(introduction, wait, delivery) {
    const error = makeErrorLine('code-error');
    const { field, labelled } = makeCodeField('code-error', delivery);
    const enter = element('button', { class: 'button button--main', type: 'submit' }, 'Sign in');
    const again = element('button', { class: 'button button--quiet', type: 'button' }, 'Send a new code');
    const form = element(
      'form',
      { class: 'dialog__body', novalidate: true },
      element('p', {}, `${introduction} `, element('span', { class: 'dialog__address' }, this.#email), '.'),
      labelled,
      error.element,
      element(
        'div',
        { class: 'dialog__actions' },
        enter,
        again,
        quietButton('Change the address', () => this.#startAgain()),
      ),
    );
    again.addEventListener('click', () => {
      if (again.getAttribute('aria-disabled') !== 'true')
        void attempt(again, field, error, () => this.#resend(again), askingFailed);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (hasCode(field, error)) void attempt(enter, field, error, () => this.#signIn(field.value), verifyingFailed);
    });
    this.#show('Enter the code', form);
    this.#stopCountdown = holdBack(again, wait);
    this.#focusField();
  }

  /** @param {string} code */
  async #signIn(code) {
    await this.#account.signIn(this.#email, code, { isShared: this.#shared.checked });
    this.#parts.dialog.close();
  }

  /** @param {HTMLButtonElement} button */
  async #resend(button) {
    await this.#account.requestCode(this.#email);
    this.#stopCountdown();
    this.#stopCountdown = holdBack(button, RESEND_AFTER_SECONDS);
  }

  /** @param {string} email as typed so far */
  #askPassword(email) {
    this.#email = email;
    const error = makeErrorLine('email-error');
    const address = this.#makeAddressField('username', 'Only staff have a password.');
    const field = element('input', {
      class: 'field__input',
      id: 'password',
      type: 'password',
      name: 'password',
      autocomplete: 'current-password',
      required: true,
      'aria-describedby': 'email-error',
    });
    const enter = element('button', { class: 'button button--main', type: 'submit' }, 'Sign in');
    const form = element(
      'form',
      { class: 'dialog__body', novalidate: true },
      address.labelled,
      element(
        'div',
        { class: 'field' },
        element('label', { class: 'field__label', for: 'password' }, 'Password'),
        field,
      ),
      error.element,
      this.#sharedChoice(),
      element(
        'div',
        { class: 'dialog__actions' },
        enter,
        quietButton('Use a code instead', () => this.#startAgain()),
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#takeAddress(address.field, error))
        void attempt(enter, field, error, () => this.#signInWithPassword(field.value), passwordFailed);
    });
    this.#show('Sign in with a password', form);
    (email === '' ? address.field : field).focus();
  }

  /** @param {string} password */
  async #signInWithPassword(password) {
    await this.#account.signInWithPassword(this.#email, password, { isShared: this.#shared.checked });
    this.#parts.dialog.close();
  }

  #startAgain() {
    this.#askAddress();
    this.#focusField();
  }

  /**
   * @param {string} title
   * @param {HTMLElement} content
   */
  #show(title, content) {
    this.#stopCountdown();
    this.#parts.heading.textContent = title;
    this.#parts.body.replaceChildren(content);
  }

  #focusField() {
    this.#parts.body.querySelector('input')?.focus();
  }
}

/**
 * @param {string} words
 * @param {() => void} press
 */
function quietButton(words, press) {
  return element('button', { class: 'button button--quiet', type: 'button', on: { click: press } }, words);
}
