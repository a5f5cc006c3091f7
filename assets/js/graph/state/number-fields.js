import { isRecord } from './json.js';

/**
 * Numbers of an item other than its formula: style and slider fields, which the format keeps as LaTeX (`"2.5"`, but
 * `"b"` is allowed too). A plain number is read here; anything else becomes a line of its own for the language.
 */

/** Fields that hold a number as LaTeX (`center`: a point), by their path in the item. */
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

/** Between an entry's key and the field: a character that no id typed by people contains. */
const SEPARATOR = '\u0000';

/**
 * @param {string} key of an entry
 * @param {string} field
 * @returns {string} the id of the line that stands for the field
 */
export function fieldKey(key, field) {
  return key + SEPARATOR + field;
}

/**
 * The fields of an item that only the language can read.
 *
 * @param {import('./document.js').Entry} entry
 * @returns {{id: string, latex: string}[]} lines to interpret together with the list's own
 */
export function numberLines({ key, item }) {
  const lines = [];
  for (const field of FIELDS) {
    const latex = fieldValue(item, field);
    // With an equals sign it would define a name, which a style has no business to.
    if (typeof latex !== 'string' || !latex || PLAIN_NUMBER.test(latex) || latex.includes('=')) continue;
    lines.push({ id: fieldKey(key, field), latex });
  }
  return lines;
}

/**
 * @param {import('./document.js').Entry} entry
 * @param {string} field one of the fields above
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings of all lines, those of `numberLines` among them
 * @param {number} fallback where the field is absent or no number
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
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings as for `readNumber`
 * @param {{x: number, y: number}} fallback where the field is absent or no point
 * @returns {{x: number, y: number}}
 */
export function readPoint({ key }, field, meanings, fallback) {
  const meaning = meanings.get(fieldKey(key, field));
  const [point] = meaning?.kind === 'point' ? meaning.points : [];
  return point && Number.isFinite(point.x) && Number.isFinite(point.y) ? { x: point.x, y: point.y } : fallback;
}

/**
 * @param {unknown} value of a field
 * @returns {boolean} whether it is a number as it stands, rather than a formula
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
