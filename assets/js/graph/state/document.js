import { moved } from './arrange.js';
import { nextColor } from './color.js';
import { History } from './history.js';
import { itemText, newId, takenIds } from './item.js';
import { copyJson, isRecord, withChanges } from './json.js';
import { HOME, readSettings, readViewport } from './settings.js';

/**
 * An item with the key by which it is known while the page is open. The key is the item's own id where that is usable;
 * a state may hold items without an id, or two with the same.
 *
 * @typedef {Readonly<{key: string, item: import('./item.js').Item}>} Entry
 */

/** The version of the format that new states are written in. */
const VERSION = 11;

/**
 * A Desmos state that is being edited. Nothing in it is changed but what an edit names: unknown keys, unknown items
 * and unreadable values come back as they came.
 */
export class GraphDocument {
  /** @type {Record<string, unknown>} the state but for its list */
  #root;
  /** @type {readonly Entry[]} */
  #entries;
  /** Whether the list is written to the state: one that was never readable stays as it is until an item is added. */
  #hasList;
  /** @type {History<readonly Entry[]>} */
  #history = new History();
  #isInStep = false;
  /** @type {{before: readonly Entry[], end: () => void, cancel: () => void} | null} */
  #openStep = null;

  /** @param {unknown} state a Desmos state; null, `{}` or what is no object begins an empty one */
  constructor(state) {
    const given = isRecord(state) && Object.keys(state).length > 0;
    this.#root = given ? copyJson(state) : emptyState();
    const list = isRecord(this.#root.expressions) ? this.#root.expressions.list : undefined;
    this.#hasList = Array.isArray(list);
    this.#entries = keyed(Array.isArray(list) ? list : []);
  }

  /** @returns {readonly Entry[]} the list, in order; a new array after each edit */
  get entries() {
    return this.#entries;
  }

  /** @returns {import('./settings.js').Viewport} */
  get viewport() {
    return readViewport(this.#root.graph);
  }

  /** @returns {import('./settings.js').Settings} */
  get settings() {
    return readSettings(this.#root.graph);
  }

  /** @returns {Record<string, unknown>} the whole state, a copy that is the caller's own */
  toState() {
    const root = copyJson(this.#root);
    if (!this.#hasList) return root;
    const list = this.#entries.map((entry) => copyJson(entry.item));
    return { ...root, expressions: { ...(isRecord(root.expressions) ? root.expressions : {}), list } };
  }

  /**
   * Moves the part of the plane that is looked at. This is no step of undo: looking around is not work to take back.
   *
   * @param {import('./settings.js').Viewport} viewport
   */
  setViewport(viewport) {
    const graph = isRecord(this.#root.graph) ? this.#root.graph : {};
    /** @type {Record<string, unknown>} */
    const changes = { viewport: withChanges(graph.viewport, viewport) };
    // States on their way to version 12 carry the same four numbers a second time, as LaTeX; left behind, the older
    // pair would win there.
    if (isRecord(graph[VIEWPORT_STASH])) {
      const latex = Object.fromEntries(Object.entries(viewport).map(([side, value]) => [side, String(value)]));
      changes[VIEWPORT_STASH] = withChanges(graph[VIEWPORT_STASH], latex);
    }
    this.#root = { ...this.#root, graph: withChanges(graph, changes) };
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
    return nextColor(this.#entries.map(({ item }) => itemText(item, 'color')));
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
    this.#edit(this.#entries.toSpliced(index, 0, { key: id, item: { type, id, ...rest } }));
    return id;
  }

  /** @returns {string} an id that nothing in the list has, for an item or the column of a table */
  newId() {
    return newId(takenIds(this.#entries.map(({ item }) => item)));
  }

  /**
   * Makes several edits one step of undo.
   *
   * @template T
   * @param {() => T} edits
   * @returns {T} what they give
   */
  asOneStep(edits) {
    const before = this.#entries;
    this.#isInStep = true;
    try {
      return edits();
    } finally {
      this.#isInStep = false;
      if (this.#entries !== before && !this.#openStep) this.#history.record(before);
    }
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
    const { item } = this.#entries[index];
    const before = isRecord(item) ? item : {};
    if (Object.entries(changes).every(([name, value]) => before[name] === value)) return;
    this.#edit(this.#entries.with(index, { key, item: withChanges(item, changes) }), tag);
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
    this.#history.rewrite(change);
    if (this.#openStep) this.#openStep.before = change(this.#openStep.before);
    this.#entries = change(this.#entries);
  }

  /**
   * Begins a step of undo that lasts until it is ended, such as a drag.
   *
   * @returns {{end: () => void, cancel: () => void}} `cancel` makes it undone; both do nothing a second time
   */
  openStep() {
    this.#openStep?.end();
    const step = {
      before: this.#entries,
      end: () => {
        if (this.#openStep !== step) return;
        this.#openStep = null;
        if (this.#entries !== step.before) this.#history.record(step.before);
      },
      cancel: () => {
        if (this.#openStep !== step) return;
        this.#openStep = null;
        this.#entries = step.before;
      },
    };
    this.#openStep = step;
    return step;
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
    this.#entries = this.#entries.with(index, { key, item: withChanges(this.#entries[index].item, changes) });
  }

  /** @param {string} key */
  remove(key) {
    const index = this.indexOf(key);
    if (index >= 0) this.#edit(this.#entries.toSpliced(index, 1));
  }

  /**
   * Moves an item, a folder with what is in it.
   *
   * @param {string} key
   * @param {number} index of the entry that it comes to stand before; the length of the list for its end
   * @param {string} [folder] key of the folder that it is in afterwards
   */
  move(key, index, folder) {
    const into = folder === undefined ? undefined : this.#entries[this.indexOf(folder)];
    const entries = moved(this.#entries, key, index, into);
    if (entries !== this.#entries) this.#edit(entries);
  }

  /**
   * @param {string} key
   * @returns {number} the entry's place, -1 where there is none
   */
  indexOf(key) {
    return this.#entries.findIndex((entry) => entry.key === key);
  }

  /** @returns {{canUndo: boolean, canRedo: boolean}} */
  get steps() {
    return { canUndo: this.#history.canUndo, canRedo: this.#history.canRedo };
  }

  /** @returns {boolean} whether there was a step to take back */
  undo() {
    this.#openStep?.end();
    return this.#restore(this.#history.undo(this.#entries));
  }

  /** @returns {boolean} whether there was a step to take again */
  redo() {
    this.#openStep?.end();
    return this.#restore(this.#history.redo(this.#entries));
  }

  /**
   * @param {readonly Entry[]} entries
   * @param {string | null} [tag]
   */
  #edit(entries, tag = null) {
    if (!this.#isInStep && !this.#openStep) this.#history.record(this.#entries, tag);
    this.#entries = entries;
    this.#hasList = true;
  }

  /** @param {readonly Entry[] | undefined} entries */
  #restore(entries) {
    if (!entries) return false;
    this.#entries = entries;
    return true;
  }
}

const VIEWPORT_STASH = '__v12ViewportLatexStash';

/** @returns {Record<string, unknown>} */
function emptyState() {
  return { version: VERSION, randomSeed: randomSeed(), graph: { viewport: { ...HOME } }, expressions: { list: [] } };
}

/** @returns {string} 128 random bits in hexadecimal, as the format has it */
function randomSeed() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {readonly import('./item.js').Item[]} items
 * @returns {readonly Entry[]}
 */
function keyed(items) {
  const taken = new Set();
  return items.map((item, index) => {
    const id = itemText(item, 'id');
    let key = id || `item ${index}`;
    while (taken.has(key)) key = `${key} again`;
    taken.add(key);
    return { key, item };
  });
}
