import { element } from './dom.js';

/** Distance from the popup to its anchor and to the edges of the window. */
const GAP_PX = 6;

/**
 * A small dialog beside the control that opens it. It is in the top layer, because the list clips its content. It
 * closes on Escape, on a press elsewhere, or when the focus leaves; the focus then returns to where it was.
 */
export class Popup {
  element;
  /** @type {HTMLElement | null} its anchor */
  #anchor = null;
  /** @type {AbortController | null} */
  #closing = null;
  #onClose = () => {};

  /** @param {HTMLElement} host the grapher */
  constructor(host) {
    // Not "auto": an auto popover opened by a long press closes when the finger is lifted.
    this.element = element('div', { class: 'graph-popup', popover: 'manual', role: 'dialog', tabindex: -1 });
    host.append(this.element);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.element.contains(relatedTarget)) this.#hide();
    });
  }

  /** @returns {boolean} */
  get isOpen() {
    return this.#closing !== null;
  }

  /**
   * @param {HTMLElement} anchor the control that opens it
   * @param {string} label
   * @param {readonly (Node | string)[]} content its first control gets the focus
   * @param {() => void} [onClose]
   */
  open(anchor, label, content, onClose = () => {}) {
    this.#hide();
    this.#anchor = anchor;
    this.#onClose = onClose;
    this.#closing = new AbortController();
    const { signal } = this.#closing;
    this.element.setAttribute('aria-label', label);
    this.element.replaceChildren(...content);
    anchor.setAttribute('aria-expanded', 'true');
    this.element.showPopover();
    this.#place();
    document.addEventListener('pointerdown', (event) => this.#pressed(event), { signal, capture: true });
    window.addEventListener('resize', () => this.#place(), { signal });
    this.#focusFirst();
  }

  /** Closes the popup and restores the focus. */
  close() {
    const anchor = this.#anchor;
    const hadFocus = this.element.contains(document.activeElement);
    this.#hide();
    if (hadFocus && anchor?.isConnected) anchor.focus();
  }

  destroy() {
    this.#hide();
    this.element.remove();
  }

  #hide() {
    if (!this.#closing) return;
    this.#closing.abort();
    this.#closing = null;
    this.#anchor?.setAttribute('aria-expanded', 'false');
    this.#anchor = null;
    this.element.hidePopover();
    this.#onClose();
  }

  /** @param {PointerEvent} event */
  #pressed(event) {
    const path = event.composedPath();
    if (path.includes(this.element)) return;
    // A press on the anchor closes the popup by its click; it must not open it again.
    if (this.#anchor && path.includes(this.#anchor)) return;
    this.#hide();
  }

  #focusFirst() {
    const first = this.element.querySelector('input:checked, button:not([disabled]), input, textarea, [tabindex="0"]');
    (first instanceof HTMLElement ? first : this.element).focus();
  }

  /** Places the popup below the anchor, or above if there is more space, within the window. */
  #place() {
    if (!this.#anchor) return;
    const { style } = this.element;
    const { left, top, bottom } = this.#anchor.getBoundingClientRect();
    const [below, above] = [innerHeight - bottom, top];
    style.maxBlockSize = '';
    const { width, height } = this.element.getBoundingClientRect();
    const isBelow = height + 2 * GAP_PX <= below || below >= above;
    // If neither side has space, it covers the control.
    const y = isBelow ? Math.min(bottom + GAP_PX, innerHeight - height - GAP_PX) : top - height - GAP_PX;
    style.insetBlockStart = `${Math.max(GAP_PX, y)}px`;
    style.left = `${Math.max(GAP_PX, Math.min(left, innerWidth - width - GAP_PX))}px`;
  }
}
