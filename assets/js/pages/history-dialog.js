/** The dialog with earlier versions of a work: view, compare with the current one, restore. */
import { element, icon } from '../lib/dom.js';
import { loadStyles } from '../lib/stylesheet.js';
import { byDay, deviceOf, marksOf, timeOf, whenOf } from '../museum/history.js';
import { versionError } from './version-messages.js';
import { makeDialog, makeErrorLine } from './dialog.js';
import { makeVersionPanel } from './version-panel.js';

/** @typedef {import('../sync/server/versions.js').VersionClient} VersionClient */
/** @typedef {import('../sync/store.js').TileStore} TileStore */
/** @typedef {import('../museum/history.js').Version} Version */

/** Characters of the notes in the list, enough to recognize a version. */
const EXCERPT = 70;

const SIGNED_OUT =
  'Earlier versions are kept on the server. Sign in, and every later change of your work will be listed here.';
const NONE = 'There is no earlier version yet. Every change you make will be listed here.';

/** Loads the dialog's style sheet. */
export function loadHistoryDialog() {
  return loadStyles(['versions']);
}

export class HistoryDialog {
  #versionClient;
  #store;
  #type;
  #onRestored;
  #parts = makeDialog('wide');
  #list = element('div', { class: 'history__list' });
  #preview = element('div', { class: 'history__preview' });
  #told = element('p', { class: 'visually-hidden', role: 'status' });
  #compare = element('input', { class: 'check__box', type: 'checkbox', id: 'compare' });
  /** @type {Map<number, Promise<import('../museum/tile.js').Tile & Version>>} */
  #found = new Map();
  /** @type {Version[]} */
  #versions = [];
  /** The version that is shown. @type {Version | undefined} */
  #shown;

  /**
   * @param {{versionClient: VersionClient, store: TileStore, type: string, onRestored: (words: string, undo: number |
   *   undefined) => void}} parts
   *   `onRestored` is called after a version was restored, with a message and the version that undoes it
   */
  constructor({ versionClient, store, type, onRestored }) {
    this.#versionClient = versionClient;
    this.#store = store;
    this.#type = type;
    this.#onRestored = onRestored;
    this.#parts.heading.textContent = 'Earlier versions';
    this.#compare.addEventListener('change', () => void this.#show());
    this.#parts.dialog.addEventListener('close', () => this.#parts.dialog.remove());
  }

