/**
 * The families of the museum as parametric forms that can be fitted to points.
 *
 * The x of the points is scaled to run from -1 to 1 (`u`), which keeps powers well-conditioned. A form is a sum of
 * basis functions whose coefficients follow from linear least squares, with at most one further parameter, the shape
 * `t`, that is searched for. A wave is a sum of a sine and a cosine, so its phase needs no search.
 *
 * @typedef {{mid: number, half: number}} Frame u = (x - mid) / half
 *
 * @typedef {object} Form
 * @property {string} family
 * @property {readonly string[]} names names of the parameters in terms of x, in the order in which students meet them
 * @property {string} latex the right side of `y=`, with `#0`, `#1` for the parameters
 * @property {(u: number, t: number) => number[]} basis NaN where the form is undefined
 * @property {(us: readonly number[]) => readonly number[]} shapes values of t to try, in order; `us` are sorted from -1
 *   to 1. A single value is not refined
 * @property {boolean} [isKinked] the shape must stay in the gap between two points where it was found
 * @property {(coefficients: readonly number[], t: number, frame: Frame) => number[]} natural the parameters
 * @property {(parameters: readonly number[], x: number) => number} value
 */

import { FAMILIES as TABLE } from '../../../lib/families.js';
import { LN_SHAPES, around, between, inGaps, interior, outside, rates, turns } from './parameter-ranges.js';

const NO_SHAPE = () => [0];

/** @type {Form} */
const LINE = {
  family: 'linear',
  names: ['m', 'b'],
  latex: '#0x+#1',
  basis: (u) => [1, u],
  shapes: NO_SHAPE,
  natural: ([c, d], _, { mid, half }) => [d / half, c - (d * mid) / half],
  value: ([m, b], x) => m * x + b,
};

/** @type {Form} */
const PARABOLA = {
  family: 'quadratic',
  names: ['a', 'h', 'k'],
  latex: '#0\\left(x-#1\\right)^{2}+#2',
  basis: (u) => [1, u, u * u],
  shapes: NO_SHAPE,
  natural: ([c, d, e], _, { mid, half }) => [e / half ** 2, mid - (half * d) / (2 * e), c - (d * d) / (4 * e)],
  value: ([a, h, k], x) => a * (x - h) ** 2 + k,
};

/** @type {Form} */
const SHIFTED_CUBE = {
  family: 'cubic',
  names: ['a', 'h', 'k'],
  latex: '#0\\left(x-#1\\right)^{3}+#2',
  basis: (u, t) => [1, (u - t) ** 3],
  shapes: () => around(4, 80),
  natural: ([c, d], t, { mid, half }) => [d / half ** 3, mid + half * t, c],
  value: ([a, h, k], x) => a * (x - h) ** 3 + k,
};

/** @type {Form} */
const CUBIC = {
  family: 'cubic',
  names: ['a', 'b', 'c', 'd'],
  latex: '#0x^{3}+#1x^{2}+#2x+#3',
  basis: (u) => powers(u, 3),
  shapes: NO_SHAPE,
  natural: (coefficients, _, frame) => expand(coefficients, frame).reverse(),
  value: ([a, b, c, d], x) => ((a * x + b) * x + c) * x + d,
};

/** @type {Form} */
const QUARTIC = {
  family: 'polynomial',
  names: ['a_{4}', 'a_{3}', 'a_{2}', 'a_{1}', 'a_{0}'],
  latex: '#0x^{4}+#1x^{3}+#2x^{2}+#3x+#4',
  basis: (u) => powers(u, 4),
  shapes: NO_SHAPE,
  natural: (coefficients, _, frame) => expand(coefficients, frame).reverse(),
  value: (parameters, x) => parameters.reduce((sum, parameter) => sum * x + parameter, 0),
};

/** @type {Form} t is the square root of the distance from the end of the data to the end of the branch */
const ROOT = {
  family: 'square_root',
  names: ['a', 'h', 'k'],
  latex: '#0\\sqrt{x-#1}+#2',
  basis: (u, t) => [1, Math.sqrt(u + 1 + t * t)],
  shapes: () => between(0, 2, 40),
  natural: ([c, d], t, { mid, half }) => [d / Math.sqrt(half), mid - half * (1 + t * t), c],
  value: ([a, h, k], x) => a * Math.sqrt(x - h) + k,
};

