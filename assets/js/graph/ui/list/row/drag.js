import { dropPlace } from '../../../state/drop-places.js';
import { element } from '../../parts/dom.js';

/** A press with less movement than this, in pixels, is not a drag. */
const SLOP_PX = { mouse: 4, pen: 6, touch: 8 };

/** A press held this long opens the row's options. */
const HOLD_MS = 500;

/** The list scrolls when the pointer is this near to its end; the nearer, the faster. */
const EDGE_PX = 48;
const FASTEST_PX = 14;

/**
 * The list as the drag sees it.
 *
 * @typedef {object} DraggedList
 * @property {HTMLElement} element the scrolling element
 * @property {() => readonly import('../../../state/document.js').Entry[]} entries empty while the list is read-only
 * @property {() => readonly {key: string, element: HTMLElement}[]} rows the visible rows, in order
 * @property {(key: string, place: import('../../../state/drop-places.js').Place) => void} drop
 */

/** Moves rows by their tab. A drag starts at once, because touching a tab never scrolls. */
export class RowDrag {
  #list;
  #line = element('div', { class: 'graph-drop-line', hidden: true });
  /** @type {{key: string, row: HTMLElement, x: number, y: number, isMoving: boolean, isCalledOff: boolean,
   * timer: number, ending: AbortController, pointerType: string} | null} */
  #drag = null;
  /** @type {import('../../../state/drop-places.js').Place | null} */
  #place = null;
  #frame = 0;

  /** @param {DraggedList} list */
  constructor(list) {
    this.#list = list;
    list.element.append(this.#line);
    list.element.addEventListener('pointerdown', (event) => this.#press(event));
  }

  destroy() {
    this.#end(false);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const { target } = event;
    if (this.#drag || !event.isPrimary || event.button !== 0 || !(target instanceof Element)) return;
    const tab = target.closest('.graph-tab');
    const row = tab && this.#list.rows().find(({ element }) => element.contains(tab));
    if (!row || this.#list.entries().length === 0) return;
    const ending = new AbortController();
    const { signal } = ending;
    this.#drag = {
      key: row.key,
      row: row.element,
      x: event.clientX,
      y: event.clientY,
      isMoving: false,
      isCalledOff: false,
      timer: 0,
      ending,
      pointerType: event.pointerType,
    };
    this.#drag.timer = window.setTimeout(() => this.#hold(target), HOLD_MS);
    document.addEventListener('pointermove', (move) => this.#move(move), { signal });
    document.addEventListener('pointerup', () => this.#end(true), { signal });
    document.addEventListener('pointercancel', () => this.#end(false), { signal });
    document.addEventListener('keydown', (key) => this.#onKey(key), { signal, capture: true });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const drag = this.#drag;
    if (!drag || !event.isPrimary) return;
    const slop = SLOP_PX[/** @type {keyof typeof SLOP_PX} */ (event.pointerType)] ?? SLOP_PX.mouse;
    if (!drag.isMoving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < slop) return;
    if (!drag.isMoving) this.#begin();
    drag.y = event.clientY;
    event.preventDefault();
    this.#frame ||= requestAnimationFrame(() => this.#follow());
  }

  #begin() {
    const drag = this.#drag;
    if (!drag) return;
    clearTimeout(drag.timer);
    drag.isMoving = true;
    drag.row.classList.add('graph-dragged');
    this.#list.element.classList.add('graph-dragging');
    // A field moved within the page loses the focus; on the list, the undo shortcut still works.
    this.#list.element.focus({ preventScroll: true });
  }

  /** @param {Element} target */
  #hold(target) {
    const drag = this.#drag;
    if (!drag) return;
    // The gesture is now neither a drag nor a click, but lasts until the finger is lifted.
    drag.isMoving = true;
    drag.isCalledOff = true;
    if (drag.pointerType === 'touch') endQuietly();
    target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  }

  /** Follows the pointer, and scrolls while it stays near an end of the list. */
  #follow() {
    this.#frame = 0;
    const drag = this.#drag;
    if (!drag?.isMoving || drag.isCalledOff) return;
    const { top, bottom } = this.#list.element.getBoundingClientRect();
    const over = Math.max(0, drag.y - (bottom - EDGE_PX)) - Math.max(0, top + EDGE_PX - drag.y);
    const before = this.#list.element.scrollTop;
    this.#list.element.scrollTop += Math.max(-1, Math.min(1, over / EDGE_PX)) * FASTEST_PX;
    this.#aim(drag.key, drag.y);
    if (this.#list.element.scrollTop !== before) this.#frame = requestAnimationFrame(() => this.#follow());
  }

  /**
   * @param {string} key
   * @param {number} y
   */
  #aim(key, y) {
    const entries = this.#list.entries();
    const entry = entries.find((other) => other.key === key);
    const rows = this.#list.rows();
    const boxes = rows.map(({ element }) => element.getBoundingClientRect());
    const at = boxes.findIndex(({ bottom }) => y < bottom);
    const over = at < 0 ? undefined : entries.find((other) => other.key === rows[at].key);
    if (!entry) return this.#end(false);
    this.#place = over
      ? dropPlace(entries, entry, over, y > boxes[at].top + boxes[at].height / 2)
      : { index: entries.length };
    const { index, folder } = this.#place;
    const above = rows.findLastIndex((row) => entries.findIndex((other) => other.key === row.key) < index);
    const { top } = this.#list.element.getBoundingClientRect();
    const edge = (boxes[above]?.bottom ?? boxes[0]?.top ?? top) - top + this.#list.element.scrollTop;
    this.#line.style.insetBlockStart = `${edge}px`;
    this.#line.classList.toggle('graph-drop-line-inside', folder !== undefined);
    this.#line.hidden = false;
  }

  /** @param {boolean} isDropped whether the row is dropped here rather than the drag cancelled */
  #end(isDropped) {
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = null;
    drag.ending.abort();
    clearTimeout(drag.timer);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!drag.isMoving) return;
    drag.row.classList.remove('graph-dragged');
    this.#list.element.classList.remove('graph-dragging');
    this.#line.hidden = true;
    swallowClick();
    const place = this.#place;
    this.#place = null;
    if (isDropped && place && !drag.isCalledOff) this.#list.drop(drag.key, place);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== 'Escape' || !this.#drag?.isMoving) return;
    event.preventDefault();
    event.stopPropagation();
    // The drag ends on release, so that the release is not taken for a click.
    this.#drag.isCalledOff = true;
    this.#line.hidden = true;
  }
}

/** Suppresses the tap after a long press: it would move the focus and close what the press has opened. */
function endQuietly() {
  const ended = new AbortController();
  for (const end of /** @type {const} */ (['touchend', 'touchcancel'])) {
    document.addEventListener(
      end,
      (event) => {
        ended.abort();
        if (event.cancelable) event.preventDefault();
      },
      { capture: true, passive: false, signal: ended.signal },
    );
  }
}

/** Suppresses the click that browsers fire after a drag that ends where it began: it would hide the curve. */
function swallowClick() {
  /** @param {Event} event */
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener('click', swallow, { capture: true }));
}
