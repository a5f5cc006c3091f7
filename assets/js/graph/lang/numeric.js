/** Operations on numbers. NaN means undefined. */

/** Exponents are read as fractions up to this denominator: x^{0.333} is 333/1000, x^{0.3333333} is not a fraction. */
const MAX_DENOMINATOR = 999;
/** Doubles of the same fraction differ by no more than this (1/3 as a quotient, or summed by a slider). */
const FRACTION_TOLERANCE = 4e-15;
const HALF_ULP = 2 ** -53;

/**
 * Finds the fraction that a number stands for, by continued fractions.
 *
 * @param {number} x
 * @returns {{p: number, q: number}|null} in lowest terms, q > 0; null if no fraction has a small denominator
 */
export function toFraction(x) {
  if (!Number.isFinite(x) || Math.abs(x) > 1e6) return null;
  let [p0, q0, p1, q1] = [0, 1, 1, 0];
  let rest = x;
  for (;;) {
    const whole = Math.floor(rest);
    [p0, q0, p1, q1] = [p1, q1, whole * p1 + p0, whole * q1 + q0];
    if (q1 > MAX_DENOMINATOR) return null;
    if (Math.abs(p1 / q1 - x) <= FRACTION_TOLERANCE * Math.max(1, Math.abs(x))) return { p: p1, q: q1 };
    rest = 1 / (rest - whole);
  }
}

/**
 * b^(p/q) for odd q, which is defined for negative b too.
 *
 * @param {number} b
 * @param {number} p
 * @param {number} q odd
 */
export function oddRootPower(b, p, q) {
  const root = q === 3 ? Math.cbrt(b) : Math.sign(b) * Math.abs(b) ** (1 / q);
  if (p === 1) return root;
  if (q === 3) return root ** p;
  const size = Math.abs(b) ** (p / q);
  return b < 0 && p % 2 !== 0 ? -size : size;
}

/** @param {number} b @param {number} e */
export function power(b, e) {
  // In JavaScript even NaN ** 0 is 1.
  if (b !== b) return NaN;
  if (b >= 0 || Number.isInteger(e) || e !== e) return b ** e;
  const fraction = toFraction(e);
  return fraction !== null && fraction.q % 2 === 1 ? oddRootPower(b, fraction.p, fraction.q) : NaN;
}

/** @param {number} b @param {number} n a whole number */
export function wholePower(b, n) {
  return n === 0 && b !== b ? NaN : b ** n;
}

/** The n-th root of b. @param {number} b @param {number} n */
function nthRoot(b, n) {
  if (n === 2) return Math.sqrt(b);
  if (Number.isInteger(n) && n % 2 !== 0) return oddRootPower(b, Math.sign(n), Math.abs(n));
  return Number.isInteger(n) && b < 0 ? NaN : power(b, 1 / n);
}

/**
 * Whether the cosine or sine computed at x is only the rounding error of a true zero, as at the double next to pi/2.
 */
const isZero = (/** @type {number} */ c, /** @type {number} */ x) => Math.abs(c) <= Math.abs(x) * HALF_ULP * 1.01;

const overCos = (/** @type {number} */ x) => {
  const c = Math.cos(x);
  return isZero(c, x) ? NaN : c;
};
const overSin = (/** @type {number} */ x) => {
  const s = Math.sin(x);
  return isZero(s, x) ? NaN : s;
};

/** @param {number} a @param {number} b */
export function mod(a, b) {
  return a - b * Math.floor(a / b);
}

/** Rounds half up. @param {number} x @param {number} digits decimal places */
export function round(x, digits) {
  const scale = 10 ** Math.floor(digits);
  return Math.floor(x * scale + 0.5) / scale;
}

/** The logarithm to a base, exact if the result is a whole number. @param {number} x @param {number} base */
export function logarithm(x, base) {
  if (base === 2) return Math.log2(x);
  if (base === 10) return Math.log10(x);
  if (!(base > 0) || base === 1) return NaN;
  const quotient = Math.log(x) / Math.log(base);
  const whole = Math.round(quotient);
  return Math.abs(quotient - whole) < 1e-12 && base ** whole === x ? whole : quotient;
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** @type {number[]} all factorials that are finite doubles */
const FACTORIALS = [1];
for (let n = 1; n <= 170; n++) FACTORIALS.push(FACTORIALS[n - 1] * n);

/** x! for every x except the negative integers, by the gamma function. @param {number} x @returns {number} */
export function factorial(x) {
  if (Number.isInteger(x)) return x < 0 ? NaN : x > 170 ? Infinity : FACTORIALS[x];
  if (x < -0.5) return Math.PI / (Math.sin(Math.PI * (x + 1)) * factorial(-x - 1));
  if (x > 171) return Infinity;
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x + i);
  const t = x + 7.5;
  // In two halves, because the power alone would overflow before the product does.
  const half = t ** ((x + 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-t) * half * sum;
}

/** The derivative of ln Γ at x. @param {number} x @returns {number} */
export function digamma(x) {
  if (x <= 0 && Number.isInteger(x)) return NaN;
  if (x < 0.5) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let shift = 0;
  for (; x < 10; x += 1) shift -= 1 / x;
  const i = 1 / (x * x);
  return (
    shift +
    Math.log(x) -
    0.5 / x -
    i * (1 / 12 - i * (1 / 120 - i * (1 / 252 - i * (1 / 240 - i * (1 / 132 - i * (691 / 32760 - i / 12))))))
  );
}

/**
 * The error function: a series near 0, a continued fraction elsewhere (Abramowitz and Stegun, Handbook of Mathematical
 * Functions, 1964, 7.1.6 and 7.1.14).
 *
 * @param {number} x
 * @returns {number}
 */
export function erf(x) {
  const size = Math.abs(x);
  if (!(size < 6)) return size !== size ? NaN : Math.sign(x);
  if (size > 2.5) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (size + fraction);
    return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * (size + fraction)));
  }
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return ((2 * sum) / Math.sqrt(Math.PI)) * Math.exp(-x * x);
}

