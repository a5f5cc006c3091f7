/** Messages between the tabs of this browser that show the same museum. */

/**
 * `tile`: a record was written to the database; `account`: a sign-in, a sign-out, the removal of an account's data from
 * the device (`removed`), or the deletion of an account; `free`: a lease was released (see tab-lock.js).
 *
 * @typedef {{kind: 'tile', owner: string, type: string} | {kind: 'account', deleted?: string, removed?: string} | {kind: 'free'}} Message
 */

export class Tabs {
  #channel;

  /** @param {string} name name of the museum on this device */
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
