/**
 * Brings the device and the server together: sends what is pending, fetches what changed elsewhere, tries again after a
 * failure, and stops when nobody is signed in.
 */
import { Delayed, pauseAfter } from '../lib/timing.js';
import { Listeners } from '../lib/listeners.js';
import { familyByType } from '../museum/families.js';
import { RequestError } from './client.js';
import { describe } from './status.js';
import { acknowledge, forgetServer, isPending, takeList, toSend } from './queue.js';

/** @typedef {import('./client.js').Client} Client */
/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./store.js').TileStore} TileStore */
/** @typedef {import('./tabs.js').Tabs} Tabs */
/** @typedef {import('./queue.js').TileRecord} TileRecord */
/** @typedef {import('./account.js').Account} Account */

/** A pause in typing long enough to send what was typed in one piece. */
const SEND_AFTER = { quiet: 800, longest: 4_000 };

/** How often to ask for what other devices did, while somebody looks at the page. */
const PULL_EVERY = 30_000;

/** @typedef {'none' | 'silent' | 'busy' | 'broken'} Problem */

export class Synchroniser {
  #client;
  #store;
  #device;
  #tabs;
  #account;
  /** @type {Listeners<void>} */
  #listeners = new Listeners();
  #send = new Delayed(() => void this.round({ pull: false }), SEND_AFTER);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  #failures = 0;
  /** @type {Promise<void> | undefined} */
  #running;
  /** @type {{pull: boolean} | undefined} */
  #wanted;
  #sending = false;
  /** @type {Problem} */
  #problem = 'none';
  /** Tiles that the server did not take, and the edit that it did not take. @type {Map<string, {edits: number, status: number}>} */
  #refused = new Map();

