/** The page header: the status line and the account button. */
/** @typedef {import('../sync/account.js').Account} Account */
/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {import('../sync/synchroniser.js').Synchroniser} Synchroniser */

/** Milliseconds after which a status is announced: screen readers get the settled status, not each step. */
const SETTLED_AFTER = 1_500;

export class Header {
  #account;
  #synchroniser;
  #status = find('status');
  #announcer = find('announcer');
  #button = find('account');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /**
   * @param {{account: Account, store: TileStore, synchroniser: Synchroniser, onAccount: () => void}} parts `onAccount` is called
   *   when the account button is pressed
   */
  constructor({ account, store, synchroniser, onAccount }) {
    this.#account = account;
    this.#synchroniser = synchroniser;
    this.#button.addEventListener('click', onAccount);
    for (const part of [account, store, synchroniser]) part.onChange(() => this.#show());
    this.#show();
  }

  #show() {
    this.#showAccount();
    const { tone, text } = this.#synchroniser.describe();
    if (this.#status.textContent === text) return;
    this.#status.textContent = text;
    this.#status.dataset.tone = tone;
    clearTimeout(this.#settling);
    if (tone !== 'busy') this.#settling = setTimeout(() => this.#announce(text), SETTLED_AFTER);
  }

  #showAccount() {
    const { email, ended } = this.#account;
    const name = email === '' ? 'Sign in' : ended ? 'Sign in again' : email;
    const label = this.#button.querySelector('.account__name');
    if (!label || label.textContent === name) return;
    label.textContent = name;
    label.classList.toggle('account__name--long', this.#account.signedIn);
    if (this.#account.signedIn) this.#button.setAttribute('aria-label', `Your account: ${email}`);
    else this.#button.removeAttribute('aria-label');
  }

  /** @param {string} text */
  #announce(text) {
    this.#announcer.textContent = text;
  }
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function find(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}
