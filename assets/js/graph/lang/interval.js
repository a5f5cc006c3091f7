/**
 * Arithmetic with intervals: from all values of the operands to bounds for all values of the result, rounded outward,
 * with a decoration (see types.js): 2 = defined and continuous on the whole box, 1 = perhaps not, 0 = nowhere defined.
 *
 * Intervals lie in two arrays, lo and hi, and are named by their place: nothing is allocated while a curve is drawn.
 * A lower bound is never Infinity and an upper one never -Infinity: what overflows lies between the largest double and
 * Infinity.
 *
 * @typedef {import('./types.js').Decoration} Decoration
 * @typedef {(lo: Float64Array, hi: Float64Array, r: number, a: number) => Decoration} UnaryInterval
 * @typedef {(lo: Float64Array, hi: Float64Array, r: number, a: number, b: number) => Decoration} BinaryInterval
 */

/** A unit in the last place of a result that is rounded correctly, and what a library function may be wrong by. */
const ROUNDING = 2 ** -52;
const LIBRARY = 2 ** -50;
const MAX = Number.MAX_VALUE;
const TINY = Number.MIN_VALUE;

/** @param {number} x @param {number} [error] @returns {number} */
export function lower(x, error = ROUNDING) {
  return x === Infinity ? MAX : x - Math.abs(x) * error - TINY;
}

/** @param {number} x @param {number} [error] @returns {number} */
export function upper(x, error = ROUNDING) {
  return x === -Infinity ? -MAX : x + Math.abs(x) * error + TINY;
}

/**
 * Sets the result to all numbers.
 *
 * @param {Float64Array} lo
 * @param {Float64Array} hi
 * @param {number} r
 * @param {Decoration} decoration
 * @returns {Decoration}
 */
export function entire(lo, hi, r, decoration) {
  lo[r] = -Infinity;
  hi[r] = Infinity;
  return decoration;
}

/**
 * Sets the result; a bound that is no number (0 times Infinity at a corner) is none.
 *
 * @param {Float64Array} lo
 * @param {Float64Array} hi
 * @param {number} r
 * @param {number} from
 * @param {number} to
 * @param {Decoration} [decoration]
 * @returns {Decoration}
 */
export function set(lo, hi, r, from, to, decoration = 2) {
  if (from !== from || to !== to) return entire(lo, hi, r, decoration);
  lo[r] = from === Infinity ? MAX : from;
  hi[r] = to === -Infinity ? -MAX : to;
  return decoration;
}

/** The error of the rounded sum s of a and b: 0 if s is exact. @param {number} a @param {number} b @param {number} s */
function sumError(a, b, s) {
  const part = s - a;
  return a - (s - part) + (b - part);
}

/** @type {BinaryInterval} */
export function add(lo, hi, r, a, b) {
  return addBounds(lo, hi, r, lo[a], hi[a], lo[b], hi[b]);
}

/** @type {BinaryInterval} */
export function sub(lo, hi, r, a, b) {
  return addBounds(lo, hi, r, lo[a], hi[a], -hi[b], -lo[b]);
}

/**
 * @param {Float64Array} lo
 * @param {Float64Array} hi
 * @param {number} r
 * @param {number} al
 * @param {number} ah
 * @param {number} bl
 * @param {number} bh
 * @returns {Decoration}
 */
function addBounds(lo, hi, r, al, ah, bl, bh) {
  const from = al + bl;
  const to = ah + bh;
  // Exact sums stay exact, so that 1 - 1 is 0 and sqrt of it is defined.
  lo[r] = sumError(al, bl, from) === 0 ? from : lower(from);
  hi[r] = sumError(ah, bh, to) === 0 ? to : upper(to);
  return (ah === Infinity && bl === -Infinity) || (al === -Infinity && bh === Infinity) ? 1 : 2;
}

