/**
 * The core language: expressions of numbers in which all names, lists and points have been resolved. It is small enough
 * that each of its three uses (evaluation, interval enclosure, differentiation) fits in a file.
 *
 * @typedef {object} Core
 * @property {string} op
 * @property {Core[]} args
 * @property {number} value num: the number; powi: the exponent; powr: the exponent
 * @property {number} slot var, let, sum, prod, int: place of the variable in memory
 * @property {number} p powq: the exponent is p / q
 * @property {number} q
 * @property {string[]} ops compare: the relation signs
 * @property {number} vars the variables it depends on, a bit for each slot
 * @property {number} depth
 * @property {number} cost approximate number of operations of one evaluation
 *
 * Ops: num, var; the names in numeric.js; powi, powq, powr (fixed exponents: whole, with odd denominator, other);
 * let (args: value, body), sum, prod, int (args: from, to, body); cases (args: condition, value, condition, value, …,
 * and last the value otherwise, if their number is odd); pick (args: index, items…); stat (a list function by name);
 * conditions: compare, all, any.
 */

import { BINARY, UNARY, toFraction } from './numeric.js';
import { STATISTICS } from './statistics.js';
import { evaluate } from './compile.js';
import { LangError, LimitError, words } from './messages.js';
import { NO_VARS, SHARED_BIT, slotBit } from './slots.js';
import { NODE_WORK, spend } from './work-limit.js';

/** Evaluation recurses to the depth of the tree. */
const MAX_DEPTH = 1200;
/** The cost limit of a number that is computed once. */
export const MAX_COST = 3e6;
/** Number of terms assumed for a sum with variable limits. */
const ASSUMED_TERMS = 1000;
/** Number of samples assumed for an integral: hard ones take up to four times as many, most take a fifth. */
export const INTEGRAL_POINTS = 600;

/** @param {number} value @returns {Core} */
export function num(value) {
  return { op: 'num', args: [], value, slot: -1, p: 0, q: 1, ops: [], vars: NO_VARS, depth: 1, cost: 1 };
}

export const UNDEFINED = num(NaN);

/** @param {number} slot @returns {Core} */
export function variable(slot) {
  return { ...num(0), op: 'var', slot, vars: slotBit(slot) };
}

/**
 * @param {string} op
 * @param {Core[]} args
 * @param {Partial<Core>} [fields] overrides fields derived from the arguments
 * @returns {Core} a number if it depends on no variable
 * @throws {LangError} too deep, too much work
 */
export function core(op, args, fields = {}) {
  let [vars, depth, cost] = [NO_VARS, 0, 1];
  for (const arg of args) {
    vars |= arg.vars;
    if (arg.depth > depth) depth = arg.depth;
    cost += arg.cost;
  }
  const made = { op, args, value: 0, slot: -1, p: 0, q: 1, ops: [], vars, depth: depth + 1, cost, ...fields };
  if (made.depth > MAX_DEPTH) throw new LangError(words.tooDeep());
  if (!(made.cost <= MAX_COST)) throw new LimitError();
  const isNumber = made.vars === NO_VARS && !CONDITIONS.has(op);
  spend(NODE_WORK + args.length + (isNumber ? made.cost : 0));
  return isNumber ? num(evaluate(made)) : made;
}

const CONDITIONS = new Set(['compare', 'all', 'any']);

/** @param {Core} c @param {number} value */
export function isNumber(c, value) {
  return c.op === 'num' && c.value === value;
}

/** @param {string} op @param {Core} a @returns {Core} */
export function unary(op, a) {
  if (a.op === 'num') return num(UNARY[op](a.value));
  if (op === 'neg' && a.op === 'neg') return a.args[0];
  return core(op, [a]);
}

/** @param {string} op @param {Core} a @param {Core} b @returns {Core} */
export function binary(op, a, b) {
  if (op === 'pow') return power(a, b);
  if (a.op === 'num' && b.op === 'num') return num(BINARY[op](a.value, b.value));
  return simplified(op, a, b) ?? core(op, [a, b]);
}

