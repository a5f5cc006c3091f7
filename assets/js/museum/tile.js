/** A tile: the framed work of one family, with the student's graph and notes. */
import { defaultPlace } from './poster.js';

/**
 * @typedef {object} Tile
 * @property {string} concept_type the family, see families.js
 * @property {number} position_x in units of the poster, like the next three
 * @property {number} position_y
 * @property {number} width
 * @property {number} height
 * @property {number} z_index stacking order, the highest in front
 * @property {any} desmos_state graph state; `{}` for an untouched graph
 * @property {string} description the student's notes
 * @property {boolean} completed
 */

/** @typedef {Exclude<keyof Tile, 'concept_type'>} Field */

/**
 * The fields that a user can change. Each is sent separately.
 *
 * @type {readonly Field[]}
 */
export const FIELDS = Object.freeze([
  'position_x',
  'position_y',
  'width',
  'height',
  'z_index',
  'desmos_state',
  'description',
  'completed',
]);

/**
 * Returns the empty tile of a family.
 *
 * @param {string} type
 * @returns {Tile}
 */
export function emptyTile(type) {
  return { concept_type: type, ...defaultPlace(type), z_index: 0, desmos_state: {}, description: '', completed: false };
}

/**
 * Whether the graph has visible content: an expression that is not blank, a table, a picture, a note.
 *
 * @param {any} state graph state; other JSON, as stored by older clients, counts as blank
 */
export function hasGraph(state) {
  const list = state?.expressions?.list;
  return Array.isArray(list) && list.some(isSubstantial);
}

/**
 * Whether the tile contains any work. A changed view of an empty graph is no work.
 *
 * @param {Tile} tile
 */
export function hasWork(tile) {
  return tile.completed || tile.description.trim() !== '' || hasGraph(tile.desmos_state);
}

/** @param {any} item of the graph's list */
function isSubstantial(item) {
  if (typeof item !== 'object' || item === null) return false;
  if (item.type === 'expression' || item.type === undefined) return isText(item.latex);
  if (item.type === 'text') return isText(item.text);
  return item.type !== 'folder';
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === 'string' && value.trim() !== '';
}
