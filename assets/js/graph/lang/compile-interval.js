/**
 * Core to closures that enclose its values. Each node writes its interval to a place of its own in two arrays and
 * returns its decoration.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./types.js').Bounds} Bounds
 * @typedef {import('./types.js').Decoration} Decoration
 * @typedef {{run: () => Decoration, at: number}} Enclosed at: the place of the interval
 *
 * @typedef {object} Encloser
 * @property {(slot: number, lo: number, hi: number) => void} set the range of a variable
 * @property {(out: Bounds) => Decoration} run for a core that is a number
 * @property {() => Decoration} decide for a core that is a condition: 2 = holds everywhere, 1 = perhaps, 0 = nowhere
 */

import * as interval from './interval.js';
import { cos, cot, csc, sec, sin, tan } from './interval-trig.js';
import { ln, log, logb, oddRootInterval, pow, realPowerInterval, root, wholePowerInterval } from './interval-power.js';
import { BINARY, UNARY } from './numeric.js';
import { memorySize } from './compile.js';
import { set } from './interval.js';
import { seriesInterval, integralInterval } from './interval-big.js';
import { compileDecision } from './decide.js';

const { growing, onPart, outsideOne, fallingAroundPole, onWholeNumbers, step } = interval;
const HALF_PI = Math.PI / 2;

/** @type {Record<string, interval.UnaryInterval>} */
const UNARY_INTERVALS = {
  neg: interval.neg,
  abs: interval.abs,
  sqrt: interval.sqrt,
  cbrt: growing(UNARY.cbrt),
  exp: growing(Math.exp, 0),
  ln,
  log,
  sin, cos, tan, sec, csc, cot,
  arcsin: onPart(Math.asin, -1, 1, [true, true], [-HALF_PI, HALF_PI]),
  arccos: onPart(Math.acos, -1, 1, [true, true], [Math.PI, 0]),
  arctan: growing(Math.atan),
  arcsec: outsideOne(UNARY.arcsec, true, [0, 3.15]),
  arccsc: outsideOne(UNARY.arccsc, true, [-1.58, 1.58]),
  arccot: (lo, hi, r, a) => set(lo, hi, r, UNARY.arccot(hi[a]) - 1e-15, UNARY.arccot(lo[a]) + 1e-15),
  sinh: growing(Math.sinh),
  cosh: interval.cosh,
  tanh: growing(Math.tanh, -1, 1),
  sech: interval.sech,
  csch: fallingAroundPole(UNARY.csch),
  coth: fallingAroundPole(UNARY.coth),
  arsinh: growing(Math.asinh),
  arcosh: onPart(Math.acosh, 1, Infinity, [true, true], [0, Infinity]),
  artanh: onPart(Math.atanh, -1, 1, [false, false], [-Infinity, Infinity]),
  arsech: onPart(UNARY.arsech, 0, 1, [false, true], [Infinity, 0]),
  arcsch: fallingAroundPole(UNARY.arcsch),
  arcoth: outsideOne(UNARY.arcoth, false, [-Infinity, Infinity]),
  floor: step(Math.floor),
  ceil: step(Math.ceil),
  sign: step(Math.sign),
  factorial: interval.factorialWith(UNARY.factorial),
  digamma: interval.digammaWith(UNARY.digamma),
};

/** @type {Record<string, interval.BinaryInterval>} */
const BINARY_INTERVALS = {
  add: interval.add, sub: interval.sub, mul: interval.mul, div: interval.div, min: interval.min, max: interval.max,
  pow, root, logb, mod: interval.mod, round: interval.round, arctan2: interval.arctan2,
  ncr: onWholeNumbers(BINARY.ncr), npr: onWholeNumbers(BINARY.npr),
  gcd: onWholeNumbers(BINARY.gcd), lcm: onWholeNumbers(BINARY.lcm),
};

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

/** The arrays, and what is known of the variables. */
export class Machine {
  #next;

  /** @param {number} variables @param {number} size */
  constructor(variables, size) {
    this.lo = new Float64Array(size);
    this.hi = new Float64Array(size);
    /** @type {Decoration[]} of what a variable stands for */
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

  /** Operations without intervals: nothing is proved. @param {Core} core @returns {Enclosed} */
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
    set(machine.lo, machine.hi, at, value, value);
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
  cases,
  pick,
  'stat:total': (core, machine) => total(core, machine, 1),
  'stat:mean': (core, machine) => total(core, machine, core.args.length),
};

/** @param {Core} core @param {Machine} machine @returns {Enclosed} */
function cases({ args }, machine) {
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

/** Gathers the branches that may hold on a box. */
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

  /** @param {boolean} isComplete whether some branch holds for sure @returns {Decoration} */
  decoration(isComplete) {
    if (this.#count === 0) return 0;
    return isComplete && this.isCertain ? this.#least : 1;
  }
}

/** An item of a list by a varying index. @param {Core} core @param {Machine} machine @returns {Enclosed} */
function pick({ args }, machine) {
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
function total({ args }, machine, divisor) {
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
      from = interval.lower(from + lo[item.at]);
      to = interval.upper(to + hi[item.at]);
    }
    return least === 0 ? 0 : set(lo, hi, at, interval.lower(from / divisor), interval.upper(to / divisor), least);
  };
  return { run, at };
}
