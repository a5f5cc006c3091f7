import { entryKeyOf } from '../../state/table-scene.js';

/** @typedef {import('../../plot/viewport.js').Viewport} Viewport */

/** What is left free around the points, as a share of what they take. */
const MARGIN = 0.1;

/** Points on one line have no extent in one direction; so much is seen of it then, in units to either side. */
const LEAST = 5;

/** Where one direction is longer than the other by more than this, one scale for both would leave a streak of points. */
const LONGEST = 6;

/**
 * @param {readonly {x: number, y: number}[]} points
 * @returns {Viewport | null} that shows all of them; null where there are none
 */
export function viewOfPoints(points) {
  const seen = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (seen.length === 0) return null;
  const [xmin, xmax] = range(seen.map(({ x }) => x));
  const [ymin, ymax] = range(seen.map(({ y }) => y));
  return { xmin, xmax, ymin, ymax };
}

/**
 * Goes to where the points of a table, or of a list of points, lie: data are seldom between −10 and 10.
 *
 * @param {import('../editing.js').Editing} editing
 * @param {string} key of the entry
 */
export function seePoints(editing, key) {
  const viewport = viewOfPoints(pointsOf(editing.scene, key));
  if (!viewport) {
    editing.announce('There are no points to see yet.');
    return;
  }
  const { document } = editing;
  const ratio = (viewport.xmax - viewport.xmin) / (viewport.ymax - viewport.ymin);
  document.lookAt(viewport, ratio > LONGEST || ratio < 1 / LONGEST ? { squareAxes: false } : {});
  editing.changed();
}

/**
 * @param {import('../../state/scene.js').Scene} scene
 * @param {string} key of an entry
 * @returns {{x: number, y: number}[]} what is drawn of it as points
 */
export function pointsOf({ drawables }, key) {
  return drawables.flatMap(({ key: drawn, meaning }) => (entryKeyOf(drawn) === key && meaning.kind === 'point' ? meaning.points : []));
}

/**
 * @param {number[]} values
 * @returns {[number, number]}
 */
function range(values) {
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const free = most > least ? (most - least) * MARGIN : LEAST;
  return [least - free, most + free];
}
