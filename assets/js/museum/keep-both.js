/** Combines two versions of the same tile: the notes one below the other, both graphs in one list. Pure. */
import { sameJson } from '../lib/json.js';

/** @typedef {Record<string, any>} Item an item of a graph's list */

/** Names of the axes: an equation for one of them defines no name. */
const AXES = new Set(['x', 'y', 'r', '\\theta']);

/**
 * @param {string} now
 * @param {string} other
 * @returns {string} both texts; a text that the other contains is not repeated
 */
export function joinNotes(now, other) {
  if (now.includes(other.trim())) return now;
  if (other.includes(now.trim())) return other;
  return `${now.trimEnd()}\n\n${other.trimStart()}`;
}

/**
 * Combines two graphs into one list. Identical items appear once. Where both changed the same item, the other one's
 * version follows as an item of its own.
 *
 * @param {any} now the graph state whose view and settings are kept
 * @param {any} other
 * @returns {any}
 */
export function joinGraphs(now, other) {
  const [list, others] = [listOf(now), listOf(other)];
  if (others === null) return now;
  if (list === null) return other;
  const joined = [...list];
  const ids = new Ids([...list, ...others]);
  let place = 0;
  for (const item of others) {
    const twin = joined.findIndex((each) => isSame(each, item));
    const namesake = joined.findIndex((each) => each?.id === item?.id && item?.id !== undefined);
    if (twin >= 0) place = twin + 1;
    else if (isFolder(item) && isFolder(joined[namesake])) place = namesake + 1;
    else {
      const at = namesake >= 0 ? namesake + 1 : place || joined.length;
      joined.splice(at, 0, withoutClash(namesake >= 0 ? ids.renew(item) : ids.follow(item), joined));
      place = at + 1;
    }
  }
  return { ...now, expressions: { ...now.expressions, list: joined } };
}

/**
 * @param {any} state
 * @returns {Item[] | null} null if there is no list
 */
function listOf(state) {
  const list = state?.expressions?.list;
  return Array.isArray(list) ? list : null;
}

/** @param {any} item */
function isFolder(item) {
  return item?.type === 'folder';
}

/**
 * Whether two items are equal except for their ids.
 *
 * @param {any} a
 * @param {any} b
 */
function isSame(a, b) {
  return sameJson({ ...a, id: '' }, { ...b, id: '' });
}

/** Assigns new ids to items, and updates the folder of items whose folder got a new one. */
class Ids {
  #taken;
  /** @type {Map<string, string>} */
  #renewed = new Map();

  /** @param {Item[]} items */
  constructor(items) {
    this.#taken = new Set(
      items.flatMap((item) => [item?.id, ...(item?.columns ?? []).map((/** @type {any} */ column) => column?.id)]),
    );
  }

  /** @param {Item} item */
  renew(item) {
    const id = this.#next();
    if (isFolder(item)) this.#renewed.set(item.id, id);
    const columns = Array.isArray(item.columns) && {
      columns: item.columns.map((column) => ({ ...column, id: this.#next() })),
    };
    return this.follow({ ...item, id, ...columns });
  }

  /** @param {Item} item */
  follow(item) {
    const folderId = this.#renewed.get(item?.folderId);
    return folderId === undefined ? item : { ...item, folderId };
  }

  #next() {
    let id = this.#taken.size + 1;
    while (this.#taken.has(String(id))) id += 1;
    this.#taken.add(String(id));
    return String(id);
  }
}

/**
 * Avoids duplicate names, with which neither line would be drawn: a second function of x becomes an unnamed curve, and
 * any other second definition a note.
 *
 * @param {Item} item
 * @param {Item[]} list
 * @returns {Item}
 */
function withoutClash(item, list) {
  const given = definition(item);
  if (!given || !list.some((each) => definition(each)?.name === given.name)) return item;
  if (given.parameter === 'x') return { ...item, latex: `y=${given.body}` };
  const { id, folderId } = item;
  return {
    type: 'text',
    id,
    ...(folderId !== undefined && { folderId }),
    text: `On the other device: ${item.latex.replace(/\\left|\\right|[{}]/g, '')}`,
  };
}

/**
 * Returns the name that an expression defines, as in `a=1` and `f(x)=x^2`.
 *
 * @param {any} item
 */
function definition(item) {
  if (item?.type !== 'expression' && item?.type !== undefined) return null;
  const found =
    /^\s*([A-Za-z]|\\[A-Za-z]+)(_\{[A-Za-z0-9]+\}|_[A-Za-z0-9])?\s*(?:(?:\\left)?\(([^()]*?)(?:\\right)?\))?\s*=(.*)$/s.exec(
      item?.latex ?? '',
    );
  if (!found) return null;
  const [, letter, subscript = '', parameter, body] = found;
  if (parameter === undefined && subscript === '' && AXES.has(letter)) return null;
  return { name: letter + subscript.replace(/[{}]/g, ''), parameter: parameter?.trim(), body };
}
