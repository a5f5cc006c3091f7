import { dropPlace } from '../../../state/drop-places.js';
import { element } from '../../parts/dom.js';

/** A press is never quite still, least of all a finger's: less than this is no drag. */
const SLOP_PX = { mouse: 4, pen: 6, touch: 8 };

/** A press that stays for so long asks for the row's options. */
const HOLD_MS = 500;

/** So near to an end of the list, it scrolls; the nearer, the faster. */
const EDGE_PX = 48;
const FASTEST_PX = 14;

/**
 * What the drag may know of the list, and asks of it.
 *
 * @typedef {object} DraggedList
 * @property {HTMLElement} element the list, which scrolls
 * @property {() => readonly import('../../../state/document.js').Entry[]} entries none while nothing may be moved
 * @property {() => readonly {key: string, element: HTMLElement}[]} rows those that are seen, in order
 * @property {(key: string, place: import('../../../state/drop-places.js').Place) => void} drop
 */

/**
 * Moves rows by their tab. A drag with the mouse or a finger begins at once, for a tab scrolls nothing.
 */
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
    this.#drag = { key: row.key, row: row.element, x: event.clientX, y: event.clientY, isMoving: false, isCalledOff: false,
      timer: 0, ending, pointerType: event.pointerType };
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
    // Moved in the page, a field would lose the focus anyway; here undo is still at hand.
    this.#list.element.focus({ preventScroll: true });
  }

  /** @param {Element} target */
  #hold(target) {
    const drag = this.#drag;
    if (!drag) return;
    // It is neither a drag nor a click any more, but it lasts until the finger is up.
    drag.isMoving = true;
    drag.isCalledOff = true;
    if (drag.pointerType === 'touch') endQuietly();
    target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  }

  /** Follows the pointer, and scrolls as long as it stays at an end of the list. */
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
    this.#place = over ? dropPlace(entries, entry, over, y > boxes[at].top + boxes[at].height / 2) : { index: entries.length };
    const { index, folder } = this.#place;
    const above = rows.findLastIndex((row) => entries.findIndex((other) => other.key === row.key) < index);
    const { top } = this.#list.element.getBoundingClientRect();
    const edge = (boxes[above]?.bottom ?? boxes[0]?.top ?? top) - top + this.#list.element.scrollTop;
    this.#line.style.insetBlockStart = `${edge}px`;
    this.#line.classList.toggle('graph-drop-line-inside', folder !== undefined);
    this.#line.hidden = false;
  }

  /** @param {boolean} isDropped whether it is let go here, not called off */
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
    // It ends when the button or the finger is up, so that this is no click.
    this.#drag.isCalledOff = true;
    this.#line.hidden = true;
  }
}

/** Lets no tap come of a touch that was held: it would take the focus, and close what the holding has opened. */
function endQuietly() {
  const ended = new AbortController();
  for (const end of /** @type {const} */ (['touchend', 'touchcancel'])) {
    document.addEventListener(end, (event) => {
      ended.abort();
      if (event.cancelable) event.preventDefault();
    }, { capture: true, passive: false, signal: ended.signal });
  }
}

/** A drag that ends where it began is a click too, for the browser: on the disc, which would hide the curve. */
function swallowClick() {
  /** @param {Event} event */
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener('click', swallow, { capture: true }));
}
