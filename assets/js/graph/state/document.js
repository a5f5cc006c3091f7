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
 * A Desmos state being edited. Edits change only what they name: unknown keys, unknown items and unreadable values are
 * preserved.
 */
export class GraphDocument {
  /** @type {UndoSteps<Content>} */
  #steps;

  /** @param {unknown} state a Desmos state; null, `{}` or a non-object starts an empty one */
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

  /** @returns {unknown} the format version that the state declares */
  get version() {
    return this.#steps.value.root.version;
  }

  /** @returns {Readonly<Record<string, unknown>>} the state's `graph` object */
  get graph() {
    const { graph } = this.#steps.value.root;
    return isRecord(graph) ? graph : {};
  }

  /** @returns {Record<string, unknown>} a copy of the whole state */
  toState() {
    const { root: raw, entries, hasList } = this.#steps.value;
    const root = copyJson(raw);
    if (!hasList) return root;
    const list = entries.map((entry) => copyJson(entry.item));
    return { ...root, expressions: { ...(isRecord(root.expressions) ? root.expressions : {}), list } };
  }

  /**
   * Moves the viewport without an undo step: looking around is not an edit.
   *
   * @param {import('./settings.js').Viewport} viewport
   */
  setViewport(viewport) {
    this.#steps.amend(withView(this.#steps.value, viewport));
  }

  /**
   * Moves the viewport as an undo step.
   *
   * @param {import('./settings.js').Viewport} viewport
   * @param {Record<string, unknown>} [changes] changes of other keys of the state's `graph`
   */
  lookAt(viewport, changes = {}) {
    this.#steps.amend({ ...this.#steps.value, view: this.viewport });
    const { view, root, ...content } = withView(this.#steps.value, viewport);
    this.#steps.edit({ ...content, root: { ...root, graph: withChanges(root.graph, changes) } });
  }

  /**
   * Changes the state's `graph` object.
   *
   * @param {Record<string, unknown>} changes changed keys; `undefined` removes a key
   * @param {string | null} [tag] edits with the same tag in quick succession are one undo step
   */
  setGraph(changes, tag = null) {
    const content = this.#steps.value;
    if (Object.entries(changes).every(([name, value]) => this.graph[name] === value)) return;
    this.#steps.edit({ ...content, root: { ...content.root, graph: withChanges(content.root.graph, changes) } }, tag);
  }

  /**
   * Replaces the state, as an undo step.
   *
   * @param {unknown} state
   */
  replace(state) {
    this.#steps.amend({ ...this.#steps.value, view: this.viewport });
    this.#steps.edit(contentOf(state));
  }

  /**
   * Replaces the state with a version that others have edited. This is not an undo step; the undo history is rebased
   * onto it.
   *
   * @param {unknown} state
   */
  rebase(state) {
    this.#steps.rewrite(rebase(this.#steps.value, contentOf(state)));
  }

  /**
   * Adds an expression in the next colour.
   *
   * @param {number} index position in the list
   * @param {string} [latex]
   * @returns {string} the key of the new entry
   */
  insertExpression(index, latex = '') {
    return this.insert(
      index,
      withChanges({ type: 'expression', color: this.nextColor }, { latex: latex || undefined }),
    );
  }

  /** @returns {string} the colour of the next item */
  get nextColor() {
    return nextColor(this.entries.map(({ item }) => itemText(item, 'color')));
  }

  /**
   * Adds an item of any kind.
   *
   * @param {number} index position in the list
   * @param {Record<string, unknown>} item without id
   * @returns {string} the key of the new entry, which is its id
   */
  insert(index, item) {
    const { type, ...rest } = item;
    const id = this.newId();
    this.#edit(this.entries.toSpliced(index, 0, { key: id, item: { type, id, ...rest } }));
    return id;
  }

  /**
   * Adds items that already have ids, as returned by `adopt`.
   *
   * @param {number} index position in the list
   * @param {readonly Record<string, unknown>[]} items
   * @returns {string[]} their keys
   */
  insertAll(index, items) {
    const added = items.map((item) => ({ key: itemText(item, 'id'), item }));
    this.arrange((entries) => entries.toSpliced(index, 0, ...added));
    return added.map(({ key }) => key);
  }

  /** @returns {string} an unused id for an item or a table column */
  newId() {
    return newId(takenIds(this.entries.map(({ item }) => item)));
  }

  /**
   * Combines several edits into one undo step.
   *
   * @template T
   * @param {() => T} edits
   * @returns {T} their result
   */
  asOneStep(edits) {
    return this.#steps.asOne(edits);
  }

  /**
   * Changes keys of an item; `undefined` removes a key. Unchanged values are not an edit.
   *
   * @param {string} key
   * @param {Record<string, unknown>} changes
   * @param {string | null} [tag] edits with the same tag in quick succession are one undo step
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
   * Changes keys of an item outside the undo history, such as whether a slider plays: undo and redo leave them alone.
   *
   * @param {string} key
   * @param {Record<string, unknown>} changes `undefined` removes a key
   */
  note(key, changes) {
    const change = (/** @type {readonly Entry[]} */ entries) =>
      entries.map((entry) => (entry.key === key ? { key, item: withChanges(entry.item, changes) } : entry));
    this.#steps.rewrite((content) => ({ ...content, entries: change(content.entries) }));
  }

  /**
   * Starts an undo step that lasts until it is ended, such as a drag.
   *
   * @returns {{end: () => void, cancel: () => void}} `cancel` reverts it; both do nothing when called again
   */
  openStep() {
    return this.#steps.open();
  }

  /**
   * Changes keys of an item that follow from the rest of the list, as part of the last edit rather than an undo step of
   * its own.
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
   * Changes the list as a whole, in one undo step.
   *
   * @param {(entries: readonly Entry[]) => readonly Entry[]} change returns the same entry objects where they are
   *   unchanged
   */
  arrange(change) {
    const entries = change(this.entries);
    const isSame = entries.length === this.entries.length && entries.every((entry, i) => entry === this.entries[i]);
    if (!isSame) this.#edit(entries);
  }

  /**
   * Moves an item; a folder with its contents.
   *
   * @param {string} key
   * @param {number} index index of the entry before which it is placed; the length of the list for its end
   * @param {string} [folder] key of the folder that contains it afterwards
   */
  move(key, index, folder) {
    const into = folder === undefined ? undefined : this.entries[this.indexOf(folder)];
    this.arrange((entries) => moved(entries, key, index, into));
  }

  /**
   * @param {string} key
   * @returns {number} index of the entry, or -1
   */
  indexOf(key) {
    return this.entries.findIndex((entry) => entry.key === key);
  }

  /** @returns {{canUndo: boolean, canRedo: boolean}} */
  get steps() {
    return this.#steps.state;
  }

  /** @returns {boolean} whether there was a step to undo */
  undo() {
    return this.#steps.take('undo', keepView);
  }

  /** @returns {boolean} whether there was a step to redo */
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