/** A product at a corner, where nothing times anything is nothing. @param {number} a @param {number} b */
function times(a, b) {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** Whether the product p of a and b is exact for sure. @param {number} a @param {number} b @param {number} p */
function isExactProduct(a, b, p) {
  return p === 0 ? a === 0 || b === 0 : (a | 0) === a && (b | 0) === b && Math.abs(p) <= 2 ** 53;
}

/** @type {BinaryInterval} */
export function mul(lo, hi, r, a, b) {
  const [al, ah, bl, bh] = [lo[a], hi[a], lo[b], hi[b]];
  let from;
  let to;
  if (al >= 0 && bl >= 0) {
    from = times(al, bl);
    to = times(ah, bh);
    lo[r] = isExactProduct(al, bl, from) ? from : Math.max(0, lower(from));
    hi[r] = isExactProduct(ah, bh, to) ? to : upper(to);
  } else {
    const [p, q, s, t] = [times(al, bl), times(al, bh), times(ah, bl), times(ah, bh)];
    from = Math.min(p, q, s, t);
    to = Math.max(p, q, s, t);
    lo[r] = from === 0 ? 0 : lower(from);
    hi[r] = to === 0 ? 0 : upper(to);
  }
  const unbounded = from === -Infinity || to === Infinity;
  return unbounded && ((al <= 0 && ah >= 0) || (bl <= 0 && bh >= 0)) && (isUnbounded(al, ah) || isUnbounded(bl, bh)) ? 1 : 2;
}

/** @param {number} from @param {number} to */
function isUnbounded(from, to) {
  return from === -Infinity || to === Infinity;
}

/** @type {BinaryInterval} */
export function div(lo, hi, r, a, b) {
  return divideBounds(lo, hi, r, lo[a], hi[a], lo[b], hi[b]);
}

/**
 * @param {Float64Array} lo
 * @param {Float64Array} hi
 * @param {number} r
 * @param {number} al
 * @param {number} ah
 * @param {number} bl
 * @param {number} bh
 * @returns {Decoration}
 */
export function divideBounds(lo, hi, r, al, ah, bl, bh) {
  if (bl <= 0 && bh >= 0) return divideByZero(lo, hi, r, al, ah, bl, bh);
  if (isUnbounded(al, ah) && isUnbounded(bl, bh)) {
    // Both surely overflow: Infinity / Infinity has no value anywhere here.
    if (Math.min(Math.abs(al), Math.abs(ah)) >= MAX && Math.min(Math.abs(bl), Math.abs(bh)) >= MAX) return 0;
    return entire(lo, hi, r, 1);
  }
  const [p, q, s, t] = [al / bl, al / bh, ah / bl, ah / bh];
  const from = Math.min(p, q, s, t);
  const to = Math.max(p, q, s, t);
  lo[r] = al === 0 || ah === 0 ? (from >= 0 ? 0 : lower(from)) : lower(from);
  hi[r] = al === 0 || ah === 0 ? (to <= 0 ? 0 : upper(to)) : upper(to);
  return 2;
}

/**
 * The divisor may be 0.
 *
 * @param {Float64Array} lo
 * @param {Float64Array} hi
 * @param {number} r
 * @param {number} al
 * @param {number} ah
 * @param {number} bl
 * @param {number} bh
 * @returns {Decoration}
 */
function divideByZero(lo, hi, r, al, ah, bl, bh) {
  if (bl === 0 && bh === 0) return 0;
  if ((bl < 0 && bh > 0) || (al < 0 && ah > 0)) return entire(lo, hi, r, 1);
  // One side only, and the dividend has one sign: half a line, from the quotient that is nearest to 0.
  const far = bl === 0 ? bh : bl;
  const positive = al >= 0 === far > 0;
  const nearest = al >= 0 ? al / far : ah / far;
  return positive ? set(lo, hi, r, Math.max(0, lower(nearest)), Infinity, 1) : set(lo, hi, r, -Infinity, Math.min(0, upper(nearest)), 1);
}

/** @type {UnaryInterval} */
export function neg(lo, hi, r, a) {
  const from = -hi[a];
  hi[r] = -lo[a];
  lo[r] = from;
  return 2;
}

/** @type {UnaryInterval} */
export function abs(lo, hi, r, a) {
  const [from, to] = [lo[a], hi[a]];
  lo[r] = from >= 0 ? from : to <= 0 ? -to : 0;
  hi[r] = Math.max(-from, to);
  return 2;
}

/** @type {BinaryInterval} */
export function min(lo, hi, r, a, b) {
  const to = Math.min(hi[a], hi[b]);
  lo[r] = Math.min(lo[a], lo[b]);
  hi[r] = to;
  return 2;
}

/** @type {BinaryInterval} */
export function max(lo, hi, r, a, b) {
  const to = Math.max(hi[a], hi[b]);
  lo[r] = Math.max(lo[a], lo[b]);
  hi[r] = to;
  return 2;
}

/** @type {UnaryInterval} */
export function sqrt(lo, hi, r, a) {
  const [from, to] = [lo[a], hi[a]];
  if (to < 0) return 0;
  lo[r] = from <= 0 ? 0 : lower(Math.sqrt(from));
  hi[r] = to === 0 ? 0 : upper(Math.sqrt(to));
  return from < 0 ? 1 : 2;
}

/**
 * A function that grows everywhere, within bounds of its values.
 *
 * @param {(x: number) => number} f
 * @param {number} [least]
 * @param {number} [most]
 * @returns {UnaryInterval}
 */
function growing(f, least = -Infinity, most = Infinity) {
  return (lo, hi, r, a) => {
    const from = f(lo[a]);
    const to = f(hi[a]);
    lo[r] = Math.max(least, lower(from, LIBRARY));
    hi[r] = Math.min(most, upper(to, LIBRARY));
    return 2;
  };
}

/**
 * A function that grows or falls on a part of the line and is not defined beyond.
 *
 * @param {(x: number) => number} f
 * @param {number} start of the part
 * @param {number} end
 * @param {[boolean, boolean]} included whether f is defined at its start, at its end
 * @param {[number, number]} limits the values of f there
 * @returns {UnaryInterval}
 */
function onPart(f, start, end, included, limits) {
  const [atStart, atEnd] = limits;
  const at = (/** @type {number} */ x) => (x <= start ? atStart : x >= end ? atEnd : f(x));
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (to < start || from > end) return 0;
    if ((to === start && !included[0]) || (from === end && !included[1])) return 0;
    const whole = (included[0] ? from >= start : from > start) && (included[1] ? to <= end : to < end);
    const [p, q] = [at(from), at(to)];
    return set(lo, hi, r, lower(Math.min(p, q), LIBRARY), upper(Math.max(p, q), LIBRARY), whole ? 2 : 1);
  };
}

