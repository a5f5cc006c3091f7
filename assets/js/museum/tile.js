/**
 * A tile: one family's framed work, with the student's graph and notes.
 */
import { defaultPlace } from './poster.js';

/**
 * @typedef {object} Tile
 * @property {string} concept_type the family, see families.js
 * @property {number} position_x in units of the poster's plane, like the next three
 * @property {number} position_y
 * @property {number} width
 * @property {number} height
 * @property {number} z_index the higher one hangs in front
 * @property {any} desmos_state state of the graph; `{}` until something is drawn
 * @property {string} description the student's notes
 * @property {boolean} completed
 */

/** @typedef {Exclude<keyof Tile, 'concept_type'>} Field */

/**
 * The fields that a person can change, each sent by itself.
 *
 * @type {readonly Field[]}
 */
export const FIELDS = Object.freeze(['position_x', 'position_y', 'width', 'height', 'z_index', 'desmos_state', 'description', 'completed']);

/**
 * The tile of a family in which nothing has been done yet.
 *
 * @param {string} type
 * @returns {Tile}
 */
export function emptyTile(type) {
  return { concept_type: type, ...defaultPlace(type), z_index: 0, desmos_state: {}, description: '', completed: false };
}

/**
 * Whether the graph has something to look at: an expression that is not blank, a table, a picture, a note.
 *
 * @param {any} state state of a graph; older clients have stored other JSON there, which counts as blank
 */
export function hasGraph(state) {
  const list = state?.expressions?.list;
  return Array.isArray(list) && list.some(isSubstantial);
}

/**
 * Whether a person has put any work into the tile. Looking around in an empty graph is no work.
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
