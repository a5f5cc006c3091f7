/**
 * Built-in names, in one table for each way a name is used. The operations themselves are in numeric.js (numbers) and
 * interval/ (ranges of numbers).
 */

import { CHANCE } from './chance/random.js';

/**
 * Constants, from their LaTeX spelling to the parser's name.
 *
 * @type {Record<string, string>}
 */
export const CONSTANTS = {
  '\\pi': '\\pi',
  '\\e': 'e',
  '\\exponentialE': 'e',
  '\\infty': '\\infty',
  '\\infinity': '\\infty',
  '\\tau': '\\tau',
};

/** @type {Record<string, number>} */
export const CONSTANT_VALUES = { '\\pi': Math.PI, e: Math.E, '\\infty': Infinity, '\\tau': 2 * Math.PI };

/** Functions of one number that are a single operation of the same name. */
const UNARY = (
  'sin cos tan sec csc cot arcsin arccos arctan arcsec arccsc arccot sinh cosh tanh sech csch coth ' +
  'arsinh arcosh artanh arsech arcsch arcoth exp ln log abs sqrt cbrt floor ceil sign erf'
).split(' ');

/** @type {Record<string, string>} other spellings */
const ALIASES = {
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  arctg: 'arctan',
  tg: 'tan',
  ctg: 'cot',
  cotg: 'cot',
  cosec: 'csc',
  arcsinh: 'arsinh',
  arccosh: 'arcosh',
  arctanh: 'artanh',
  asinh: 'arsinh',
  acosh: 'arcosh',
  atanh: 'artanh',
  arcsech: 'arsech',
  arccsch: 'arcsch',
  arccoth: 'arcoth',
  sh: 'sinh',
  ch: 'cosh',
  th: 'tanh',
  lg: 'log',
  sgn: 'sign',
  signum: 'sign',
  ceiling: 'ceil',
  average: 'mean',
  stddev: 'stdev',
  stddevp: 'stdevp',
  sum: 'total',
  nPr: 'npr',
  nCr: 'ncr',
};

/** @type {Record<string, [number, number]>} the least and greatest number of inputs of a function */
const ARITY = {
  arctan: [1, 2],
  log: [1, 2],
  round: [1, 2],
  mod: [2, 2],
  gcd: [1, Infinity],
  lcm: [1, Infinity],
  ncr: [2, 2],
  npr: [2, 2],
  min: [1, Infinity],
  max: [1, Infinity],
  nthroot: [1, 2],
  hypot: [2, 2],
  distance: [2, 2],
  midpoint: [2, 2],
  segment: [2, 2],
  polygon: [1, Infinity],
  repeat: [2, 2],
  random: [0, 3],
  shuffle: [1, 2],
  cov: [2, 2],
  covp: [2, 2],
  corr: [2, 2],
  spearman: [2, 2],
  normaldist: [0, 2],
  uniformdist: [0, 2],
  tdist: [1, 1],
  binomialdist: [1, 2],
  poissondist: [1, 1],
};

/** Functions from a list to a number. */
export const LIST_TO_NUMBER = new Set(
  'total mean median length count stdev stdevp var varp mad quantile quartile min max gcd lcm'.split(' '),
);
/** Functions from a list to a list. */
export const LIST_TO_LIST = new Set('sort unique join reverse'.split(' '));

/** Functions from two lists to a number. */
export const TWO_LISTS = new Set('cov covp corr spearman'.split(' '));
/** Functions that return a probability distribution. */
export const DISTRIBUTIONS = new Set('normaldist uniformdist tdist binomialdist poissondist'.split(' '));
/** Methods of a distribution, as in D.cdf(1). */
export const METHODS = new Set('pdf cdf inversecdf'.split(' '));

/**
 * Functions that students know from other calculators, by subject: they get a message instead of being read as a
 * product of letters.
 *
 * @type {Record<string, string>}
 */
const UNSUPPORTED = {
  chart: 'histogram dotplot boxplot stats',
  test: 'ttest ztest tscore zproptest chisqtest chisqgof iset pleft pright pvalue score dof stderr lower upper null',
  distribution: 'chisqdist fdist geodist',
  color: 'rgb hsv okhsv oklab oklch',
  sound: 'tone',
  shape:
    'vector circle line ray arc angle directedangle rotate dilate translate reflect intersection glider strictintersection ' +
    'perpendicular parallel anglebisector coterminal sphere triangle',
  other: 'det inv trace rref transpose real imag arg conj validateRangeLength width height',
};

/** @type {Map<string, string>} name to subject */
export const UNSUPPORTED_FUNCTIONS = new Map(
  Object.entries(UNSUPPORTED).flatMap(([about, names]) =>
    names.split(' ').map((name) => /** @type {[string, string]} */ ([name, about])),
  ),
);

/** Functions that are also recognized when typed letter by letter, as in sin(x) without a backslash. */
export const TYPED_NAMES = (
  'arcsin arccos arctan sinh cosh tanh floor round sqrt ceil sign sin cos tan sec csc cot log exp ' +
  'abs min max mod ln random shuffle'
).split(' ');

/** Every name that is followed by inputs. */
export const FUNCTION_NAMES = new Set([
  ...UNARY,
  ...Object.keys(ALIASES),
  ...Object.keys(ARITY),
  ...LIST_TO_NUMBER,
  ...LIST_TO_LIST,
]);

/** @type {Record<string, string>} for \sin^{-1} */
export const INVERSES = {
  sin: 'arcsin',
  cos: 'arccos',
  tan: 'arctan',
  sec: 'arcsec',
  csc: 'arccsc',
  cot: 'arccot',
  sinh: 'arsinh',
  cosh: 'arcosh',
  tanh: 'artanh',
  sech: 'arsech',
  csch: 'arcsch',
  coth: 'arcoth',
};

/** Functions of an angle and functions that return an angle: the ones that degree mode affects. */
export const TAKES_ANGLE = new Set('sin cos tan sec csc cot'.split(' '));
export const GIVES_ANGLE = new Set('arcsin arccos arctan arcsec arccsc arccot arctan2'.split(' '));

/**
 * Returns the canonical name of a function with several spellings.
 *
 * @param {string} name
 */
export function canonicalFunction(name) {
  return ALIASES[name] ?? name;
}

/** @param {string} written in any spelling @returns {boolean} whether it may follow a list, as in L.mean */
export function isListFunction(written) {
  const name = canonicalFunction(written);
  return LIST_TO_NUMBER.has(name) || LIST_TO_LIST.has(name) || name === 'repeat' || CHANCE.has(name);
}

/**
 * @param {string} name canonical
 * @returns {[number, number]} least and greatest number of inputs
 */
export function arity(name) {
  if (ARITY[name]) return ARITY[name];
  return LIST_TO_NUMBER.has(name) || LIST_TO_LIST.has(name) ? [1, Infinity] : [1, 1];
}
