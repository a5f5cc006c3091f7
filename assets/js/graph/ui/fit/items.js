import { spell, withNames } from '../../math/fit/form-latex.js';

/**
 * A fit as ordinary items of the list: a table with the points, then a curve with sliders for its parameters, or a
 * regression that follows the points.
 *
 * @typedef {import('../../math/fit/fit.js').Fit} Fit
 * @typedef {import('../../math/fit/fit.js').Point} Point
 * @typedef {Record<string, unknown>} NewItem an item but for its id
 *
 * @typedef {object} Surroundings
 * @property {readonly string[]} formulas LaTeX of the list, whose names are not to be taken
 * @property {string} color for the curve
 * @property {() => string} newId for the columns of the table
 * @property {Columns | null} [columns] of the table in the list that has the points; without one, there is to be one
 *
 * @typedef {{x: string, y: string}} Columns headers, in LaTeX
 */

/** A name in LaTeX: a letter, perhaps with a subscript. */
const NAME = /\\[a-zA-Z]+|([a-zA-Z])(?:_(?:\{([^{}]*)\}|([a-zA-Z0-9])))?/g;

const LETTERS = ['b', 'c', 'd', 'p', 'q'];

/** A slider reaches so many times the size of its number, to both sides of 0: the curve can be turned over, and made thrice as steep. */
const REACH = 3;

/** One step is about this part of the number's size: small enough to adjust a curve by eye, large enough to be seen. */
const STEP = 0.01;

/** A number near 0 has no size of its own: it is taken to be as large as moves the curve by this part of its height. */
const VISIBLE = 0.1;

/** Round sizes of a step and of a slider's end, within a power of ten. */
const STEPS = [1, 2, 5, 10];
const ENDS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/**
 * @param {Fit} fit
 * @param {readonly Point[]} points
 * @param {Surroundings} surroundings
 * @param {{asRegression: boolean, onSpan?: boolean}} how onSpan: the curve is restricted to the points' span
 * @returns {NewItem[]} in the order of the list
 */
export function fitItems(fit, points, { formulas, color, newId, columns: known = null }, { asRegression, onSpan = false }) {
  const taken = namesIn(formulas);
  const number = freeNumber((n) => ['x', 'y'].every((letter) => !taken.has(`${letter}_{${n}}`)));
  const columns = known ?? { x: `x_{${number}}`, y: `y_{${number}}` };
  const sorted = points.toSorted((a, b) => a.x - b.x);
  const table = known ? [] : [tableOf(sorted, columns, color, newId)];
  const names = freeNames(fit.form.names, taken);
  if (asRegression) {
    const residuals = `e_{${freeNumber((n) => !taken.has(`e_{${n}}`))}}`;
    return [...table, regression(fit, names, columns, { residuals, color })];
  }
  const curve = { type: 'expression', color, latex: `y=${withNames(fit.form, names)}${onSpan ? spanOf(points) : ''}` };
  const sliders = fit.nice.map((value, i) => slider(names[i], value, limitsOf(fit, i, points)));
  return [...table, curve, ...sliders];
}

/**
 * @param {readonly Point[]} points
 * @returns {string} LaTeX of a restriction to where they lie, from the first to the last
 */
export function spanOf(points) {
  const xs = points.map(({ x }) => x);
  return `\\left\\{${spell(Math.min(...xs))}\\le x\\le${spell(Math.max(...xs))}\\right\\}`;
}

/**
 * @param {readonly Point[]} points
 * @param {Columns} columns
 * @param {string} color
 * @param {() => string} newId
 */
function tableOf(points, { x, y }, color, newId) {
  return {
    type: 'table',
    columns: [
      { id: newId(), latex: x, values: points.map((point) => spell(point.x)) },
      { id: newId(), latex: y, values: points.map((point) => spell(point.y)), color },
    ],
  };
}

/**
 * @param {Fit} fit
 * @param {readonly string[]} names
 * @param {Columns} columns
 * @param {{residuals: string, color: string}} more
 */
function regression({ form, parameters }, names, { x, y }, { residuals, color }) {
  return {
    type: 'expression',
    color,
    latex: `${y}\\sim ${withNames(form, names, x)}`,
    residualVariable: residuals,
    regressionParameters: Object.fromEntries(names.map((name, i) => [name, parameters[i]])),
  };
}

/**
 * The slider of a parameter: its ends, and a step by which the fitted number can be reached again exactly.
 *
 * @param {Fit} fit
 * @param {number} index of the parameter
 * @param {readonly Point[]} points
 * @returns {{min: number, max: number, step: number}}
 */
