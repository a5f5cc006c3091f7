import { itemLatex, itemText } from './item.js';
import { isRecord } from './json.js';

/**
 * Lines with a fit, y_1 ~ m x_1 + b: what the state keeps of them besides their formula.
 */

/** Values that differ by less than this part are the same: another program's last digits are no edit. */
const SAME = 1e-6;

/** A fit of heights over places: `y_1 ~` and a formula. */
const HEIGHTS = /^\s*y_(?:\{\w+\}|\w)\s*(?:\\sim|~)([^]*)$/;

/** A column of places. */
const PLACES = /(?<!\\[a-zA-Z]*)x_(?:\{\w+\}|\w)/g;

/** Between an entry's key and what is made of it: a character that no id typed by people contains. */
const SEPARATOR = '\u0000';

/**
 * The curve that a fit is drawn as: its formula with x in the place of the data.
 *
 * @param {import('./document.js').Entry} entry
 * @returns {import('../lang/index.js').InputLine[]} a line to interpret together with the list's own; none where the fit is
 *   not one of heights over places
 */
export function fitCurveLines({ key, item }) {
  const formula = HEIGHTS.exec(itemLatex(item))?.[1] ?? '';
  const columns = new Set(Array.from(formula.matchAll(PLACES), ([name]) => name.replace(/[{}]/g, '')));
  return columns.size === 1 ? [{ id: fitCurveKey(key), latex: `y=${formula.replace(PLACES, 'x')}` }] : [];
}

/**
 * @param {string} key of an entry
 * @returns {string} the key under which the meanings have the curve of its fit
 */
export function fitCurveKey(key) {
  return `${key}${SEPARATOR}fit`;
}

/**
 * @param {import('./item.js').Item} item
 * @returns {{residuals?: string, start: Record<string, number>, logMode: boolean}} what the language is to know of it
 */
export function regressionFields(item) {
  const kept = isRecord(item) && isRecord(item.regressionParameters) ? item.regressionParameters : {};
  const start = Object.entries(kept).flatMap(([name, value]) =>
    (typeof value === 'number' && Number.isFinite(value) ? [[name.replace(/_(\w+)$/, '_{$1}'), value]] : []));
  return {
    ...(itemText(item, 'residualVariable') ? { residuals: itemText(item, 'residualVariable') } : {}),
    start: Object.fromEntries(start),
    logMode: isRecord(item) && item.isLogModeRegression === true,
  };
}

/**
 * Writes down what the fits have found, so that a page that does not work them out can draw them. To be called after an
 * edit: opening a graph is none.
 *
 * @param {import('./document.js').GraphDocument} document
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings of its list
 */
export function keepFits(document, meanings) {
  for (const { key, item } of document.entries) {
    const meaning = meanings.get(key);
    const values = meaning?.kind === 'regression' && meaning.solution?.values;
    if (values && !isSame(values, regressionFields(item).start)) document.settle(key, { regressionParameters: { ...values } });
  }
}

/**
 * @param {Readonly<Record<string, number>>} a
 * @param {Readonly<Record<string, number>>} b
 */
function isSame(a, b) {
  const names = Object.keys(a);
  // A parameter that is 0 is found as the last digits of the others.
  const nothing = SAME * Math.max(...Object.values(a).map(Math.abs));
  return names.length === Object.keys(b).length
    && names.every((name) => Math.abs(a[name] - b[name]) <= SAME * Math.max(Math.abs(a[name]), Math.abs(b[name]), nothing));
}