/**
 * The quantile function of the normal distribution, by bisection followed by Newton's method.
 *
 * @param {number} p
 * @returns {number}
 */
export function probit(p) {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const excess = (/** @type {number} */ z) => (1 + erf(z / Math.SQRT2)) / 2 - p;
  let [low, high] = [-8.3, 8.3];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  let z = (low + high) / 2;
  for (let i = 0; i < 3; i++) z -= excess(z) / (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) || Infinity);
  return z;
}

/** @param {number} n @param {number} k */
function choose(n, k) {
  if (!Number.isInteger(n) || !Number.isInteger(k)) return NaN;
  if (k < 0 || k > n) return 0;
  const steps = Math.min(k, n - k);
  let result = 1;
  for (let i = 1; i <= steps && result < Infinity; i++) result = (result * (n - steps + i)) / i;
  return Math.round(result);
}

/** @param {number} n @param {number} k */
function arrange(n, k) {
  if (!Number.isInteger(n) || !Number.isInteger(k)) return NaN;
  if (k < 0 || k > n) return 0;
  let result = 1;
  for (let i = 0; i < k && result < Infinity; i++) result *= n - i;
  return result;
}

/** @param {number} a @param {number} b */
function divisor(a, b) {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return NaN;
  [a, b] = [Math.abs(a), Math.abs(b)];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/**
 * Operations on one number.
 *
 * @type {Record<string, (x: number) => number>}
 */
export const UNARY = {
  neg: (x) => -x,
  abs: Math.abs,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  ln: (x) => (x > 0 ? Math.log(x) : NaN),
  log: (x) => (x > 0 ? Math.log10(x) : NaN),
  sin: Math.sin,
  cos: Math.cos,
  tan: (x) => (isZero(Math.cos(x), x) ? NaN : Math.tan(x)),
  sec: (x) => 1 / overCos(x),
  csc: (x) => 1 / overSin(x),
  cot: (x) => Math.cos(x) / overSin(x),
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  arcsec: (x) => (x === 0 ? NaN : Math.acos(1 / x)),
  arccsc: (x) => (x === 0 ? NaN : Math.asin(1 / x)),
  // The branch that is continuous at 0, from pi down to 0.
  arccot: (x) => Math.PI / 2 - Math.atan(x),
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  sech: (x) => 1 / Math.cosh(x),
  csch: (x) => (x === 0 ? NaN : 1 / Math.sinh(x)),
  coth: (x) => (x === 0 ? NaN : 1 / Math.tanh(x)),
  arsinh: Math.asinh,
  arcosh: Math.acosh,
  artanh: (x) => (Math.abs(x) < 1 ? Math.atanh(x) : NaN),
  arsech: (x) => (x > 0 ? Math.acosh(1 / x) : NaN),
  arcsch: (x) => (x === 0 ? NaN : Math.asinh(1 / x)),
  arcoth: (x) => (Math.abs(x) > 1 ? Math.atanh(1 / x) : NaN),
  floor: Math.floor,
  ceil: Math.ceil,
  sign: Math.sign,
  factorial,
  digamma,
  erf,
  probit,
};

/**
 * Operations on two numbers. Division by zero is undefined (JavaScript returns Infinity).
 *
 * @type {Record<string, (a: number, b: number) => number>}
 */
export const BINARY = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => (b === 0 ? NaN : a / b),
  pow: (a, b) => (a === 0 && b < 0 ? NaN : power(a, b)),
  root: nthRoot,
  mod,
  round,
  logb: (x, base) => (x > 0 ? logarithm(x, base) : NaN),
  min: Math.min,
  max: Math.max,
  arctan2: (y, x) => (x === 0 && y === 0 ? NaN : Math.atan2(y, x)),
  ncr: choose,
  npr: arrange,
  gcd: divisor,
  lcm: (a, b) => (a === 0 || b === 0 ? 0 : Math.abs(a * b) / divisor(a, b)),
};
