/**
 * Values at the border between two pieces, as mathematics has them. The border of x^2 < 2 is no double, and the doubles
 * on either side of it are inside or outside. Here numbers that are about equal count as equal, so that a strict
 * condition fails on its border, a weak one holds, floor takes its step, and what divides by nothing has no value.
 *
 * @typedef {import('./core.js').Core} Core
 */

import { compile, memorySize } from './compile.js';
import { UNDEFINED, bind, binary, cases, compare, core as make, num, unary, variable } from './core.js';
import { SLOT } from './slots.js';
import { originOf } from './curves.js';

/** Numbers count as equal below this share of the place, or of the width to which the place is known. */
const TIE = 1e-9;
const TIE_WIDTHS = 1e3;

/**
 * @param {import('./types.js').Curve} curve
 * @returns {(lo: number, hi: number) => number} the value at the border that lies between two numbers next to each
 *   other, or nearly so; NaN if the curve has none there
 */
export function borderValue(curve) {
  const valueAt = tiedValue(curve);
  return (lo, hi) => {
    const tie = Math.max(TIE * Math.max(Math.abs(lo), Math.abs(hi)), TIE_WIDTHS * (hi - lo));
    const value = valueAt(lo, tie);
    return Number.isFinite(value) ? value : finite(valueAt(hi, tie));
  };
}

/** @param {number} value */
function finite(value) {
  return Number.isFinite(value) ? value : NaN;
}

/** @param {import('./types.js').Curve} curve @returns {(t: number, tie: number) => number} */
function tiedValue(curve) {
  const origin = originOf(curve);
  if (origin === undefined) return curve.value;
  const { core, slot } = origin;
  const tieSlot = Math.max(memorySize(core), SLOT.free);
  const tied = new Tied(tieSlot).change(core);
  const memory = new Float64Array(memorySize(tied) + tieSlot + 1);
  const run = compile(tied, memory);
  return (t, tie) => {
    memory[slot] = t;
    memory[tieSlot] = tie;
    return run();
  };
}

/** Changes a core to one in which numbers that are about equal are. */
class Tied {
  /** How near that is: a variable. */
  tie;
  #slot;

  /** @param {number} slot from here on, none is used */
  constructor(slot) {
    this.tie = variable(slot);
    this.#slot = slot + 1;
  }

  /** @param {Core} core @returns {Core} */
  change(core) {
    if (core.args.length === 0) return core;
    const args = core.args.map((arg) => this.change(arg));
    const step = STEPS[core.op];
    return step === undefined ? { ...core, args } : step(this, args, core.ops);
  }

  /** Computes a value once that is used twice. @param {Core} value @param {(value: Core) => Core} use */
  once(value, use) {
    const slot = this.#slot++;
    return bind(slot, value, use(variable(slot)));
  }

  /** @param {Core} a */
  isZero(a) {
    return compare([unary('abs', a), this.tie], ['<=']);
  }

  /** @param {Core} a @param {Core} b @param {string} op @returns {Core} */
  compare(a, b, op) {
    if (op === '=') return this.isZero(minus(a, b));
    if (op === '!=') return compare([unary('abs', minus(a, b)), this.tie], ['>']);
    // What is strict must hold by more than the tie; what is weak may fail by as much.
    const nearer = op === '<' || op === '>=';
    return compare([a, nearer ? minus(b, this.tie) : plus(b, this.tie)], [op]);
  }
}

/** @param {Core} a @param {Core} b */
const plus = (a, b) => make('add', [a, b]);
/** @param {Core} a @param {Core} b */
const minus = (a, b) => make('sub', [a, b]);

/**
 * What steps or ends where two numbers are equal.
 *
 * @type {Record<string, (tied: Tied, args: Core[], ops: string[]) => Core>}
 */
const STEPS = {
  floor: ({ tie }, [a]) => unary('floor', plus(a, tie)),
  ceil: ({ tie }, [a]) => unary('ceil', minus(a, tie)),
  round: ({ tie }, [a, digits]) => make('round', [plus(a, tie), digits]),
  sign: (tied, [a]) => tied.once(a, (v) => cases([[tied.isZero(v), num(0)]], unary('sign', v))),
  sqrt: (tied, [a]) => tied.once(a, (v) => cases([[tied.isZero(v), num(0)]], unary('sqrt', v))),
  mod: (tied, [a, b]) => tied.once(a, (u) => tied.once(b, (v) => {
    return minus(u, binary('mul', v, STEPS.floor(tied, [binary('div', u, v)], [])));
  })),
  div: (tied, [a, b]) => {
    if (b.op === 'num') return binary('div', a, b);
    return tied.once(b, (v) => cases([[tied.isZero(v), UNDEFINED]], binary('div', a, v)));
  },
  compare: (tied, args, ops) => {
    const parts = ops.map((op, i) => tied.compare(args[i], args[i + 1], op));
    return parts.length === 1 ? parts[0] : make('all', parts);
  },
};
