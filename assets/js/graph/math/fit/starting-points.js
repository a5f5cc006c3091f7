/**
 * The starting points of a search for parameters.
 *
 * Points: J. H. Halton, "On the efficiency of certain quasi-random sequences of points in evaluating multi-dimensional
 * integrals", Numerische Mathematik 2 (1960). They fill a space evenly and are deterministic, so that the same data
 * give the same fit on every device.
 */

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/** Parameters beyond these start at 1. */
const SPREAD = PRIMES.length / 2;

/**
 * The usual kinds of parameters in students' formulas: a plain number, a place on the axis, a rate for the length of
 * the data, or any size. Each maps a number from 0 to 1.
 *
 * @typedef {(part: number) => number} Kind
 */

/**
 * @param {readonly number[]} given known values of the parameters, tried first; NaN if unknown
 * @param {readonly ArrayLike<number>[]} columns columns of the data
 * @param {number} limit limit of the number of starts
 * @returns {number[][]}
 */
export function startsOf(given, columns, limit) {
  const size = given.length;
  if (size === 0) return [];
  const kinds = columns.flatMap(kindsFor);
  const all = [...kinds, ...GENERAL];
  const starts = [
    given.map((value) => (Number.isFinite(value) ? value : 1)),
    new Array(size).fill(1),
    new Array(size).fill(0.1),
  ];
  const count = Math.min(limit, 90 * 2 ** Math.min(size, 3));
  for (let i = 1; starts.length < count; i++) {
    starts.push(
      Array.from({ length: size }, (_, k) => {
        if (k >= SPREAD) return 1;
        const kind = all[Math.floor(halton(i, PRIMES[2 * k]) * all.length)];
        return kind(halton(i, PRIMES[2 * k + 1]));
      }),
    );
  }
  return starts;
}

/** @type {readonly Kind[]} */
const GENERAL = [
  (part) => 6 * part - 3,
  (part) => 10 ** (2 * part - 1),
  (part) => signed(part, (rest) => 10 ** (6 * rest - 3)),
];

/**
 * @param {ArrayLike<number>} column
 * @returns {Kind[]}
 */
function kindsFor(column) {
  const values = Array.from(column).filter(Number.isFinite);
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const span = values.reduce((most, value) => Math.max(most, value), -Infinity) - low;
  if (!(span > 0)) return [];
  const turns = Math.max(1, Math.min(values.length, 40) / 2);
  return [
    (part) => low + span * (1.5 * part - 0.25),
    (part) => signed(part, (rest) => 10 ** (3 * rest - 1) / span),
    // Frequencies below what the points can resolve.
    (part) => (2 * Math.PI * (0.25 + turns * part)) / span,
    (part) => (360 * (0.25 + turns * part)) / span,
  ];
}

/**
 * @param {number} part
 * @param {Kind} size
 * @returns {number} a number of either sign
 */
function signed(part, size) {
  return part < 0.5 ? -size(2 * part) : size(2 * part - 1);
}

/**
 * @param {number} index from 1
 * @param {number} base
 * @returns {number} the index's digits in that base, mirrored at the radix point
 */
function halton(index, base) {
  let result = 0;
  let part = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    result += (rest % base) * part;
    part /= base;
  }
  return result;
}
