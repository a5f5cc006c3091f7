/** From here on a power of ten is written: 100000 still fits, 1000000 does not. */
const LARGE = 1e6;
const SMALL = 1e-4;
/** Numbers with no more digits than this are written out if a power of ten would need as many. */
const MOST_DIGITS = 12;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Denominators of the fractions of pi that are recognized as steps. */
const DENOMINATORS = [1, 2, 3, 4, 6, 8, 12];
const MINUS = '−';

/**
 * Formats a number with a true minus sign, without floating-point noise, and with a power of ten if it is too long.
 *
 * @param {number} value
 * @returns {string}
 */
export function formatNumber(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size < LARGE && size >= SMALL) return sign + String(Number(size.toPrecision(12)));
  return sign + withPower(Number(size.toPrecision(12)).toExponential());
}

/** @param {string} exponential such as 2.5e-7 */
function withPower(exponential) {
  const [mantissa, exponent] = exponential.split('e');
  const power = `10${superscript(Number(exponent))}`;
  return mantissa === '1' ? power : `${mantissa}×${power}`;
}

/** @param {number} n */
function superscript(n) {
  const digits = [...String(Math.abs(n))].map((d) => SUPERSCRIPTS[Number(d)]).join('');
  return (n < 0 ? '⁻' : '') + digits;
}

/**
 * Returns a formatter for the numbers of an axis, all with the same number of digits.
 *
 * @param {{step: number, degrees: boolean, pi: boolean}} axis pi: write fractions of pi as such
 * @returns {(value: number, k: number) => string} for the k-th multiple of the step
 */
export function axisLabel({ step, degrees, pi }) {
  const part = pi ? partOfPi(step) : null;
  if (part !== null) return (_, k) => multipleOfPi(k * part.p, part.q);
  const number = (/** @type {number} */ value) => numberLabel(value, step);
  return degrees ? (value) => `${number(value)}°` : number;
}

/** @param {number} value @param {number} step */
function numberLabel(value, step) {
  const size = Math.abs(value);
  if (size < LARGE) return formatNumber(value);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const digits = Math.floor(Math.log10(size)) + 1 + decimals;
  const exponential = Number(size.toPrecision(Math.min(15, digits))).toExponential();
  // One digit and a power of ten is shorter than a row of zeros; all digits and a power of ten are longer than all
  // digits.
  if (exponential.length <= 8 || digits > MOST_DIGITS + 3) return formatNumber(value);
  return (value < 0 ? MINUS : '') + size.toFixed(Math.min(decimals, 15));
}

/** @param {number} step @returns {{p: number, q: number} | null} such that step is p/q times pi */
function partOfPi(step) {
  for (const q of DENOMINATORS) {
    const p = (step / Math.PI) * q;
    if (Math.round(p) > 0 && Math.abs(p - Math.round(p)) < 1e-9 * p) return { p: Math.round(p), q };
  }
  return null;
}

/**
 * @param {number} p
 * @param {number} q
 * @returns {string} p/q times pi, such as −3π/2
 */
export function multipleOfPi(p, q) {
  if (p === 0) return '0';
  const divisor = greatestCommonDivisor(Math.abs(p), q);
  const [top, bottom] = [Math.abs(p) / divisor, q / divisor];
  return `${p < 0 ? MINUS : ''}${top === 1 ? '' : top}π${bottom === 1 ? '' : `/${bottom}`}`;
}

/** @param {number} a @param {number} b @returns {number} */
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
