/**
 * Who is signed in, and the way out.
 */
import { element } from '../lib/dom.js';
import { makeDialog, makeErrorLine } from './dialog.js';

/** @typedef {import('../sync/account.js').Account} Account */
/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {import('../sync/synchroniser.js').Synchroniser} Synchroniser */

export class AccountDialog {
  #account;
  #store;
  #synchroniser;
  #parts = makeDialog();

  /** @param {{account: Account, store: TileStore, synchroniser: Synchroniser}} parts */
  constructor({ account, store, synchroniser }) {
    this.#account = account;
    this.#store = store;
    this.#synchroniser = synchroniser;
    document.body.append(this.#parts.dialog);
  }

  open() {
    const error = makeErrorLine('sign-out-error');
    const leave = element('button', { class: 'button', type: 'button', on: { click: () => this.#leave(error) } }, 'Sign out');
    this.#parts.heading.textContent = 'Your account';
    this.#parts.body.replaceChildren(
      element('p', {}, 'Signed in as ', element('span', { class: 'dialog__address' }, this.#account.email), '.'),
      this.#store.pending && element('p', {}, 'Some work has not been sent yet. It stays on this device and is sent when you sign in here again.') || '',
      error.element,
      element('div', { class: 'dialog__actions' }, leave));
    this.#parts.dialog.showModal();
    leave.focus();
  }

  /** @param {ReturnType<typeof makeErrorLine>} error */
  async #leave(error) {
    error.say('');
    try {
      await this.#store.save();
      await this.#synchroniser.round({ pull: false });
      await this.#account.signOut();
      this.#parts.dialog.close();
    } catch {
      error.say('The museum does not answer, so you are still signed in. Check the network and try again.');
    }
  }
}