/** @type {Form} */
const ROOT_TO_THE_LEFT = {
  ...ROOT,
  latex: '#0\\sqrt{#1-x}+#2',
  basis: (u, t) => [1, Math.sqrt(1 + t * t - u)],
  natural: ([c, d], t, { mid, half }) => [d / Math.sqrt(half), mid + half * (1 + t * t), c],
  value: ([a, h, k], x) => a * Math.sqrt(h - x) + k,
};

/** @type {Form} */
const CUBE_ROOT = {
  family: 'cube_root',
  names: ['a', 'h', 'k'],
  latex: '#0\\sqrt[3]{x-#1}+#2',
  basis: (u, t) => [1, Math.cbrt(u - t)],
  shapes: (us) => [...around(4, 40), ...interior(us, 6)].sort((a, b) => a - b),
  natural: ([c, d], t, { mid, half }) => [d / Math.cbrt(half), mid + half * t, c],
  value: ([a, h, k], x) => a * Math.cbrt(x - h) + k,
};

/** @type {Form} */
const ABSOLUTE = {
  family: 'absolute_value',
  names: ['a', 'h', 'k'],
  latex: '#0\\left|x-#1\\right|+#2',
  basis: (u, t) => [1, Math.abs(u - t)],
  shapes: (us) => interior(us, 4),
  isKinked: true,
  natural: ([c, d], t, { mid, half }) => [d / half, mid + half * t, c],
  value: ([a, h, k], x) => a * Math.abs(x - h) + k,
};

/** @type {Form} */
const HYPERBOLA = {
  family: 'rational',
  names: ['a', 'h', 'k'],
  latex: '\\frac{#0}{x-#1}+#2',
  basis: (u, t) => [1, 1 / (u - t)],
  shapes: (us) => [...outside(-1), ...inGaps(us, 9), ...outside(1)],
  isKinked: true,
  natural: ([c, d], t, { mid, half }) => [d * half, mid + half * t, c],
  value: ([a, h, k], x) => a / (x - h) + k,
};

/** @type {Form} */
const POWER = {
  family: 'exponential',
  names: ['a', 'b'],
  latex: '#0\\cdot #1^{x}',
  basis: (u, t) => [Math.exp(t * u)],
  shapes: rates,
  natural: ([c], t, { mid, half }) => [c * Math.exp((-t * mid) / half), Math.exp(t / half)],
  value: ([a, b], x) => a * b ** x,
};

/** @type {Form} */
const SHIFTED_POWER = {
  family: 'exponential',
  names: ['a', 'b', 'k'],
  latex: '#0\\cdot #1^{x}+#2',
  basis: (u, t) => [1, Math.exp(t * u)],
  shapes: rates,
  natural: ([c, d], t, { mid, half }) => [d * Math.exp((-t * mid) / half), Math.exp(t / half), c],
  value: ([a, b, k], x) => a * b ** x + k,
};

/** @type {Form} t is the logarithm of the distance from the end of the data to the asymptote */
const LOGARITHM = {
  family: 'logarithmic',
  names: ['a', 'h', 'k'],
  latex: '#0\\ln\\left(x-#1\\right)+#2',
  basis: (u, t) => [1, Math.log(u + 1 + Math.exp(t))],
  shapes: () => LN_SHAPES,
  natural: ([c, d], t, { mid, half }) => [d, mid - half * (1 + Math.exp(t)), c - d * Math.log(half)],
  value: ([a, h, k], x) => a * Math.log(x - h) + k,
};

/** @type {Form} */
const LOGARITHM_TO_THE_LEFT = {
  ...LOGARITHM,
  latex: '#0\\ln\\left(#1-x\\right)+#2',
  basis: (u, t) => [1, Math.log(1 + Math.exp(t) - u)],
  natural: ([c, d], t, { mid, half }) => [d, mid + half * (1 + Math.exp(t)), c - d * Math.log(half)],
  value: ([a, h, k], x) => a * Math.log(h - x) + k,
};

