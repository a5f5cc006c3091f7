import { exactForm } from '../../math/exact-number.js';
import { formatNumber } from '../../plot/draw/ticks.js';

/**
 * A coordinate as text.
 *
 * @typedef {object} Coordinate
 * @property {string} text as exact as possible: √2
 * @property {string} decimal with the digits that the screen can resolve: 1.414
 * @property {string} spoken
 */

/**
 * @param {number} value
 * @param {number} error bound of the error; Infinity if unknown
 * @param {number} pixel width of a pixel, in plane units
 * @returns {Coordinate}
 */
export function coordinate(value, error, pixel) {
  const decimal = decimalText(value, pixel);
  const exact = exactForm(value, error);
  if (exact === null) return { text: decimal, decimal, spoken: spokenNumber(decimal) };
  if (exact.isDecimal) return { text: exact.text, decimal: exact.text, spoken: exact.spoken };
  const isRoundedOff = Number(value.toPrecision(14)) !== roundedTo(value, pixel);
  return {
    text: exact.text,
    decimal,
    spoken: `${exact.spoken}, ${isRoundedOff ? 'about ' : ''}${spokenNumber(decimal)}`,
  };
}

/**
 * @param {number} value
 * @param {number} pixel width of a pixel, in plane units
 * @returns {string} accurate to at least a tenth of a pixel
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
 * @param {string} text as written by formatNumber
 * @returns {string}
 */
function spokenNumber(text) {
  const plain = text.replace(
    /10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
    (_, power) => `10 to the ${[...power].map((c) => (c === '⁻' ? 'minus ' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('')}`,
  );
  return plain.replace('×', ' times ').replaceAll('−', 'minus ');
}
