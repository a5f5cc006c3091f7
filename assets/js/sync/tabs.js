/**
 * The other tabs of this browser that show the same museum.
 */

/** @typedef {{kind: 'tile', owner: string, type: string} | {kind: 'account'}} Message */

export class Tabs {
  #name;
  #channel;
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();

  /** @param {string} name the museum's name on this device */
  constructor(name) {
    this.#name = name;
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

  /**
   * Runs the task while no other tab runs one. Plain http addresses have no Web Locks; there the tasks of this tab still wait
   * for each other, and a change that two tabs send at once has the same effect as one.
   *
   * @template T
   * @param {() => Promise<T>} task
   * @returns {Promise<T>}
   */
  async exclusively(task) {
    if (navigator.locks) return navigator.locks.request(this.#name, task);
    const result = this.#turn.then(task);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
