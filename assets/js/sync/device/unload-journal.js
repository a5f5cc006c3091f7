/**
 * The last letters before a page is closed. IndexedDB answers too late for them: the page is gone before it has written. So
 * what is still unwritten then goes to localStorage, which writes at once, and the next page (or another tab) takes it over.
 */

/** @typedef {import('./drafts.js').Draft} Draft */

export class UnloadJournal {
  #prefix;
  #key;
  #backKey;
  #used = false;

  /** @param {string} name the museum's name on this device */
  constructor(name) {
    this.#prefix = `${name}:typed:`;
    const own = Math.random().toString(36).slice(2);
    this.#key = this.#prefix + own;
    this.#backKey = `${this.#prefix}back:${own}`;
  }

  /**
   * Puts down what this page has not written yet, in place of what it put down before.
   *
   * @param {Draft[]} drafts
   */
  put(drafts) {
    this.#used = true;
    tryStorage((storage) => storage.setItem(this.#key, JSON.stringify(drafts)));
  }

  /** Strikes out what this page put down: it has been written after all. */
  strike() {
    if (this.#used) tryStorage((storage) => storage.removeItem(this.#key));
    this.#used = false;
  }

  /**
   * Takes over what pages that are gone have put down.
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
   * Puts down again what was taken over and could not be written. Other pages are not told: they could do no better now.
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
   * @param {() => void} listener called when a page of another tab puts something down
   */
  onPut(listener) {
    this.#onStorage((value) => value !== null && listener());
  }

  /**
   * @param {() => void} listener called when a page of another tab has struck out what it had put down, having written it: it
   *   may be gone before it could say so
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
 * Private windows may have no storage, and a photo may not fit: then IndexedDB alone has to do.
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
