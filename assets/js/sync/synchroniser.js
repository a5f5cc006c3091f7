/**
 * Schedules the exchanges with the server: shortly after an edit, when something changed elsewhere, when the network or
 * the window comes back, and again after a failure. It does nothing while signed out.
 */
import { Delayed, pauseAfter } from '../lib/timing.js';
import { Listeners } from '../lib/listeners.js';
import { familyByType } from '../museum/families.js';
import { RequestError } from './server/client.js';
import { Exchange } from './exchange.js';
import { PhotoTransfer } from './photo/transfer.js';
import { describe, describeTile } from './status.js';

/** @typedef {import('./account.js').Account} Account */
/** @typedef {import('./orphaned-work.js').OrphanedWork} OrphanedWork */
/** @typedef {import('./server/client.js').Client} Client */
/** @typedef {import('./device/device.js').Device} Device */
/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./device/tab-lock.js').TabLock} TabLock */

/** Milliseconds without typing after which edits are sent, and the longest delay. */
const SEND_AFTER = { quiet: 800, longest: 4_000 };

/** How often to poll for changes of other devices while the page is visible and the server does not push them. */
const PULL_EVERY = 30_000;

/** How often to check an ended session again. */
const CHECK_SESSION_EVERY = 300_000;

/** @typedef {'none' | 'silent' | 'busy' | 'full' | 'broken' | 'unwritten'} Problem */

export class Synchroniser {
  #store;
  #device;
  #tabLock;
  #account;
  #orphanedWork;
  #exchange;
  /** @type {Listeners<void>} */
  #listeners = new Listeners();
  #send = new Delayed(() => void this.round({ pull: false }), SEND_AFTER);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** The timer that retries refused changes. @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  #failures = 0;
  /** @type {Promise<void> | undefined} */
  #running;
  /** @type {{pull: boolean} | undefined} */
  #wanted;
  /** The last change count that the server pushed. */
  #told = 0;
  #sending = false;
  #arrivedMeanwhile = false;
  /** @type {Problem} */
  #problem = 'none';

