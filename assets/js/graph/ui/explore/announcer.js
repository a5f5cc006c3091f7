/** While something changes all the time, it is said no more often than this. */
const RATE_MS = 900;
/** What is reached is said soon. */
const REST_MS = 180;

/** Says where something is that moves, without a word for each step of the way. */
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
