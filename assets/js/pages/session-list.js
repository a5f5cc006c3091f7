/** The list of an account's sessions, each of which can be ended. */
import { element } from '../lib/dom.js';
import { deviceName } from '../museum/device-name.js';
import { momentOf } from '../museum/history.js';
import { RequestError } from '../sync/server/client.js';
import { makeErrorLine } from './dialog.js';

/** @typedef {import('../sync/server/client.js').Client} Client */
/** @typedef {import('../sync/server/client.js').Session} Session */

export class SessionList {
  #client;
  #parts;
  #error = makeErrorLine('sessions-error');
  #told = element('p', { role: 'status' });

  /**
   * @param {{client: Client, parts: ReturnType<typeof import('./dialog.js').makeDialog>}} parts `parts` of the dialog
   *   that shows it
   */
  constructor({ client, parts }) {
    this.#client = client;
    this.#parts = parts;
  }

  /**
   * Shows the list in the dialog.
   *
   * @throws {RequestError} if it cannot be fetched; the dialog is then unchanged
   */
  async show() {
    const sessions = await this.#client.sessions();
    this.#parts.heading.textContent = 'Where you are signed in';
    this.#fill(sessions, '');
  }

  /**
   * @param {Session[]} sessions
   * @param {string} words a message about the last action
   */
  #fill(sessions, words) {
    const others = sessions.filter((session) => !session.this_device);
    const all = element(
      'button',
      { class: 'button', type: 'button', on: { click: () => void this.#end(undefined, 'everywhere else') } },
      'Sign out everywhere else',
    );
    this.#error.say('');
    this.#told.textContent = words;
    this.#parts.body.replaceChildren(
      element(
        'p',
        {},
        'Is there a device that you do not know, or no longer use? Sign out there. Your museum stays as it is.',
      ),
      this.#told,
      this.#error.element,
      element('ul', { class: 'sessions', role: 'list' }, ...sessions.map((session) => this.#item(session))),
      ...(others.length > 1 ? [element('div', { class: 'dialog__actions' }, all)] : []),
    );
    this.#parts.heading.focus();
  }

  /** @param {Session} session */
  #item(session) {
    const name = deviceName(session.device);
    const now = new Date();
    const about = session.this_device ? 'This device' : `Last used ${momentOf(new Date(session.last_seen_at), now)}`;
    const begun = `Signed in ${momentOf(new Date(session.signed_in_at), now)}`;
    return element(
      'li',
      { class: 'sessions__item' },
      element(
        'p',
        {},
        element('span', { class: 'sessions__name' }, capital(name)),
        element('span', { class: 'sessions__about' }, about),
        element('span', { class: 'sessions__about' }, begun),
      ),
      ...(session.this_device
        ? []
        : [
            element(
              'button',
              {
                class: 'button',
                type: 'button',
                'aria-label': `Sign out: ${name}, ${about.toLowerCase()}`,
                on: { click: () => void this.#end(session.id, `on ${name}`) },
              },
              'Sign out',
            ),
          ]),
    );
  }

  /**
   * @param {number | undefined} id
   * @param {string} where the session in words
   */
  async #end(id, where) {
    this.#error.say('');
    try {
      await this.#client.endSession(id).catch(unlessGone);
      this.#fill(await this.#client.sessions(), `You are signed out ${where}.`);
    } catch {
      this.#error.say('The museum does not answer, so nothing has changed. Check the network and try again.');
    }
  }
}

/** Ignores the error of a session that has ended meanwhile. @param {unknown} error */
function unlessGone(error) {
  if (!(error instanceof RequestError && error.status === 404)) throw error;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
