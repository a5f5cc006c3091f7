/**
 * Numerical limits of functions.
 *
 * Values at repeatedly halved distances are extrapolated by Aitken's delta-squared process (A. C. Aitken, On
 * Bernoulli's numerical solution of algebraic equations, 1926), which is exact for a single power of the distance, such
 * as beside a root, and good for smooth functions. The limit is where several extrapolations agree best: further out
 * the curve bends, further in there is only rounding.
 *
 * @typedef {{kind: 'finite', value: number} | {kind: 'infinite', sign: 1 | -1} | {kind: 'outside'} | {kind: 'none'}}
 *   Limit
 *   outside: the function is undefined beside the point; none: it is defined but has no recognizable limit
 */

/** The most halvings of the distance. */
const MOST_HALVINGS = 44;
/** At less than this relative distance, differences are mostly rounding. */
const NEAREST = 2 ** -44;
/** The number of values examined to find out whether a function is defined at all. */
const FEWEST = 6;
/** The change must shrink at least by this factor per halving, or there is no limit. */
const CONTRACTION = 0.985;
/** How well extrapolations must agree, relative to the limit and to the change on the way. */
const AGREEMENT = 1e-5;
/** A limit smaller than this fraction of the change on the way is 0. */
const NOTHING = 1e-8;
/** Changes smaller than this fraction of the value are rounding. */
const ROUNDING = 1e-12;

/**
 * @param {(t: number) => number} f NaN where undefined
 * @param {number} at
 * @param {number} reach the furthest value examined is at + reach; negative for the limit from the left
 * @returns {Limit}
 */
export function limitOf(f, at, reach) {
  return limitOfSequence(valuesToward(f, at, reach));
}

/**
 * @param {(t: number) => number} f
 * @param {1|-1} sign
 * @returns {Limit} as t goes to plus (1) or minus (-1) infinity
 */
export function limitAtInfinity(f, sign) {
  // Powers of two times a number that is not a multiple of anything round: sin(pi x) is not 0.
  const values = [];
  for (let k = 3; k < 3 + MOST_HALVINGS; k++) values.push(f(sign * 1.2345678 * 2 ** k));
  return limitOfSequence(values);
}

/** @param {(t: number) => number} f @param {number} at @param {number} reach */
function valuesToward(f, at, reach) {
  const values = [];
  const nearest = Math.abs(at) * NEAREST;
  for (let k = 0, h = reach; k < MOST_HALVINGS && Math.abs(h) > nearest && at + h !== at; k++, h /= 2)
    values.push(f(at + h));
  return values;
}

/** @param {number[]} values @returns {Limit} */
function limitOfSequence(values) {
  // What is undefined further out may be another piece; closer in, a value too large for a double is undefined.
  const from = values.findLastIndex((value) => value !== value) + 1;
  const near = values.slice(from);
  if (from >= values.length - 1 || near.length < FEWEST)
    return { kind: values.slice(-FEWEST).every(Number.isNaN) ? 'outside' : 'none' };
  if (!Number.isFinite(near[near.length - 1])) return { kind: 'infinite', sign: near[near.length - 1] > 0 ? 1 : -1 };
  return settled(near) ?? growing(near) ?? { kind: 'none' };
}

/** @param {number[]} values @returns {Limit|null} the limit to which they converge */
function settled(values) {
  const scale = Math.abs(values[1] - values[values.length - 1]);
  let [best, error] = [NaN, Infinity];
  for (let k = 0; k + 4 < values.length; k++) {
    const window = values.slice(k, k + 5);
    if (!isContracting(window)) continue;
    const [a, b, c] = [aitken(window, 0), aitken(window, 1), aitken(window, 2)];
    const off = Math.max(Math.abs(c - b), Math.abs(b - a));
    if (off < error) [best, error] = [c, off];
  }
  if (error <= AGREEMENT * Math.max(Math.abs(best), scale)) return finite(best, scale);
  return faded(values);
}

/** @param {number} value @param {number} scale size of the values on the way @returns {Limit} */
function finite(value, scale) {
  return { kind: 'finite', value: Math.abs(value) < NOTHING * scale ? 0 : value };
}

/** @param {number[]} window window of five values */
function isContracting(window) {
  const smallest = ROUNDING * Math.max(...window.map(Math.abs));
  for (let i = 1; i + 1 < window.length; i++) {
    const [before, after] = [Math.abs(window[i] - window[i - 1]), Math.abs(window[i + 1] - window[i])];
    if (after > smallest && after > CONTRACTION * before) return false;
  }
  return true;
}

/** @param {number[]} values @param {number} k @returns {number} */
function aitken(values, k) {
  const [first, second] = [values[k + 1] - values[k], values[k + 2] - values[k + 1]];
  const bend = second - first;
  const better = values[k + 2] - (second * second) / bend;
  return Number.isFinite(better) ? better : values[k + 2];
}

/**
 * Values that oscillate with a shrinking amplitude, such as x sin(1/x).
 *
 * @param {number[]} values
 * @returns {Limit|null}
 */
function faded(values) {
  const spread = (/** @type {number[]} */ part) => Math.max(...part) - Math.min(...part);
  const third = Math.floor(values.length / 3);
  const [early, late] = [spread(values.slice(0, third)), spread(values.slice(-third))];
  return third > 8 && late < 1e-3 * early ? finite(values[values.length - 1], early) : null;
}

/** @param {number[]} values @returns {Limit|null} */
function growing(values) {
  // Very close to a pole, doubles are too coarse; very far, the function may do something else.
  const part = values.slice(Math.min(4, values.length - FEWEST), Math.max(FEWEST, Math.floor(values.length * 0.7)));
  const sign = part[part.length - 1] > part[0] ? 1 : -1;
  for (let i = 1; i < part.length; i++) {
    if ((part[i] - part[i - 1]) * sign <= 0) return null;
    if (i > 1 && (part[i] - part[i - 1]) * sign < CONTRACTION * (part[i - 1] - part[i - 2]) * sign) return null;
  }
  return { kind: 'infinite', sign };
}
