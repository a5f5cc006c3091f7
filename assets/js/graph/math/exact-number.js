/**
 * Recognizes exact forms of computed numbers: 1/3, 2π/3, 3√2/2. A form is accepted if it lies within the error of the
 * number, and the error is so small that this is very unlikely to be a coincidence.
 *
 * @typedef {{text: string, spoken: string, isDecimal: boolean}} Exact isDecimal: whether it is a complete decimal, such
 *   as 0.25
 */

/** The greatest accepted probability that an unrelated number matches a form. */
const CHANCE = 1e-8;
/** The greatest number that is recognized. */
const LARGEST = 1e6;
const ROUNDING = 2 ** -51;
const MOST_DENOMINATOR = 99;
const MOST_NUMERATOR = 999;
/** Denominators that are written as decimals: 7/5 is 1.4, but 1/4 stays. */
const DECIMAL_DENOMINATORS = new Set([5, 10, 20, 25, 40, 50]);
const PI_DENOMINATORS = [1, 2, 3, 4, 5, 6, 8, 9, 10, 12];
const E_DENOMINATORS = [1, 2, 3, 4];
const MOST_ROOT_DENOMINATOR = 12;
/** The greatest radicand. */
const MOST_RADICAND = 999;
/** The greatest term beside a root, as in (3 + √5)/2. */
const MOST_TERM = 30;
const MOST_LOGARITHM = 20;

/**
 * @param {number} value
 * @param {number} error bound of the error of the value
 * @returns {Exact | null} null if no form is recognized
 */
export function exactForm(value, error) {
  if (!(Math.abs(value) <= LARGEST)) return null;
  // An error of 0 means that of the nearest double.
  const number = { value, error: Math.max(error, Math.abs(value) * ROUNDING) };
  for (const form of FORMS) {
    const found = form(number);
    if (found !== null) return found;
  }
  return null;
}

/** @typedef {{value: number, error: number}} Approximate */

/**
 * @param {Approximate} number
 * @param {number} candidate
 * @param {number} density number of candidates per unit
 */
function fits({ value, error }, candidate, density) {
  return Math.abs(value - candidate) <= error && 2 * error * density < CHANCE;
}

/**
 * The forms from the simplest to the most intricate.
 *
 * @type {readonly ((number: Approximate) => Exact | null)[]}
 */
const FORMS = [rational, multipleOfPi, root, multipleOfE, logarithm, sumWithRoot];

/** @param {Approximate} number @returns {Exact | null} */
function rational(number) {
  for (let q = 1; q <= MOST_DENOMINATOR; q++) {
    const p = Math.round(number.value * q);
    if (!fits(number, p / q, q * q) || (q > 1 && Math.abs(p) > MOST_NUMERATOR)) continue;
    if (q === 1 || DECIMAL_DENOMINATORS.has(q)) return decimal(p / q);
    return { ...fraction(p, '', q, ''), isDecimal: false };
  }
  return fits(number, Number(number.value.toFixed(3)), 1000) ? decimal(Number(number.value.toFixed(3))) : null;
}

/** @param {Approximate} number @returns {Exact | null} */
function multipleOfPi(number) {
  return multipleOf(number, Math.PI, 'π', 'pi', PI_DENOMINATORS);
}

/** @param {Approximate} number @returns {Exact | null} */
function multipleOfE(number) {
  const square = multipleOf(number, Math.E ** 2, 'e²', 'e squared', [1]);
  return multipleOf(number, Math.E, 'e', 'e', E_DENOMINATORS) ?? square ?? inverseOfE(number);
}

/** @param {Approximate} number @returns {Exact | null} */
function inverseOfE(number) {
  const p = Math.round(number.value * Math.E);
  if (p === 0 || Math.abs(p) > MOST_TERM || !fits(number, p / Math.E, 1)) return null;
  const { text, spoken } = decimal(p);
  return { text: `${text}/e`, spoken: `${spoken} over e`, isDecimal: false };
}

/**
 * @param {Approximate} number
 * @param {number} unit
 * @param {string} sign text of the unit
 * @param {string} word
 * @param {readonly number[]} denominators
 * @returns {Exact | null}
 */
function multipleOf(number, unit, sign, word, denominators) {
  for (const q of denominators) {
    const p = Math.round((number.value / unit) * q);
    if (p !== 0 && Math.abs(p) <= MOST_DENOMINATOR && fits(number, (p / q) * unit, 10 * q))
      return { ...fraction(p, sign, q, word), isDecimal: false };
  }
  return null;
}

/** Such as 3√2/2. @param {Approximate} number @returns {Exact | null} */
function root(number) {
  return rootOver(number, 0);
}

