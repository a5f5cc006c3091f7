/** How far an arrow key moves, as a part of the plane; with shift, for fine work. */
const STEP = 0.1;
const FINE_STEP = 0.01;

/** @type {Record<string, [number, number]>} where the eye goes: right and down */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * What keys ask of the plane.
 *
 * @typedef {object} KeyMoves
 * @property {(right: number, down: number) => void} look parts of the plane to move the view by
 * @property {() => void} zoomIn
 * @property {() => void} zoomOut
 * @property {() => void} home
 * @property {(event: KeyboardEvent) => boolean} tool whether the key is meant for something on the plane
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
    // Control with plus, minus and zero zooms the page, which is no less needed here.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event, moves)) event.preventDefault();
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {KeyMoves} moves
 * @returns {boolean} whether the key meant something
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
