import { isRecord } from './json.js';
import { isHidden, itemText } from './item.js';
import { fieldKey, readNumber } from './number-fields.js';
import { readStyle } from './style.js';

/**
 * The label beside the points of an entry, which stays when the points are hidden.
 *
 * @typedef {object} Label
 * @property {string} key of the entry
 * @property {readonly {x: number, y: number}[]} points
 * @property {string} color
 * @property {number} radius of the drawn points, in CSS pixels
 * @property {readonly (string | readonly number[])[] | null} parts text and values; a list of values has one for each
 *   point, a single value is for all; null for the coordinates
 * @property {number} size relative to the default
 * @property {string} place in the format's words, such as `above_left`
 * @property {number} angle in radians, counter-clockwise
 * @property {boolean} rimmed whether it has an outline in paper colour
 */

/** A value inserted into text, such as `${a_{1}}`. */
const INSERTED = /\$\{((?:[^{}]|\{[^{}]*\})*)\}/;

/** Further insertions are left as text. */
const MAX_INSERTED = 20;

/**
 * Returns the values that a label refers to.
 *
 * @param {import('./document.js').Entry} entry
 * @returns {{id: string, latex: string}[]} lines to interpret together with the list's own
 */
export function labelLines({ key, item }) {
  if (!hasLabel(item)) return [];
  return partsOf(item).flatMap((part, i) =>
    i % 2 === 0 || part.includes('=') ? [] : [{ id: labelKey(key, i), latex: part }],
  );
}

/**
 * @param {import('./document.js').Entry} entry
 * @param {ReadonlyMap<string, import('../lang/index.js').Meaning>} meanings of all lines, including `labelLines`
 * @param {{degreeMode: boolean}} settings
 * @returns {Label | null} null if no label is shown
 */
export function readLabel(entry, meanings, { degreeMode }) {
  const { key, item } = entry;
  const meaning = meanings.get(key);
  if (meaning?.kind !== 'point' || !hasLabel(item)) return null;
  const parts =
    itemText(item, 'label') === ''
      ? null
      : partsOf(item).map((part, i) =>
          i % 2 === 0 ? part : (valuesOf(meanings.get(labelKey(key, i))) ?? `\${${part}}`),
        );
  const size = Math.min(4, Math.max(0.5, readNumber(entry, 'labelSize', meanings, 1)));
  const { color, dotted, pointSize } = readStyle(entry, meaning, meanings);
  return {
    key,
    points: meaning.points,
    color,
    parts,
    size,
    radius: dotted && !isHidden(item) ? pointSize / 2 : 0,
    // Before version 9 the longer words had a field of their own.
    place: itemText(item, 'extendedLabelOrientation') || itemText(item, 'labelOrientation'),
    angle: readNumber(entry, 'labelAngle', meanings, 0) * (degreeMode ? Math.PI / 180 : 1),
    rimmed: item.suppressTextOutline !== true,
  };
}

/** @param {unknown} item @returns {item is Record<string, unknown>} */
function hasLabel(item) {
  return isRecord(item) && item.showLabel === true;
}

/** @param {unknown} item @returns {string[]} text and formulas alternating */
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
