import { readTable } from '../../state/table.js';
import { columnOf } from '../../state/table-scene.js';
import { ENOUGH } from './words.js';

/**
 * Points that are already in the list.
 *
 * @typedef {object} Source
 * @property {readonly import('../../math/fit/fit.js').Point[]} points
 * @property {import('./items.js').Columns | null} columns the names of their columns; null if one has no name
 */

/** A header that a formula can use as a name. */
const NAMED = /^\s*[a-zA-Z\\]+_/;

/**
 * @param {Pick<import('../editing.js').Editing, 'document' | 'scene' | 'selected'>} editing
 * @returns {Source | null} the points of the selected table, or of the first table with enough points
 */
export function sourceOf({ document, scene, selected }) {
  const sources = scene.drawables.flatMap(({ key, meaning }) => {
    const column = columnOf(key);
    if (!column || meaning.kind !== 'point') return [];
    const points = meaning.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
    return points.length >= ENOUGH ? [{ ...column, points }] : [];
  });
  const found = sources.find(({ key }) => key === selected) ?? sources[0];
  if (!found) return null;
  const { columns } = readTable(document.entries[document.indexOf(found.key)].item);
  const [x, y] = [columns[0].header, columns[found.column].header];
  return { points: found.points, columns: NAMED.test(x) && NAMED.test(y) ? { x, y } : null };
}