  /**
   * @param {{client: Client, store: TileStore, device: Device, tabLock: Pick<TabLock, 'exclusively'>, account: Account, orphanedWork: OrphanedWork}} parts
   */
  constructor({ client, store, device, tabLock, account, orphanedWork }) {
    this.#store = store;
    this.#device = device;
    this.#tabLock = tabLock;
    this.#account = account;
    this.#orphanedWork = orphanedWork;
    const photos = new PhotoTransfer({ client, device, store });
    this.#exchange = new Exchange({
      client,
      device,
      store,
      account,
      orphanedWork,
      photos,
      onSending: () => this.#tellSending(),
    });
    store.sendBy(this);
    orphanedWork.onChange(() => this.#listeners.tell());
    store.onChange((event) => {
      if (event.kind === 'opened') this.#opened();
      else if (event.kind === 'arrived' && this.#running) this.#arrivedMeanwhile = true;
      else if (event.kind !== 'edit') this.#sendSoon();
    });
  }

  get sending() {
    return this.#sending;
  }

  get problem() {
    return this.#problem;
  }

  /** The tiles that the server refused and has not received since. */
  get refused() {
    const unsent = this.#store.unsent;
    return this.#exchange.refused
      .filter(({ type }) => unsent.includes(type))
      .map(({ type, ...why }) => ({ name: nameOf(type), ...why }));
  }

  /** @param {() => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /** Returns the status of the whole museum. */
  describe() {
    return describe({
      ...this.#situation(),
      pending: this.#store.pending || this.#account.adopting || this.#exchange.unsure.length > 0,
      saving: this.#store.saving,
      refused: this.refused,
      savedAt: this.#store.savedAt(),
    });
  }

  /**
   * Returns the status of a tile.
   *
   * @param {string} type
   */
  status(type) {
    const unsent = this.#store.unsent.includes(type);
    const refusal = unsent ? this.#exchange.refused.find((each) => each.type === type) : undefined;
    return describeTile(
      {
        ...this.#situation(),
        aside: false,
        photos: [],
        pending: unsent || this.#exchange.unsure.includes(type),
        saving: unsent && this.#store.saving,
        refused: refusal ? [{ ...refusal, name: nameOf(type) }] : [],
        savedAt: this.#store.savedAt(type),
      },
      this.#account.signedIn ? this.#exchange.photoProblem(type) : '',
    );
  }

  #situation() {
    return {
      keeps: this.#store.keeps,
      saveProblem: this.#store.problem,
      touched: this.#store.touched,
      signedIn: this.#account.email !== '',
      sessionEnded: this.#account.ended,
      online: globalThis.navigator?.onLine !== false || this.#problem !== 'silent',
      sending: this.#sending,
      problem: this.#problem,
      aside: this.#orphanedWork.any,
      photos: this.#exchange.photoProblems.map(({ type, words }) => ({ name: nameOf(type), words })),
    };
  }

  /** Sends what is pending, see TileStore.flush. */
  async flush() {
    this.#exchange.retry();
    await this.round({ pull: false });
    const isSent = !this.#store.pending && this.#exchange.unsure.length === 0;
    return isSent ? { sent: true, why: '' } : { sent: false, why: this.describe().text };
  }

  /** Drops stored photos that the server has, when the device is full. */
  makeRoom() {
    return this.#exchange.makeRoom();
  }

  /**
   * Starts to react to the network, the window and the clock.
   *
   * @param {{isPushing: () => boolean}} options whether the server currently pushes changes
   */
  start({ isPushing }) {
    const pull = () => {
      if (document.visibilityState !== 'visible' || this.#running) return;
      if (this.#account.ended) void this.#account.checkSession();
      else void this.round({ pull: true });
    };
    // A museum on this computer answers without any network, so try even when "offline".
    window.addEventListener('online', () => {
      this.#exchange.retry();
      pull();
    });
    window.addEventListener('offline', pull);
    window.addEventListener('focus', pull);
    document.addEventListener('visibilitychange', pull);
    setInterval(() => {
      if (!isPushing() && !this.#account.ended) pull();
    }, PULL_EVERY);
    setInterval(() => {
      if (this.#account.ended) pull();
    }, CHECK_SESSION_EVERY);
    pull();
  }

  /**
   * Handles a change count that the server pushed. It includes the changes of this device.
   *
   * @param {number} count
   */
  async handlePush(count) {
    this.#told = count;
    await this.#running;
    if (this.#told === count && !(await this.#isKnown(count))) await this.round({ pull: true });
  }

  /** Whether the count is current. A lower count means that the server was restored. @param {number} count */
  async #isKnown(count) {
    return (await this.#device.museum(this.#store.owner)).cursor === count;
  }

  /**
   * Runs one round with the server. A request during a round causes one more round after it.
   *
   * @param {{pull: boolean}} options whether to fetch what changed elsewhere, or only to send
   * @returns {Promise<void>} resolves when no round is running; the outcome is in `problem` and `refused`
   */
  round({ pull }) {
    this.#wanted = { pull: pull || this.#wanted?.pull === true };
    this.#running ??= this.#run().finally(() => this.#ended());
    return this.#running;
  }

  /** Changes that arrive during a round mostly come from it, but another tab may have left something to send. */
  #ended() {
    this.#running = undefined;
    if (this.#arrivedMeanwhile) this.#sendSoon();
    this.#arrivedMeanwhile = false;
  }

  async #run() {
    while (this.#wanted && this.#account.signedIn) {
      const { pull } = this.#wanted;
      this.#wanted = undefined;
      await this.#once(pull);
    }
    this.#wanted = undefined;
  }

  /** @param {boolean} pull */
  async #once(pull) {
    this.#cancelTimers();
    try {
      await this.#tabLock.exclusively('sync', () => this.#exchange.run(pull));
      this.#failures = 0;
      this.#problem = 'none';
      this.#tryAgainLater();
      void this.#exchange.keepPhotos();
    } catch (error) {
      await this.#failed(error);
    }
    this.#sending = false;
    this.#listeners.tell();
  }

  #tryAgainLater() {
    const pause = this.#exchange.againIn;
    if (pause !== undefined) this.#retry = setTimeout(() => void this.round({ pull: false }), pause);
  }

  #cancelTimers() {
    clearTimeout(this.#again);
    clearTimeout(this.#retry);
    this.#again = undefined;
    this.#send.cancel();
  }

  /** Schedules a round for what another tab has written, in case that tab was closed. */
  #sendSoon() {
    if (this.#store.pending && this.#account.signedIn && !this.#again) this.#send.request();
  }

  #tellSending() {
    this.#sending = true;
    this.#listeners.tell();
  }

  /** @param {unknown} error */
  async #failed(error) {
    if (!(error instanceof RequestError)) console.warn('The exchange with the server did not come to its end.', error);
    if (error instanceof RequestError && error.status === 403) await this.#account.checkSession();
    if (!this.#account.signedIn) return;
    this.#failures += 1;
    this.#problem = problemOf(error);
    const asked = error instanceof RequestError ? error.retryAfter : 0;
    const pause = Math.max(pauseAfter(this.#failures), asked);
    this.#again = setTimeout(() => void this.round({ pull: true }), pause);
  }

  #opened() {
    this.#cancelTimers();
    this.#exchange.reset();
    this.#failures = 0;
    this.#problem = 'none';
    void this.#exchange.review().then(() => this.#listeners.tell());
  }
}

/** @param {string} type of a tile */
function nameOf(type) {
  return familyByType(type)?.name ?? type;
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
function problemOf(error) {
  if (!(error instanceof RequestError)) return 'unwritten';
  if (error.status === 0) return 'silent';
  if (error.status === 507) return 'full';
  return error.status === 429 || error.status === 503 ? 'busy' : 'broken';
}
