import { axisLabel, formatNumber } from './axis-label.js';

export { formatNumber };

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
 *
 * @typedef {object} TickOptions
 * @property {number} [spacing] smallest distance of two numbers in pixels
 * @property {number} [step] the distance that is wished for; 0: a round one
 * @property {number} [parts] into how many it is cut by fine lines; 0: as suits it
 * @property {boolean} [degrees] a step that is wished for is an angle in degrees
 */

/** Numbers nearer than this, in pixels, would crowd. */
const DEFAULT_SPACING = 70;
/** More lines than this are never made, whatever is asked for. */
const MAX_LINES = 2000;
/** Fine lines nearer than this, in pixels, would look like a tone. */
const FINEST = 4;

/**
 * Round steps (1, 2 or 5 times a power of ten) for an axis from min to max drawn over so many pixels, or those that are
 * wished for, if there is room for them, and otherwise twice, four times, … as long ones.
 *
 * @param {number} min
 * @param {number} max
 * @param {number} pixels
 * @param {TickOptions} [options]
 * @returns {Ticks}
 */
export function ticks(min, max, pixels, { spacing = DEFAULT_SPACING, step: wished = 0, parts: wishedParts = 0, degrees = false } = {}) {
  const least = ((max - min) * spacing) / Math.max(pixels, 1);
  const { step, factor, parts, place } = isUsable(wished, least, max - min) ? wishedStep(wished, least) : niceStep(least);
  const cuts = fitting(wishedParts > 1 ? wishedParts : parts, (step / (max - min)) * pixels);
  const name = axisLabel(wished > 0 ? { step, degrees, pi: !degrees } : { step, degrees: false, pi: false });
  const major = multiples(min, max, step).map((k) => {
    const value = place(k * factor);
    return { value, label: name(value, k) };
  });
  const minorStep = step / cuts;
  const minor = multiples(min, max, minorStep).filter((k) => k % cuts !== 0).map((k) => k * minorStep);
  return { step, minorStep, major, minor };
}

/** @typedef {{step: number, factor: number, parts: number, place: (k: number) => number}} Step place: of k factors */

/** A step that is wished for makes no sense where not even one fits on the screen. @param {number} step @param {number} least @param {number} span */
function isUsable(step, least, span) {
  return Number.isFinite(step) && step > 0 && step <= span && least / step < 2 ** 40;
}

/** @param {number} wished @param {number} least @returns {Step} */
function wishedStep(wished, least) {
  let factor = 1;
  while (wished * factor < least * (1 - 1e-9)) factor *= 2;
  return { step: wished * factor, factor, parts: 4, place: (k) => Number((k * wished).toPrecision(15)) };
}

/** The smallest round step that is not below the given one. @param {number} least @returns {Step} */
function niceStep(least) {
  let power = Math.floor(Math.log10(least));
  const mantissa = least / 10 ** power;
  // A hair of tolerance: 2.0000000000000004 is meant to be 2.
  const fits = [1, 2, 5].find((f) => f >= mantissa * (1 - 1e-9));
  if (fits === undefined) power += 1;
  const factor = fits ?? 1;
  // The nearest double to the decimal number: 3 * 1e-1 in floating point is not 0.3.
  const place = (/** @type {number} */ k) => Number(`${k}e${power}`);
  return { step: place(factor), factor, parts: factor === 2 ? 4 : 5, place };
}

/** Into how many parts a step is cut that has so many pixels. @param {number} parts @param {number} pixels */
function fitting(parts, pixels) {
  const whole = Math.min(Math.round(parts), 100);
  return pixels / whole >= FINEST ? whole : 1;
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
