import { exactForm } from '../../math/exact-number.js';
import { formatNumber } from '../../plot/draw/ticks.js';

/**
 * A number as it is told of a point.
 *
 * @typedef {object} Coordinate
 * @property {string} text as exact as can be told: √2
 * @property {string} decimal with as many digits as the screen can tell apart: 1.414
 * @property {string} spoken
 */

/**
 * @param {number} value
 * @param {number} error the true number lies within it; Infinity where that is not known
 * @param {number} pixel width of a pixel, in units of the plane
 * @returns {Coordinate}
 */
export function coordinate(value, error, pixel) {
  const decimal = decimalText(value, pixel);
  const exact = exactForm(value, error);
  if (exact === null) return { text: decimal, decimal, spoken: spokenNumber(decimal) };
  if (exact.isDecimal) return { text: exact.text, decimal: exact.text, spoken: exact.spoken };
  const isRoundedOff = Number(value.toPrecision(14)) !== roundedTo(value, pixel);
  return { text: exact.text, decimal, spoken: `${exact.spoken}, ${isRoundedOff ? 'about ' : ''}${spokenNumber(decimal)}` };
}

/**
 * @param {number} value
 * @param {number} pixel width of a pixel, in units of the plane
 * @returns {string} to a tenth of a pixel at least
 */
export function decimalText(value, pixel) {
  return formatNumber(roundedTo(value, pixel));
}

/** @param {number} value @param {number} pixel */
function roundedTo(value, pixel) {
  const power = Math.floor(Math.log10(pixel)) - 1;
  if (power < 0) return Number(value.toFixed(Math.min(100, -power)));
  return Number(`${Math.round(value / 10 ** power)}e${power}`);
}

/**
 * @param {string} text as formatNumber writes it
 * @returns {string}
 */
function spokenNumber(text) {
  const plain = text.replace(/10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) => `10 to the ${[...power].map((c) => (c === '⁻' ? 'minus ' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('')}`);
  return plain.replace('×', ' times ').replaceAll('−', 'minus ');
}
