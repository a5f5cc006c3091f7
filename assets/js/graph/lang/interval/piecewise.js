/**
 * Intervals of choices between values (piecewise expressions, items of a list) and of list statistics.
 *
 * @typedef {import('../core.js').Core} Core
 * @typedef {import('../types.js').Decoration} Decoration
 * @typedef {import('./compile-interval.js').Machine} Machine
 * @typedef {import('./compile-interval.js').Enclosed} Enclosed
 */

import { compileDecision } from './conditions.js';
import { lower, set, upper } from './interval.js';

/** @param {Core} core @param {Machine} machine @returns {Enclosed} */
export function casesInterval({ args }, machine) {
  const { lo, hi } = machine;
  const at = machine.place();
  /** @type {(() => Decoration)[]} */
  const conditions = [];
  /** @type {Enclosed[]} */
  const values = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    conditions.push(compileDecision(args[i], machine));
    values.push(machine.compile(args[i + 1]));
  }
  const otherwise = args.length % 2 === 1 ? machine.compile(args[args.length - 1]) : null;
  const run = () => {
    const hull = new Hull(lo, hi, at);
    for (let i = 0; i < conditions.length; i++) {
      const holds = conditions[i]();
      if (holds === 0) continue;
      hull.take(values[i]);
      if (holds === 2) return hull.decoration(true);
      hull.isCertain = false;
    }
    if (otherwise !== null) hull.take(otherwise);
    return hull.decoration(otherwise !== null);
  };
  return { run, at };
}

/** Collects the branches that may hold on a box. */
class Hull {
  isCertain = true;
  #count = 0;
  /** @type {Decoration} */
  #least = 2;
  #lo;
  #hi;
  #at;

  /** @param {Float64Array} lo @param {Float64Array} hi @param {number} at */
  constructor(lo, hi, at) {
    this.#lo = lo;
    this.#hi = hi;
    this.#at = at;
  }

  /** @param {Enclosed} branch */
  take(branch) {
    const decoration = branch.run();
    if (decoration < this.#least) this.#least = decoration;
    if (decoration === 0) return;
    const [lo, hi, at] = [this.#lo, this.#hi, this.#at];
    lo[at] = this.#count === 0 ? lo[branch.at] : Math.min(lo[at], lo[branch.at]);
    hi[at] = this.#count === 0 ? hi[branch.at] : Math.max(hi[at], hi[branch.at]);
    this.#count += 1;
  }

  /** @param {boolean} isComplete whether some branch certainly holds @returns {Decoration} */
  decoration(isComplete) {
    if (this.#count === 0) return 0;
    return isComplete && this.isCertain ? this.#least : 1;
  }
}

/** An item of a list at a variable index. @param {Core} core @param {Machine} machine @returns {Enclosed} */
export function pickInterval({ args }, machine) {
  const { lo, hi } = machine;
  const [index, ...items] = args.map((arg) => machine.compile(arg));
  const at = machine.place();
  const run = () => {
    const known = index.run();
    if (known === 0) return 0;
    const first = Math.floor(lo[index.at]);
    const last = Math.floor(hi[index.at]);
    const hull = new Hull(lo, hi, at);
    for (let i = Math.max(1, first); i <= Math.min(last, items.length); i++) hull.take(items[i - 1]);
    hull.isCertain = known === 2 && first === last;
    return hull.decoration(true);
  };
  return { run, at };
}

/** @param {Core} core @param {Machine} machine @param {number} divisor @returns {Enclosed} */
export function totalInterval({ args }, machine, divisor) {
  const { lo, hi } = machine;
  const items = args.map((arg) => machine.compile(arg));
  const at = machine.place();
  const run = () => {
    let [from, to] = [0, 0];
    /** @type {Decoration} */
    let least = 2;
    for (const item of items) {
      const decoration = item.run();
      if (decoration < least) least = decoration;
      from = lower(from + lo[item.at]);
      to = upper(to + hi[item.at]);
    }
    return least === 0 ? 0 : set(lo, hi, at, lower(from / divisor), upper(to / divisor), least);
  };
  return { run, at };
}
