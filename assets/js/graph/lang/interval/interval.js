/**
 * Interval arithmetic: bounds on all values of the result for all values of the operands, rounded outward, with a
 * decoration (see types.js): 2 = defined and continuous on the whole box, 1 = unknown, 0 = nowhere defined.
 *
 * Intervals are stored in two arrays, lo and hi, and passed by index, so that nothing is allocated while a curve is
 * drawn. A lower bound is never Infinity and an upper bound never -Infinity: a value that overflows is between the
 * largest double and Infinity.
 *
 * @typedef {import('../types.js').Decoration} Decoration
 * @typedef {(lo: Float64Array, hi: Float64Array, r: number, a: number) => Decoration} UnaryInterval
 * @typedef {(lo: Float64Array, hi: Float64Array, r: number, a: number, b: number) => Decoration} BinaryInterval
 */

/** Relative error of a correctly rounded result, and of a library function. */
export const ROUNDING = 2 ** -52;
export const LIBRARY = 2 ** -50;
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
 * Sets the result to the whole line.
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
 * Sets the result; a NaN bound (0 times Infinity at a corner) means unbounded.
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
  // Exact sums stay exact, so that 1 - 1 is 0 and its square root is defined.
  lo[r] = sumError(al, bl, from) === 0 ? from : lower(from);
  hi[r] = sumError(ah, bh, to) === 0 ? to : upper(to);
  return (ah === Infinity && bl === -Infinity) || (al === -Infinity && bh === Infinity) ? 1 : 2;
}

/** A product at a corner, where 0 times anything is 0. @param {number} a @param {number} b */
function times(a, b) {
  return a === 0 || b === 0 ? 0 : a * b;
}

/**
 * Reports whether the product p of a and b is certainly exact.
 *
 * @param {number} a
 * @param {number} b
 * @param {number} p
 */
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
  return unbounded && ((al <= 0 && ah >= 0) || (bl <= 0 && bh >= 0)) && (isUnbounded(al, ah) || isUnbounded(bl, bh))
    ? 1
    : 2;
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
    // Both certainly overflow: Infinity / Infinity is undefined everywhere.
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
 * Divides when the divisor may be 0.
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
  // The divisor has one sign and so has the dividend: a half-line from the quotient nearest to 0.
  const far = bl === 0 ? bh : bl;
  const positive = al >= 0 === far > 0;
  const nearest = al >= 0 ? al / far : ah / far;
  return positive
    ? set(lo, hi, r, Math.max(0, lower(nearest)), Infinity, 1)
    : set(lo, hi, r, -Infinity, Math.min(0, upper(nearest)), 1);
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
