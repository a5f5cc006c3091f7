import { formatNumber } from '../../plot/draw/ticks.js';
import { toPlain } from '../input/to-plain.js';

/** Messages about the result of a regression. */

const NO_VALUES = 'I found no values that suit these points. Try another formula.';
const NOT_SURE = 'More points are needed: other values would suit these as well.';

/**
 * @param {import('../../lang/types.js').RegressionMeaning} meaning
 * @returns {{tone: 'value' | 'note', text: string, missing: readonly string[]}} such as `m = 2.01, b = −0.98, R² = 0.997`
 */
export function regressionMessage({ names, message, solution }) {
  if (message || !solution) return { tone: 'note', text: message ?? NO_VALUES, missing: [] };
  const found = names.map((name) => `${toPlain(name)} = ${shortNumber(solution.values[name] ?? NaN)}`);
  const parts = [...found, ...rSquaredText(solution.rSquared)];
  return { tone: 'value', text: parts.join(', ') + (solution.isSure === false ? `. ${NOT_SURE}` : ''), missing: [] };
}

/**
 * @param {unknown} value
 * @returns {string[]} `R² = 0.997`; empty if it is not a number
 */
export function rSquaredText(value) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [];
  // A value below 1 must not be rounded to 1.
  const digits = value < 1 ? Math.min(value, 0.9999).toFixed(4) : '1';
  return [`R\u00b2 = ${Math.abs(1 - value) < 1e-9 ? '1' : formatNumber(Number(digits))}`];
}

/**
 * @param {number} value
 * @returns {string} rounded to four digits
 */
export function shortNumber(value) {
  return Number.isFinite(value) ? formatNumber(Number(value.toPrecision(4))) : 'undefined';
}
