/**
 * Takes turns with the other tabs of this browser, so that they do not do the same thing twice. Browsers have Web Locks for
 * that; plain http addresses do not, and there a turn is written into the device's store, where a tab that has gone loses it
 * after a while.
 */
import { LEASE } from './lease.js';

/** @typedef {import('./device.js').Device} Device */
/** @typedef {import('./tabs.js').Tabs} Tabs */

/** How often a tab gives a word, and how often another tab asks whether the turn is free. */
const BEAT = 3_000;
const ASK = 1_000;

export class TabLock {
  #name;
  #device;
  #tabs;
  #holder = Math.random().toString(36).slice(2);
  /** The tasks of this tab wait for each other. @type {Map<string, Promise<unknown>>} */
  #last = new Map();
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** @param {{name: string, device: Device, tabs: Tabs}} parts `name` is the museum's on this device */
  constructor({ name, device, tabs }) {
    this.#name = name;
    this.#device = device;
    this.#tabs = tabs;
    tabs.onMessage((message) => {
      if (message.kind === 'free') for (const wake of this.#waiting) wake();
    });
  }

  /**
   * Runs a task while no other tab runs one of that name.
   *
   * @template T
   * @param {string} name
   * @param {(lost: AbortSignal) => Promise<T>} task `lost` is aborted if another tab took the turn over, because this one did
   *   not move for long
   * @returns {Promise<T>}
   */
  async exclusively(name, task) {
    if (globalThis.navigator?.locks) return navigator.locks.request(`${this.#name}:${name}`, () => task(new AbortController().signal));
    const result = (this.#last.get(name) ?? Promise.resolve()).then(() => this.#leased(name, task));
    this.#last.set(name, result.catch(() => undefined));
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
   * A device that cannot be asked keeps nobody from working: a change that is sent twice has the same effect as one.
   *
   * @param {string} name
   * @param {number} time in milliseconds; none gives the turn back
   */
  #claim(name, time) {
    const now = Date.now();
    return this.#device.claim(name, this.#holder, now + time, now).catch(() => true);
  }

  /** Waits until a turn may have become free. */
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
