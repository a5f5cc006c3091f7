/** Actions on the whole museum: downloading it, and deleting the account. */
import { element, icon } from '../lib/dom.js';
import { RequestError } from '../sync/server/client.js';
import { INTRODUCTION, RESEND_AFTER_SECONDS, attempt, hasCode, holdBack, makeCodeField } from './code-field.js';
import { makeErrorLine } from './dialog.js';
import { showNotice, works } from './notices.js';

/** @typedef {import('../sync/account.js').Account} Account */
/** @typedef {import('../sync/server/client.js').Client} Client */
/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {ReturnType<typeof import('./dialog.js').makeDialog>} DialogParts */

const DELETED = 'Your account is deleted, with your museum and everything in it.';

export class MuseumActions {
  #account;
  #client;
  #store;
  #parts;

  /**
   * @param {{account: Account, client: Client, store: TileStore, parts: DialogParts}} parts `parts` of the dialog that
   *   shows them
   */
  constructor({ account, client, store, parts }) {
    this.#account = account;
    this.#client = client;
    this.#store = store;
    this.#parts = parts;
  }

  /**
   * Downloads the museum as a file, after checking that the server answers.
   *
   * @param {HTMLElement} told shows the progress
   */
  async download(told) {
    told.textContent = 'Getting it ready…';
    const { sent } = await this.#store.flush();
    told.textContent = await this.#client.whoAmI().then(
      (email) => {
        if (email !== this.#account.email) return 'Please sign in again first.';
        element('a', { href: this.#client.museumAddress, download: '' }).click();
        return sent
          ? 'Your download has started.'
          : `Your download has started. It does not include unsent work: ${works(this.#store.unsent)}.`;
      },
      () => 'The museum does not answer. Check the network and try again.',
    );
  }

  /** Explains what deletion means before asking for a code. */
  askToDelete() {
    const error = makeErrorLine('delete-error');
    const told = element('p', { role: 'status' });
    const send = element('button', { class: 'button button--grave', type: 'button' }, 'Send me a code to delete it');
    send.addEventListener(
      'click',
      () =>
        void this.#run(send, error, async () => {
          this.#askCode(await this.#client.requestDeletionCode());
        }),
    );
    this.#show(
      'Delete your account?',
      element(
        'p',
        {},
        'Your museum is deleted at once: every work, every earlier version, every photo, on the server and on this device. This cannot be undone.',
      ),
      element(
        'p',
        {},
        element(
          'button',
          { class: 'button', type: 'button', on: { click: () => void this.download(told) } },
          icon('download'),
          'Download my museum first',
        ),
      ),
      told,
      error.element,
      element('div', { class: 'dialog__actions' }, send, this.#keep()),
    );
  }

  /** @param {import('../sync/server/client.js').Delivery} delivery how the code is delivered */
  #askCode(delivery) {
    const error = makeErrorLine('delete-error');
    const { field, labelled } = makeCodeField('delete-error', delivery);
    const enter = element('button', { class: 'button button--grave', type: 'submit' }, 'Delete everything now');
    const again = element('button', { class: 'button button--quiet', type: 'button' }, 'Send a new code');
    let stopCountdown = holdBack(again, RESEND_AFTER_SECONDS);
    again.addEventListener('click', () => {
      if (again.getAttribute('aria-disabled') === 'true') return;
      void attempt(
        again,
        field,
        error,
        async () => {
          await this.#client.requestDeletionCode();
          stopCountdown();
          stopCountdown = holdBack(again, RESEND_AFTER_SECONDS);
        },
        deletingFailed,
      );
    });
    const form = element(
      'form',
      { class: 'dialog__body', novalidate: true },
      element(
        'p',
        {},
        `${INTRODUCTION[delivery]} `,
        element('span', { class: 'dialog__address' }, this.#account.email),
        '. With it your account is deleted at once.',
      ),
      labelled,
      error.element,
      element('div', { class: 'dialog__actions' }, enter, again, this.#keep()),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (hasCode(field, error)) void attempt(enter, field, error, () => this.#delete(field.value), deletingFailed);
    });
    this.#parts.dialog.addEventListener('close', () => stopCountdown(), { once: true });
    this.#show('Enter the code', form);
    field.focus();
  }

  /** @param {string} code */
  async #delete(code) {
    await this.#account.delete(code);
    this.#parts.dialog.close();
    showNotice(/** @type {HTMLElement} */ (document.getElementById('notices')), DELETED);
  }

  #keep() {
    return element(
      'button',
      { class: 'button button--quiet', type: 'button', on: { click: () => this.#parts.dialog.close() } },
      'Keep my account',
    );
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {ReturnType<typeof makeErrorLine>} error
   * @param {() => Promise<void>} request
   */
  async #run(button, error, request) {
    if (button.dataset.busy) return;
    button.dataset.busy = 'true';
    error.say('');
    await request().catch((problem) => error.say(deletingFailed(problem)));
    delete button.dataset.busy;
  }

  /**
   * @param {string} title
   * @param {...HTMLElement} content
   */
  #show(title, ...content) {
    this.#parts.heading.textContent = title;
    this.#parts.body.replaceChildren(...content);
    this.#parts.heading.focus();
  }
}

/**
 * @param {unknown} error the error of requesting the code, or of the deletion
 * @returns {string}
 */
function deletingFailed(error) {
  const status = error instanceof RequestError ? error.status : 500;
  if (status === 0) return 'The museum does not answer. Check the network and try again.';
  if (status === 403) return 'You are not signed in any more. If your account is still there, sign in and try again.';
  return (
    (status !== 500 && error instanceof RequestError && error.words) ||
    'Something went wrong on the server. Try again in a minute.'
  );
}
