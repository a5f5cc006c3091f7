/**
 * Saves the last keystrokes before a page is closed. IndexedDB is too slow for them: the page is gone before it has
 * written. So unwritten drafts go to localStorage, which writes synchronously, and the next page (or another tab) takes
 * them over.
 */

/** @typedef {import('./drafts.js').Draft} Draft */

export class UnloadJournal {
  #prefix;
  #key;
  #backKey;
  #used = false;

  /** @param {string} name name of the museum on this device */
  constructor(name) {
    this.#prefix = `${name}:typed:`;
    const own = Math.random().toString(36).slice(2);
    this.#key = this.#prefix + own;
    this.#backKey = `${this.#prefix}back:${own}`;
  }

  /**
   * Stores the drafts that this page has not written yet, replacing its previous entry.
   *
   * @param {Draft[]} drafts
   */
  put(drafts) {
    this.#used = true;
    tryStorage((storage) => storage.setItem(this.#key, JSON.stringify(drafts)));
  }

  /** Removes the entry of this page, because its drafts were written. */
  strike() {
    if (this.#used) tryStorage((storage) => storage.removeItem(this.#key));
    this.#used = false;
  }

  /**
   * Takes over the drafts of other pages.
   *
   * @returns {Draft[]}
   */
  take() {
    /** @type {Draft[]} */
    const drafts = [];
    tryStorage((storage) => {
      for (const key of Object.keys(storage).filter((each) => each.startsWith(this.#prefix))) {
        drafts.push(...JSON.parse(storage.getItem(key) ?? '[]'));
        storage.removeItem(key);
      }
    });
    return drafts;
  }

  /**
   * Stores drafts again that were taken over and could not be written. Other pages are not notified, since they could
   * not write them either.
   *
   * @param {Draft[]} drafts
   */
  giveBack(drafts) {
    tryStorage((storage) => {
      const before = JSON.parse(storage.getItem(this.#backKey) ?? '[]');
      storage.setItem(this.#backKey, JSON.stringify([...before, ...drafts]));
    });
  }

  /**
   * @param {() => void} listener called when another tab stores drafts
   */
  onPut(listener) {
    this.#onStorage((value) => value !== null && listener());
  }

  /**
   * @param {() => void} listener called when another tab has written its drafts and removed its entry, which it may not
   *   live to announce
   */
  onStrike(listener) {
    this.#onStorage((value) => value === null && listener());
  }

  /** @param {(value: string | null) => void} listener */
  #onStorage(listener) {
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key?.startsWith(this.#prefix) && !key.startsWith(`${this.#prefix}back:`)) listener(newValue);
    });
  }
}

/**
 * Uses localStorage if possible. Private windows may have none, and a photo may not fit: then only IndexedDB is used.
 *
 * @param {(storage: Storage) => void} use
 */
function tryStorage(use) {
  try {
    use(localStorage);
  } catch (error) {
    console.info('The journal was not written.', error);
  }
}
