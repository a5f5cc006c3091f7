/**
 * Intervals of sums, products and integrals.
 *
 * @typedef {import('../core.js').Core} Core
 * @typedef {import('../types.js').Decoration} Decoration
 * @typedef {import('./compile-interval.js').Machine} Machine
 * @typedef {import('./compile-interval.js').Enclosed} Enclosed
 */

import { entire, lower, mul, set, upper } from './interval.js';

/** The most terms visited when the limits vary; beyond, nothing is proved. */
const MAX_TERMS = 5_000;

/**
 * @param {Core} core sum or prod
 * @param {Machine} machine
 * @param {import('./interval.js').BinaryInterval} join
 * @param {number} start
 * @returns {Enclosed}
 */
export function seriesInterval({ args, slot }, machine, join, start) {
  const { lo, hi } = machine;
  const [from, to, body] = args.map((arg) => machine.compile(arg));
  const at = machine.place();
  const run = () => {
    if (from.run() === 0 || to.run() === 0) return 0;
    const [first, last] = [Math.ceil(lo[from.at]), Math.floor(hi[to.at])];
    const steady = first === Math.ceil(hi[from.at]) && last === Math.floor(lo[to.at]);
    if (!steady || !(last - first < MAX_TERMS)) return entire(lo, hi, at, 1);
    /** @type {Decoration} */
    let least = set(lo, hi, at, start, start);
    for (let n = first; n <= last; n++) {
      machine.bind(slot, n, n, 2);
      const decoration = body.run();
      if (decoration === 0) return 0;
      const joined = join(lo, hi, at, at, body.at);
      least = /** @type {Decoration} */ (Math.min(least, decoration, joined));
    }
    return least;
  };
  return { run, at };
}

/**
 * The mean of the values times the length. The integral of a bounded function is continuous even where the function
 * jumps.
 *
 * @param {Core} core
 * @param {Machine} machine
 * @returns {Enclosed}
 */
export function integralInterval({ args, slot }, machine) {
  const { lo, hi } = machine;
  const [from, to, body] = args.map((arg) => machine.compile(arg));
  const at = machine.place();
  const run = () => {
    const [first, second] = [from.run(), to.run()];
    if (first === 0 || second === 0) return 0;
    machine.bind(slot, Math.min(lo[from.at], lo[to.at]), Math.max(hi[from.at], hi[to.at]), 2);
    const inner = body.run();
    if (inner === 0) return lo[from.at] <= hi[to.at] && lo[to.at] <= hi[from.at] ? entire(lo, hi, at, 1) : 0;
    const bounded = lo[body.at] > -Infinity && hi[body.at] < Infinity;
    const length = set(lo, hi, at, lower(lo[to.at] - hi[from.at]), upper(hi[to.at] - lo[from.at]));
    const product = mul(lo, hi, at, at, body.at);
    // Quadrature is not exact.
    const slack = 1e-4 * Math.max(Math.abs(lo[at]), Math.abs(hi[at]));
    if (!bounded) return entire(lo, hi, at, inner === 2 && first === 2 && second === 2 ? 2 : 1);
    return set(
      lo,
      hi,
      at,
      lo[at] - slack,
      hi[at] + slack,
      /** @type {Decoration} */ (Math.min(first, second, length, product)),
    );
  };
  return { run, at };
}
