/**
 * What a student types in letters and what it becomes, as students know it from the calculators they have used.
 */

/** Commands typed by their own name. */
const COMMANDS = [
  'pi', 'theta', 'alpha', 'beta', 'gamma', 'delta', 'phi', 'tau', 'lambda', 'omega', 'sigma',
  'sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'sinh', 'cosh', 'tanh', 'coth',
  'arcsin', 'arccos', 'arctan', 'ln', 'log', 'exp', 'min', 'max', 'gcd',
];

/** Functions that have a name but no command. */
const OPERATORS = [
  'abs', 'sign', 'floor', 'ceil', 'round', 'mod', 'lcm', 'nCr', 'nPr', 'sech', 'csch',
  'arccot', 'arcsec', 'arccsc', 'arcsinh', 'arccosh', 'arctanh',
  'mean', 'median', 'total', 'length', 'stdev', 'var', 'corr', 'polygon', 'segment', 'distance', 'midpoint',
  'random', 'shuffle', 'sort', 'unique', 'join', 'repeat', 'quantile', 'quartile', 'stdevp', 'cov',
  'normaldist', 'uniformdist', 'tdist', 'binomialdist', 'poissondist',
];

/** Everything else; `#?` is a place to fill in. */
const TEMPLATES = {
  sqrt: '\\sqrt{#?}',
  cbrt: '\\sqrt[3]{#?}',
  nthroot: '\\sqrt[#?]{#?}',
  sum: '\\sum_{n=#?}^{#?}',
  prod: '\\prod_{n=#?}^{#?}',
  int: '\\int_{#?}^{#?}',
  infty: '\\infty',
  infinity: '\\infty',
  '*': '\\cdot',
  '<=': '\\le',
  '>=': '\\ge',
  '->': '\\to',
  '~': '\\sim',
};

/** @type {Readonly<Record<string, string>>} */
export const INLINE_SHORTCUTS = Object.freeze({
  ...Object.fromEntries(COMMANDS.map((name) => [name, `\\${name}`])),
  ...Object.fromEntries(OPERATORS.map((name) => [name, `\\operatorname{${name}}`])),
  ...TEMPLATES,
});
