import { folders } from '../../state/folders.js';
import { itemKind } from '../../state/item.js';
import { sliderOf } from '../../state/slider.js';
import { element } from '../parts/dom.js';
import { ExpressionRow } from './row/expression-row.js';
import { icon } from '../parts/icons.js';
import { ListNotice } from './notice.js';
import { makeRow } from './make-row.js';

/**
 * The list of expressions beside the plane.
 */
export class ExpressionList {
  #actions;
  /** @type {Map<string, {kind: import('../../state/item.js').ItemKind, row: import('./make-row.js').Row}>} */
  #rows = new Map();
  /** @type {Map<string, import('./make-row.js').RowContent>} */
  #contents = new Map();
  // WebKit removes the list role from lists without bullets unless it is set explicitly.
  #list = element('ol', { class: 'graph-rows', role: 'list' });
  #add;
  #notice;
  #remark = element('p', { class: 'graph-hint', hidden: true });
  #hint = element('p', { class: 'graph-hint' }, 'Type a formula, such as y = 2x + 1, and see its curve.');
  element;

  /**
   * @param {import('./make-row.js').RowActions} actions
   * @param {{add: () => void, write: () => void, undo: () => void, select: (key: string) => void}} listActions `write`
   *   continues at the end, in an empty line or a new one
   * @param {HTMLElement} bar the buttons above the rows
   */
  constructor(actions, { add, write, undo, select }, bar) {
    this.#actions = actions;
    this.#add = element('button', { type: 'button', class: 'graph-add' }, icon('add'), 'Add expression');
    this.#add.addEventListener('click', add);
    this.#list.addEventListener('focusin', ({ target }) => {
      const key = this.keyOf(/** @type {Node} */ (target));
      if (key !== undefined) select(key);
    });
    this.#notice = new ListNotice(undo);
    this.element = element(
      'section',
      { class: 'graph-list', 'aria-label': 'Expressions', tabindex: -1 },
      bar,
      this.#list,
      this.#add,
      this.#hint,
      this.#remark,
      this.#notice.element,
    );
    // Students click the empty space below the list to write the next line. A click on the scroll bar is outside the
    // width.
    this.element.addEventListener('click', ({ target, offsetX }) => {
      if (target === this.element && !this.#add.hidden && offsetX < this.element.clientWidth) write();
    });
  }

  /**
   * @param {readonly import('../../state/document.js').Entry[]} entries
   * @param {import('../../state/scene.js').Scene} scene
   * @param {boolean} readOnly
   */
  show(entries, { meanings }, readOnly) {
    this.#reconcile(entries);
    const before = this.#contents;
    this.#contents = new Map();
    const folderByKey = folders(entries);
    const counts = Map.groupBy(folderByKey.values(), (folder) => folder.key);
    entries.forEach((entry, index) => {
      const meaning = meanings.get(entry.key);
      const slider = sliderOf(entry, meanings);
      const folder = folderByKey.get(entry.key);
      const count = counts.get(entry.key)?.length ?? 0;
      const content = { entry, number: index + 1, meaning, meanings, slider, folder, count, readOnly };
      this.#contents.set(entry.key, content);
      if (!isShown(before.get(entry.key), content)) this.#rows.get(entry.key)?.row.show(content);
    });
    this.#notice.follow(entries);
    this.element.classList.toggle('graph-fixed', readOnly);
    this.#add.hidden = readOnly;
    this.#hint.hidden = readOnly || entries.length > 0;
  }

  /** @param {string} words message about the whole graph; empty for none */
  showRemark(words) {
    this.#remark.hidden = words === '';
    if (this.#remark.textContent !== words) this.#remark.textContent = words;
  }

  /** @param {string | null} selected the key of the selected row */
  showSelected(selected) {
    for (const [
      key,
      {
        row: { element },
      },
    ] of this.#rows) {
      if (key === selected) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
  }

  /**
   * @param {string} key
   * @param {-1 | 1} [direction] the cursor comes from the row above (1) or below (-1)
   * @returns {boolean} whether the row exists and is visible
   */
  focusRow(key, direction) {
    const row = this.#rows.get(key)?.row;
    if (!row || row.element.hidden) return false;
    row.focus(direction);
    return true;
  }

  /**
   * Scrolls the list to a row whose curve was pressed. The page itself does not scroll, because the plane would move
   * under the finger.
   *
   * @param {string} key
   */
  reveal(key) {
    const row = this.#rows.get(key)?.row.element;
    if (!row || row.hidden || row.contains(document.activeElement)) return;
    const [box, list, bar] = [row, this.element, this.element.children[0]].map((part) => part.getBoundingClientRect());
    if (box.top < bar.bottom) this.element.scrollTop += box.top - bar.bottom;
    else if (box.bottom > list.bottom)
      this.element.scrollTop += Math.min(box.bottom - list.bottom, box.top - bar.bottom);
  }

  /** @param {string} key of a row to select and scroll to, without focusing it */
  showRow(key) {
    const element = this.#rows.get(key)?.row.element;
    element?.scrollIntoView({ block: 'nearest' });
    element?.querySelector('button')?.focus({ preventScroll: true });
  }

  /** @param {string} key */
  focusSlider(key) {
    const row = this.#rows.get(key)?.row;
    if (row instanceof ExpressionRow) row.focusSlider();
  }

  /**
   * @param {string} text message, usually about the last edit
   * @param {boolean} [canUndo] whether to offer undo
   */
  notify(text, canUndo = true) {
    this.#notice.show(text, canUndo);
  }

  focusAdd() {
    this.#add.focus();
  }

  destroy() {
    for (const { row } of this.#rows.values()) row.destroy();
    this.#rows.clear();
  }

  /** @returns {{key: string, element: HTMLElement}[]} the visible rows, in order */
  get rows() {
    const keys = new Map(Array.from(this.#rows, ([key, { row }]) => [row.element, key]));
    return Array.from(this.#list.children).flatMap((node) => {
      const key = node instanceof HTMLElement && !node.hidden ? keys.get(node) : undefined;
      return key === undefined ? [] : [{ key, element: /** @type {HTMLElement} */ (node) }];
    });
  }

  /** @param {string} key @returns {import('./make-row.js').RowContent | undefined} what the row shows */
  contentOf(key) {
    return this.#contents.get(key);
  }

  /** @param {Node} node @returns {string | undefined} the key of the row that contains the node */
  keyOf(node) {
    for (const [key, { row }] of this.#rows) if (row.element.contains(node)) return key;
    return undefined;
  }

  /**
   * Updates the rows to match the entries. A row that stays is never removed from the page, because the field in it
   * would lose its cursor.
   *
   * @param {readonly import('../../state/document.js').Entry[]} entries
   */
  #reconcile(entries) {
    const kinds = new Map(entries.map(({ key, item }) => [key, itemKind(item)]));
    for (const [key, { kind, row }] of this.#rows) {
      if (kinds.get(key) === kind) continue;
      row.destroy();
      this.#rows.delete(key);
    }
    let next = this.#list.firstElementChild;
    for (const [key, kind] of kinds) {
      const { row } = this.#rows.get(key) ?? this.#make(key, kind);
      if (row.element === next) next = next.nextElementSibling;
      // The row that was here has moved down and is placed when its turn comes. The row with the cursor stays.
      else if (next?.nextElementSibling === row.element && !next.contains(document.activeElement))
        next = row.element.nextElementSibling;
      else this.#list.insertBefore(row.element, next);
    }
  }

  /**
   * @param {string} key
   * @param {import('../../state/item.js').ItemKind} kind
   */
  #make(key, kind) {
    const made = { kind, row: makeRow(kind, key, this.#actions) };
    this.#rows.set(key, made);
    return made;
  }
}

/** Kinds of rows that depend only on their own entry and meaning; others depend on the rest of the list too. */
const PLAIN = new Set(['expression', 'text', 'folder', 'unknown']);

/**
 * Reports whether a row already shows this content: while one line is edited, most of a long list does.
 *
 * @param {import('./make-row.js').RowContent | undefined} before
 * @param {import('./make-row.js').RowContent} after
 * @returns {boolean}
 */
function isShown(before, after) {
  return (
    before !== undefined &&
    PLAIN.has(itemKind(after.entry.item)) &&
    before.entry === after.entry &&
    before.number === after.number &&
    before.meaning === after.meaning &&
    before.folder === after.folder &&
    before.count === after.count &&
    before.readOnly === after.readOnly &&
    before.slider === null &&
    after.slider === null
  );
}
