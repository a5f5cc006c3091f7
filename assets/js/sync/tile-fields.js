/**
 * The fields of a tile that can be changed separately: a plain field, or a part of the graph. Pure.
 *
 * Fields have names: that of the plain field, `item:ID` for an item of the graph's list, `order` for the order of the
 * list, `set:KEY` for everything else in the graph, `state` for a graph that can only be replaced as a whole, and
 * `deleted`, with the value true, for a deleted tile.
 */
import { sameJson } from '../lib/json.js';
import { FIELDS, emptyTile } from '../museum/tile.js';
import { applyPatch, diffState } from './merge.js';

/** @typedef {import('../museum/tile.js').Tile} Tile */
/** @typedef {import('../museum/tile.js').Field} Field */
/** @typedef {import('./merge.js').StatePatch} StatePatch */
/** @typedef {Partial<Omit<Tile, 'concept_type'>>} Patch new values of some fields */
/** @typedef {{value?: any}} FieldValue `{}` means absent */
/** @typedef {Record<string, FieldValue>} FieldValues by name */

/** All fields but the graph. */
const PLAIN = FIELDS.filter((field) => field !== 'desmos_state');

/**
 * Returns the fields that a patch changes in a tile.
 *
 * @param {Tile} tile
 * @param {Patch} patch
 * @returns {FieldValues} with their new values
 */
export function changedFields(tile, patch) {
  const fields = PLAIN.filter((field) => field in patch && !sameJson(patch[field], tile[field]));
  /** @type {FieldValues} */
  const values = Object.fromEntries(fields.map((field) => [field, { value: patch[field] }]));
  if (!('desmos_state' in patch) || sameJson(patch.desmos_state, tile.desmos_state)) return values;
  const difference = diffState(tile.desmos_state, patch.desmos_state);
  return { ...values, ...(difference ? partsOf(difference) : { state: { value: patch.desmos_state } }) };
}

/**
 * @param {StatePatch} patch
 * @returns {FieldValues}
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
 * Returns the tile with fields changed, as the server does it without concurrent edits.
 *
 * @param {Tile} tile
 * @param {FieldValues} values
 * @returns {Tile}
 */
export function withFields(tile, values) {
  if (values.deleted) return emptyTile(tile.concept_type);
  const fields = PLAIN.filter((field) => field in values).map((field) => [field, values[field].value]);
  const whole = values.state ? values.state.value : tile.desmos_state;
  const patch = patchOf(values);
  return { ...tile, ...Object.fromEntries(fields), desmos_state: patch ? applyPatch(whole, patch) : whole };
}

/**
 * Returns field values in the form of a request.
 *
 * @param {FieldValues} values
 * @returns {Record<string, any>}
 */
export function requestFields(values) {
  const fields = PLAIN.filter((field) => field in values).map((field) => [field, values[field].value]);
  const patch = patchOf(values);
  return {
    ...Object.fromEntries(fields),
    ...(values.state && { desmos_state: values.state.value }),
    ...(patch && { desmos_patch: patch }),
  };
}

/**
 * Returns the patch of the graph that field values contain.
 *
 * @param {FieldValues} values
 * @returns {StatePatch | null} null if there is none
 */
function patchOf(values) {
  const named = (/** @type {string} */ prefix) => Object.entries(values).filter(([name]) => name.startsWith(prefix));
  /** @type {(prefix: string) => [string, any][]} */
  const there = (prefix) =>
    named(prefix)
      .filter(([, thing]) => 'value' in thing)
      .map(([name, { value }]) => [name.slice(prefix.length), value]);
  /** @type {(prefix: string) => string[]} */
  const gone = (prefix) =>
    named(prefix)
      .filter(([, thing]) => !('value' in thing))
      .map(([name]) => name.slice(prefix.length));
  const [items, removed, set, unset] = [there('item:'), gone('item:'), there('set:'), gone('set:')];
  /** @type {StatePatch} */
  const patch = {
    ...(items.length > 0 && { items: Object.fromEntries(items) }),
    ...(removed.length > 0 && { removed }),
    ...(values.order && { order: values.order.value }),
    ...(set.length > 0 && { set: Object.fromEntries(set) }),
    ...(unset.length > 0 && { unset }),
  };
  return Object.keys(patch).length > 0 ? patch : null;
}

/**
 * Reads fields of a tile by name.
 *
 * @param {Tile} tile
 * @param {string[]} names
 * @returns {FieldValues}
 */
export function readFields(tile, names) {
  const state = changedFields(emptyTile(tile.concept_type), { desmos_state: tile.desmos_state });
  return Object.fromEntries(
    names.map((name) => {
      const field = PLAIN.find((each) => each === name);
      if (field) return [name, { value: tile[field] }];
      return [name, name === 'state' ? { value: tile.desmos_state } : (state[name] ?? {})];
    }),
  );
}

/**
 * Returns the tile's field to which a name belongs.
 *
 * @param {string} name
 * @returns {Field}
 */
export function tileFieldOf(name) {
  return PLAIN.find((field) => field === name) ?? 'desmos_state';
}

/**
 * @param {FieldValue} a
 * @param {FieldValue} b
 */
export function sameValue(a, b) {
  return 'value' in a === 'value' in b && sameJson(a.value, b.value);
}
