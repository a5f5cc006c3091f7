/** With less room above the keypad than this, in pixels, the grapher shows its list alone. */
const TIGHT_PX = 260;

/** With less room than this the page makes way for the grapher: a plane that shows a curve, and two lines, need it. */
const AMPLE_PX = 480;

/**
 * Keeps what is typed in sight: the grapher ends where the keypad begins.
 *
 * @param {HTMLElement} host the grapher
 * @param {Element} plate of the keypad
 * @param {boolean} isNew whether the keypad has just come up. Later the page is left where the student has put it
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

/** The keypad has gone. */
export function leaveRoom() {
  document.documentElement.style.scrollPaddingBlockEnd = '';
  for (const host of document.querySelectorAll('.graph[data-keypad]')) {
    if (!(host instanceof HTMLElement)) continue;
    delete host.dataset.keypad;
    host.style.removeProperty('--graph-keypad');
  }
}

/**
 * On a phone the page's head would take half of what the keypad leaves.
 *
 * @param {HTMLElement} host
 * @param {number} edge where the keypad begins
 */
function liftPage(host, edge) {
  const { top } = host.getBoundingClientRect();
  const missing = AMPLE_PX - (edge - top);
  if (top > 0 && missing > 0) window.scrollBy({ top: Math.min(top, missing), behavior: 'instant' });
}
