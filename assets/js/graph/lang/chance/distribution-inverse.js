/**
 * Inverse cumulative distributions and random samples.
 *
 * @typedef {import('../core.js').Core} Core
 * @typedef {import('../values.js').DistributionValue} DistributionValue
 */

import { num } from '../core.js';
import { KINDS } from './distributions.js';
import { integrate } from '../calculus/integrate.js';
import { LangError, words } from '../messages.js';
import { UNARY } from '../numeric.js';
import { spend } from '../work-limit.js';

/** Tolerance for rounding in sums of probabilities, so that exactly one half is found at the integer where it ends. */
const ROUNDING = 1e-12;
/** Bisection steps for an angle, to full precision. */
const HALVINGS = 54;
/** The cost of one inverse of Student's t. */
const STUDENT_WORK = 20_000;
/** From this many degrees of freedom on, t is approximated by the normal distribution and its first correction. */
const MANY_DEGREES = 1e6;

/**
 * Returns a function that draws from a distribution.
 *
 * @param {DistributionValue} value
 * @returns {(chance: () => number) => number}
 */
export function sampler({ distribution: name, params }) {
  if (!params.every(({ op }) => op === 'num')) throw new LangError(words.needsFixedNumber());
  if (name === 'tdist') return studentSample(params[0].value);
  const inverse = inverseOf(name, params);
  return (chance) => inverse(chance());
}

/**
 * R. W. Bailey, "Polar generation of random variates with the t-distribution", Mathematics of Computation 62 (1994): by
 * a radius and a direction.
 *
 * @param {number} degrees
 * @returns {(chance: () => number) => number}
 */
function studentSample(degrees) {
  if (!(degrees > 0)) return () => NaN;
  return (chance) => {
    const length = Math.sqrt(degrees * (chance() ** (-2 / degrees) - 1));
    return length * Math.cos(2 * Math.PI * chance());
  };
}

/**
 * Returns the inverse cumulative distribution for fixed parameters.
 *
 * @param {string} name
 * @param {Core[]} params
 * @returns {(share: number) => number}
 */
export function inverseOf(name, params) {
  if (name === 'tdist') return (share) => studentInverse(share, params[0].value);
  const { inverse, pdf } = KINDS[name];
  if (inverse !== null) return (share) => inverse(num(share), params).value;
  return wholeInverse(
    (n) => pdf(num(n), params).value,
    name === 'binomialdist' ? Math.floor(params[0].value) : Infinity,
  );
}

/**
 * Returns the least integer up to which the cumulative probability reaches a value.
 *
 * @param {(n: number) => number} chance
 * @param {number} last
 * @returns {(share: number) => number}
 */
function wholeInverse(chance, last) {
  /** @type {number[]} cumulative probabilities by integer */
  const shares = [];
  const possible = chance(0) >= 0;
  return (share) => {
    if (!possible || !(share >= 0 && share <= 1)) return NaN;
    if (share === 1) return last;
    for (let n = 0; n < last; n++) {
      if (n === shares.length) shares.push((shares[n - 1] ?? 0) + chance(n));
      if (share <= shares[n] + ROUNDING) return n;
    }
    return last;
  };
}

/**
 * Student's t is √degrees·tan of an angle whose density is a power of its cosine, which is easier to search than the
 * long tails of t itself.
 *
 * @param {number} share
 * @param {number} degrees
 */
function studentInverse(share, degrees) {
  if (!(degrees > 0) || !(share >= 0 && share <= 1)) return NaN;
  if (share === 0 || share === 1) return share === 0 ? -Infinity : Infinity;
  if (degrees >= MANY_DEGREES) {
    const z = UNARY.probit(share);
    return z + (z ** 3 + z) / (4 * degrees);
  }
  spend(STUDENT_WORK);
  const upTo = (/** @type {number} */ angle) => integrate((a) => Math.cos(a) ** (degrees - 1), 0, angle);
  const half = upTo(Math.PI / 2);
  // Below one degree of freedom the density has a pole at the end.
  if (!(half > 0)) return NaN;
  const wanted = Math.abs(2 * share - 1) * half;
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (upTo(middle) < wanted) low = middle;
    else high = middle;
  }
  return Math.sign(share - 0.5) * Math.sqrt(degrees) * Math.tan((low + high) / 2);
}
