/** Distance of an arrow key press as a fraction of the view; Shift has a finer step. */
const STEP = 0.1;
const FINE_STEP = 0.01;

/** @type {Record<string, [number, number]>} direction of the view: right and down */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The actions of the plane's keys.
 *
 * @typedef {object} KeyMoves
 * @property {(right: number, down: number) => void} look moves the view by fractions of its size
 * @property {() => void} zoomIn
 * @property {() => void} zoomOut
 * @property {() => void} home
 * @property {(event: KeyboardEvent) => boolean} tool returns whether a tool on the plane has handled the key
 */

/**
 * @param {HTMLElement} target
 * @param {KeyMoves} moves
 */
export function listenToKeys(target, moves) {
  target.addEventListener('keydown', (event) => {
    if (moves.tool(event)) {
      event.preventDefault();
      return;
    }
    // Control with plus, minus and zero zooms the page, which must keep working here.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event, moves)) event.preventDefault();
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {KeyMoves} moves
 * @returns {boolean} whether the key was handled
 */
function act({ key, shiftKey }, moves) {
  const arrow = ARROWS[key];
  const step = shiftKey ? FINE_STEP : STEP;
  if (arrow) moves.look(arrow[0] * step, arrow[1] * step);
  else if (key === '+' || key === '=') moves.zoomIn();
  else if (key === '-' || key === '_') moves.zoomOut();
  else if (key === '0' || key === 'Home') moves.home();
  else return false;
  return true;
}
