/** With less space above the keypad than this, in pixels, the grapher shows only its list. */
const TIGHT_PX = 260;

/** With less space than this, the page's header scrolls away: the plane and two lines need it. */
const AMPLE_PX = 480;

/**
 * Keeps the edited line visible: the grapher ends where the keypad begins.
 *
 * @param {HTMLElement} host the grapher
 * @param {Element} plate panel of the keypad
 * @param {boolean} isNew whether the keypad has just opened; later the page is not scrolled
 */
export function makeRoom(host, plate, isNew) {
  const { height } = plate.getBoundingClientRect();
  const edge = window.innerHeight - height;
  document.documentElement.style.scrollPaddingBlockEnd = `${height}px`;
  if (isNew) liftPage(host, edge);
  const { bottom, top } = host.getBoundingClientRect();
  host.style.setProperty('--graph-keypad', `${Math.max(0, bottom - edge)}px`);
  host.dataset.keypad = edge - Math.max(0, top) < TIGHT_PX ? 'tight' : 'open';
}

/** Restores the layout after the keypad has closed. */
export function leaveRoom() {
  document.documentElement.style.scrollPaddingBlockEnd = '';
  for (const host of document.querySelectorAll('.graph[data-keypad]')) {
    if (!(host instanceof HTMLElement)) continue;
    delete host.dataset.keypad;
    host.style.removeProperty('--graph-keypad');
  }
}

/**
 * Scrolls the page's header away, which would take half the space above the keypad on a phone.
 *
 * @param {HTMLElement} host
 * @param {number} edge top of the keypad
 */
function liftPage(host, edge) {
  const { top } = host.getBoundingClientRect();
  const missing = AMPLE_PX - (edge - top);
  if (top > 0 && missing > 0) window.scrollBy({ top: Math.min(top, missing), behavior: 'instant' });
}
