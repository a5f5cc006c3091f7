import { folderOf, isFolder, membersOf } from '../../../state/folders.js';
import { itemKind, itemLatex } from '../../../state/item.js';
import { element } from '../../parts/dom.js';
import { pointsOf, seePoints, viewOfPoints } from '../../plane/zoom-to-points.js';
import { Popup } from '../../parts/popup.js';
import { styleOptions } from './style-options.js';

/** @typedef {import('../make-row.js').RowContent} RowContent */
/** @typedef {import('./style-options.js').Option} Option */

/**
 * The options of each kind of item; other kinds only have the actions of every row.
 *
 * @type {Partial<Record<import('../../../state/item.js').ItemKind, typeof styleOptions>>}
 */
const OPTIONS = {
  expression: styleOptions,
};

/**
 * The actions of a row.
 *
 * @typedef {object} RowDeeds
 * @property {(key: string, direction: -1 | 1) => void} step moves the row by one place
 * @property {(key: string) => void} duplicate
 * @property {(key: string) => void} copy copies it to the clipboard as text
 * @property {(key: string) => void} clear clears its formula
 * @property {(key: string) => void} enfold moves it into a new folder
 * @property {(key: string) => void} unfold removes a folder and keeps its contents
 * @property {(key: string) => void} remove
 * @property {(key: string, changes: Record<string, unknown>, tag?: string) => void} update
 */

/** The options of a row: its style and actions. */
export class RowOptions {
  #editing;
  #deeds;
  #popup;
  /** @type {string | null} */
  #key = null;
  /** @type {readonly Option[]} */
  #options = [];

  /**
   * @param {import('../../editing.js').Editing} editing
   * @param {RowDeeds} deeds
   */
  constructor(editing, deeds) {
    this.#editing = editing;
    this.#deeds = deeds;
    this.#popup = new Popup(editing.host);
  }

  /**
   * @param {RowContent} content
   * @param {string} name name of the row within a sentence
   * @param {HTMLElement} anchor
   * @param {boolean} isToggle whether to close the options if they are open
   */
  open(content, name, anchor, isToggle) {
    const { key } = content.entry;
    if (isToggle && this.#popup.isOpen && this.#key === key) {
      this.#popup.close();
      return;
    }
    const item = () => this.#entry(key)?.item;
    const change = (/** @type {Record<string, unknown>} */ changes, /** @type {string} */ tag = '') => {
      this.#deeds.update(key, changes, tag && `${tag} ${key}`);
    };
    this.#options = OPTIONS[itemKind(content.entry.item)]?.(content, item, change) ?? [];
    for (const option of this.#options) option.show(content);
    const settings = element('div', { class: 'graph-settings' }, ...this.#options.map((option) => option.element));
    const parts = this.#options.length > 0 ? [settings] : [];
    this.#popup.open(anchor, `Options of ${name}`, [...parts, this.#buttons(key)], () => {
      this.#key = null;
      this.#options = [];
    });
    this.#key = key;
  }

  /** @param {(key: string) => RowContent | undefined} contentOf returns the current content of a row */
  show(contentOf) {
    if (this.#key === null) return;
    const content = contentOf(this.#key);
    if (!content || content.readOnly) this.#popup.close();
    else for (const option of this.#options) option.show(content);
  }

  destroy() {
    this.#popup.destroy();
  }

  /** @param {string} key */
  #entry(key) {
    return this.#editing.document.entries.find((entry) => entry.key === key);
  }

  /** @param {string} key */
  #buttons(key) {
    const { entries } = this.#editing.document;
    const entry = this.#entry(key);
    const hasFolder = entry !== undefined && (isFolder(entry) || folderOf(entries, entry) !== undefined);
    const hasPoints = viewOfPoints(pointsOf(this.#editing.scene, key)) !== null;
    const isFull = entry !== undefined && membersOf(entries, entry).length > 0;
    /** @param {string} label @param {() => void} deed @param {boolean} [stays] */
    const make = (label, deed, stays = false) => {
      const node = element('button', { type: 'button', class: 'graph-deed' }, label);
      node.addEventListener('click', () => {
        if (!stays) this.#popup.close();
        deed();
      });
      return node;
    };
    return element(
      'div',
      { class: 'graph-deeds' },
      make('Move up', () => this.#deeds.step(key, -1), true),
      make('Move down', () => this.#deeds.step(key, 1), true),
      ...(hasPoints ? [make('See all its points', () => seePoints(this.#editing, key))] : []),
      make('Duplicate', () => this.#deeds.duplicate(key)),
      make('Copy as text', () => this.#deeds.copy(key)),
      ...(entry && itemLatex(entry.item) !== '' ? [make('Clear the formula', () => this.#deeds.clear(key))] : []),
      ...(hasFolder ? [] : [make('Put in a new folder', () => this.#deeds.enfold(key))]),
      ...(isFull ? [make('Remove the folder, keep its lines', () => this.#deeds.unfold(key))] : []),
      make(isFull ? 'Delete with its lines' : 'Delete', () => this.#deeds.remove(key)),
    );
  }
}
