import { element, setAttribute } from '../parts/dom.js';

/**
 * The divider between list and plane where they lie side by side. It is moved by dragging or keys and reset by a double
 * click. Its position belongs to the device, not to the graph.
 */

/** Storage key of the width, in rem so that it grows with the text size. */
const STORED = 'graph-list-width';

/** The least width of list and plane in rem; in a narrower list the buttons would wrap. */
const NARROWEST = 18;
const PLANE = 20;

/** Distance of one key press in rem. */
const STEP = 2;
const SMALL_STEP = 0.5;

export class ListDivider {
  element = element('div', {
    class: 'graph-divider',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'vertical',
    'aria-label': 'Width of the list',
    'aria-keyshortcuts': 'ArrowLeft ArrowRight Home End Enter',
  });
  #layout;
  #observer = new ResizeObserver(() => this.#describe());
  /** Distance from the pointer to the divider during a drag, otherwise null. @type {number | null} */
  #grip = null;

  /** @param {HTMLElement} layout contains list, divider and plane */
  constructor(layout) {
    this.#layout = layout;
    this.#show(storedWidth());
    this.#observer.observe(layout);
    this.element.addEventListener('pointerdown', (event) => this.#grab(event));
    this.element.addEventListener('pointermove', ({ clientX }) => {
      if (this.#grip !== null) this.#show((clientX - this.#left - this.#grip) / rem());
    });
    for (const end of /** @type {const} */ (['pointerup', 'pointercancel']))
      this.element.addEventListener(end, () => this.#letGo());
    this.element.addEventListener('dblclick', () => this.#move(null));
    this.element.addEventListener('keydown', (event) => {
      if (this.#key(event)) event.preventDefault();
    });
  }

  destroy() {
    this.#observer.disconnect();
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.element.setPointerCapture(event.pointerId);
    this.#grip = event.clientX - this.#left - this.#width;
    this.element.classList.add('graph-divider-held');
  }

  #letGo() {
    if (this.#grip === null) return;
    this.#grip = null;
    this.element.classList.remove('graph-divider-held');
    if (this.#layout.style.getPropertyValue('--graph-list-width')) this.#move(this.#width / rem());
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was handled
   */
  #key({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return false;
    const width = this.#width / rem();
    const step = shiftKey ? SMALL_STEP : STEP;
    if (key === 'ArrowLeft') this.#move(width - step);
    else if (key === 'ArrowRight') this.#move(width + step);
    else if (key === 'Home') this.#move(NARROWEST);
    else if (key === 'End') this.#move(this.#widest);
    else if (key === 'Enter') this.#move(null);
    else return false;
    return true;
  }

  /** @param {number | null} width in rem; null for the default */
  #move(width) {
    const within = width === null ? null : Math.min(this.#widest, Math.max(NARROWEST, width));
    this.#show(within);
    storeWidth(within);
  }

  /** @param {number | null} width in rem, limited by the space available; null for the default */
  #show(width) {
    if (width === null) this.#layout.style.removeProperty('--graph-list-width');
    else
      this.#layout.style.setProperty(
        '--graph-list-width',
        `clamp(${NARROWEST}rem, ${width.toFixed(2)}rem, 100% - ${PLANE}rem)`,
      );
    this.#describe();
  }

  #describe() {
    const whole = this.#layout.clientWidth;
    if (this.element.offsetWidth === 0) return; // List and plane are stacked.
    const share = (/** @type {number} */ pixels) => String(Math.round((100 * pixels) / whole));
    setAttribute(this.element, 'aria-valuemin', share(NARROWEST * rem()));
    setAttribute(this.element, 'aria-valuemax', share(this.#widest * rem()));
    setAttribute(this.element, 'aria-valuenow', share(this.#width));
    setAttribute(this.element, 'aria-valuetext', `${share(this.#width)} percent`);
  }

  get #left() {
    return this.#layout.getBoundingClientRect().left;
  }

  /** @returns {number} rendered width of the list in pixels */
  get #width() {
    return this.element.getBoundingClientRect().left - this.#left;
  }

  /** @returns {number} in rem */
  get #widest() {
    return this.#layout.clientWidth / rem() - PLANE;
  }
}

/** @returns {number} pixels */
function rem() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/** @returns {number | null} in rem */
function storedWidth() {
  try {
    const width = Number(localStorage.getItem(STORED));
    return width > 0 && Number.isFinite(width) ? width : null;
  } catch {
    return null; // Without storage, the default width applies.
  }
}

/** @param {number | null} width in rem */
function storeWidth(width) {
  try {
    if (width === null) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, width.toFixed(2));
  } catch {
    // Without storage, the width lasts as long as the page.
  }
}
