/** Continuous changes are announced no more often than this. */
const RATE_MS = 900;
/** A value that has come to rest is announced after this time. */
const REST_MS = 180;

/** Announces a moving position without a message for every step. */
export class Announcer {
  #announce;
  #timer = 0;
  #last = -Infinity;

  /** @param {(text: string) => void} announce */
  constructor(announce) {
    this.#announce = announce;
  }

  /** @param {string} text */
  say(text) {
    this.stop();
    if (performance.now() - this.#last > RATE_MS) this.#now(text);
    else this.#timer = window.setTimeout(() => this.#now(text), REST_MS);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {string} text */
  #now(text) {
    this.#last = performance.now();
    this.#announce(text);
  }
}
