/**
 * Exact values at the border between two pieces. The border of x^2 < 2 is not a double, and the doubles on either side
 * of it are inside or outside. Here numbers that are nearly equal count as equal, so that a strict condition fails on
 * its border, a weak one holds, floor takes its step, and a division by zero is undefined.
 *
 * @typedef {import('./core.js').Core} Core
 */

import { compile, memorySize } from './compile.js';
import { UNDEFINED, bind, binary, cases, compare, core as make, num, unary, variable } from './core.js';
import { SLOT } from './slots.js';
import { originOf } from './curves.js';

/** Relative tolerance of equality: of the place, or of the width to which the place is known. */
const TIE = 1e-9;
const TIE_WIDTHS = 1e3;

/**
 * @param {import('./types.js').Curve} curve
 * @returns {(lo: number, hi: number) => number} returns the value at the border between two (nearly) adjacent numbers;
 *   NaN if the curve is undefined there
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

/** Rewrites an expression so that nearly equal numbers count as equal. */
class Tied {
  /** The variable that holds the tolerance. */
  tie;
  #slot;

  /** @param {number} slot the first unused slot */
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
    // A strict condition must hold by more than the tolerance; a weak one may fail by as much.
    const nearer = op === '<' || op === '>=';
    return compare([a, nearer ? minus(b, this.tie) : plus(b, this.tie)], [op]);
  }
}

/** @param {Core} a @param {Core} b */
const plus = (a, b) => make('add', [a, b]);
/** @param {Core} a @param {Core} b */
const minus = (a, b) => make('sub', [a, b]);

/**
 * Operations that step or end where two numbers are equal.
 *
 * @type {Record<string, (tied: Tied, args: Core[], ops: string[]) => Core>}
 */
const STEPS = {
  floor: ({ tie }, [a]) => unary('floor', plus(a, tie)),
  ceil: ({ tie }, [a]) => unary('ceil', minus(a, tie)),
  round: ({ tie }, [a, digits]) => make('round', [plus(a, tie), digits]),
  sign: (tied, [a]) => tied.once(a, (v) => cases([[tied.isZero(v), num(0)]], unary('sign', v))),
  sqrt: (tied, [a]) => tied.once(a, (v) => cases([[tied.isZero(v), num(0)]], unary('sqrt', v))),
  mod: (tied, [a, b]) =>
    tied.once(a, (u) =>
      tied.once(b, (v) => {
        return minus(u, binary('mul', v, STEPS.floor(tied, [binary('div', u, v)], [])));
      }),
    ),
  div: (tied, [a, b]) => {
    if (b.op === 'num') return binary('div', a, b);
    return tied.once(b, (v) => cases([[tied.isZero(v), UNDEFINED]], binary('div', a, v)));
  },
  compare: (tied, args, ops) => {
    const parts = ops.map((op, i) => tied.compare(args[i], args[i + 1], op));
    return parts.length === 1 ? parts[0] : make('all', parts);
  },
};
