import { isRecord } from './json.js';

/**
 * Numeric fields of an item other than its formula: style and slider fields, which the format keeps as LaTeX (`"2.5"`,
 * but also `"b"`). A plain number is read here; anything else becomes a line for the language.
 */

/** Fields that hold a number (`center`: a point) as LaTeX, by their path in the item. */
const FIELDS = [
  'lineWidth',
  'lineOpacity',
  'pointSize',
  'pointOpacity',
  'fillOpacity',
  'labelSize',
  'labelAngle',
  'parametricDomain.min',
  'parametricDomain.max',
  'polarDomain.min',
  'polarDomain.max',
  'domain.min',
  'domain.max',
  'slider.min',
  'slider.max',
  'slider.step',
  'width',
  'height',
  'angle',
  'opacity',
  'center',
];

const PLAIN_NUMBER = /^\s*-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** Separates an entry's key from the field: a character that does not occur in ids typed by people. */
const SEPARATOR = '\u0000';

/**
 * @param {string} key key of an entry
 * @param {string} field
 * @returns {string} the id of the line for the field
 */
export function fieldKey(key, field) {
  return key + SEPARATOR + field;
}

/**
 * Returns the fields of an item that need the language.
 *
 * @param {import('./document.js').Entry} entry
 * @returns {{id: string, latex: string}[]} lines to interpret together with the list's own
 */
export function numberLines({ key, item }) {
  const lines = [];
  for (const field of FIELDS) {
    const latex = fieldValue(item, field);
    // With an equals sign it would define a name, which a style must not.
    if (typeof latex !== 'string' || !latex || PLAIN_NUMBER.test(latex) || latex.includes('=')) continue;
    lines.push({ id: fieldKey(key, field), latex });
  }
  return lines;
}

/**
 * @param {import('./document.js').Entry} entry
 * @param {string} field one of the fields above
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings of all lines, including `numberLines`
 * @param {number} fallback if the field is missing or not a number
 * @returns {number}
 */
export function readNumber({ key, item }, field, meanings, fallback) {
  const raw = fieldValue(item, field);
  if (isPlainNumber(raw)) return Number.isFinite(Number(raw)) ? Number(raw) : fallback;
  const meaning = meanings.get(fieldKey(key, field));
  return meaning?.kind === 'value' && Number.isFinite(meaning.value) ? meaning.value : fallback;
}

/**
 * @param {import('./document.js').Entry} entry
 * @param {string} field one of the fields above
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings like for `readNumber`
 * @param {{x: number, y: number}} fallback if the field is missing or not a point
 * @returns {{x: number, y: number}}
 */
export function readPoint({ key }, field, meanings, fallback) {
  const meaning = meanings.get(fieldKey(key, field));
  const [point] = meaning?.kind === 'point' ? meaning.points : [];
  return point && Number.isFinite(point.x) && Number.isFinite(point.y) ? { x: point.x, y: point.y } : fallback;
}

/**
 * @param {unknown} value value of a field
 * @returns {boolean} whether it is a plain number rather than a formula
 */
export function isPlainNumber(value) {
  return typeof value === 'number' || (typeof value === 'string' && PLAIN_NUMBER.test(value));
}

/**
 * @param {unknown} item
 * @param {string} path
 * @returns {unknown}
 */
function fieldValue(item, path) {
  let value = item;
  for (const name of path.split('.')) {
    if (!isRecord(value)) return undefined;
    value = value[name];
  }
  return value;
}
