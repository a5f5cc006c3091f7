import { interpret } from '../lang/index.js';
import { safeColor } from './color.js';
import { isHidden, itemKind, itemLatex, itemText } from './item.js';
import { isRecord } from './json.js';
import { numberLines, readNumber } from './numbers.js';
import { regressionFields } from './regression.js';

/** @typedef {import('../lang/index.js').Meaning} Meaning */

/**
 * How an item is to be drawn; lengths in CSS pixels, opacities from 0 to 1.
 *
 * @typedef {object} Style
 * @property {string} color
 * @property {'SOLID' | 'DASHED' | 'DOTTED'} lineStyle
 * @property {number} lineWidth
 * @property {number} lineOpacity
 * @property {'POINT' | 'OPEN' | 'CROSS'} pointStyle
 * @property {number} pointSize diameter
 * @property {number} pointOpacity
 * @property {boolean} joined the points of a list are joined by lines
 * @property {boolean} dotted the points themselves are shown
 * @property {boolean} filled what it encloses is shaded
 * @property {number} fillOpacity
 * @property {boolean} outlined the edges of a shaded region are drawn
 */

/**
 * What there is to draw of one entry. Of a curve with a parameter, `domain` has the ends that the entry names.
 *
 * @typedef {{key: string, latex: string, meaning: Meaning, style: Style, domain: {min?: number, max?: number}}} Drawable
 */

/**
 * The list, understood: what every line means, and what is to be drawn, in order.
 *
 * @typedef {{meanings: ReadonlyMap<string, Meaning>, drawables: readonly Drawable[]}} Scene
 */

/** @type {ReadonlySet<Meaning['kind']>} */
const DRAWN = new Set(['function', 'point', 'implicit', 'inequality', 'polar', 'parametric']);

/**
 * @param {readonly import('./document.js').Entry[]} entries
 * @param {{degreeMode: boolean}} settings
 * @param {import('../lang/types.js').Solve} [solve] works out fits; without it, what the state kept of them holds
 * @returns {Scene}
 */
export function sceneOf(entries, { degreeMode }, solve) {
  const expressions = entries.filter((entry) => itemKind(entry.item) === 'expression');
  const lines = expressions.flatMap((entry) => [
    { id: entry.key, latex: itemLatex(entry.item), ...regressionFields(entry.item) },
    ...numberLines(entry),
  ]);
  const meanings = interpret(lines, { degreeMode, solve });
  const hiddenFolders = idsOfHiddenFolders(entries);
  const drawables = expressions
    .filter(({ item }) => !isHidden(item) && !hiddenFolders.has(itemText(item, 'folderId')))
    .flatMap((entry) => {
      const meaning = meanings.get(entry.key);
      if (!meaning || !isDrawn(meaning)) return [];
      const [style, domain] = [readStyle(entry, meaning, meanings), readDomain(entry, meaning, meanings)];
      return [{ key: entry.key, latex: itemLatex(entry.item), meaning, style, domain }];
    });
  return { meanings, drawables };
}

/**
 * @param {Meaning} meaning
 * @returns {boolean} whether there is something of it on the plane
 */
export function isDrawn(meaning) {
  return DRAWN.has(meaning.kind);
}

/**
 * @param {import('./document.js').Entry} entry
 * @param {Meaning} meaning
 * @param {ReadonlyMap<string, Meaning>} meanings
 * @returns {Style}
 */
function readStyle(entry, meaning, meanings) {
  const item = isRecord(entry.item) ? entry.item : {};
  /** @type {(field: string, fallback: number, low: number, high: number) => number} */
  const number = (field, fallback, low, high) =>
    Math.min(high, Math.max(low, readNumber(entry, field, meanings, fallback)));
  return {
    color: safeColor(item.color),
    lineStyle: item.lineStyle === 'DASHED' || item.lineStyle === 'DOTTED' ? item.lineStyle : 'SOLID',
    lineWidth: number('lineWidth', 2.5, 0, 40),
    lineOpacity: number('lineOpacity', 0.9, 0, 1),
    pointStyle: item.pointStyle === 'OPEN' || item.pointStyle === 'CROSS' ? item.pointStyle : 'POINT',
    pointSize: number('pointSize', 9, 0, 80),
    pointOpacity: number('pointOpacity', 0.9, 0, 1),
    joined: item.lines === true,
    dotted: item.points !== false,
    filled: meaning.kind === 'inequality' ? item.fill !== false : item.fill === true,
    fillOpacity: number('fillOpacity', 0.4, 0, 1),
    outlined: item.lines !== false,
  };
}

/**
 * The ends of a parameter. `domain` is what older states have for both kinds of curves.
 *
 * @param {import('./document.js').Entry} entry
 * @param {Meaning} meaning
 * @param {ReadonlyMap<string, Meaning>} meanings
 * @returns {Drawable['domain']}
 */
function readDomain(entry, meaning, meanings) {
  if (meaning.kind !== 'polar' && meaning.kind !== 'parametric') return {};
  const field = meaning.kind === 'polar' ? 'polarDomain' : 'parametricDomain';
  /** @type {Drawable['domain']} */
  const domain = {};
  for (const end of /** @type {const} */ (['min', 'max'])) {
    const value = readNumber(entry, `${field}.${end}`, meanings, readNumber(entry, `domain.${end}`, meanings, NaN));
    if (!Number.isNaN(value)) domain[end] = value;
  }
  return domain;
}

/**
 * A folder that is switched off takes its members with it.
 *
 * @param {readonly import('./document.js').Entry[]} entries
 * @returns {Set<string>}
 */
function idsOfHiddenFolders(entries) {
  const folders = entries.filter(({ item }) => itemKind(item) === 'folder' && isHidden(item));
  return new Set(folders.map(({ item }) => itemText(item, 'id')));
}
