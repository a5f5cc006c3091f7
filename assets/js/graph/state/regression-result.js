import { itemLatex, itemText } from './item.js';
import { isRecord } from './json.js';

/** Regression lines, y_1 ~ m x_1 + b: what the state keeps about them besides their formula. */

/** Values that differ by less than this fraction are the same: another program's last digits are not an edit. */
const SAME = 1e-6;

/** A regression of y on x: `y_1 ~` and a formula. */
const HEIGHTS = /^\s*y_(?:\{\w+\}|\w)\s*(?:\\sim|~)([^]*)$/;

/** A column of x values. */
const PLACES = /(?<!\\[a-zA-Z]*)x_(?:\{\w+\}|\w)/g;

/** Separates an entry's key from its suffix: a character that does not occur in ids typed by people. */
const SEPARATOR = '\u0000';

/**
 * Returns the line for the curve of a regression: its formula with x in place of the data.
 *
 * @param {import('./document.js').Entry} entry
 * @returns {import('../lang/index.js').InputLine[]} a line to interpret together with the list's own; empty if it is
 *   not a regression of y on x
 */
export function fitCurveLines({ key, item }) {
  const formula = HEIGHTS.exec(itemLatex(item))?.[1] ?? '';
  const columns = new Set(Array.from(formula.matchAll(PLACES), ([name]) => name.replace(/[{}]/g, '')));
  return columns.size === 1 ? [{ id: fitCurveKey(key), latex: `y=${formula.replace(PLACES, 'x')}` }] : [];
}

/**
 * @param {string} key key of an entry
 * @returns {string} the key of the regression's curve in the meanings
 */
export function fitCurveKey(key) {
  return `${key}${SEPARATOR}fit`;
}

/**
 * @param {import('./item.js').Item} item
 * @returns {{residuals?: string, start: Record<string, number>, logMode: boolean}} the fields that the language needs
 */
export function regressionFields(item) {
  const kept = isRecord(item) && isRecord(item.regressionParameters) ? item.regressionParameters : {};
  const start = Object.entries(kept).flatMap(([name, value]) =>
    typeof value === 'number' && Number.isFinite(value) ? [[name.replace(/_(\w+)$/, '_{$1}'), value]] : [],
  );
  return {
    ...(itemText(item, 'residualVariable') ? { residuals: itemText(item, 'residualVariable') } : {}),
    start: Object.fromEntries(start),
    logMode: isRecord(item) && item.isLogModeRegression === true,
  };
}

/**
 * Writes the results of regressions into the state, so that a page that does not fit can draw them. Called after an
 * edit; opening a graph is not an edit.
 *
 * @param {import('./document.js').GraphDocument} document
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings meanings of its list
 */
export function keepFits(document, meanings) {
  for (const { key, item } of document.entries) {
    const meaning = meanings.get(key);
    const values = meaning?.kind === 'regression' && meaning.solution?.values;
    if (values && !isSame(values, regressionFields(item).start))
      document.settle(key, { regressionParameters: { ...values } });
  }
}

/**
 * @param {Readonly<Record<string, number>>} a
 * @param {Readonly<Record<string, number>>} b
 */
function isSame(a, b) {
  const names = Object.keys(a);
  // A parameter that is 0 is found as rounding noise of the others.
  const nothing = SAME * Math.max(...Object.values(a).map(Math.abs));
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Math.abs(a[name] - b[name]) <= SAME * Math.max(Math.abs(a[name]), Math.abs(b[name]), nothing))
  );
}
