/**
 * A lock between the tabs of this browser, so that they do not do the same work twice. It uses Web Locks where
 * available. On plain http pages, which have none, a lease is stored in the database, and expires if its tab is gone.
 */
import { LEASE } from './lease.js';

/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./tabs.js').Tabs} Tabs */

/** How often a tab renews its lease, and how often a waiting tab checks it. */
const BEAT = 3_000;
const ASK = 1_000;

export class TabLock {
  #name;
  #device;
  #tabs;
  #holder = Math.random().toString(36).slice(2);
  /** The last task of each name, for which the next one of this tab waits. @type {Map<string, Promise<unknown>>} */
  #last = new Map();
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** @param {{name: string, device: Device, tabs: Tabs}} parts `name` of the museum on this device */
  constructor({ name, device, tabs }) {
    this.#name = name;
    this.#device = device;
    this.#tabs = tabs;
    tabs.onMessage((message) => {
      if (message.kind === 'free') for (const wake of this.#waiting) wake();
    });
  }

  /**
   * Runs a task while no other tab runs one of the same name.
   *
   * @template T
   * @param {string} name
   * @param {(lost: AbortSignal) => Promise<T>} task `lost` is aborted if another tab took over the lease because this
   *   one was suspended for long
   * @returns {Promise<T>}
   */
  async exclusively(name, task) {
    if (globalThis.navigator?.locks)
      return navigator.locks.request(`${this.#name}:${name}`, () => task(new AbortController().signal));
    const result = (this.#last.get(name) ?? Promise.resolve()).then(() => this.#leased(name, task));
    this.#last.set(
      name,
      result.catch(() => undefined),
    );
    return result;
  }

  /**
   * @template T
   * @param {string} name
   * @param {(lost: AbortSignal) => Promise<T>} task
   */
  async #leased(name, task) {
    while (!(await this.#claim(name, LEASE))) await this.#freed();
    const lost = new AbortController();
    const beat = setInterval(async () => {
      if (!(await this.#claim(name, LEASE))) lost.abort();
    }, BEAT);
    try {
      return await task(lost.signal);
    } finally {
      clearInterval(beat);
      await this.#claim(name, 0);
      this.#tabs.tell({ kind: 'free' });
    }
  }

  /**
   * Acquires or renews a lease. If the database fails, the task runs anyway: sending a change twice has no second
   * effect.
   *
   * @param {string} name
   * @param {number} time in milliseconds; 0 releases the lease
   */
  #claim(name, time) {
    const now = Date.now();
    return this.#device.claim(name, this.#holder, now + time, now).catch(() => true);
  }

  /** Waits until a lease may have been released. */
  #freed() {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve(undefined);
      };
      const timer = setTimeout(wake, ASK);
      this.#waiting.add(wake);
    });
  }
}
