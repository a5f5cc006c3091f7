import { axisLabel, formatNumber } from './axis-label.js';

export { formatNumber };

/**
 * The positions of the lines and numbers of an axis.
 *
 * @typedef {object} Tick
 * @property {number} value position on the axis
 * @property {string} label text of the number
 *
 * @typedef {object} Ticks
 * @property {number} step distance between numbers
 * @property {number} minorStep distance between minor lines
 * @property {Tick[]} major every multiple of step from min to max
 * @property {number[]} minor positions of minor lines, without those of major
 *
 * @typedef {object} TickOptions
 * @property {number} [spacing] least distance between numbers in pixels
 * @property {number} [step] requested distance; 0 for automatic
 * @property {number} [parts] number of parts between numbers; 0 for automatic
 * @property {boolean} [degrees] whether a requested step is an angle in degrees
 */

/** Default least distance between numbers in pixels. */
const DEFAULT_SPACING = 70;
/** The most lines, whatever is requested. */
const MAX_LINES = 2000;
/** Minor lines closer than this, in pixels, would look like a grey area. */
const FINEST = 4;

/**
 * Returns round steps (1, 2 or 5 times a power of ten) for an axis from min to max over so many pixels, or the
 * requested steps if there is space for them, otherwise doubled, quadrupled, ….
 *
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 * @param {TickOptions} [options]
 * @returns {Ticks}
 */
export function ticks(
  min,
  max,
  pixels,
  { spacing = DEFAULT_SPACING, step: wished = 0, parts: wishedParts = 0, degrees = false } = {},
) {
  const least = ((max - min) * spacing) / Math.max(pixels, 1);
  const { step, factor, parts, place } = isUsable(wished, least, max - min)
    ? wishedStep(wished, least)
    : niceStep(least);
  const cuts = fitting(wishedParts > 1 ? wishedParts : parts, (step / (max - min)) * pixels);
  const name = axisLabel(wished > 0 ? { step, degrees, pi: !degrees } : { step, degrees: false, pi: false });
  const major = multiples(min, max, step).map((k) => {
    const value = place(k * factor);
    return { value, label: name(value, k) };
  });
  const minorStep = step / cuts;
  const minor = multiples(min, max, minorStep)
    .filter((k) => k % cuts !== 0)
    .map((k) => k * minorStep);
  return { step, minorStep, major, minor };
}

/**
 * @typedef {{step: number, factor: number, parts: number, place: (k: number) => number}} Step place: the position of k
 *   factors
 */

/**
 * A requested step is useless if not even one fits on the screen.
 *
 * @param {number} step
 * @param {number} least
 * @param {number} span
 */
function isUsable(step, least, span) {
  return Number.isFinite(step) && step > 0 && step <= span && least / step < 2 ** 40;
}

/** @param {number} wished @param {number} least @returns {Step} */
function wishedStep(wished, least) {
  let factor = 1;
  while (wished * factor < least * (1 - 1e-9)) factor *= 2;
  return { step: wished * factor, factor, parts: 4, place: (k) => Number((k * wished).toPrecision(15)) };
}

/** The smallest round step that is not less than the given one. @param {number} least @returns {Step} */
function niceStep(least) {
  let power = Math.floor(Math.log10(least));
  const mantissa = least / 10 ** power;
  // A small tolerance: 2.0000000000000004 is meant to be 2.
  const fits = [1, 2, 5].find((f) => f >= mantissa * (1 - 1e-9));
  if (fits === undefined) power += 1;
  const factor = fits ?? 1;
  // The double nearest to the decimal number: 3 * 1e-1 in floating point is not 0.3.
  const place = (/** @type {number} */ k) => Number(`${k}e${power}`);
  return { step: place(factor), factor, parts: factor === 2 ? 4 : 5, place };
}

/** The number of parts that a step of so many pixels is divided into. @param {number} parts @param {number} pixels */
function fitting(parts, pixels) {
  const whole = Math.min(Math.round(parts), 100);
  return pixels / whole >= FINEST ? whole : 1;
}

/**
 * Returns the integers k for which k * step is in the range.
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