/**
 * A function that falls on both sides of a pole at 0, such as csch.
 *
 * @param {(x: number) => number} f
 * @returns {UnaryInterval}
 */
function fallingAroundPole(f) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (from === 0 && to === 0) return 0;
    if (from < 0 && to > 0) return entire(lo, hi, r, 1);
    const pole = from === 0 || to === 0;
    const bottom = to === 0 ? -Infinity : lower(f(to), LIBRARY);
    return set(lo, hi, r, bottom, from === 0 ? Infinity : upper(f(from), LIBRARY), pole ? 1 : 2);
  };
}

/**
 * A function that is defined from 1 outward on both sides and monotone on each.
 *
 * @param {(x: number) => number} f
 * @param {boolean} included whether it is defined at 1 and -1
 * @param {[number, number]} range bounds of all its values
 * @returns {UnaryInterval}
 */
function outsideOne(f, included, range) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (included ? from > -1 && to < 1 : from >= -1 && to <= 1) return 0;
    if (included ? from < 1 && to > -1 : from <= 1 && to >= -1) return set(lo, hi, r, range[0], range[1], 1);
    const [p, q] = [f(from), f(to)];
    return set(lo, hi, r, lower(Math.min(p, q), LIBRARY), upper(Math.max(p, q), LIBRARY));
  };
}

/** @type {UnaryInterval} */
function cosh(lo, hi, r, a) {
  abs(lo, hi, r, a);
  const from = Math.cosh(lo[r]);
  const to = Math.cosh(hi[r]);
  lo[r] = Math.max(1, lower(from, LIBRARY));
  hi[r] = upper(to, LIBRARY);
  return 2;
}

/** @type {UnaryInterval} */
function sech(lo, hi, r, a) {
  cosh(lo, hi, r, a);
  return divideBounds(lo, hi, r, 1, 1, lo[r], hi[r]);
}

