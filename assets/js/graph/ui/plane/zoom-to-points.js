import { entryKeyOf } from '../../state/table-scene.js';

/** @typedef {import('../../plot/viewport.js').Viewport} Viewport */

/** Margin around the points as a fraction of their extent. */
const MARGIN = 0.1;

/** Half the extent shown, in plane units, in a direction in which all points coincide. */
const LEAST = 5;

/**
 * If one extent is longer than the other by more than this factor, equal scales would squeeze the points into a line.
 */
const LONGEST = 6;

/**
 * @param {readonly {x: number, y: number}[]} points
 * @returns {Viewport | null} a viewport that shows all points; null if there are none
 */
export function viewOfPoints(points) {
  const seen = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (seen.length === 0) return null;
  const [xmin, xmax] = range(seen.map(({ x }) => x));
  const [ymin, ymax] = range(seen.map(({ y }) => y));
  return { xmin, xmax, ymin, ymax };
}

/**
 * Moves the view to the points of a table or a list of points: data are rarely between −10 and 10.
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
 * @param {string} key key of an entry
 * @returns {{x: number, y: number}[]} the points drawn for it
 */
export function pointsOf({ drawables }, key) {
  return drawables.flatMap(({ key: drawn, meaning }) =>
    entryKeyOf(drawn) === key && meaning.kind === 'point' ? meaning.points : [],
  );
}

/**
 * @param {number[]} values
 * @returns {[number, number]}
 */
function range(values) {
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  const free = most > least ? (most - least) * MARGIN : LEAST;
  return [least - free, most + free];
}