  /**
   * @param {{client: Client, store: TileStore, device: Device, tabs: Tabs, account: Account}} parts
   */
  constructor({ client, store, device, tabs, account }) {
    this.#client = client;
    this.#store = store;
    this.#device = device;
    this.#tabs = tabs;
    this.#account = account;
    store.sendBy(this);
    store.onChange((event) => {
      if (event.kind === 'saved' && this.#account.signedIn && !this.#again) this.#send.request();
      if (event.kind === 'opened') this.#reset();
    });
  }

  get sending() {
    return this.#sending;
  }

  get problem() {
    return this.#problem;
  }

  /** The tiles that the server did not take as they are now. */
  get refused() {
    return [...this.#refused].map(([type, { status }]) => ({ name: familyByType(type)?.name ?? type, status }));
  }

  /** @param {() => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /** Sends what is pending, see TileStore.flush. */
  async flush() {
    await this.round({ pull: false });
    const { text } = this.#describe(undefined);
    return this.#store.pending ? { sent: false, why: text } : { sent: true, why: '' };
  }

  /**
   * Where the work in a tile is kept now, in words.
   *
   * @param {string} type
   */
  status(type) {
    return this.#describe(type);
  }

  /** @param {string | undefined} type of the tile that is asked for; undefined: all of them */
  #describe(type) {
    const refused = this.refused.filter(({ name }) => type === undefined || name === familyByType(type)?.name);
    return describe({
      keeps: this.#store.keeps, saving: this.#store.saving, saveProblem: this.#store.problem, touched: this.#store.touched,
      signedIn: this.#account.email !== '', sessionEnded: this.#account.ended, online: navigator.onLine || this.#problem !== 'silent',
      sending: this.#sending, pending: this.#store.pending, problem: this.#problem, refused,
    });
  }

  /** From now on keeps up with the network, the window and the clock. */
  start() {
    const pull = () => {
      if (document.visibilityState === 'visible' && !this.#running) void this.round({ pull: true });
    };
    // A museum on this very computer answers without any network, so "offline" is tried out, too.
    window.addEventListener('online', pull);
    window.addEventListener('offline', pull);
    window.addEventListener('focus', pull);
    document.addEventListener('visibilitychange', pull);
    setInterval(pull, PULL_EVERY);
    pull();
  }

  /**
   * One round with the server. A request made while a round is under way makes one more round after it.
   *
   * @param {{pull: boolean}} options whether to fetch what changed elsewhere, or only to send
   * @returns {Promise<void>} when nothing is under way any more; the outcome is in `problem` and `refused`
   */
  round({ pull }) {
    this.#wanted = { pull: pull || this.#wanted?.pull === true };
    this.#running ??= this.#run().finally(() => { this.#running = undefined; });
    return this.#running;
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
    clearTimeout(this.#again);
    this.#again = undefined;
    this.#send.cancel();
    try {
      await this.#tabs.exclusively(() => this.#exchange(pull));
      this.#failures = 0;
      this.#problem = 'none';
    } catch (error) {
      await this.#failed(error);
    }
    this.#sending = false;
    this.#listeners.tell();
  }

  /** @param {boolean} pull */
  async #exchange(pull) {
    const waiting = (await this.#device.list(this.#store.owner)).filter(isPending);
    if (!pull && waiting.length === 0) return;
    if (!(await this.#account.confirm())) return;
    const owner = this.#store.owner;
    const adopt = await this.#account.adoptionDue();
    if (pull || adopt || waiting.some((record) => record.id === null)) await this.#pull(owner);
    if (adopt) await this.#account.adoptLocal();
    await this.#push(owner);
  }

  /** @param {string} owner */
  async #pull(owner) {
    const answers = await this.#client.listTiles();
    const changed = await this.#device.changeAll([owner], (records) => takeList(owner, records, answers));
    this.#store.arrived(changed);
  }

  /** @param {string} owner */
  async #push(owner) {
    for (const record of (await this.#device.list(owner)).filter(isPending)) {
      if (this.#refused.get(record.type)?.edits === record.edits) continue;
      this.#sending = true;
      this.#listeners.tell();
      await this.#pushOne(record);
    }
  }

  /** @param {TileRecord} record */
  async #pushOne(record) {
    try {
      const fields = toSend(record);
      const answer = record.id === null
        ? await this.#client.createTile(record.type, fields)
        : await this.#client.updateTile(record.id, fields);
      this.#refused.delete(record.type);
      await this.#change(record, (now) => acknowledge(now, record.pending, answer));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      await this.#notTaken(record, error);
    }
  }

  /**
   * An error of one tile must not hold up the others; one of the whole exchange ends the round.
   *
   * @param {TileRecord} record
   * @param {RequestError} error
   */
  async #notTaken(record, error) {
    if (error.status === 404 && record.id !== null) {
      await this.#change(record, forgetServer);
      this.#send.request();
    } else if (error.status === 400 && record.id === null && (await this.#madeElsewhere(record))) {
      this.#send.request();
    } else if (isRefusal(error.status)) {
      this.#refused.set(record.type, { edits: record.edits, status: error.status });
    } else {
      throw error;
    }
  }

  /**
   * Whether another device has made the tile since the last pull: then it is there now, to be changed instead.
   *
   * @param {TileRecord} record
   */
  async #madeElsewhere({ owner, type }) {
    await this.#pull(owner);
    return (await this.#device.list(owner)).some((record) => record.type === type && record.id !== null);
  }

  /**
   * @param {TileRecord} record
   * @param {(record: TileRecord) => TileRecord} change
   */
  async #change(record, change) {
    this.#store.arrived([await this.#device.change(record.owner, record.type, change)]);
  }

  /** @param {unknown} error */
  async #failed(error) {
    if (error instanceof RequestError && error.status === 403) await this.#account.confirm().catch(() => false);
    if (!this.#account.signedIn) return;
    this.#failures += 1;
    this.#problem = problemOf(error);
    const asked = error instanceof RequestError ? error.retryAfter : 0;
    const pause = Math.max(pauseAfter(this.#failures), asked);
    this.#again = setTimeout(() => void this.round({ pull: true }), pause);
  }

  #reset() {
    clearTimeout(this.#again);
    this.#again = undefined;
    this.#send.cancel();
    this.#refused.clear();
    this.#failures = 0;
    this.#problem = 'none';
  }
}

/**
 * Whether the status is about the request itself, so that sending the same again is of no use.
 *
 * @param {number} status
 */
function isRefusal(status) {
  return status >= 400 && status < 500 && ![403, 408, 429].includes(status);
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
function problemOf(error) {
  if (!(error instanceof RequestError) || error.status === 0) return 'silent';
  return error.status === 429 || error.status === 503 ? 'busy' : 'broken';
}