function limitsOf(fit, index, points) {
  const { family, form, nice } = fit;
  const size = sizeOf(fit, index, points);
  const step = stepOf(nice[index], size);
  const end = Math.max(step, Math.ceil(roundUp(REACH * size) / step - EXACT) * step);
  const isBase = form.names[index] === 'b' && family === 'exponential';
  return { min: isBase ? 0 : -end, max: end, step };
}

/**
 * @param {Fit} fit
 * @param {number} index of the parameter
 * @param {readonly Point[]} points
 * @returns {number} above 0: how large the parameter is, or would be for its moving the curve visibly. Places are as large as the
 *   coordinates of the points
 */
function sizeOf({ family, form, nice }, index, points) {
  const name = form.names[index];
  const size = Math.abs(nice[index]);
  if (name === 'h' || (name === 'c' && family === 'piecewise')) return Math.max(size, ...points.map(({ x }) => Math.abs(x))) || 1;
  if (name === 'k') return Math.max(size, ...points.map(({ y }) => Math.abs(y))) || 1;
  const heights = points.map(({ y }) => y);
  const height = Math.max(...heights) - Math.min(...heights) || Math.max(...heights.map(Math.abs)) || 1;
  const nudge = 1e-6 * (size || 1);
  const moved = nice.with(index, nice[index] + nudge);
  const slopes = points.map(({ x }) => Math.abs(form.value(moved, x) - form.value(nice, x)) / nudge).filter(Number.isFinite);
  const slope = Math.max(0, ...slopes);
  return Math.max(size, slope > 0 ? (VISIBLE * height) / slope : 0) || 1;
}

/** Room for the rounding of a division whose result should be whole. */
const EXACT = 1e-9;

/**
 * @param {number} value
 * @param {number} size
 * @returns {number} a round step near the wanted part of the size, if possible one of which the value is a multiple
 */
function stepOf(value, size) {
  const wanted = STEP * size;
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  const rounds = [magnitude / 10, magnitude].flatMap((power) => STEPS.slice(0, -1).map((digit) => digit * power)).concat(10 * magnitude);
  const byDistance = rounds.toSorted((a, b) => Math.abs(Math.log(a / wanted)) - Math.abs(Math.log(b / wanted)));
  const meets = (/** @type {number} */ step) => Math.abs(value / step - Math.round(value / step)) < EXACT * Math.max(1, Math.abs(value / step));
  return Number((byDistance.find(meets) ?? byDistance[0]).toPrecision(12));
}

/**
 * @param {number} size above 0
 * @returns {number} the next round end of a slider
 */
function roundUp(size) {
  const magnitude = 10 ** Math.floor(Math.log10(size));
  return magnitude * (ENDS.find((end) => end * magnitude >= size * (1 - EXACT)) ?? 10);
}

/**
 * @param {string} name
 * @param {number} value
 * @param {{min: number, max: number, step: number}} limits
 */
function slider(name, value, { min, max, step }) {
  const limits = { hardMin: true, hardMax: true, min: spell(min), max: spell(max), step: spell(step) };
  return { type: 'expression', latex: `${name}=${spell(value)}`, slider: limits };
}

/**
 * @param {readonly string[]} formulas
 * @returns {Set<string>} every name in them, with braces around a subscript
 */
function namesIn(formulas) {
  const names = new Set();
  for (const formula of formulas) {
    for (const [, letter, long, short] of formula.matchAll(NAME)) {
      if (letter) names.add(long ?? short ? `${letter}_{${long ?? short}}` : letter);
    }
  }
  return names;
}

/**
 * @param {readonly string[]} names
 * @param {ReadonlySet<string>} taken
 * @returns {string[]} the names as they are; where one of them is taken, all with the first number that makes them free,
 *   or with another letter where they are numbered already
 */
function freeNames(names, taken) {
  const isFree = (/** @type {readonly string[]} */ some) => some.every((name) => !taken.has(name));
  if (isFree(names)) return [...names];
  const lettered = LETTERS.map((letter) => names.map((name) => name.replace(/^[a-z](?=_)/, letter))).find(isFree);
  const numbered = (/** @type {number} */ n) => names.map((name) => `${name[0]}_{${name.slice(1).replace(/[_{}]/g, '')}${n}}`);
  return lettered ?? numbered(freeNumber((n) => isFree(numbered(n))));
}

/** @param {(n: number) => boolean} isFree */
function freeNumber(isFree) {
  let n = 1;
  while (!isFree(n)) n++;
  return n;
}
