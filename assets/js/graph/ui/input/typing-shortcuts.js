/** Words and characters that turn into mathematics while typing, as students know them from other calculators. */

/** Commands typed by their own name. */
const COMMANDS = [
  'pi', 'theta', 'alpha', 'beta', 'gamma', 'delta', 'phi', 'tau', 'lambda', 'omega', 'sigma',
  'sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'sinh', 'cosh', 'tanh', 'coth',
  'arcsin', 'arccos', 'arctan', 'ln', 'log', 'exp', 'min', 'max', 'gcd',
];

/** Functions with a name but no command. */
export const OPERATORS = [
  'abs', 'sign', 'floor', 'ceil', 'round', 'mod', 'lcm', 'nCr', 'nPr', 'sech', 'csch',
  'arccot', 'arcsec', 'arccsc', 'arcsinh', 'arccosh', 'arctanh',
  'mean', 'median', 'total', 'length', 'stdev', 'var', 'corr', 'polygon', 'segment', 'distance', 'midpoint',
  'random', 'shuffle', 'sort', 'unique', 'join', 'repeat', 'quantile', 'quartile', 'stdevp', 'cov',
  'mad', 'varp', 'covp', 'spearman', 'count', 'reverse', 'erf', 'pdf', 'cdf', 'inversecdf',
  'normaldist', 'uniformdist', 'tdist', 'binomialdist', 'poissondist',
];

/** Words between formulas, as in `[n^2 for n=[1...5]]` and `a+b with a=2`. */
export const JOINING = ['for', 'with'];

/** Everything else; `#?` is a placeholder. */
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
  ...Object.fromEntries([...OPERATORS, ...JOINING].map((name) => [name, `\\operatorname{${name}}`])),
  ...TEMPLATES,
});
