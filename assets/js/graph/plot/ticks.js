/**
 * Where an axis carries its lines and numbers.
 *
 * @typedef {object} Tick
 * @property {number} value place on the axis
 * @property {string} label what is written there
 *
 * @typedef {object} Ticks
 * @property {number} step distance of two numbers
 * @property {number} minorStep distance of two fine lines between them
 * @property {Tick[]} major every multiple of step from min to max
 * @property {number[]} minor the places of fine lines, without those of major
 */

/** Numbers nearer than this, in pixels, would crowd. */
const DEFAULT_SPACING = 70;
/** More lines than this are never made, whatever is asked for. */
const MAX_LINES = 2000;
/** From here on a power of ten is written: 100000 still has room, 1000000 has not. */
const LARGE = 1e6;
const SMALL = 1e-4;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Round steps (1, 2 or 5 times a power of ten) for an axis from min to max drawn over so many pixels.
 *
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 * @param {number} [spacing] smallest distance of two numbers in pixels
 * @returns {Ticks}
 */
export function ticks(min, max, pixels, spacing = DEFAULT_SPACING) {
  const { factor, power, parts } = niceStep(((max - min) * spacing) / Math.max(pixels, 1));
  const step = decimal(factor, power);
  const minorStep = step / parts;
  const major = multiples(min, max, step).map((k) => {
    const value = decimal(k * factor, power);
    return { value, label: formatNumber(value) };
  });
  const minor = multiples(min, max, minorStep).filter((k) => k % parts !== 0).map((k) => k * minorStep);
  return { step, minorStep, major, minor };
}

/**
 * The smallest round step that is not below the given one, and into how many parts it is cut.
 *
 * @param {number} least
 */
function niceStep(least) {
  let power = Math.floor(Math.log10(least));
  const mantissa = least / 10 ** power;
  // A hair of tolerance: 2.0000000000000004 is meant to be 2.
  const fits = [1, 2, 5].find((f) => f >= mantissa * (1 - 1e-9));
  if (fits === undefined) power += 1;
  const factor = fits ?? 1;
  return { factor, power, parts: factor === 2 ? 4 : 5 };
}

/**
 * The whole numbers k for which k * step lies in the range.
 *
 * @param {number} min
 * @param {number} max
 * @param {number} step
 */
function multiples(min, max, step) {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const found = [];
  for (let k = first; k <= last && found.length < MAX_LINES; k++) found.push(k === 0 ? 0 : k);
  return found;
}

/**
 * factor * 10^power, the nearest double to the decimal number (3 * 1e-1 in floating point is not 0.3).
 *
 * @param {number} factor
 * @param {number} power
 */
function decimal(factor, power) {
  return Number(`${factor}e${power}`);
}

/**
 * A number as it is written at an axis: with a true minus sign, without the noise of floating point, and with a power of
 * ten where it would not fit.
 *
 * @param {number} value
 * @returns {string}
 */
export function formatNumber(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size < LARGE && size >= SMALL) return sign + String(Number(size.toPrecision(12)));
  const [mantissa, exponent] = Number(size.toPrecision(12)).toExponential().split('e');
  const power = `10${superscript(Number(exponent))}`;
  return sign + (mantissa === '1' ? power : `${mantissa}×${power}`);
}

/** @param {number} n */
function superscript(n) {
  const digits = [...String(Math.abs(n))].map((d) => SUPERSCRIPTS[Number(d)]).join('');
  return (n < 0 ? '⁻' : '') + digits;
}
