/**
 * The other tabs of this browser that show the same museum.
 */

/**
 * `tile`: it was changed on the device; `account`: somebody signed in or out, took their work off the device (`removed`), or deleted an
 * account; `free`: a turn was given back (see tab-lock.js).
 *
 * @typedef {{kind: 'tile', owner: string, type: string} | {kind: 'account', deleted?: string, removed?: string} | {kind: 'free'}} Message
 */

export class Tabs {
  #channel;

  /** @param {string} name the museum's name on this device */
  constructor(name) {
    this.#channel = new BroadcastChannel(name);
  }

  /** @param {Message} message */
  tell(message) {
    this.#channel.postMessage(message);
  }

  /** @param {(message: Message) => void} listener */
  onMessage(listener) {
    this.#channel.addEventListener('message', (event) => listener(event.data));
  }
}
