import { isRecord } from './json.js';
import { itemText } from './item.js';
import { fieldKey, readNumber } from './numbers.js';

/**
 * What is written beside points.
 *
 * @typedef {object} Label
 * @property {readonly (string | readonly number[])[] | null} parts text and values; a list of values has one for each of the
 *   points, a single value is for all. null: the coordinates
 * @property {number} size 1: as usual
 * @property {string} place in the format's words, such as `above_left`
 */

/** A value in a text, such as `${a_{1}}`. */
const INSERTED = /\$\{((?:[^{}]|\{[^{}]*\})*)\}/;

/** More of them are left as they are typed. */
const MAX_INSERTED = 20;

/**
 * The values that a label asks for.
 *
 * @param {import('./document.js').Entry} entry
 * @returns {{id: string, latex: string}[]} lines to interpret together with the list's own
 */
export function labelLines({ key, item }) {
  if (!hasLabel(item)) return [];
  return partsOf(item).flatMap((part, i) => (i % 2 === 0 || part.includes('=') ? [] : [{ id: labelKey(key, i), latex: part }]));
}

/**
 * @param {import('./document.js').Entry} entry
 * @param {import('../lang/index.js').Meaning} meaning
 * @param {ReadonlyMap<string, import('../lang/index.js').Meaning>} meanings of all lines, those of `labelLines` among them
 * @returns {Label | null} null where none is shown
 */
export function readLabel(entry, meaning, meanings) {
  const { key, item } = entry;
  if (meaning.kind !== 'point' || !hasLabel(item)) return null;
  const parts = itemText(item, 'label') === '' ? null : partsOf(item).map((part, i) => (i % 2 === 0 ? part : valuesOf(meanings.get(labelKey(key, i))) ?? `\${${part}}`));
  const size = Math.min(4, Math.max(0.5, readNumber(entry, 'labelSize', meanings, 1)));
  return { parts, size, place: itemText(item, 'labelOrientation') };
}

/** @param {unknown} item */
function hasLabel(item) {
  return isRecord(item) && item.showLabel === true;
}

/** @param {unknown} item @returns {string[]} text and formulas in turn */
function partsOf(item) {
  const parts = itemText(item, 'label').split(INSERTED);
  if (parts.length <= 2 * MAX_INSERTED + 1) return parts;
  return [itemText(item, 'label')];
}

/** @param {import('../lang/index.js').Meaning | undefined} meaning @returns {readonly number[] | null} */
function valuesOf(meaning) {
  if (meaning?.kind === 'value') return [meaning.value];
  return meaning?.kind === 'list' ? meaning.values : null;
}

/** @param {string} key @param {number} i */
function labelKey(key, i) {
  return fieldKey(key, `label.${i}`);
}
