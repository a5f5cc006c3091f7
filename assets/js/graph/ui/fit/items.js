import { spell, withNames } from '../../math/fit/form-latex.js';

/**
 * Converts a fit to ordinary items of the list: a table with the points, then a curve with sliders for its parameters,
 * or a regression that follows the points.
 *
 * @typedef {import('../../math/fit/fit.js').Fit} Fit
 * @typedef {import('../../math/fit/fit.js').Point} Point
 * @typedef {Record<string, unknown>} NewItem an item without id
 *
 * @typedef {object} Surroundings
 * @property {readonly string[]} formulas LaTeX of the list, whose names must not be reused
 * @property {string} color for the curve
 * @property {() => string} newId makes ids for the columns of the table
 * @property {Columns | null} [columns] of the table that already has the points; without it, a table is added
 *
 * @typedef {{x: string, y: string}} Columns headers, in LaTeX
 */

/** A name in LaTeX: a letter, with or without a subscript. */
const NAME = /\\[a-zA-Z]+|([a-zA-Z])(?:_(?:\{([^{}]*)\}|([a-zA-Z0-9])))?/g;

const LETTERS = ['b', 'c', 'd', 'p', 'q'];

/**
 * The range of a slider on both sides of 0, as a multiple of its value: the curve can be flipped and made three times
 * as steep.
 */
const REACH = 3;

/** A step is about this part of the value: small enough to adjust a curve by eye, large enough to be visible. */
const STEP = 0.01;

/** The size of a value near 0 is the one that moves the curve by this part of its height. */
const VISIBLE = 0.1;

/** Round numbers for steps and ends of sliders, within a power of ten. */
const STEPS = [1, 2, 5, 10];
const ENDS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/**
 * @param {Fit} fit
 * @param {readonly Point[]} points
 * @param {Surroundings} surroundings
 * @param {{asRegression: boolean, onSpan?: boolean}} how `onSpan` restricts the curve to the range of the points
 * @returns {NewItem[]} in the order of the list
 */
export function fitItems(
  fit,
  points,
  { formulas, color, newId, columns: known = null },
  { asRegression, onSpan = false },
) {
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
 * @returns {string} LaTeX of a restriction to the range of the points
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
 * Returns the range of a parameter's slider, and a step with which the fitted value can be reached exactly.
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
 * @returns {number} above 0: the size of the parameter, or the size that would move the curve visibly. Positions are as
 *   large as the coordinates of the points
 */
function sizeOf({ family, form, nice }, index, points) {
  const name = form.names[index];
  const size = Math.abs(nice[index]);
  if (name === 'h' || (name === 'c' && family === 'piecewise'))
    return Math.max(size, ...points.map(({ x }) => Math.abs(x))) || 1;
  if (name === 'k') return Math.max(size, ...points.map(({ y }) => Math.abs(y))) || 1;
  const heights = points.map(({ y }) => y);
  const height = Math.max(...heights) - Math.min(...heights) || Math.max(...heights.map(Math.abs)) || 1;
  const nudge = 1e-6 * (size || 1);
  const moved = nice.with(index, nice[index] + nudge);
  const slopes = points
    .map(({ x }) => Math.abs(form.value(moved, x) - form.value(nice, x)) / nudge)
    .filter(Number.isFinite);
  const slope = Math.max(0, ...slopes);
  return Math.max(size, slope > 0 ? (VISIBLE * height) / slope : 0) || 1;
}

/** Tolerance for a division whose result should be a whole number. */
const EXACT = 1e-9;

/**
 * @param {number} value
 * @param {number} size
 * @returns {number} a round step near the wanted part of the size; if possible the value is a multiple of it
 */
function stepOf(value, size) {
  const wanted = STEP * size;
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  const rounds = [magnitude / 10, magnitude]
    .flatMap((power) => STEPS.slice(0, -1).map((digit) => digit * power))
    .concat(10 * magnitude);
  const byDistance = rounds.toSorted((a, b) => Math.abs(Math.log(a / wanted)) - Math.abs(Math.log(b / wanted)));
  const meets = (/** @type {number} */ step) =>
    Math.abs(value / step - Math.round(value / step)) < EXACT * Math.max(1, Math.abs(value / step));
  return Number((byDistance.find(meets) ?? byDistance[0]).toPrecision(12));
}

/**
 * @param {number} size above 0
 * @returns {number} the next round number, as the end of a slider
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
 * @returns {Set<string>} all names in the formulas, with braces around subscripts
 */
function namesIn(formulas) {
  const names = new Set();
  for (const formula of formulas) {
    for (const [, letter, long, short] of formula.matchAll(NAME)) {
      if (letter) names.add((long ?? short) ? `${letter}_{${long ?? short}}` : letter);
    }
  }
  return names;
}

/**
 * @param {readonly string[]} names
 * @param {ReadonlySet<string>} taken
 * @returns {string[]} the names unchanged if they are free; otherwise all of them with the first number that makes them
 *   free, or with another letter if they already have numbers
 */
function freeNames(names, taken) {
  const isFree = (/** @type {readonly string[]} */ some) => some.every((name) => !taken.has(name));
  if (isFree(names)) return [...names];
  const lettered = LETTERS.map((letter) => names.map((name) => name.replace(/^[a-z](?=_)/, letter))).find(isFree);
  const numbered = (/** @type {number} */ n) =>
    names.map((name) => `${name[0]}_{${name.slice(1).replace(/[_{}]/g, '')}${n}}`);
  return lettered ?? numbered(freeNumber((n) => isFree(numbered(n))));
}

/** @param {(n: number) => boolean} isFree */
function freeNumber(isFree) {
  let n = 1;
  while (!isFree(n)) n++;
  return n;
}