/**
 * @param {number} unit unit of an angle, in radians
 * @returns {Form} t is the angular frequency, in radians per half the width of the data
 */
function wave(unit) {
  return {
    family: 'trigonometric',
    names: ['a', 'b', 'h', 'k'],
    latex: '#0\\sin\\left(#1\\left(x-#2\\right)\\right)+#3',
    basis: (u, t) => [1, Math.sin(t * u), Math.cos(t * u)],
    shapes: turns,
    natural: ([c, d, e], t, { mid, half }) => {
      const turn = (2 * Math.PI * half) / t;
      const shift = mid - (half * Math.atan2(e, d)) / t;
      return [Math.hypot(d, e), t / half / unit, shift - turn * Math.round(shift / turn), c];
    },
    value: ([a, b, h, k], x) => a * Math.sin(b * unit * (x - h)) + k,
  };
}

/** @type {Form} */
const BROKEN_LINE = {
  family: 'piecewise',
  names: ['c', 'd', 'm', 'n'],
  latex: '\\left\\{x<#0:#2\\left(x-#0\\right)+#1,#3\\left(x-#0\\right)+#1\\right\\}',
  basis: (u, t) => [1, Math.min(u - t, 0), Math.max(u - t, 0)],
  shapes: (us) => interior(us.slice(1, -1), 4),
  isKinked: true,
  natural: ([d, m, n], t, { mid, half }) => [mid + half * t, d, m / half, n / half],
  value: ([c, d, m, n], x) => (x < c ? m : n) * (x - c) + d,
};

/** @type {Form} the points do not determine where in a gap the step is */
const STEP = {
  family: 'piecewise',
  names: ['c', 'm', 'b', 'n', 'd'],
  latex: '\\left\\{x<#0:#1x+#2,#3x+#4\\right\\}',
  basis: (u, t) => (u < t ? [1, u, 0, 0] : [0, 0, 1, u]),
  shapes: (us) => inGaps(us.slice(1, -1), 1),
  isKinked: true,
  natural: ([b, m, d, n], t, { mid, half }) => [
    mid + half * t,
    m / half,
    b - (m * mid) / half,
    n / half,
    d - (n * mid) / half,
  ],
  value: ([c, m, b, n, d], x) => (x < c ? m * x + b : n * x + d),
};

/**
 * @param {{degreeMode?: boolean}} [settings]
 * @returns {readonly Form[]} grouped by family, in the order of the museum
 */
export function formsOf({ degreeMode = false } = {}) {
  return [
    LINE,
    PARABOLA,
    SHIFTED_CUBE,
    CUBIC,
    QUARTIC,
    ROOT,
    ROOT_TO_THE_LEFT,
    CUBE_ROOT,
    ABSOLUTE,
    HYPERBOLA,
    POWER,
    SHIFTED_POWER,
    LOGARITHM,
    LOGARITHM_TO_THE_LEFT,
    wave(degreeMode ? Math.PI / 180 : 1),
    BROKEN_LINE,
    STEP,
  ];
}

const withForms = new Set(formsOf().map(({ family }) => family));

/** The types of the families that have forms, in the order of the poster. */
export const FAMILIES = Object.freeze(TABLE.map(({ type }) => type).filter((type) => withForms.has(type)));

/**
 * @param {number} u
 * @param {number} degree
 * @returns {number[]} 1, u, u squared, ...
 */
function powers(u, degree) {
  return Array.from({ length: degree + 1 }, (_, i) => u ** i);
}

/**
 * @param {readonly number[]} coefficients coefficients of the powers of u, constant first
 * @param {Frame} frame
 * @returns {number[]} coefficients of the powers of x
 */
function expand(coefficients, { mid, half }) {
  /** @type {number[]} */
  let result = [];
  for (const coefficient of coefficients.toReversed()) {
    const longer = [coefficient, ...result.map((value) => value / half)];
    result.forEach((value, i) => {
      longer[i] -= (value * mid) / half;
    });
    result = longer;
  }
  return result;
}
