/**
 * The dialog of the signed-in account: signing out, and actions on the whole museum. If some work is not on the server,
 * a warning comes before signing out. Otherwise the work can be removed from this device, which is the default on
 * shared devices.
 */
import { element, icon } from '../lib/dom.js';
import { makeDialog, makeErrorLine } from './dialog.js';
import { showNotice, works } from './notices.js';

/** @typedef {import('../sync/account.js').Account} Account */
/** @typedef {import('../sync/server/client.js').Client} Client */
/** @typedef {import('../sync/store.js').TileStore} TileStore */

const REMOVED = 'You are signed out, and your work is no longer on this device. Your museum is on the server.';
const STAYED = 'You are signed out. Some changes are not on the server yet, so your work stays on this device.';

export class AccountDialog {
  #account;
  #client;
  #store;
  #parts = makeDialog();
  #error = makeErrorLine('sign-out-error');
  #remove = element('input', {
    class: 'check__box',
    type: 'checkbox',
    id: 'remove-work',
    'aria-describedby': 'remove-help',
  });

  /** @param {{account: Account, client: Client, store: TileStore}} parts */
  constructor({ account, client, store }) {
    this.#account = account;
    this.#client = client;
    this.#store = store;
    document.body.append(this.#parts.dialog);
  }

  open() {
    this.#parts.heading.textContent = 'Your account';
    this.#remove.checked = this.#account.onSharedDevice;
    this.#parts.dialog.showModal();
    this.#show(this.#store.pending ? this.#unsent() : '', this.#store.pending);
  }

  /**
   * @param {string} words where the work is stored
   * @param {boolean} isUnsent
   */
  #show(words, isUnsent) {
    const send = element(
      'button',
      { class: 'button', type: 'button', on: { click: () => this.#send() } },
      'Send it now',
    );
    const leave = element(
      'button',
      { class: 'button', type: 'button', on: { click: () => this.#leave(isUnsent) } },
      isUnsent ? 'Sign out anyway' : 'Sign out',
    );
    this.#error.say('');
    this.#parts.body.replaceChildren(
      element('p', {}, 'Signed in as ', element('span', { class: 'dialog__address' }, this.#account.email), '.'),
      ...(words === '' ? [] : [element('p', { role: 'status' }, words)]),
      this.#error.element,
      ...(isUnsent || !this.#store.keeps ? [] : [this.#removal()]),
      element('div', { class: 'dialog__actions' }, ...(isUnsent ? [send] : []), leave),
      this.#museumActions(),
    );
    (isUnsent ? send : leave).focus();
  }

  #removal() {
    return element(
      'div',
      { class: 'field' },
      element('label', { class: 'check', for: 'remove-work' }, this.#remove, 'Remove my work from this device'),
      element(
        'p',
        { class: 'field__help', id: 'remove-help' },
        'For a device that others use, too. Your museum stays on the server.',
      ),
    );
  }

  /** Fetches the rarely used actions on demand. */
  #museumActions() {
    const told = element('p', { role: 'status' });
    const run = (/** @type {(actions: import('./museum-actions.js').MuseumActions) => void} */ act) => async () => {
      const module = await import('./museum-actions.js').catch(() => null);
      if (module)
        act(
          new module.MuseumActions({
            account: this.#account,
            client: this.#client,
            store: this.#store,
            parts: this.#parts,
          }),
        );
      else told.textContent = 'This could not be loaded. Check the network and try again.';
    };
    const sessions = async () => {
      told.textContent = '';
      try {
        const { SessionList } = await import('./session-list.js');
        await new SessionList({ client: this.#client, parts: this.#parts }).show();
      } catch {
        told.textContent = 'This could not be loaded. Check the network and try again.';
      }
    };
    return element(
      'div',
      { class: 'dialog__more' },
      element(
        'button',
        { class: 'button button--quiet', type: 'button', on: { click: () => void sessions() } },
        icon('devices'),
        'Where you are signed in',
      ),
      element(
        'button',
        { class: 'button button--quiet', type: 'button', on: { click: run((actions) => void actions.download(told)) } },
        icon('download'),
        'Download my museum',
      ),
      element(
        'button',
        {
          class: 'button button--quiet button--grave',
          type: 'button',
          on: { click: run((actions) => actions.askToDelete()) },
        },
        icon('bin'),
        'Delete my account',
      ),
      told,
    );
  }

  #unsent() {
    const unsent = this.#store.unsent;
    const what = unsent.length > 0 ? `Not sent yet: ${works(unsent)}.` : 'Not everything is on the server yet.';
    if (!this.#store.keeps) return `${what} This browser keeps nothing by itself: if you sign out now, that is lost.`;
    return `${what} If you sign out now, it stays on this device, and is sent when you sign in here again.`;
  }

  async #send() {
    const { sent, why } = await this.#store.flush();
    if (sent) this.#show('Everything is on the server.', false);
    else this.#error.say(`It could not be sent. ${why}`);
  }

  /** @param {boolean} isWarned whether the user was warned about unsent work */
  async #leave(isWarned) {
    this.#error.say('');
    const remove = this.#remove.checked && this.#store.keeps && !isWarned;
    try {
      if (!isWarned && !((await this.#store.flush()).sent && (!remove || (await this.#account.canRemove())))) {
        this.#show(`${this.#unsent()}${remove ? ' It is removed from here only when everything is sent.' : ''}`, true);
        return;
      }
      const isRemoved = await this.#account.signOut({ remove });
      this.#parts.dialog.close();
      const place = document.getElementById('notices');
      if (remove && place) showNotice(place, isRemoved ? REMOVED : STAYED);
    } catch {
      this.#error.say('The museum does not answer, so you are still signed in. Check the network and try again.');
    }
  }
}