/** Simplifications that change neither value nor domain. @param {string} op @param {Core} a @param {Core} b */
function simplified(op, a, b) {
  if (op === 'add') return isNumber(a, 0) ? b : isNumber(b, 0) ? a : null;
  if (op === 'sub') return isNumber(b, 0) ? a : null;
  if (op === 'mul') return isNumber(a, 1) ? b : isNumber(b, 1) ? a : null;
  if (op === 'div') return isNumber(b, 1) ? a : null;
  if (op === 'root') return b.op === 'num' ? fixedRoot(a, b.value) : null;
  return null;
}

/**
 * A power. A fixed exponent decides about negative bases: integers and fractions with an odd denominator allow them.
 *
 * @param {Core} base
 * @param {Core} exponent
 * @returns {Core}
 */
export function power(base, exponent) {
  if (exponent.op !== 'num') return core('pow', [base, exponent]);
  if (base.op === 'num') return num(BINARY.pow(base.value, exponent.value));
  return fixedPower(base, exponent.value);
}

/** @param {Core} base @param {number} e @returns {Core} */
function fixedPower(base, e) {
  if (e === 1) return base;
  if (e === 0.5) return unary('sqrt', base);
  if (Number.isInteger(e)) return core('powi', [base], { value: e });
  const fraction = toFraction(e);
  if (fraction !== null && fraction.q % 2 === 1) return core('powq', [base], fraction);
  return e !== e ? UNDEFINED : core('powr', [base], { value: e });
}

/** @param {Core} a @param {number} n @returns {Core|null} */
function fixedRoot(a, n) {
  if (n === 2) return unary('sqrt', a);
  if (!Number.isInteger(n) || n === 0) return null;
  return n % 2 === 0 ? core('powr', [a], { value: 1 / n }) : core('powq', [a], { p: Math.sign(n), q: Math.abs(n) });
}

/**
 * Returns the body with `bound` in place of the variable in `slot`.
 *
 * @param {number} slot
 * @param {Core} bound
 * @param {Core} body
 * @returns {Core}
 */
export function bind(slot, bound, body) {
  const bit = slotBit(slot);
  if ((body.vars & bit) === 0) return body;
  if (body.op === 'var' && body.slot === slot) return bound;
  return core('let', [bound, body], { slot, vars: bound.vars | (slot < SHARED_BIT ? body.vars & ~bit : body.vars) });
}

/**
 * A sum, product or integral.
 *
 * @param {'sum'|'prod'|'int'} op
 * @param {number} slot
 * @param {Core} from
 * @param {Core} to
 * @param {Core} body
 * @returns {Core}
 */
export function big(op, slot, from, to, body) {
  const own = slot < SHARED_BIT ? body.vars & ~slotBit(slot) : body.vars;
  const fixed = from.op === 'num' && to.op === 'num';
  const terms = op === 'int' ? INTEGRAL_POINTS : fixed ? to.value - from.value + 1 : ASSUMED_TERMS;
  if (op !== 'int' && fixed && terms === Infinity) throw new LimitError();
  const cost = from.cost + to.cost + 1 + Math.max(0, terms || 0) * body.cost;
  return core(op, [from, to, body], { slot, vars: from.vars | to.vars | own, cost });
}

/** @param {Core[]} args the operands of a chain @param {string[]} ops @returns {Core} */
export function compare(args, ops) {
  return core('compare', args, { ops });
}

/** @param {'all'|'any'} op @param {Core[]} conditions @returns {Core} */
export function combine(op, conditions) {
  return conditions.length === 1 ? conditions[0] : core(op, conditions);
}

/**
 * @param {[Core, Core][]} branches condition and value
 * @param {Core|null} otherwise
 * @returns {Core}
 */
export function cases(branches, otherwise) {
  return core('cases', otherwise === null ? branches.flat() : [...branches.flat(), otherwise]);
}

/** @param {string} name a key of STATISTICS @param {Core[]} items @returns {Core} */
export function statistic(name, items) {
  // Most of them sort the items.
  spend(items.length * NODE_WORK);
  if (items.every((item) => item.op === 'num')) return num(STATISTICS[name](items.map((item) => item.value)));
  return core(`stat:${name}`, items);
}
