/**
 * Says when the device and the server are brought together: a moment after an edit, when something changed elsewhere, when the
 * network or the window comes back, and again after a failure. It stops when nobody is signed in.
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

/** A pause in typing long enough to send what was typed in one piece. */
const SEND_AFTER = { quiet: 800, longest: 4_000 };

/** How often to ask for what other devices did, while somebody looks at the page and the server does not tell by itself. */
const PULL_EVERY = 30_000;

/** How often the server is asked again whether it knows who this is, after it said that it does not. */
const DOUBT_EVERY = 300_000;

/** @typedef {'none' | 'silent' | 'busy' | 'broken' | 'unwritten'} Problem */

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
  /** Tries again what was refused. @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  #failures = 0;
  /** @type {Promise<void> | undefined} */
  #running;
  /** @type {{pull: boolean} | undefined} */
  #wanted;
  /** The server's count of changes, as far as it has told by itself. */
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
    this.#exchange = new Exchange({ client, device, store, account, orphanedWork, photos, onSending: () => this.#tellSending() });
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

  /** The tiles that the server did not take and has not got since. */
  get refused() {
    const unsent = this.#store.unsent;
    return this.#exchange.refused.filter(({ type }) => unsent.includes(type)).map(({ type, ...why }) => ({ name: nameOf(type), ...why }));
  }

  /** @param {() => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /** Where the work of the whole museum is kept, in words. */
  describe() {
    return describe({ ...this.#situation(), pending: this.#store.pending || this.#account.adopting || this.#exchange.unsure.length > 0, saving: this.#store.saving, refused: this.refused, savedAt: this.#store.savedAt() });
  }

  /**
   * Where the work in a tile is kept now, in words.
   *
   * @param {string} type
   */
  status(type) {
    const unsent = this.#store.unsent.includes(type);
    const refusal = unsent ? this.#exchange.refused.find((each) => each.type === type) : undefined;
    return describeTile({ ...this.#situation(), aside: false, photos: [], pending: unsent || this.#exchange.unsure.includes(type), saving: unsent && this.#store.saving,
      refused: refusal ? [{ ...refusal, name: nameOf(type) }] : [], savedAt: this.#store.savedAt(type) },
    this.#account.signedIn ? this.#exchange.photoProblem(type) : '');
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

  /** The device has no room: drops what it keeps of photos that the server has. */
  makeRoom() {
    return this.#exchange.makeRoom();
  }

  /**
   * From now on keeps up with the network, the window and the clock.
   *
   * @param {{isTold: () => boolean}} options whether the server tells by itself when something changed elsewhere
   */
  start({ isTold }) {
    const pull = () => {
      if (document.visibilityState !== 'visible' || this.#running) return;
      if (this.#account.ended) void this.#account.doubt();
      else void this.round({ pull: true });
    };
    // A museum on this very computer answers without any network, so "offline" is tried out, too.
    window.addEventListener('online', () => {
      this.#exchange.retry();
      pull();
    });
    window.addEventListener('offline', pull);
    window.addEventListener('focus', pull);
    document.addEventListener('visibilitychange', pull);
    setInterval(() => {
      if (!isTold() && !this.#account.ended) pull();
    }, PULL_EVERY);
    setInterval(() => {
      if (this.#account.ended) pull();
    }, DOUBT_EVERY);
    pull();
  }

  /**
   * The server tells how far its count of changes is. What this device has sent itself is counted, too.
   *
   * @param {number} count
   */
  async hear(count) {
    this.#told = count;
    await this.#running;
    if (this.#told === count && !(await this.#isKnown(count))) await this.round({ pull: true });
  }

  /** A lower count than is known here is told by a server that was set back. @param {number} count */
  async #isKnown(count) {
    return (await this.#device.museum(this.#store.owner)).cursor === count;
  }

  /**
   * One round with the server. A request made while a round is under way makes one more round after it.
   *
   * @param {{pull: boolean}} options whether to fetch what changed elsewhere, or only to send
   * @returns {Promise<void>} when nothing is under way any more; the outcome is in `problem` and `refused`
   */
  round({ pull }) {
    this.#wanted = { pull: pull || this.#wanted?.pull === true };
    this.#running ??= this.#run().finally(() => this.#ended());
    return this.#running;
  }

  /** Most of what arrives during a round is of that round; but another tab may have left something that is still to be sent. */
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

  /** What another tab has written is sent by that one; but it may have been closed. */
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
    if (error instanceof RequestError && error.status === 403) await this.#account.doubt();
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
  return error.status === 429 || error.status === 503 ? 'busy' : 'broken';
}