/** Such as (1 + √5)/2. @param {Approximate} number @returns {Exact | null} */
function sumWithRoot(number) {
  for (let p = 1; p <= MOST_TERM; p++) {
    const found = rootOver(number, p) ?? rootOver(number, -p);
    if (found !== null) return found;
  }
  return null;
}

/**
 * (term + k√n)/q: without term and denominator, what remains is the root of an integer.
 *
 * @param {Approximate} number
 * @param {number} term
 * @returns {Exact | null}
 */
function rootOver(number, term) {
  for (let q = 1; q <= MOST_ROOT_DENOMINATOR; q++) {
    const rest = number.value * q - term;
    const square = Math.round(rest * rest);
    if (square < 2 || square > MOST_RADICAND * q * q) continue;
    const { factor, radicand } = withoutSquares(square);
    if (
      radicand === 1 ||
      radicand > MOST_RADICAND ||
      (term !== 0 && commonDivisor(commonDivisor(factor, q), Math.abs(term)) > 1)
    )
      continue;
    const candidate = (term + Math.sign(rest) * Math.sqrt(square)) / q;
    const density = 2 * Math.abs(rest) * q * (term === 0 ? q : 2 * MOST_TERM * q);
    if (fits(number, candidate, density)) return written(term, Math.sign(rest) * factor, radicand, q);
  }
  return null;
}

/** Such as ln 5. @param {Approximate} number @returns {Exact | null} */
function logarithm(number) {
  const n = Math.round(Math.exp(Math.abs(number.value)));
  if (n < 2 || n > MOST_LOGARITHM || !fits(number, Math.sign(number.value) * Math.log(n), MOST_LOGARITHM)) return null;
  const minus = number.value < 0;
  return {
    text: `${minus ? '−' : ''}ln ${n}`,
    spoken: `${minus ? 'minus ' : ''}the natural logarithm of ${n}`,
    isDecimal: false,
  };
}

/** @param {number} value @returns {string} with a true minus sign */
function signed(value) {
  return `${value < 0 ? '−' : ''}${Math.abs(value)}`;
}

/** @param {number} value @returns {Exact} */
function decimal(value) {
  const text = signed(value);
  return { text, spoken: text.replace('−', 'minus '), isDecimal: true };
}

/**
 * @param {number} p
 * @param {string} sign text of the unit, or ''
 * @param {number} q
 * @param {string} word spoken unit
 * @returns {{text: string, spoken: string}}
 */
function fraction(p, sign, q, word) {
  const size = Math.abs(p);
  const top = size === 1 && sign !== '' ? sign : `${size}${sign}`;
  const topWord = size === 1 && word !== '' ? word : `${size} ${word}`.trim();
  const minus = p < 0;
  return {
    text: `${minus ? '−' : ''}${top}${q === 1 ? '' : `/${q}`}`,
    spoken: `${minus ? 'minus ' : ''}${topWord}${q === 1 ? '' : `${word.includes(' ') ? ',' : ''} over ${q}`}`,
  };
}

/**
 * @param {number} term
 * @param {number} factor factor of the root
 * @param {number} radicand
 * @param {number} q
 * @returns {Exact}
 */
function written(term, factor, radicand, q) {
  const word = `the square root of ${radicand}`;
  if (term === 0) {
    const divisor = commonDivisor(Math.abs(factor), q);
    const times = Math.abs(factor) / divisor === 1 ? word : `times ${word}`;
    return { ...fraction(factor / divisor, `√${radicand}`, q / divisor, times), isDecimal: false };
  }
  const size = Math.abs(factor);
  const [first, second] = [signed(term), `${size === 1 ? '' : size}√${radicand}`];
  const sum = `${first} ${factor < 0 ? '−' : '+'} ${second}`;
  const spoken = `${first.replace('−', 'minus ')} ${factor < 0 ? 'minus' : 'plus'} ${size === 1 ? '' : `${size} times `}${word}`;
  if (q === 1) return { text: sum, spoken, isDecimal: false };
  return { text: `(${sum})/${q}`, spoken: `the quantity ${spoken}, over ${q}`, isDecimal: false };
}

/** @param {number} n @returns {{factor: number, radicand: number}} such that √n = factor · √radicand */
function withoutSquares(n) {
  let [factor, radicand] = [1, n];
  for (let i = 2; i * i <= radicand; i++) {
    while (radicand % (i * i) === 0) {
      factor *= i;
      radicand /= i * i;
    }
  }
  return { factor, radicand };
}

/** @param {number} a @param {number} b @returns {number} */
function commonDivisor(a, b) {
  return b === 0 ? a : commonDivisor(b, a % b);
}
