/**
 * Receives the server's events about changes made elsewhere. One tab per browser listens for all; where the server
 * sends no events, the page polls instead (see synchroniser.js).
 */
import { pauseAfter } from '../../lib/timing.js';

/** @typedef {import('../account.js').Account} Account */
/** @typedef {import('../synchroniser.js').Synchroniser} Synchroniser */
/** @typedef {import('../device/tab-lock.js').TabLock} TabLock */

/** After this many failures without any answer the server most likely sends no events. */
const LIKELY_ABSENT = 3;

/** The pause where the server sends no events, or not to so many devices. */
const UNWANTED_PAUSE = 600_000;

export class ServerEvents {
  #url;
  #tabLock;
  #account;
  #synchroniser;
  #isOpen = false;
  /** Stops listening for the current account. @type {AbortController | undefined} */
  #stop;
  #email = '';

  /**
   * @param {{url: URL, tabLock: TabLock, account: Account, synchroniser: Synchroniser}} parts `url` of the event stream
   */
  constructor({ url, tabLock, account, synchroniser }) {
    this.#url = url;
    this.#tabLock = tabLock;
    this.#account = account;
    this.#synchroniser = synchroniser;
  }

  /** Whether this tab is currently receiving events. */
  get isOpen() {
    return this.#isOpen;
  }

  /** Starts to listen whenever an account is signed in. */
  start() {
    this.#account.onChange(() => this.#follow());
    this.#follow();
  }

  #follow() {
    const email = this.#account.signedIn ? this.#account.email : '';
    if (email === this.#email) return;
    this.#email = email;
    this.#stop?.abort();
    this.#stop = undefined;
    if (email === '') return;
    const stop = new AbortController();
    this.#stop = stop;
    void this.#tabLock.exclusively('live', (lost) => this.#listen(AbortSignal.any([stop.signal, lost])));
  }

  /** @param {AbortSignal} signal */
  async #listen(signal) {
    let failures = 0;
    let isAbsent = true;
    while (!signal.aborted) {
      const end = await this.#stream(signal);
      failures = end === 'broken' ? 1 : failures + 1;
      isAbsent &&= end === 'refused';
      const isUnwanted = end === 'told to stop' || (isAbsent && failures >= LIKELY_ABSENT);
      await networkOr(isUnwanted ? UNWANTED_PAUSE : pauseAfter(failures), signal);
    }
  }

  /**
   * Listens until the stream ends.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<'refused' | 'broken' | 'told to stop'>} `refused` if it never opened
   */
  #stream(signal) {
    return new Promise((resolve) => {
      const source = new EventSource(this.#url);
      const end = (/** @type {'broken' | 'told to stop'} */ how) => {
        source.close();
        resolve(this.#isOpen ? how : 'refused');
        this.#isOpen = false;
      };
      source.addEventListener('open', () => {
        this.#isOpen = true;
      });
      source.addEventListener('change', (event) => void this.#synchroniser.handlePush(Number(event.data)));
      source.addEventListener('end', (event) => {
        end('told to stop');
        if (event.data === 'signed-out') void this.#synchroniser.round({ pull: true });
      });
      source.addEventListener('error', () => end('broken'));
      signal.addEventListener('abort', () => end('broken'), { once: true });
    });
  }
}

/**
 * Waits for a pause, or until the network comes back.
 *
 * @param {number} pause in milliseconds
 * @param {AbortSignal} signal
 */
function networkOr(pause, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve(undefined);
    };
    const timer = setTimeout(done, pause);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
