import { FAMILIES } from '../../../lib/families.js';
import { withNumbers } from '../../math/fit/form-latex.js';
import { rSquaredText, shortNumber } from './describe.js';

/** Names and messages for fits. */

/** Names of the families by type. @type {Readonly<Record<string, string>>} */
export const FAMILY_NAMES = Object.freeze(Object.fromEntries(FAMILIES.map(({ type, name }) => [type, name])));

const RAISED = new Map(Object.entries({ 2: '\u00b2', 3: '\u00b3', 4: '\u2074', x: '\u02e3' }));

/** Replacements from the LaTeX of a form to plain text, in order. @type {readonly [RegExp, string][]} */
const PRINT = [
  [/\\left\\\{(.*)\\right\\\}/, '{$1}'],
  [/\\left|\\right/g, ''],
  [/\\sqrt\[3\]\{([^{}]*)\}/g, '\u221b($1)'],
  [/\\sqrt\{([^{}]*)\}/g, '\u221a($1)'],
  [/\\frac\{([^{}]*)\}\{(\w)\}/g, '$1/$2'],
  [/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, '$1/($2)'],
  [/\\cdot ?/g, '\u00b7'],
  [/\\(ln|sin)/g, '$1'],
  [/(?<=[\w)|\u00b2\u00b3\u2074\u02e3])([-+])/g, ' $1 '],
  [/([=<])/g, ' $1 '],
  [/([,:])/g, '$1 '],
  [/-/g, '\u2212'],
];

/**
 * @param {import('../../math/fit/fit.js').Fit} fit
 * @returns {string} its equation with numbers as plain text: `y = −0.5(x − 2)² + 3`
 */
export function equationText({ form, nice }) {
  const raised = `y=${withNumbers(form, nice)}`.replace(/\^\{(\w)\}/g, (_, power) => RAISED.get(power) ?? `^${power}`);
  return PRINT.reduce((text, [from, to]) => text.replace(from, to), raised);
}

/**
 * @param {import('../../math/fit/fit.js').Fit} fit
 * @returns {string} the quality of the fit: `R² = 0.997, about 0.05 off`
 */
export function qualityText({ rSquared, rmse }) {
  return [...rSquaredText(rSquared), `about ${shortNumber(Number(rmse.toPrecision(2)))} off`].join(', ');
}

/** The least number of points for a fit. */
export const ENOUGH = 3;

/**
 * @param {number} count of points
 * @returns {string} what to do next
 */
export function adviceText(count) {
  if (count === 0) return 'Tap points along the shape. Five to eight are good.';
  if (count < ENOUGH)
    return count === 1 ? '1 point. Tap more along the shape.' : `${count} points. Tap more along the shape.`;
  return `${count} points. Drag one to move it.`;
}
