/**
 * The things in a tile that can be changed each by itself: a field, or a part of the graph. Pure.
 *
 * A thing has a name: that of its field, or `item:ID` for an item of the graph's list, `order` for the order of the list,
 * `set:KEY` for all else in the graph, `state` for a graph that can only be replaced whole; and `deleted`, with the value
 * true, for the tile taken down.
 */
import { sameJson } from '../lib/json.js';
import { FIELDS, emptyTile } from '../museum/tile.js';
import { applyPatch, diffState } from './merge.js';

/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {import('../museum/tile.js').Field} Field */
/** @typedef {import('./merge.js').StatePatch} StatePatch */
/** @typedef {Partial<Omit<Tile, 'concept_type'>>} Patch new values of some fields */
/** @typedef {{value?: any}} Value `{}`: it is not there */
/** @typedef {Record<string, Value>} Things by name */

/** Fields that are things as they are. */
const PLAIN = FIELDS.filter((field) => field !== 'desmos_state');

/**
 * What a patch would make different in a tile.
 *
 * @param {Tile} tile
 * @param {Patch} patch
 * @returns {Things} with their new values
 */
export function touchedBy(tile, patch) {
  const fields = PLAIN.filter((field) => field in patch && !sameJson(patch[field], tile[field]));
  /** @type {Things} */
  const things = Object.fromEntries(fields.map((field) => [field, { value: patch[field] }]));
  if (!('desmos_state' in patch) || sameJson(patch.desmos_state, tile.desmos_state)) return things;
  const difference = diffState(tile.desmos_state, patch.desmos_state);
  return { ...things, ...(difference ? partsOf(difference) : { state: { value: patch.desmos_state } }) };
}

/**
 * @param {StatePatch} patch
 * @returns {Things}
 */
function partsOf({ items = {}, removed = [], order, set = {}, unset = [] }) {
  return Object.fromEntries([
    ...Object.entries(items).map(([id, value]) => [`item:${id}`, { value }]),
    ...removed.map((id) => [`item:${id}`, {}]),
    ...(order ? [['order', { value: order }]] : []),
    ...Object.entries(set).map(([key, value]) => [`set:${key}`, { value }]),
    ...unset.map((key) => [`set:${key}`, {}]),
  ]);
}

/**
 * The tile with things changed, as the server makes it if nobody else has done anything.
 *
 * @param {Tile} tile
 * @param {Things} things
 * @returns {Tile}
 */
export function withThings(tile, things) {
  if (things.deleted) return emptyTile(tile.concept_type);
  const fields = PLAIN.filter((field) => field in things).map((field) => [field, things[field].value]);
  const whole = things.state ? things.state.value : tile.desmos_state;
  const patch = patchOf(things);
  return { ...tile, ...Object.fromEntries(fields), desmos_state: patch ? applyPatch(whole, patch) : whole };
}

/**
 * Things as the server takes them.
 *
 * @param {Things} things
 * @returns {Record<string, any>}
 */
export function fieldsOf(things) {
  const fields = PLAIN.filter((field) => field in things).map((field) => [field, things[field].value]);
  const patch = patchOf(things);
  return {
    ...Object.fromEntries(fields),
    ...(things.state && { desmos_state: things.state.value }),
    ...(patch && { desmos_patch: patch }),
  };
}

/**
 * The change of the graph that things make.
 *
 * @param {Things} things
 * @returns {StatePatch | null} null where they make none
 */
function patchOf(things) {
  const named = (/** @type {string} */ prefix) => Object.entries(things).filter(([name]) => name.startsWith(prefix));
  /** @type {(prefix: string) => [string, any][]} */
  const there = (prefix) => named(prefix).filter(([, thing]) => 'value' in thing).map(([name, { value }]) => [name.slice(prefix.length), value]);
  /** @type {(prefix: string) => string[]} */
  const gone = (prefix) => named(prefix).filter(([, thing]) => !('value' in thing)).map(([name]) => name.slice(prefix.length));
  const [items, removed, set, unset] = [there('item:'), gone('item:'), there('set:'), gone('set:')];
  /** @type {StatePatch} */
  const patch = {
    ...(items.length > 0 && { items: Object.fromEntries(items) }),
    ...(removed.length > 0 && { removed }),
    ...(things.order && { order: things.order.value }),
    ...(set.length > 0 && { set: Object.fromEntries(set) }),
    ...(unset.length > 0 && { unset }),
  };
  return Object.keys(patch).length > 0 ? patch : null;
}

/**
 * What a tile has under names of things.
 *
 * @param {Tile} tile
 * @param {string[]} names
 * @returns {Things}
 */
export function readThings(tile, names) {
  const state = touchedBy(emptyTile(tile.concept_type), { desmos_state: tile.desmos_state });
  return Object.fromEntries(names.map((name) => {
    const field = PLAIN.find((each) => each === name);
    if (field) return [name, { value: tile[field] }];
    return [name, name === 'state' ? { value: tile.desmos_state } : state[name] ?? {}];
  }));
}

/**
 * The field that a thing belongs to.
 *
 * @param {string} name
 * @returns {Field}
 */
export function fieldOf(name) {
  return PLAIN.find((field) => field === name) ?? 'desmos_state';
}

/**
 * @param {Value} a
 * @param {Value} b
 */
export function sameValue(a, b) {
  return 'value' in a === 'value' in b && sameJson(a.value, b.value);
}
