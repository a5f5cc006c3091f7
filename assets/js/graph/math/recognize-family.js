/**
 * Recognizes the family of a function by its formula.
 *
 * @typedef {import('../lang/core.js').Core} Core
 * @typedef {string} Family the type of a family in the table of families, or `constant`
 */

import { slotBit } from '../lang/slots.js';
import { originOf } from '../lang/curves.js';

/** @type {readonly Family[]} polynomials by degree */
const BY_DEGREE = ['constant', 'linear', 'quadratic', 'cubic'];

/** @type {Record<string, Family>} operations that determine a family */
const BY_OPERATION = {
  abs: 'absolute_value',
  sqrt: 'square_root',
  cbrt: 'cube_root',
  exp: 'exponential',
  ln: 'logarithmic',
  log: 'logarithmic',
  logb: 'logarithmic',
  sin: 'trigonometric',
  cos: 'trigonometric',
  tan: 'trigonometric',
  sec: 'trigonometric',
  csc: 'trigonometric',
  cot: 'trigonometric',
};

/** Operations that only scale and shift. */
const PLAIN = new Set(['num', 'var', 'add', 'sub', 'mul', 'neg', 'powi', 'let', 'div']);

/**
 * @param {import('../lang/types.js').Curve} curve
 * @returns {Family | null} null if it belongs to none or to several
 */
export function familyOf(curve) {
  const origin = originOf(curve);
  if (!origin) return null;
  const bit = slotBit(origin.slot);
  const core = withoutRestriction(origin.core);
  if (core.op === 'cases') return 'piecewise';
  const degree = degreeOf(core, bit);
  if (degree === degree) return BY_DEGREE[degree] ?? 'polynomial';
  /** @type {Set<Family | null>} */
  const named = new Set();
  collect(core, bit, named);
  const [only] = named;
  return named.size === 1 ? only : null;
}

/** @param {Core} core @returns {Core} the value without its restriction */
function withoutRestriction(core) {
  if (core.op === 'cases' && core.args.length === 2) return withoutRestriction(core.args[1]);
  // The value is often bound by a let, because conditions use it too.
  if (core.op !== 'let') return core;
  const body = withoutRestriction(core.args[1]);
  return body.op === 'var' && body.slot === core.slot ? withoutRestriction(core.args[0]) : core;
}

/** @param {Core} core @param {number} bit bit of the variable @returns {number} NaN if it is not a polynomial */
function degreeOf(core, bit) {
  const { op, args, value } = core;
  if ((core.vars & bit) === 0) return 0;
  if (op === 'var') return 1;
  const [a, b] = args.map((arg) => degreeOf(arg, bit));
  if (op === 'add' || op === 'sub') return Math.max(a, b);
  if (op === 'mul') return a + b;
  if (op === 'neg') return a;
  if (op === 'powi' && value >= 0) return a * value;
  return op === 'div' && b === 0 ? a : NaN;
}

/**
 * @param {Core} core
 * @param {number} bit bit of the variable
 * @param {Set<Family | null>} named
 */
function collect(core, bit, named) {
  if ((core.vars & bit) === 0) return;
  const [first, second] = core.args;
  const isBelow = core.op === 'div' && (second.vars & bit) !== 0;
  if (isBelow || (core.op === 'powi' && core.value < 0)) named.add('rational');
  else if (core.op === 'powq') named.add(core.p === 1 && core.q === 3 ? 'cube_root' : null);
  else if (core.op === 'pow') named.add((first.vars & bit) === 0 ? 'exponential' : null);
  else if (!PLAIN.has(core.op)) named.add(BY_OPERATION[core.op] ?? null);
  for (const arg of core.args) collect(arg, bit, named);
}
