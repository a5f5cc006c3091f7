/** The formulas of forms: with names, for a line with sliders, and with numbers, as a student would write them. */

/** @typedef {import('./family-forms.js').Form} Form */

/**
 * @param {Form} form
 * @param {readonly string[]} names names of the parameters, in LaTeX
 * @param {string} [variable] in LaTeX
 * @returns {string} the right side of `y=`
 */
export function withNames({ latex }, names, variable = 'x') {
  return latex.replace(/\\[a-zA-Z]+|#(\d)|x/g, (part, place) =>
    place ? names[Number(place)] : part === 'x' ? variable : part,
  );
}

/**
 * @param {Form} form
 * @param {readonly number[]} parameters
 * @returns {string} the right side of `y=` with numbers: without `+-2`, `1x` or zero terms
 */
export function withNumbers({ latex }, parameters) {
  const number = (/** @type {string} */ place) => parameters[Number(place)];
  const written = latex
    .replace(/x-#(\d)/g, (_, place) => (number(place) === 0 ? 'x' : `x${signed(-number(place))}`))
    .replace(/#(\d)-x/g, (_, place) => `${number(place) === 0 ? '' : spell(number(place))}-x`)
    .replace(/\+#(\d)((?:x(?:\^\{\d\})?|\\left\(x[-+\d.]*\\right\))?)(?=[+,\\]|$)/g, (_, place, factor) =>
      term(number(place), factor),
    )
    .replace(/#(\d)(?=x|\\left|\\sqrt|\\ln|\\sin)/g, (_, place) => coefficient(number(place)))
    .replace(/#(\d)/g, (_, place) => spell(number(place)));
  const bare = written.replace(/(\\ln|\\sin)?\\left\(x\\right\)/g, (whole, before) => (before ? whole : 'x'));
  // A horizontal line.
  return bare.replace(/^0x(?=[-+]|$)\+?/, '') || '0';
}

/**
 * @param {number} value
 * @param {string} factor
 * @returns {string} with its sign, to append to a sum
 */
function term(value, factor) {
  if (value === 0) return '';
  return factor === '' ? signed(value) : (value < 0 ? '' : '+') + coefficient(value) + factor;
}

/** @param {number} value */
function coefficient(value) {
  if (value === 1) return '';
  return value === -1 ? '-' : spell(value);
}

/** @param {number} value */
function signed(value) {
  return value < 0 ? spell(value) : `+${spell(value)}`;
}

/**
 * @param {number} value
 * @returns {string} as a decimal without exponent, with no more digits than the number has
 */
export function spell(value) {
  const text = String(Number(value.toPrecision(12)));
  if (!text.includes('e')) return text === '-0' ? '0' : text;
  const [, sign, first, rest = '', power] = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(text) ?? [];
  const exponent = Number(power);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  return sign + first + rest.padEnd(exponent, '0');
}
