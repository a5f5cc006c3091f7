/**
 * Formulas in x as people and formula fields write them: with and without \left, spaces, braces and multiplication
 * signs.
 */

const FUNCTIONS =
  '\\sin \\cos \\tan \\sec \\csc \\cot \\arcsin \\arccos \\arctan \\sinh \\cosh \\tanh \\ln \\log \\exp'.split(' ');
const EXPONENTS = ['2', '3', '-1', '-2', 'x', '0', '\\frac{1}{2}', '\\frac{1}{3}', '\\frac23', '0.5', '-x'];
const BARE = ['x', '2x', '\\pi x', 'x^2', '\\frac{x}{2}', '|x|', '\\sqrt{x}', 'x\\cos x', '3x\\sin x'];

/**
 * @param {() => number} random
 * @param {number} depth operations inside each other
 * @returns {string} LaTeX
 */
export function writtenFormula(random, depth) {
  const pick = (/** @type {string[]} */ from) => from[Math.floor(random() * from.length)];
  const inner = () => writtenFormula(random, depth - 1);
  const group = () => pick([`\\left(${inner()}\\right)`, `(${inner()})`]);
  if (depth === 0) return atom(pick, () => String(1 + Math.floor(random() * 8)));
  switch (Math.floor(random() * 18)) {
    case 0:
      return `${inner()}+${inner()}`;
    case 1:
      return `${inner()}-${group()}`;
    case 2:
      return `${group()}${pick(['\\cdot ', '\\times ', '', '\\,'])}${group()}`;
    case 3:
      return `${pick(['\\frac', '\\dfrac'])}{${inner()}}{${inner()}}`;
    case 4:
      return `${group()}^{${pick([...EXPONENTS, inner()])}}`;
    case 5:
      return `${pick(FUNCTIONS)}${group()}`;
    case 6:
      return `${pick(['\\sin', '\\cos', '\\ln'])} ${pick(BARE)}`;
    case 7:
      return `${pick(['\\sin', '\\cos', '\\tan'])}^{${pick(['2', '3', '-1'])}}${group()}`;
    case 8:
      return `\\sqrt{${inner()}}`;
    case 9:
      return `\\sqrt[${pick(['2', '3', '4', '5'])}]{${inner()}}`;
    case 10:
      return pick([`\\left|${inner()}\\right|`, `|${inner()}|`, `\\lvert ${inner()}\\rvert `]);
    case 11:
      return `\\log_{${pick(['2', '10', '3', '\\frac{1}{2}'])}}${group()}`;
    case 12:
      return `\\log_${pick(['2', '3'])}${group()}`;
    case 13:
      return pick([`\\left\\lfloor ${inner()}\\right\\rfloor `, `\\lceil ${inner()}\\rceil `]);
    case 14:
      return `\\operatorname{${pick(['floor', 'ceil', 'round', 'sign'])}}${group()}`;
    case 15:
      return `${group()}!`;
    case 16:
      return `${pick(['\\min', '\\max', '\\operatorname{mod}'])}(${inner()},${inner()})`;
    default:
      return random() < 0.5
        ? `-${group()}^{2}`
        : `\\sum_{n=1}^{${1 + Math.floor(random() * 8)}}${pick(['n', 'n^2x', '\\frac{x}{n}', 'x^n'])}`;
  }
}

/** @param {(from: string[]) => string} pick @param {() => string} digit @returns {string} */
function atom(pick, digit) {
  return pick([
    'x',
    'x',
    'x',
    'x',
    digit(),
    `${digit()}x`,
    '\\pi',
    'e',
    `0.${digit()}`,
    `-${digit()}`,
    `x^${digit()}`,
    `\\sqrt${digit()}`,
    `\\frac${digit()}${digit()}`,
    `\\frac{${digit()}}{${digit()}}`,
    `${digit()}\\frac{${digit()}}{${digit()}}`,
  ]);
}
