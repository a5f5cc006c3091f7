/** Debouncing, backoff and idle callbacks. */

/** A debounced call: made after `quiet` milliseconds without requests, and at most `longest` after the first one. */
export class Delayed {
  #call;
  #quiet;
  #longest;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /**
   * Ends the longest wait. No clock is read, since it may be changed meanwhile.
   *
   * @type {ReturnType<typeof setTimeout> | undefined}
   */
  #latest;

  /**
   * @param {() => void} call
   * @param {{quiet: number, longest: number}} milliseconds the delay after the last request, and the longest delay
   *   after the first one
   */
  constructor(call, { quiet, longest }) {
    this.#call = call;
    this.#quiet = quiet;
    this.#longest = longest;
  }

  get waiting() {
    return this.#timer !== undefined;
  }

  request() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), this.#quiet);
    this.#latest ??= setTimeout(() => this.#run(), this.#longest);
  }

  cancel() {
    clearTimeout(this.#timer);
    clearTimeout(this.#latest);
    this.#timer = undefined;
    this.#latest = undefined;
  }

  #run() {
    this.cancel();
    this.#call();
  }
}

/**
 * The first and the longest pause after failures. Randomized, so that a class of forty does not retry in the same
 * second.
 */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/**
 * Returns the pause before the next attempt: doubled with each failure, with a random part that spreads the devices
 * out.
 *
 * @param {number} failures the number of failures in a row, at least 1
 * @param {() => number} [random] returns a number in [0, 1)
 * @returns {number} milliseconds, between half of the doubled pause and all of it
 */
export function pauseAfter(failures, random = Math.random) {
  const whole = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
  return whole / 2 + (whole / 2) * random();
}

/** Milliseconds to wait in browsers without idle callbacks: enough to draw what was just shown. */
const SOON = 300;

/**
 * Runs a call of low priority when the page is idle.
 *
 * @param {() => void} call
 */
export function whenIdle(call) {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(call, { timeout: 10 * SOON });
  else setTimeout(call, SOON);
}
