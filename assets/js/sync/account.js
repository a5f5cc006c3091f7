/** The account that is signed in on this device: signing in, signing out, and deleting it. */
import { Listeners } from '../lib/listeners.js';
import { RequestError } from './server/client.js';
import { planAdoption } from './adopt-local-work.js';
import { namedIn, unconfirmedIn } from './photo/references.js';
import { isPending } from './queue.js';

/** @typedef {import('./server/client.js').Client} Client */
/** @typedef {import('./device/device.js').Device} Device */
/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./device/tabs.js').Tabs} Tabs */
/** @typedef {import('./device/tab-lock.js').TabLock} TabLock */

/**
 * The result of moving signed-out work into an account: the types that moved, and those of them where the account
 * already had other work.
 *
 * @typedef {{moved: string[], joined: string[]}} Adoption
 */

/** @typedef {{isShared?: boolean}} SignInOptions whether several people use this device; by default as it was before */

export class Account {
  #client;
  #device;
  #store;
  #tabs;
  #tabLock;
  #cookies;
  /** The session whose user the server has confirmed. @type {string | undefined} */
  #confirmed;
  #ended = false;
  #adopting = false;
  #shared = false;
  /** @type {Listeners<void>} */
  #listeners = new Listeners();
  /** @type {Listeners<Adoption>} */
  #adoptions = new Listeners();

  /**
   * @param {{client: Client, device: Device, store: TileStore, tabs: Pick<Tabs, 'tell' | 'onMessage'>, tabLock:
   *   Pick<TabLock, 'exclusively'>,
   *   cookies?: () => string}} parts `cookies` returns the page's cookies
   */
  constructor({ client, device, store, tabs, tabLock, cookies = () => document.cookie }) {
    this.#tabLock = tabLock;
    this.#cookies = cookies;
    this.#client = client;
    this.#device = device;
    this.#store = store;
    this.#tabs = tabs;
    tabs.onMessage((message) => {
      if (message.kind === 'account') void this.#follow(message);
    });
  }

  /** The email address of the account whose museum is open, '' when signed out. */
  get email() {
    return this.#store.owner;
  }

  /** Whether an account is open and its session has not ended. */
  get signedIn() {
    return this.email !== '' && !this.#ended;
  }

  /** Whether the session has ended and the user has to sign in again. */
  get ended() {
    return this.email !== '' && this.#ended;
  }

  /** Whether several people have used this device. */
  get onSharedDevice() {
    return this.#shared;
  }

  /** @param {() => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /** @param {(adoption: Adoption) => void} listener */
  onAdoption(listener) {
    return this.#adoptions.add(listener);
  }

