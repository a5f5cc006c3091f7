import { moved } from './folders.js';
import { nextColor } from './color.js';
import { contentOf } from './entries.js';
import { itemText, newId, takenIds } from './item.js';
import { copyJson, isRecord, withChanges } from './json.js';
import { rebase } from './rebase.js';
import { readSettings, readViewport } from './settings.js';
import { UndoSteps } from './undo-steps.js';
import { keepView, withView } from './view-steps.js';

/** @typedef {import('./entries.js').Entry} Entry */
/** @typedef {import('./entries.js').Content} Content */

/**
 * A Desmos state that is being edited. Nothing in it is changed but what an edit names: unknown keys, unknown items
 * and unreadable values come back as they came.
 */
export class GraphDocument {
  /** @type {UndoSteps<Content>} */
  #steps;

  /** @param {unknown} state a Desmos state; null, `{}` or what is no object begins an empty one */
  constructor(state) {
    this.#steps = new UndoSteps(contentOf(state));
  }

  /** @returns {readonly Entry[]} the list, in order; a new array after each edit */
  get entries() {
    return this.#steps.value.entries;
  }

  /** @returns {import('./settings.js').Viewport} */
  get viewport() {
    return readViewport(this.#steps.value.root.graph);
  }

  /** @returns {import('./settings.js').Settings} */
  get settings() {
    const { graph, randomSeed } = this.#steps.value.root;
    return readSettings(graph, randomSeed);
  }

  /** @returns {unknown} the version of the format that the state says it has */
  get version() {
    return this.#steps.value.root.version;
  }

  /** @returns {Readonly<Record<string, unknown>>} what the state says of the plane itself, as it is written */
  get graph() {
    const { graph } = this.#steps.value.root;
    return isRecord(graph) ? graph : {};
  }

  /** @returns {Record<string, unknown>} the whole state, a copy that is the caller's own */
  toState() {
    const { root: raw, entries, hasList } = this.#steps.value;
    const root = copyJson(raw);
    if (!hasList) return root;
    const list = entries.map((entry) => copyJson(entry.item));
    return { ...root, expressions: { ...(isRecord(root.expressions) ? root.expressions : {}), list } };
  }

  /**
   * Moves the part of the plane that is looked at. This is no step of undo: looking around is not work to take back.
   *
   * @param {import('./settings.js').Viewport} viewport
   */
  setViewport(viewport) {
    this.#steps.amend(withView(this.#steps.value, viewport));
  }

  /**
   * Goes to another part of the plane, which is a step of undo.
   *
   * @param {import('./settings.js').Viewport} viewport
   * @param {Record<string, unknown>} [changes] of other keys of the state's `graph`
   */
  lookAt(viewport, changes = {}) {
    this.#steps.amend({ ...this.#steps.value, view: this.viewport });
    const { view, root, ...content } = withView(this.#steps.value, viewport);
    this.#steps.edit({ ...content, root: { ...root, graph: withChanges(root.graph, changes) } });
  }

  /**
   * Changes what the state says of the plane itself.
   *
   * @param {Record<string, unknown>} changes of keys of the state's `graph`; `undefined` takes a key away
   * @param {string | null} [tag] edits with one tag in quick succession are one step of undo
   */
  setGraph(changes, tag = null) {
    const content = this.#steps.value;
    if (Object.entries(changes).every(([name, value]) => this.graph[name] === value)) return;
    this.#steps.edit({ ...content, root: { ...content.root, graph: withChanges(content.root.graph, changes) } }, tag);
  }

  /**
   * Shows another state in place of this one, which is a step of undo.
   *
   * @param {unknown} state
   */
  replace(state) {
    this.#steps.amend({ ...this.#steps.value, view: this.viewport });
    this.#steps.edit(contentOf(state));
  }

  /**
   * Takes over what others have made of the graph. This is no step of undo: the steps go on from there.
   *
   * @param {unknown} state
   */
  rebase(state) {
    this.#steps.rewrite(rebase(this.#steps.value, contentOf(state)));
  }

  /**
   * Adds an expression in the next colour.
   *
   * @param {number} index its place in the list
   * @param {string} [latex]
   * @returns {string} the key of the new entry
   */
  insertExpression(index, latex = '') {
    return this.insert(index, withChanges({ type: 'expression', color: this.nextColor }, { latex: latex || undefined }));
  }

  /** @returns {string} the colour that a new item has */
  get nextColor() {
    return nextColor(this.entries.map(({ item }) => itemText(item, 'color')));
  }

  /**
   * Adds an item of any kind.
   *
   * @param {number} index its place in the list
   * @param {Record<string, unknown>} item but for its id
   * @returns {string} the key of the new entry, which is its id
   */
  insert(index, item) {
    const { type, ...rest } = item;
    const id = this.newId();
    this.#edit(this.entries.toSpliced(index, 0, { key: id, item: { type, id, ...rest } }));
    return id;
  }

  /**
   * Adds items that have ids of their own already, as `adopt` gives them.
   *
   * @param {number} index their place in the list
   * @param {readonly Record<string, unknown>[]} items
   * @returns {string[]} their keys
   */
  insertAll(index, items) {
    const added = items.map((item) => ({ key: itemText(item, 'id'), item }));
    this.arrange((entries) => entries.toSpliced(index, 0, ...added));
    return added.map(({ key }) => key);
  }

  /** @returns {string} an id that nothing in the list has, for an item or the column of a table */
  newId() {
    return newId(takenIds(this.entries.map(({ item }) => item)));
  }

  /**
   * Makes several edits one step of undo.
   *
   * @template T
   * @param {() => T} edits
   * @returns {T} what they give
   */
  asOneStep(edits) {
    return this.#steps.asOne(edits);
  }

  /**
   * Changes some keys of an item; a change to `undefined` takes the key away. Nothing happens where nothing differs.
   *
   * @param {string} key
   * @param {Record<string, unknown>} changes
   * @param {string | null} [tag] edits with one tag in quick succession are one step of undo
   */
  update(key, changes, tag = null) {
    const index = this.indexOf(key);
    if (index < 0) return;
    const { item } = this.entries[index];
    const before = isRecord(item) ? item : {};
    if (Object.entries(changes).every(([name, value]) => before[name] === value)) return;
    this.#edit(this.entries.with(index, { key, item: withChanges(item, changes) }), tag);
  }

  /**
   * Changes some keys of an item where that is no work to take back, such as that a slider plays: undo and redo leave it as
   * it is.
   *
   * @param {string} key
   * @param {Record<string, unknown>} changes a change to `undefined` takes the key away
   */
  note(key, changes) {
    const change = (/** @type {readonly Entry[]} */ entries) =>
      entries.map((entry) => (entry.key === key ? { key, item: withChanges(entry.item, changes) } : entry));
    this.#steps.rewrite((content) => ({ ...content, entries: change(content.entries) }));
  }

  /**
   * Begins a step of undo that lasts until it is ended, such as a drag.
   *
   * @returns {{end: () => void, cancel: () => void}} `cancel` makes it undone; both do nothing a second time
   */
  openStep() {
    return this.#steps.open();
  }

  /**
   * Changes keys of an item that follow from the rest of the list. This is no step of undo: it belongs to the edit that
   * it follows.
   *
   * @param {string} key
   * @param {Record<string, unknown>} changes
   */
  settle(key, changes) {
    const index = this.indexOf(key);
    if (index < 0) return;
    const entries = this.entries.with(index, { key, item: withChanges(this.entries[index].item, changes) });
    this.#steps.amend({ ...this.#steps.value, entries });
  }

  /** @param {...string} keys */
  remove(...keys) {
    this.arrange((entries) => entries.filter(({ key }) => !keys.includes(key)));
  }

  /**
   * Changes the list as a whole, in one step of undo.
   *
   * @param {(entries: readonly Entry[]) => readonly Entry[]} change gives the entries themselves where they stay
   */
  arrange(change) {
    const entries = change(this.entries);
    const isSame = entries.length === this.entries.length && entries.every((entry, i) => entry === this.entries[i]);
    if (!isSame) this.#edit(entries);
  }

  /**
   * Moves an item, a folder with what is in it.
   *
   * @param {string} key
   * @param {number} index of the entry that it comes to stand before; the length of the list for its end
   * @param {string} [folder] key of the folder that it is in afterwards
   */
  move(key, index, folder) {
    const into = folder === undefined ? undefined : this.entries[this.indexOf(folder)];
    this.arrange((entries) => moved(entries, key, index, into));
  }

  /**
   * @param {string} key
   * @returns {number} the entry's place, -1 where there is none
   */
  indexOf(key) {
    return this.entries.findIndex((entry) => entry.key === key);
  }

  /** @returns {{canUndo: boolean, canRedo: boolean}} */
  get steps() {
    return this.#steps.state;
  }

  /** @returns {boolean} whether there was a step to take back */
  undo() {
    return this.#steps.take('undo', keepView);
  }

  /** @returns {boolean} whether there was a step to take again */
  redo() {
    return this.#steps.take('redo', keepView);
  }

  /**
   * @param {readonly Entry[]} entries
   * @param {string | null} [tag]
   */
  #edit(entries, tag = null) {
    this.#steps.edit({ ...this.#steps.value, entries, hasList: true }, tag);
  }
}
