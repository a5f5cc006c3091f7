/** Formulas that nobody would think of, for properties that must hold for all. */

const UNARY =
  '\\sin \\cos \\tan \\sec \\csc \\cot \\arcsin \\arccos \\arctan \\sinh \\cosh \\tanh \\ln \\log \\exp'.split(' ');
const NAMED =
  'arcsec arccsc arccot sech csch coth arsinh arcosh artanh arsech arcsch arcoth abs sqrt cbrt floor ceil sign round erf'.split(
    ' ',
  );

/** The line that the formulas below may refer to. */
export const FUNCTION = 'f(t)=t^{2}-2t\\left\\{t>-2\\right\\}';

/**
 * A random formula in x.
 *
 * @param {() => number} random
 * @param {number} depth operations inside each other
 * @returns {string} LaTeX
 */
export function formula(random, depth) {
  const pick = (/** @type {string[]} */ from) => from[Math.floor(random() * from.length)];
  const inner = () => formula(random, depth - 1);
  const n = () => String(Math.floor(random() * 7) - 3);
  if (depth === 0) return random() < 0.65 ? 'x' : pick([n(), '0.5', '\\pi', '\\frac{1}{3}', '2', 'e']);
  switch (Math.floor(random() * 16)) {
    case 0:
    case 1:
      return `\\left(${inner()}+${inner()}\\right)`;
    case 2:
      return `\\left(${inner()}-${inner()}\\right)`;
    case 3:
    case 4:
      return `${inner()}\\cdot${inner()}`;
    case 5:
      return `\\frac{${inner()}}{${inner()}}`;
    case 6:
      return `\\left(${inner()}\\right)^{${n()}}`;
    case 7:
      return `\\left(${inner()}\\right)^{${pick(['\\frac{1}{3}', '\\frac{2}{3}', '-\\frac{1}{3}', '0.5', '1.5', '\\frac{3}{5}', '-0.5', '\\frac{1}{4}'])}}`;
    case 8:
      return `\\left(${inner()}\\right)^{${inner()}}`;
    case 9:
      return `${pick(UNARY)}\\left(${inner()}\\right)`;
    case 10:
    case 11:
      return `\\operatorname{${pick(NAMED)}}\\left(${inner()}\\right)`;
    case 12:
      return `\\operatorname{${pick(['mod', 'min', 'max', 'arctan'])}}\\left(${inner()},${inner()}\\right)`;
    case 13:
      return `\\left\\{${inner()}${pick(['<', '>', '\\le', '\\ge'])}${inner()}:${inner()},${inner()}\\right\\}`;
    case 14:
      return `\\log_{${pick(['2', '3', '0.5', 'x'])}}\\left(${inner()}\\right)`;
    default:
      return random() < 0.5 ? `\\left(\\sum_{k=1}^{3}\\left(k${inner()}\\right)\\right)` : `f\\left(${inner()}\\right)`;
  }
}
