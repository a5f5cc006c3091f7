import { interpret } from '../lang/index.js';
import { photosOf } from './image.js';
import { isHidden, itemKind, itemLatex, itemText } from './item.js';
import { labelLines, readLabel } from './label.js';
import { numberLines, readNumber } from './number-fields.js';
import { fitCurveKey, fitCurveLines, regressionFields } from './regression-result.js';
import { readStyle } from './style.js';
import { tableDrawables, tableLines } from './table-scene.js';

/** @typedef {import('../lang/index.js').Meaning} Meaning */

/** @typedef {import('./style.js').Style} Style */
/** @typedef {import('./label.js').Label} Label */

/**
 * What is drawn for one entry. For a curve with a parameter, `domain` has the ends that the entry sets.
 *
 * @typedef {{key: string, latex: string, meaning: Meaning, style: Style, domain: {min?: number, max?: number}}}
 *   Drawable
 */

/**
 * The interpreted list: the meaning of every line, and what is drawn, in order; labels (including those of hidden
 * points) and photos (including hidden ones) are separate.
 *
 * @typedef {object} Scene
 * @property {ReadonlyMap<string, Meaning>} meanings
 * @property {readonly Drawable[]} drawables
 * @property {readonly Label[]} labels
 * @property {readonly import('./image.js').Photo[]} photos
 */

/** @type {ReadonlySet<Meaning['kind']>} */
const DRAWN = new Set(['function', 'point', 'implicit', 'inequality', 'polar', 'parametric']);

/**
 * @param {readonly import('./document.js').Entry[]} entries
 * @param {{degreeMode: boolean, randomSeed?: string}} settings
 * @param {import('../lang/types.js').Solve} [solve] fits regressions; without it, the results in the state are used
 * @returns {Scene}
 */
export function sceneOf(entries, { degreeMode, randomSeed }, solve) {
  const lines = entries.flatMap((entry) => {
    const kind = itemKind(entry.item);
    if (kind === 'table') return tableLines(entry);
    if (kind === 'image') return numberLines(entry);
    if (kind !== 'expression') return [];
    const own = { id: entry.key, latex: itemLatex(entry.item), ...regressionFields(entry.item) };
    return [own, ...fitCurveLines(entry), ...numberLines(entry), ...labelLines(entry)];
  });
  const meanings = interpret(lines, { degreeMode, solve, randomSeed });
  const hiddenFolders = idsOfHiddenFolders(entries);
  const shown = entries.filter(({ item }) => !hiddenFolders.has(itemText(item, 'folderId')));
  const drawables = shown
    .filter(({ item }) => !isHidden(item))
    .flatMap((entry) => {
      if (itemKind(entry.item) === 'table') return tableDrawables(entry, meanings);
      const own = meanings.get(entry.key);
      const meaning = own?.kind === 'regression' ? meanings.get(fitCurveKey(entry.key)) : own;
      if (!meaning || !isDrawn(meaning)) return [];
      const [style, domain] = [readStyle(entry, meaning, meanings), readDomain(entry, meaning, meanings)];
      return [{ key: entry.key, latex: itemLatex(entry.item), meaning, style, domain }];
    });
  const labels = shown.flatMap((entry) => readLabel(entry, meanings, { degreeMode }) ?? []);
  return { meanings, drawables, labels, photos: photosOf(entries, meanings, { degreeMode }, hiddenFolders) };
}

/**
 * @param {Meaning} meaning
 * @returns {boolean} whether it is drawn on the plane
 */
export function isDrawn(meaning) {
  return DRAWN.has(meaning.kind) || (meaning.kind === 'regression' && meaning.solution !== null);
}

/**
 * Reads the ends of a parameter, if the line itself does not set them. Older states use `domain` for both kinds of
 * curves.
 *
 * @param {import('./document.js').Entry} entry
 * @param {Meaning} meaning
 * @param {ReadonlyMap<string, Meaning>} meanings
 * @returns {Drawable['domain']}
 */
function readDomain(entry, meaning, meanings) {
  if (meaning.kind !== 'polar' && meaning.kind !== 'parametric') return {};
  if (meaning.kind === 'parametric' && meaning.domain) return meaning.domain;
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
 * Hiding a folder hides its members.
 *
 * @param {readonly import('./document.js').Entry[]} entries
 * @returns {Set<string>}
 */
function idsOfHiddenFolders(entries) {
  const folders = entries.filter(({ item }) => itemKind(item) === 'folder' && isHidden(item));
  return new Set(folders.map(({ item }) => itemText(item, 'id')).filter(Boolean));
}