  open() {
    document.body.append(this.#parts.dialog);
    this.#parts.dialog.showModal();
    this.#parts.heading.focus();
    void this.#load();
  }

  /** Closes the dialog when its page is left. */
  close() {
    this.#parts.dialog.close();
  }

  async #load() {
    if (this.#store.owner === '') return this.#say(SIGNED_OUT);
    this.#say('Loading earlier versions…');
    try {
      this.#versions = await this.#versionClient.list(this.#type);
    } catch (error) {
      return this.#say(
        versionError(error),
        element('button', { class: 'button', type: 'button', on: { click: () => void this.#load() } }, 'Try again'),
      );
    }
    if (this.#versions.length === 0) return this.#say(NONE);
    this.#parts.body.replaceChildren(element('div', { class: 'history' }, this.#list, this.#preview), this.#told);
    this.#layList();
    await this.#choose(this.#versions[0], { isAsked: false });
  }

  /**
   * @param {string} words
   * @param {HTMLElement} [button]
   */
  #say(words, button) {
    this.#parts.body.replaceChildren(
      element('p', { role: 'status' }, words),
      ...(button ? [element('div', { class: 'dialog__actions' }, button)] : []),
    );
  }

  #layList() {
    const now = new Date();
    this.#list.replaceChildren(
      ...byDay(this.#versions, now).flatMap(({ day, versions }) => [
        element('h3', { class: 'history__day' }, day),
        element('ul', { role: 'list' }, ...versions.map((version) => element('li', {}, this.#entry(version)))),
      ]),
    );
  }

  /** @param {Version} version */
  #entry(version) {
    const marks = version === this.#versions[0] ? ['current', ...marksOf(version)] : marksOf(version);
    const notes = version.description.trim().replace(/\s+/g, ' ');
    return element(
      'button',
      {
        class: 'version',
        type: 'button',
        'data-version': version.version,
        on: { click: () => void this.#choose(version, { isAsked: true }) },
      },
      element('span', { class: 'version__time' }, timeOf(new Date(version.saved_at))),
      ' ',
      element('span', { class: 'version__device' }, deviceOf(version)),
      marks.length > 0 && element('span', { class: 'version__marks' }, marks.join(' · ')),
      notes !== '' &&
        element('span', { class: 'version__notes' }, notes.length > EXCERPT ? `${notes.slice(0, EXCERPT)}…` : notes),
    );
  }

  /**
   * @param {Version} version
   * @param {{isAsked: boolean}} options whether the user chose it: then a narrow screen shows it in place of the list
   */
  async #choose(version, { isAsked }) {
    this.#shown = version;
    for (const button of this.#list.querySelectorAll('button')) {
      if (button.dataset.version === String(version.version)) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
    this.#list.parentElement?.classList.toggle('history--chosen', isAsked);
    await this.#show();
    if (isAsked) this.#told.textContent = `Shown: the version of ${whenOf(version, new Date())}.`;
    const title = this.#preview.querySelector('h3');
    if (isAsked && this.#list.offsetParent === null) title?.focus();
  }

  /** Shows the chosen version, alone or beside the current one. */
  async #show() {
    const version = this.#shown;
    if (!version) return;
    const { version: number } = version;
    try {
      if (!this.#found.has(number)) this.#found.set(number, this.#versionClient.find(this.#type, number));
      const whole = await /** @type {Promise<import('../museum/tile.js').Tile & Version>} */ (this.#found.get(number));
      if (version === this.#shown) this.#layPreview(whole);
    } catch (error) {
      this.#found.delete(number);
      if (version === this.#shown)
        this.#preview.replaceChildren(this.#back(), element('p', { role: 'alert' }, versionError(error)));
    }
  }

  /** @param {import('../museum/tile.js').Tile & Version} version */
  #layPreview(version) {
    const isNow = version.version === this.#versions[0].version;
    const now = this.#store.tile(this.#type);
    const comparing = this.#compare.checked && !isNow;
    const about = [`Saved on ${deviceOf(version)}`, ...marksOf(version)].join(', ');
    const when = whenOf(version, new Date());
    const then = makeVersionPanel({
      title: when[0].toUpperCase() + when.slice(1),
      about,
      content: version,
      other: comparing ? now : undefined,
    });
    const beside =
      comparing && makeVersionPanel({ title: 'Now', about: 'The current version', content: now, other: version });
    const held = this.#preview.contains(document.activeElement) && document.activeElement === this.#compare;
    this.#preview.replaceChildren(
      this.#back(),
      isNow
        ? element('p', { class: 'version-panel__about' }, 'This is the current version.')
        : this.#actions(version, when),
      element('div', { class: 'version-panels' }, then, ...(beside ? [beside] : [])),
    );
    then.querySelector('h3')?.setAttribute('tabindex', '-1');
    if (held) this.#compare.focus();
  }

  #back() {
    const back = () => {
      this.#list.parentElement?.classList.remove('history--chosen');
      /** @type {HTMLElement | null} */ (this.#list.querySelector('[aria-current]'))?.focus();
    };
    return element(
      'button',
      { class: 'button button--quiet history__back', type: 'button', on: { click: back } },
      icon('back'),
      'All versions',
    );
  }

  /**
   * @param {Version} version
   * @param {string} when
   */
  #actions(version, when) {
    const error = makeErrorLine('restore-error');
    const restore = element('button', { class: 'button button--main', type: 'button' }, 'Restore this version');
    restore.addEventListener('click', () => void this.#restore(version, when, restore, error));
    return element(
      'div',
      { class: 'history__actions' },
      element('label', { class: 'check', for: 'compare' }, this.#compare, 'Compare with now'),
      restore,
      error.element,
    );
  }

  /**
   * @param {Version} version
   * @param {string} when
   * @param {HTMLButtonElement} button
   * @param {ReturnType<typeof makeErrorLine>} error
   */
  async #restore(version, when, button, error) {
    if (button.dataset.busy) return;
    button.dataset.busy = 'true';
    error.say('');
    try {
      const before = await this.#versionClient.restore(this.#type, version.version);
      this.#parts.dialog.close();
      this.#onRestored(`The version of ${when} was restored. The one before it is kept, too.`, before);
    } catch (problem) {
      error.say(versionError(problem));
    }
    delete button.dataset.busy;
  }
}