  /** Opens the museum of the last account that was signed in, without waiting for the network. */
  async restore() {
    const remembered = await this.#device.setting('account');
    this.#shared = (await this.#device.setting('shared')) ?? false;
    await this.#store.open(remembered ?? '');
    if (remembered === undefined && this.#session !== undefined) await this.#discover();
  }

  /**
   * Asks for a sign-in code.
   *
   * @param {string} email
   */
  requestCode(email) {
    return this.#client.requestCode(email);
  }

  /**
   * Signs in with a code and opens the account's museum.
   *
   * @param {string} email
   * @param {string} code
   * @param {SignInOptions} [options]
   */
  async signIn(email, code, options) {
    await this.#signIn(email, () => this.#client.verifyCode(email, code), options);
  }

  /**
   * Signs in with a password and opens the account's museum.
   *
   * @param {string} email
   * @param {string} password
   * @param {SignInOptions} [options]
   */
  async signInWithPassword(email, password, options) {
    await this.#signIn(email, () => this.#client.checkPassword(email, password), options);
  }

  /**
   * @param {string} email
   * @param {() => Promise<string | undefined>} prove authenticates; resolves to the account's address as the server
   *   spells it
   * @param {SignInOptions} [options]
   */
  async #signIn(email, prove, { isShared = this.#shared } = {}) {
    await this.#tabLock.exclusively('sync', async () => {
      const address = (await prove()) ?? (await this.#client.whoAmI().catch(() => null)) ?? email;
      await this.#setShared(isShared || (await this.#device.accounts()).some((other) => other !== address));
      await this.#device.setSetting('adopt', address);
      this.#adopting = true;
      await this.#enter(address);
    });
  }

  /**
   * Signs out and opens the signed-out museum. The account's museum stays on the device with its unsent changes, unless
   * removal was requested and the server has everything.
   *
   * @param {{remove?: boolean}} [options]
   * @returns {Promise<boolean>} whether it was removed
   */
  async signOut({ remove = false } = {}) {
    let removed = false;
    await this.#tabLock.exclusively('sync', async () => {
      const owner = this.email;
      const photos = remove ? await this.#photos(owner) : [];
      await this.#client.signOut().catch(unlessSignedOut);
      await this.#setShared(remove);
      const isDue = remove && (await this.#device.setting('adopt')) !== owner;
      if (isDue) await this.#store.recover(); // drafts of closed pages
      await this.#enter('', isDue ? { removed: owner } : {});
      if (!isDue) return;
      removed = await this.#device.forget(owner, isOnServer);
      if (removed) await this.#client.dropCached(photos);
    });
    return removed;
  }

  /**
   * Whether the account's museum can be removed from this device without loss.
   *
   * @returns {Promise<boolean>}
   */
  async canRemove() {
    if (this.#store.pending || (await this.adoptionDue())) return false;
    return isOnServer({ records: await this.#device.list(this.email), museum: await this.#device.museum(this.email) });
  }

  /** Returns the hashes of an owner's photos that this device stores or shows. @param {string} owner */
  async #photos(owner) {
    const kept = (await this.#device.photos()).filter((photo) => photo.owner === owner).map(({ hash }) => hash);
    return [...new Set([...kept, ...namedIn(await this.#device.list(owner)).keys()])];
  }

  /** @param {boolean} shared */
  async #setShared(shared) {
    this.#shared = shared;
    await this.#device.setSetting('shared', shared);
  }

  /**
   * Deletes the account, on the server and then on this device, and opens the signed-out museum.
   *
   * @param {string} code six digits that were mailed for this
   */
  async delete(code) {
    const owner = this.email;
    await this.#tabLock.exclusively('sync', async () => {
      await this.#client.deleteAccount(code);
      await this.#store.recover(); // otherwise drafts of closed pages would come back
      await this.#enter('', { deleted: owner });
      await this.#device.forget(owner);
    });
  }

  /**
   * Checks that the session still belongs to this account, so that nothing is sent to another one. Asks the server once
   * per session.
   *
   * @returns {Promise<boolean>} false if it does not; the page then shows the current account
   */
  async confirm() {
    const session = this.#session;
    if (session !== undefined && session === this.#confirmed && this.signedIn) return true;
    const email = await this.#client.whoAmI();
    if (email === null) this.#setEnded(true);
    else if (email !== this.email) await this.#enter(email);
    else this.#setEnded(false);
    this.#confirmed = email === null ? undefined : session;
    return email === this.email;
  }

  /** Asks the server again whether the session is valid. */
  async checkSession() {
    this.#confirmed = undefined;
    await this.confirm().catch(() => false);
  }

  /** Like adoptionDue, but from memory: whether signed-out work is not on the server yet. */
  get adopting() {
    return this.signedIn && this.#adopting;
  }

  /** Whether signed-out work still has to be moved into the account. */
  async adoptionDue() {
    this.#adopting = (await this.#device.setting('adopt')) === this.email;
    return this.#adopting;
  }

  /**
   * Moves signed-out work into the account, except what has to wait. Call it once the account's museum is loaded.
   *
   * @returns {Promise<boolean>} whether something moved
   */
  async adoptLocal() {
    const owner = this.email;
    /** @type {Adoption} */
    const adoption = { moved: [], joined: [] };
    let isWaiting = false;
    const changed = await this.#device.changeAll(['', owner], (local, account) => {
      const { moves, joined, waiting } = planAdoption(local.records, account.records, owner);
      adoption.moved = moves.map((move) => move.type);
      adoption.joined = joined;
      isWaiting = waiting.length > 0;
      return { records: moves.flatMap((move) => [move.from, move.to]) };
    });
    if (!isWaiting) await this.#device.setSetting('adopt', undefined);
    this.#adopting = isWaiting;
    this.#store.arrived(changed);
    this.#adoptions.tell(adoption);
    return changed.length > 0;
  }

  /** The session's CSRF token, which is all that the page can see of the session. */
  get #session() {
    return /(?:^|;\s*)csrftoken=([^;]+)/.exec(this.#cookies())?.[1];
  }

  /**
   * @param {string} email
   * @param {{deleted?: string, removed?: string}} [gone] the account that was deleted, or removed from this device
   */
  async #enter(email, gone = {}) {
    await this.#device.setSetting('account', email);
    this.#ended = false;
    await this.#store.open(email);
    this.#tabs.tell({ kind: 'account', ...gone });
    this.#listeners.tell();
  }

  /** @param {boolean} ended whether the person has to sign in again */
  #setEnded(ended) {
    if (this.#ended === ended) return;
    this.#ended = ended;
    this.#listeners.tell();
  }

  /**
   * Handles a sign-in or sign-out in another tab. Unsaved drafts of a deleted account are dropped. The data of an
   * account that was removed from the device is dropped unless this tab has written something that the server does not
   * have.
   *
   * @param {{deleted?: string, removed?: string}} gone
   */
  async #follow({ deleted, removed }) {
    this.#ended = false;
    this.#shared = (await this.#device.setting('shared')) ?? false;
    const email = (await this.#device.setting('account')) ?? '';
    if (email !== this.email) await this.#store.open(email);
    if (deleted !== undefined) await this.#device.forget(deleted);
    if (removed !== undefined) await this.#device.forget(removed, isOnServer);
    this.#listeners.tell();
  }

  /** Restores the account after the browser has lost the database but not the session. */
  async #discover() {
    const email = await this.#client.whoAmI().catch(() => null);
    if (email !== null) await this.#enter(email);
  }
}

/**
 * Whether the server has everything that the device stores of an owner.
 *
 * @param {import('./device/device.js').Holdings} holdings
 */
function isOnServer({ records, museum }) {
  const hasWishes = museum.flight !== null || Object.keys(museum.wanted).length > 0;
  return (
    !hasWishes &&
    !records.some(isPending) &&
    (museum.aside ?? []).length === 0 &&
    unconfirmedIn(records, museum).size === 0
  );
}

/** @param {unknown} error */
function unlessSignedOut(error) {
  if (!(error instanceof RequestError && error.status === 403)) throw error;
}
