/**
 * Compiles core expressions to closures that enclose their values. Each node writes its interval to its own index of
 * two arrays and returns its decoration.
 *
 * @typedef {import('../core.js').Core} Core
 * @typedef {import('../types.js').Bounds} Bounds
 * @typedef {import('../types.js').Decoration} Decoration
 * @typedef {{run: () => Decoration, at: number}} Enclosed at: index of the interval
 *
 * @typedef {object} Encloser
 * @property {(slot: number, lo: number, hi: number) => void} set sets the range of a variable
 * @property {(out: Bounds) => Decoration} run for a numeric expression
 * @property {() => Decoration} decide for a condition: 2 = holds everywhere, 1 = unknown, 0 = holds nowhere
 */

import * as interval from './interval.js';
import { memorySize } from '../compile.js';
import { compileDecision } from './conditions.js';
import { integralInterval, seriesInterval } from './big-operators.js';
import { casesInterval, pickInterval, totalInterval } from './piecewise.js';
import { oddRootInterval, realPowerInterval, wholePowerInterval } from './power.js';
import { BINARY_INTERVALS, UNARY_INTERVALS } from './operations.js';

/** @param {Core} core @returns {number} */
function countNodes(core) {
  let count = 1;
  for (const arg of core.args) count += countNodes(arg);
  return count;
}

/**
 * @param {Core} core a number, or a condition if only decide() is used
 * @returns {Encloser}
 */
export function encloser(core) {
  const variables = Math.max(memorySize(core), 2);
  const machine = new Machine(variables, variables + countNodes(core));
  const isCondition = core.op === 'compare' || core.op === 'all' || core.op === 'any';
  const number = isCondition ? null : machine.compile(core);
  const decide = isCondition ? compileDecision(core, machine) : () => /** @type {const} */ (1);
  const { lo, hi } = machine;
  return {
    set: (slot, from, to) => machine.bind(slot, from, to, 2),
    run: (out) => {
      if (number === null) return 1;
      const decoration = number.run();
      out.lo = lo[number.at];
      out.hi = hi[number.at];
      return decoration;
    },
    decide,
  };
}

/** The arrays and the decorations of the variables. */
export class Machine {
  #next;

  /** @param {number} variables @param {number} size */
  constructor(variables, size) {
    this.lo = new Float64Array(size);
    this.hi = new Float64Array(size);
    /** @type {Decoration[]} decorations of the variables */
    this.decorations = new Array(variables).fill(2);
    this.#next = variables;
  }

  /** @returns {number} */
  place() {
    return this.#next++;
  }

  /** @param {number} slot @param {number} from @param {number} to @param {Decoration} decoration */
  bind(slot, from, to, decoration) {
    this.lo[slot] = from;
    this.hi[slot] = to;
    this.decorations[slot] = decoration;
  }

  /** @param {Core} core @returns {Enclosed} */
  compile(core) {
    const special = SPECIAL[core.op];
    if (special !== undefined) return special(core, this);
    const unary = unaryInterval(core);
    if (unary !== null) return this.#unary(unary, this.compile(core.args[0]));
    const binary = BINARY_INTERVALS[core.op];
    if (binary !== undefined) return this.#binary(binary, this.compile(core.args[0]), this.compile(core.args[1]));
    return this.#unknown(core);
  }

  /** @param {interval.UnaryInterval} f @param {Enclosed} a @returns {Enclosed} */
  #unary(f, a) {
    const { lo, hi } = this;
    const at = this.place();
    const run = () => {
      const before = a.run();
      if (before === 0) return 0;
      const own = f(lo, hi, at, a.at);
      return own < before ? own : before;
    };
    return { run, at };
  }

  /** @param {interval.BinaryInterval} f @param {Enclosed} a @param {Enclosed} b @returns {Enclosed} */
  #binary(f, a, b) {
    const { lo, hi } = this;
    const at = this.place();
    const run = () => {
      const left = a.run();
      if (left === 0) return 0;
      const right = b.run();
      if (right === 0) return 0;
      const before = left < right ? left : right;
      const own = f(lo, hi, at, a.at, b.at);
      return own < before ? own : before;
    };
    return { run, at };
  }

  /** Operations without interval rules: nothing is proved. @param {Core} core @returns {Enclosed} */
  #unknown(core) {
    const parts = core.args.map((arg) => this.compile(arg));
    const at = this.place();
    return { run: () => (parts.some((part) => part.run() === 0) ? 0 : interval.entire(this.lo, this.hi, at, 1)), at };
  }
}

/** @param {Core} core @returns {interval.UnaryInterval|null} */
function unaryInterval({ op, value, p, q }) {
  if (op === 'powi') return wholePowerInterval(value);
  if (op === 'powq') return oddRootInterval(p, q);
  if (op === 'powr') return realPowerInterval(value);
  return UNARY_INTERVALS[op] ?? null;
}

/** @type {Record<string, (core: Core, machine: Machine) => Enclosed>} */
const SPECIAL = {
  num: ({ value }, machine) => {
    const at = machine.place();
    interval.set(machine.lo, machine.hi, at, value, value);
    return { run: value === value ? () => 2 : () => 0, at };
  },
  var: ({ slot }, { decorations }) => ({ run: () => decorations[slot], at: slot }),
  let: ({ args, slot }, machine) => {
    const bound = machine.compile(args[0]);
    const body = machine.compile(args[1]);
    const run = () => {
      const decoration = bound.run();
      machine.bind(slot, machine.lo[bound.at], machine.hi[bound.at], decoration);
      return body.run();
    };
    return { run, at: body.at };
  },
  sum: (core, machine) => seriesInterval(core, machine, interval.add, 0),
  prod: (core, machine) => seriesInterval(core, machine, interval.mul, 1),
  int: integralInterval,
  cases: casesInterval,
  pick: pickInterval,
  'stat:total': (core, machine) => totalInterval(core, machine, 1),
  'stat:mean': (core, machine) => totalInterval(core, machine, core.args.length),
};
