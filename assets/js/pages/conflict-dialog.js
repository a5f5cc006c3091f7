/** The dialog for a work that was changed on two devices: it shows both versions, and the student chooses. */
import { element } from '../lib/dom.js';
import { loadStyles } from '../lib/stylesheet.js';
import { sameJson } from '../lib/json.js';
import { deviceOf, whenOf } from '../museum/history.js';
import { joinGraphs, joinNotes } from '../museum/keep-both.js';
import { versionError } from './version-messages.js';
import { makeDialog } from './dialog.js';
import { makeVersionPanel } from './version-panel.js';

/** @typedef {import('../sync/server/versions.js').VersionClient} VersionClient */
/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {import('../museum/history.js').Version} Version */
/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {{description?: string, desmos_state?: any}} Choice the content to replace the current one with */

const NEW_HERE = 'This work was changed while you were looking. This is the current state.';

/** Loads the dialog's style sheet. */
export function loadConflictDialog() {
  return loadStyles(['versions']);
}

export class ConflictDialog {
  #versionClient;
  #store;
  #type;
  #onSettled;
  #parts = makeDialog('wide');
  #told = element('p', { class: 'conflict__told', role: 'status' });
  /** @type {(Tile & Version) | undefined} */
  #other;
  /** @type {Tile | undefined} */
  #now;
  #unsubscribe = () => {};

  /**
   * @param {{versionClient: VersionClient, store: TileStore, type: string, onSettled: () => void}} parts `onSettled` is
   *   called when no conflict is left
   */
  constructor({ versionClient, store, type, onSettled }) {
    this.#versionClient = versionClient;
    this.#store = store;
    this.#type = type;
    this.#onSettled = onSettled;
    this.#parts.heading.textContent = 'Changed on two devices';
    this.#parts.dialog.addEventListener('close', () => {
      this.#unsubscribe();
      this.#parts.dialog.remove();
    });
  }

  open() {
    document.body.append(this.#parts.dialog);
    this.#parts.dialog.showModal();
    this.#parts.heading.focus();
    this.#unsubscribe = this.#store.onChange((event) => {
      if (event.kind === 'opened') this.close();
      else if (event.type === this.#type) this.#follow();
    });
    void this.#load();
  }

  /** Closes the dialog when its page is left. */
  close() {
    this.#parts.dialog.close();
  }

  /** Shows the oldest conflict. A conflict whose versions have become equal is settled automatically. */
  async #load() {
    this.#other = undefined;
    const [version] = this.#store.conflicts(this.#type);
    if (version === undefined) return this.#done();
    this.#parts.body.replaceChildren(element('p', { role: 'status' }, 'Loading the other version…'));
    try {
      const other = await this.#versionClient.find(this.#type, version);
      if (!this.#parts.dialog.open) return;
      if (sameWork(other, this.#store.tile(this.#type))) return this.#settle(version, {});
      this.#other = other;
      this.#lay('');
    } catch (error) {
      this.#parts.body.replaceChildren(
        element('p', { role: 'alert' }, versionError(error)),
        element(
          'div',
          { class: 'dialog__actions' },
          element('button', { class: 'button', type: 'button', on: { click: () => void this.#load() } }, 'Try again'),
        ),
      );
    }
  }

  /** Reloads when the work changes while the dialog is open, so that nobody chooses from outdated content. */
  #follow() {
    if (!this.#other) return;
    if (!this.#store.conflicts(this.#type).includes(this.#other.version)) void this.#load();
    else if (this.#now && !sameWork(this.#now, this.#store.tile(this.#type))) this.#lay(NEW_HERE);
  }

  /** @param {string} words an additional message */
  #lay(words) {
    const other = /** @type {Tile & Version} */ (this.#other);
    const now = this.#store.tile(this.#type);
    this.#now = now;
    this.#told.textContent = words;
    const left = this.#store.conflicts(this.#type).length;
    const saved = `Written on ${deviceOf(other)}, ${whenOf(other, new Date())}`;
    this.#parts.body.replaceChildren(
      element(
        'p',
        { class: 'conflict__lead' },
        'This work was changed on two devices before they could sync. Choose the version to show; the other one is kept under “Earlier versions”.',
      ),
      left > 1 ? element('p', {}, `There are ${left} of these, shown one by one.`) : '',
      this.#told,
      element(
        'div',
        { class: 'version-panels' },
        makeVersionPanel({
          title: 'This one',
          about: 'The current version',
          content: now,
          other,
          action: this.#choice('Keep this one', {}),
        }),
        makeVersionPanel({
          title: 'The other one',
          about: saved,
          content: other,
          other: now,
          action: this.#choice('Keep the other', choose(now, other)),
        }),
      ),
      element(
        'div',
        { class: 'conflict__both' },
        element(
          'p',
          { class: 'version-panel__about', id: 'both-help' },
          'Or both: the notes one below the other, the lines of both graphs in one list.',
        ),
        this.#choice('Keep both', join(now, other), 'both-help'),
      ),
    );
  }

  /**
   * @param {string} words
   * @param {Choice} choice
   * @param {string} [help] id of the explanation
   */
  #choice(words, choice, help) {
    const { version } = /** @type {Version} */ (this.#other);
    return element(
      'button',
      {
        class: 'button conflict__choice',
        type: 'button',
        'aria-describedby': help,
        on: { click: () => this.#settle(version, choice) },
      },
      words,
    );
  }

  /**
   * @param {number} version
   * @param {Choice} choice
   */
  #settle(version, choice) {
    this.#other = undefined;
    this.#store.settle(this.#type, [version], choice);
    void this.#load();
    this.#parts.heading.focus();
  }

  #done() {
    this.close();
    this.#onSettled();
  }
}

/**
 * @param {Tile} a
 * @param {Tile} b
 */
function sameWork(a, b) {
  return a.description === b.description && sameJson(a.desmos_state, b.desmos_state);
}

/**
 * @param {Tile} now
 * @param {Tile} wanted
 * @returns {Choice} only the fields that differ
 */
function choose(now, { description, desmos_state }) {
  return {
    ...(description !== now.description && { description }),
    ...(!sameJson(desmos_state, now.desmos_state) && { desmos_state }),
  };
}

/**
 * @param {Tile} now
 * @param {Tile} other
 */
function join(now, other) {
  return choose(now, {
    ...now,
    description: joinNotes(now.description, other.description),
    desmos_state: joinGraphs(now.desmos_state, other.desmos_state),
  });
}
