import { itemKind, itemLatex, itemText } from '../../state/item.js';
import { isRecord } from '../../state/json.js';
import { domainOf } from '../../plot/sample/path.js';
import { formatNumber } from '../../plot/draw/ticks.js';
import { regressionMessage } from '../fit/describe.js';
import { labelWords, loneLabels } from './describe-label.js';
import { toPlain } from '../input/to-plain.js';
import { toSpoken } from '../input/to-spoken.js';

/** Descriptions of graphs, curves and items in words. */

/** Curves that the description of a graph names one by one; the rest are counted. */
const NAMED_CURVES = 6;

/** @type {Record<string, string>} */
const COLOR_NAMES = {
  '#c74440': 'red',
  '#2d70b3': 'blue',
  '#388c46': 'green',
  '#6042a6': 'purple',
  '#fa7e19': 'orange',
  '#000000': 'black',
};

/**
 * @param {string} color
 * @returns {string} its name; a colour outside the palette is `own colour`
 */
export function colorName(color) {
  return COLOR_NAMES[color.toLowerCase()] ?? (/^[a-z]+$/i.test(color) ? color : 'own colour');
}

/**
 * @param {Partial<Pick<import('../../state/scene.js').Scene, 'drawables' | 'labels' | 'photos'>>} scene
 * @param {import('../../plot/viewport.js').Viewport} viewport
 * @returns {string} the graph in words
 */
export function describeGraph({ drawables = [], labels = [], photos = [] }, viewport) {
  const named = drawables.slice(0, NAMED_CURVES).map((drawable) =>
    nameOf(
      drawable,
      labels.find(({ key }) => key === drawable.key),
    ),
  );
  const more = drawables.length - named.length;
  if (more > 0) named.push(`${more} more`);
  const what = named.length > 0 ? `Graph of ${named.join('; ')}.` : 'Empty graph.';
  return `${what}${describeLabels(loneLabels({ drawables, labels }))}${describePhotos(photos)} ${describeView(viewport)}`;
}

/**
 * @param {import('../../plot/viewport.js').Viewport} viewport
 * @returns {string} the visible part of the plane in words
 */
export function describeView({ xmin, xmax, ymin, ymax }) {
  return `x from ${range(xmin, xmax)}, y from ${range(ymin, ymax)}.`;
}

/** @param {readonly import('../../state/label.js').Label[]} labels whose points are hidden */
function describeLabels(labels) {
  const named = labels.slice(0, NAMED_CURVES).map((label) => labelWords(label));
  const more = labels.length - named.length;
  return named.length > 0 ? ` With the words ${[...named, ...(more > 0 ? [`${more} more`] : [])].join('; ')}.` : '';
}

/** @param {readonly import('../../state/image.js').Photo[]} photos */
function describePhotos(photos) {
  const shown = photos.filter(({ hidden }) => !hidden);
  return shown
    .map(({ description }) => (description.trim() ? ` With a photo: ${description.trim()}.` : ' With a photo.'))
    .join('');
}

/**
 * @param {import('../../state/scene.js').Drawable} drawable
 * @param {import('../../state/label.js').Label} [label]
 * @returns {string} its formula, and what the formula does not show
 */
function nameOf({ latex, meaning, style, domain }, label) {
  const formula = toSpoken(latex);
  const words = label ? labelWords(label, latex) : '';
  if (words) return `${formula}, labelled ${words}`;
  if (meaning.kind === 'inequality') return style.filled ? `the shaded region ${formula}` : `the edge of ${formula}`;
  if (meaning.kind === 'polar') return `the polar curve ${formula}`;
  if (meaning.kind !== 'parametric') return formula;
  const { min, max } = domainOf(meaning, domain);
  return `the path of ${formula} for t from ${numberText(min)} to ${numberText(max)}`;
}

/**
 * @param {number} low
 * @param {number} high
 * @returns {string} both ends, with the digits that matter for the range
 */
function range(low, high) {
  const unit = 10 ** (Math.floor(Math.log10(high - low)) - 2);
  const [from, to] = [low, high].map((value) => formatNumber(Math.round(value / unit) * unit));
  return `${from} to ${to}`;
}

/**
 * The message under a line: its value, a note, or its error.
 *
 * @typedef {{tone: 'value' | 'note' | 'error', text: string, missing: readonly string[]}} Message
 */

/**
 * @param {import('../../state/scene.js').Meaning | undefined} meaning
 * @param {import('../../state/item.js').Item} item
 * @returns {Message | null}
 */
export function messageOf(meaning, item) {
  if (!meaning) return null;
  if (meaning.kind === 'error') return { tone: 'error', text: meaning.message, missing: meaning.missing ?? [] };
  if (meaning.kind === 'unsupported') return { tone: 'note', text: meaning.message, missing: [] };
  if (meaning.kind === 'regression') return regressionMessage(meaning);
  const text = valueText(meaning, itemLatex(item));
  return text ? { tone: 'value', text, missing: [] } : null;
}

/**
 * @param {import('../../state/scene.js').Meaning} meaning
 * @param {string} latex
 * @returns {string} empty if the line already shows its value
 */
function valueText(meaning, latex) {
  if (meaning.kind === 'value') {
    if (Number.isNaN(meaning.value)) return '= undefined';
    const text = numberText(meaning.value);
    return isWrittenOut(latex, text) ? '' : `= ${text}`;
  }
  if (meaning.kind === 'list') {
    const shown = meaning.values.slice(0, 6).map((value) => numberText(value));
    return `= [${shown.join(', ')}${meaning.values.length > 6 ? ', …' : ''}]`;
  }
  return '';
}

/**
 * @param {string} latex
 * @param {string} value
 * @returns {boolean} whether the line is just that number, alone or after a name
 */
function isWrittenOut(latex, value) {
  return (
    toPlain(latex)
      .replace(/^.* = /, '')
      .replace('-', '\u2212') === value
  );
}

/**
 * @param {number} value
 * @returns {string}
 */
function numberText(value) {
  if (Number.isFinite(value)) return formatNumber(Number(value.toPrecision(10)));
  return value > 0 ? 'infinity' : 'minus infinity';
}

/** @type {Record<string, string>} */
const KEPT = {
  table: 'Table',
  folder: 'Folder',
  image: 'Picture',
  simulation: 'Simulation',
  unknown: 'Something made elsewhere',
};

/**
 * @param {import('../../state/item.js').Item} item an item that cannot be edited here
 * @returns {{name: string, detail: string}} its kind and details
 */
export function describeKept(item) {
  const kind = itemKind(item);
  if (kind === 'text') return { name: 'Note', detail: itemText(item, 'text') };
  const detail = kind === 'table' ? columnNames(item) : itemText(item, kind === 'folder' ? 'title' : 'name');
  return { name: KEPT[kind], detail };
}

/**
 * @param {import('../../state/item.js').Item} item a table item
 * @returns {string}
 */
function columnNames(item) {
  const columns = isRecord(item) && Array.isArray(item.columns) ? item.columns : [];
  return columns
    .map((column) => toPlain(itemText(column, 'latex')))
    .filter(Boolean)
    .join(', ');
}
