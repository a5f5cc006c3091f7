import { itemLatex } from './item.js';
import { isRecord, withChanges } from './json.js';
import { readNumber } from './number-fields.js';

/**
 * What a playing slider does at an end of its track: reverse, restart, stop, or continue without end.
 *
 * @typedef {'LOOP_FORWARD_REVERSE' | 'LOOP_FORWARD' | 'PLAY_ONCE' | 'PLAY_INDEFINITELY'} LoopMode
 */

/**
 * The slider of a named number.
 *
 * @typedef {object} Slider
 * @property {number} value
 * @property {number} min
 * @property {number} max
 * @property {number} step 0 if any value is allowed
 * @property {Limits} written limits and step as written in the state
 * @property {'min' | 'max' | 'step' | 'order' | null} fault which of them is not a number, or that they leave no range;
 *   the slider then uses the defaults
 * @property {Play} play
 */

/**
 * Limits as LaTeX, because a limit may be `b` or `\pi`; empty if not set.
 *
 * @typedef {{min: string, max: string, step: string}} Limits
 */

/**
 * The play settings of a slider.
 *
 * @typedef {object} Play
 * @property {boolean} isPlaying
 * @property {LoopMode} mode
 * @property {number} period milliseconds from one end to the other
 * @property {1 | -1} direction
 */

/** `a=2`, `h_{1}=-0.5`: a name and a number. */
const NAMED_NUMBER = /^\s*([^=]+?)\s*=\s*(-?\s*(?:\d+\.?\d*|\.\d+))\s*$/;

const DEFAULT_MIN = -10;
const DEFAULT_MAX = 10;

/** Milliseconds; left out of the state. */
export const DEFAULT_PERIOD = 4000;

/** @type {readonly LoopMode[]} the first is the default, which is left out of the state */
const LOOP_MODES = ['LOOP_FORWARD_REVERSE', 'LOOP_FORWARD', 'PLAY_ONCE', 'PLAY_INDEFINITELY'];

/**
 * @param {import('./document.js').Entry} entry
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings
 * @returns {Slider | null} null if the line is not a named number
 */
export function sliderOf(entry, meanings) {
  const meaning = meanings.get(entry.key);
  if (meaning?.kind !== 'value' || !meaning.definition || !NAMED_NUMBER.test(itemLatex(entry.item))) return null;
  const { value } = meaning;
  const item = sliderItem(entry.item);
  const written = { min: limitText(item.min), max: limitText(item.max), step: limitText(item.step) };
  const limit = (/** @type {keyof Limits} */ name, /** @type {number} */ usual) =>
    written[name] === '' ? usual : readNumber(entry, `slider.${name}`, meanings, NaN);
  const given = { min: limit('min', DEFAULT_MIN), max: limit('max', DEFAULT_MAX), step: limit('step', 0) };
  const fault = faultOf(given);
  let { min, max } = fault === null || fault === 'step' ? given : { min: DEFAULT_MIN, max: DEFAULT_MAX };
  // A soft limit gives way to a value typed beyond it.
  if (item.hardMin !== true || fault !== null) min = Math.min(min, value);
  if (item.hardMax !== true || fault !== null) max = Math.max(max, value);
  return { value, min, max, step: fault === 'step' ? 0 : Math.max(0, given.step), written, fault, play: playOf(item) };
}

/**
 * Returns the line with another number.
 *
 * @param {string} latex a line with a slider according to `sliderOf`
 * @param {number} value
 * @param {Pick<Slider, 'min' | 'max' | 'step'>} slider
 * @returns {string}
 */
export function withSliderValue(latex, value, slider) {
  const name = latex.slice(0, latex.indexOf('=') + 1);
  return name + spell(value, slider);
}

/**
 * Returns the change that sets the limits of a slider. A limit that is set becomes hard; an empty one restores the
 * default.
 *
 * @param {import('./item.js').Item} item
 * @param {Partial<Limits>} limits in LaTeX
 * @returns {{slider: Record<string, unknown> | undefined}} change of the item
 */
export function limitChanges(item, limits) {
  /** @type {Record<string, unknown>} */
  const changes = {};
  for (const [name, latex] of Object.entries(limits)) {
    changes[name] = latex === '' ? undefined : latex;
    if (name === 'min') changes.hardMin = latex === '' ? undefined : true;
    if (name === 'max') changes.hardMax = latex === '' ? undefined : true;
  }
  return sliderChanges(item, changes);
}

/**
 * Returns the change that sets how a slider plays. Defaults are left out of the state.
 *
 * @param {import('./item.js').Item} item
 * @param {Partial<Play>} play
 * @returns {{slider: Record<string, unknown> | undefined}} change of the item
 */
export function playChanges(item, { isPlaying, mode, period, direction }) {
  /** @type {Record<string, unknown>} */
  const changes = {};
  if (isPlaying !== undefined) changes.isPlaying = isPlaying || undefined;
  if (mode !== undefined) changes.loopMode = mode === LOOP_MODES[0] ? undefined : mode;
  if (period !== undefined) changes.animationPeriod = period === DEFAULT_PERIOD ? undefined : period;
  if (direction !== undefined) changes.playDirection = direction === 1 ? undefined : direction;
  return sliderChanges(item, changes);
}

/**
 * @param {import('./item.js').Item} item
 * @param {Record<string, unknown>} changes
 * @returns {{slider: Record<string, unknown> | undefined}}
 */
function sliderChanges(item, changes) {
  const slider = withChanges(sliderItem(item), changes);
  return { slider: Object.keys(slider).length > 0 ? slider : undefined };
}

/**
 * @param {import('./item.js').Item} item
 * @returns {Record<string, unknown>}
 */
function sliderItem(item) {
  return isRecord(item) && isRecord(item.slider) ? item.slider : {};
}

/** @param {unknown} limit */
function limitText(limit) {
  return typeof limit === 'string' || typeof limit === 'number' ? String(limit).trim() : '';
}

/**
 * @param {{min: number, max: number, step: number}} limits
 * @returns {Slider['fault']}
 */
function faultOf({ min, max, step }) {
  if (Number.isNaN(min)) return 'min';
  if (Number.isNaN(max)) return 'max';
  if (min >= max) return 'order';
  return Number.isNaN(step) ? 'step' : null;
}

/**
 * @param {Record<string, unknown>} item slider field of an item
 * @returns {Play}
 */
function playOf({ isPlaying, loopMode, animationPeriod, playDirection }) {
  return {
    isPlaying: isPlaying === true,
    mode: LOOP_MODES.find((mode) => mode === loopMode) ?? LOOP_MODES[0],
    period: typeof animationPeriod === 'number' && animationPeriod > 0 ? animationPeriod : DEFAULT_PERIOD,
    direction: playDirection === -1 ? -1 : 1,
  };
}

/**
 * Formats the number at a slider's position, with no more digits than the slider can be set to.
 *
 * @param {number} value
 * @param {Pick<Slider, 'min' | 'max' | 'step'>} slider
 * @returns {string} without exponent, which the format does not allow
 */
function spell(value, { min, max, step }) {
  const finest = step > 0 ? step : (max - min) / 1000;
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(finest)) + (step > 0 ? 2 : 0)));
  const text = value.toFixed(decimals);
  const short = decimals > 0 ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}
