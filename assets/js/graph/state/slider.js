import { itemLatex } from './item.js';
import { isRecord } from './json.js';
import { readNumber } from './numbers.js';

/**
 * A slider for a number that has a name.
 *
 * @typedef {object} Slider
 * @property {number} value
 * @property {number} min
 * @property {number} max
 * @property {number} step 0 where the number may take any value
 */

/** `a=2`, `h_{1}=-0.5`: a name and nothing but a number. */
const NAMED_NUMBER = /^\s*([^=]+?)\s*=\s*(-?\s*(?:\d+\.?\d*|\.\d+))\s*$/;

const DEFAULT_MIN = -10;
const DEFAULT_MAX = 10;

/**
 * @param {import('./document.js').Entry} entry
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings
 * @returns {Slider | null} null where the line is no number with a name
 */
export function sliderOf(entry, meanings) {
  const meaning = meanings.get(entry.key);
  if (meaning?.kind !== 'value' || !meaning.definition || !NAMED_NUMBER.test(itemLatex(entry.item))) return null;
  const { value } = meaning;
  const limits = isRecord(entry.item) && isRecord(entry.item.slider) ? entry.item.slider : {};
  let min = readNumber(entry, 'slider.min', meanings, DEFAULT_MIN);
  let max = readNumber(entry, 'slider.max', meanings, DEFAULT_MAX);
  // A limit that is not hard gives way to a value typed beyond it.
  if (limits.hardMin !== true) min = Math.min(min, value);
  if (limits.hardMax !== true) max = Math.max(max, value);
  if (min >= max) return null;
  return { value, min, max, step: Math.max(0, readNumber(entry, 'slider.step', meanings, 0)) };
}

/**
 * The line with another number in it.
 *
 * @param {string} latex a line that `sliderOf` found to have a slider
 * @param {number} value
 * @param {Slider} slider
 * @returns {string}
 */
export function withSliderValue(latex, value, slider) {
  const name = latex.slice(0, latex.indexOf('=') + 1);
  return name + spell(value, slider);
}

/**
 * The number at a slider's position, with no more digits than the slider can be set to.
 *
 * @param {number} value
 * @param {Slider} slider
 * @returns {string} never in scientific notation, which LaTeX does not know
 */
function spell(value, { min, max, step }) {
  const finest = step > 0 ? step : (max - min) / 1000;
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(finest)) + (step > 0 ? 2 : 0)));
  const text = value.toFixed(decimals);
  const short = decimals > 0 ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}
