/** Waiting: calls that are put off, and pauses that grow. */

/**
 * A call that is put off until things are quiet, but never longer than `longest` after it was first asked for.
 */
export class Delayed {
  #call;
  #quiet;
  #longest;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Ends the longest wait; no clock is read, since it may be set meanwhile. @type {ReturnType<typeof setTimeout> | undefined} */
  #latest;

  /**
   * @param {() => void} call
   * @param {{quiet: number, longest: number}} milliseconds how long after the last request the call is made, and how long
   *   after the first one at the latest
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

/** The first pause after a failure, and the longest one. A class of forty must not come back in the same second. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/**
 * How long to wait before the next try: doubled with each failure, with a random part so that devices spread out.
 *
 * @param {number} failures how many tries in a row have failed, at least 1
 * @param {() => number} [random] a number from 0 up to 1
 * @returns {number} milliseconds, between half of the doubled pause and all of it
 */
export function pauseAfter(failures, random = Math.random) {
  const whole = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
  return whole / 2 + (whole / 2) * random();
}

/** For browsers that do not tell when they are idle: long enough to draw what was just shown. */
const SOON = 300;

/**
 * Puts off what nobody waits for until the page has drawn what they do wait for.
 *
 * @param {() => void} call
 */
export function whenIdle(call) {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(call, { timeout: 10 * SOON });
  else setTimeout(call, SOON);
}
