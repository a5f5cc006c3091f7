import { spell, withNames } from '../math/form-latex.js';

/**
 * A fit as ordinary items of the list: a table with the points, then a curve with sliders for its parameters, or a
 * regression that follows the points.
 *
 * @typedef {import('../math/fit.js').Fit} Fit
 * @typedef {import('../math/fit.js').Point} Point
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

/** Sliders reach from -10 to 10 where nothing else is said. */
const USUAL_REACH = 10;

/** A slider that is to hit so small a number needs a shorter way. */
const SMALL = 0.2;

/**
 * @param {Fit} fit
 * @param {readonly Point[]} points
 * @param {Surroundings} surroundings
 * @param {{asRegression: boolean}} how
 * @returns {NewItem[]} in the order of the list
 */
export function fitItems(fit, points, { formulas, color, newId, columns: known = null }, { asRegression }) {
  const taken = namesIn(formulas);
  const number = freeNumber((n) => ['x', 'y'].every((letter) => !taken.has(`${letter}_{${n}}`)));
  const columns = known ?? { x: `x_{${number}}`, y: `y_{${number}}` };
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const table = known ? [] : [tableOf(sorted, columns, color, newId)];
  const names = freeNames(fit.form.names, taken);
  if (asRegression) {
    const residuals = `e_{${freeNumber((n) => !taken.has(`e_{${n}}`))}}`;
    return [...table, regression(fit, names, columns, { residuals, color })];
  }
  const span = `\\left\\{${spell(sorted[0].x)}\\le x\\le${spell(sorted[sorted.length - 1].x)}\\right\\}`;
  const curve = { type: 'expression', color, latex: `y=${withNames(fit.form, names)}${span}` };
  const sliders = fit.nice.map((value, i) => slider(names[i], value, rangeOf(fit, i, points)));
  return [...table, curve, ...sliders];
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
 * How far a parameter is moved with good reason: places as far as the points lie, the base of a power above 0, and
 * factors up to the next power of ten.
 *
 * @param {Fit} fit
 * @param {number} index of the parameter
 * @param {readonly Point[]} points
 * @returns {{min: number, max: number}}
 */
function rangeOf({ family, form, nice }, index, points) {
  const name = form.names[index];
  const size = Math.abs(nice[index]);
  if (name === 'h' || (name === 'c' && family === 'piecewise')) return around(Math.max(size, ...points.map(({ x }) => Math.abs(x))));
  if (name === 'k') return around(Math.max(size, ...points.map(({ y }) => Math.abs(y))));
  const range = around(size === 0 || (size >= SMALL && size <= USUAL_REACH) ? USUAL_REACH : 2 * size);
  return name === 'b' && family === 'exponential' ? { ...range, min: 0 } : range;
}

/** @param {number} size */
function around(size) {
  const reach = 10 ** Math.ceil(Math.log10(size || USUAL_REACH) - 1e-9);
  return { min: -reach, max: reach };
}

/**
 * @param {string} name
 * @param {number} value
 * @param {{min: number, max: number}} range
 */
function slider(name, value, { min, max }) {
  const isUsual = min === -USUAL_REACH && max === USUAL_REACH;
  const limits = { hardMin: true, hardMax: true, min: spell(min), max: spell(max) };
  return { type: 'expression', latex: `${name}=${spell(value)}`, ...(isUsual ? {} : { slider: limits }) };
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
