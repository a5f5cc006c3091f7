/** Spoken names of mathematical signs and functions. */

/** @type {Record<string, string>} */
export const SIGNS = {
  '+': 'plus',
  '-': 'minus',
  '−': 'minus',
  '*': 'times',
  '/': 'divided by',
  '=': 'equals',
  '<': 'is less than',
  '>': 'is greater than',
  ',': ',',
  ':': 'gives',
  '!': 'factorial',
  "'": 'prime',
  '~': 'is fitted by',
  '%': 'percent',
  '.': 'dot',
  '|': 'bar',
  '\\cdot': 'times',
  '\\times': 'times',
  '\\div': 'divided by',
  '\\pm': 'plus or minus',
  '\\le': 'is less than or equal to',
  '\\leq': 'is less than or equal to',
  '\\ge': 'is greater than or equal to',
  '\\geq': 'is greater than or equal to',
  '\\ne': 'is not equal to',
  '\\neq': 'is not equal to',
  '\\lt': 'is less than',
  '\\gt': 'is greater than',
  '\\sim': 'is fitted by',
  '\\to': 'goes to',
  '\\infty': 'infinity',
  '\\%': 'percent',
  '\\ldots': 'to',
  '\\prime': 'prime',
  '\\degree': 'degrees',
};

/** @type {Record<string, string>} names of functions */
export const FUNCTIONS = {
  sin: 'sine',
  cos: 'cosine',
  tan: 'tangent',
  sec: 'secant',
  csc: 'cosecant',
  cot: 'cotangent',
  arcsin: 'inverse sine',
  arccos: 'inverse cosine',
  arctan: 'inverse tangent',
  arcsec: 'inverse secant',
  arccsc: 'inverse cosecant',
  arccot: 'inverse cotangent',
  sinh: 'hyperbolic sine',
  cosh: 'hyperbolic cosine',
  tanh: 'hyperbolic tangent',
  sech: 'hyperbolic secant',
  csch: 'hyperbolic cosecant',
  coth: 'hyperbolic cotangent',
  ln: 'natural log',
  log: 'log',
  exp: 'the exponential',
  abs: 'the absolute value',
  floor: 'floor',
  ceil: 'ceiling',
  round: 'round',
  sign: 'sign',
  mod: 'the remainder',
  min: 'the minimum',
  max: 'the maximum',
  mean: 'the mean',
  median: 'the median',
  total: 'the total',
  gcd: 'gcd',
  lcm: 'lcm',
  nCr: 'n c r',
  nPr: 'n p r',
  stdev: 'the standard deviation',
  length: 'the length',
  polygon: 'the polygon',
};

/** @type {Record<string, string>} operations over a range */
export const RANGES = { '\\sum': 'the sum', '\\prod': 'the product', '\\int': 'the integral' };

/** @type {Record<string, string>} powers with special names */
export const POWERS = { 2: 'squared', 3: 'cubed' };

/** @type {Record<string, string>} roots likewise */
export const ROOTS = { 3: 'cube root', 4: 'fourth root', 5: 'fifth root' };