/** Steps: constant where both ends lie on one of them. @param {(x: number) => number} f @returns {UnaryInterval} */
function step(f) {
  return (lo, hi, r, a) => {
    const from = f(lo[a]);
    const to = f(hi[a]);
    return set(lo, hi, r, from, to, from === to ? 2 : 1);
  };
}

/** @type {BinaryInterval} */
function mod(lo, hi, r, a, b) {
  const [al, ah, bl, bh] = [lo[a], hi[a], lo[b], hi[b]];
  if (bl === 0 && bh === 0) return 0;
  // The difference of two large numbers carries their rounding.
  const noise = 4 * ROUNDING * (Math.max(Math.abs(al), Math.abs(ah)) + Math.max(Math.abs(bl), Math.abs(bh)));
  const certain = divideBounds(lo, hi, r, al, ah, bl, bh) === 2;
  const k = Math.floor(lo[r]);
  if (certain && Number.isFinite(k) && k === Math.floor(hi[r])) {
    const [p, q] = [bl * k, bh * k];
    return set(lo, hi, r, lower(al - Math.max(p, q)) - noise, upper(ah - Math.min(p, q)) + noise);
  }
  return set(lo, hi, r, Math.min(0, bl) - noise, Math.max(0, bh) + noise, 1);
}

/** @type {BinaryInterval} */
function round(lo, hi, r, a, b) {
  const digits = Math.floor(lo[b]);
  if (digits !== Math.floor(hi[b])) return set(lo, hi, r, lower(lo[a]) - 10 ** -digits, upper(hi[a]) + 10 ** -digits, 1);
  const scale = 10 ** digits;
  const from = Math.floor(lower(lower(lo[a] * scale) + 0.5)) / scale;
  const to = Math.floor(upper(upper(hi[a] * scale) + 0.5)) / scale;
  return set(lo, hi, r, lower(from), upper(to), from === to ? 2 : 1);
}

/** Below 0 between the poles, the factorial bends too often to follow. */
const FACTORIAL_LOWEST = 0.4616321449683623;

/** @param {(x: number) => number} f the factorial @returns {UnaryInterval} */
function factorialWith(f) {
  const lowest = f(FACTORIAL_LOWEST);
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (from <= -1) return entire(lo, hi, r, Math.ceil(from) > to ? 2 : 1);
    const [p, q] = [f(from), f(to)];
    const bottom = from <= FACTORIAL_LOWEST && to >= FACTORIAL_LOWEST ? lowest : Math.min(p, q);
    return set(lo, hi, r, lower(bottom, 1e-13), upper(Math.max(p, q), 1e-13));
  };
}

/** @param {(x: number) => number} f @returns {UnaryInterval} */
function digammaWith(f) {
  return (lo, hi, r, a) => {
    const [from, to] = [lo[a], hi[a]];
    if (from <= 0 && Math.ceil(from) <= to) return entire(lo, hi, r, 1);
    return set(lo, hi, r, lower(f(from), 1e-11) - 1e-11, upper(f(to), 1e-11) + 1e-11);
  };
}

/** @type {BinaryInterval} */
function arctan2(lo, hi, r, y, x) {
  if (lo[x] <= 0 && lo[y] <= 0 && hi[y] >= 0) return set(lo, hi, r, -upper(Math.PI), upper(Math.PI), 1);
  const corners = [Math.atan2(lo[y], lo[x]), Math.atan2(lo[y], hi[x]), Math.atan2(hi[y], lo[x]), Math.atan2(hi[y], hi[x])];
  return set(lo, hi, r, lower(Math.min(...corners), LIBRARY), upper(Math.max(...corners), LIBRARY));
}

/**
 * Functions of whole numbers: known only for single ones.
 *
 * @param {(a: number, b: number) => number} f
 * @returns {BinaryInterval}
 */
function onWholeNumbers(f) {
  return (lo, hi, r, a, b) => {
    if (lo[a] !== hi[a] || lo[b] !== hi[b]) return entire(lo, hi, r, 1);
    const value = f(lo[a], lo[b]);
    return value === value ? set(lo, hi, r, lower(value), upper(value)) : 0;
  };
}

export { LIBRARY, MAX, arctan2, cosh, digammaWith, factorialWith, fallingAroundPole, growing, mod, onPart, onWholeNumbers, outsideOne, round, sech, step };
