/**
 * Symbolic differentiation of core expressions. The result is an expression too, so it has intervals and can be drawn.
 *
 * @typedef {import('../core.js').Core} Core
 */

import { big, bind, binary, cases, combine, compare, core, isNumber, num, power, unary } from '../core.js';
import { slotBit } from '../slots.js';
import { unsupported, words } from '../messages.js';

const ZERO = num(0);
const ONE = num(1);
const TWO = num(2);
/** A product of more factors than this is not differentiated. */
const MAX_FACTORS = 60;

/** @param {Core} a @param {Core} b */
const add = (a, b) => binary('add', a, b);
/** @param {Core} a @param {Core} b */
const sub = (a, b) => (isNumber(a, 0) ? unary('neg', b) : binary('sub', a, b));
/**
 * Here, unlike elsewhere, 0 times something may be dropped: the other factor keeps its own domain.
 *
 * @param {Core} a
 * @param {Core} b
 */
const mul = (a, b) => (isNumber(a, 0) || isNumber(b, 0) ? ZERO : binary('mul', a, b));
/** @param {Core} a @param {Core} b */
const div = (a, b) => (isNumber(a, 0) ? ZERO : binary('div', a, b));
/** @param {Core} a */
const square = (a) => power(a, TWO);
/** @param {Core} a */
const squareRoot = (a) => unary('sqrt', a);
/** value where the condition holds @param {Core} left @param {string} op @param {Core} right @param {Core} value */
const where = (left, op, right, value) => cases([[compare([left, right], [op]), value]], null);

/**
 * The outer derivative f'(u) of each operation on one number.
 *
 * @type {Record<string, (u: Core, whole: Core) => Core>}
 */
const OUTER = {
  abs: (u, whole) => div(u, whole),
  sqrt: (_, whole) => div(ONE, mul(TWO, whole)),
  cbrt: (u) => div(ONE, mul(num(3), core('powq', [u], { p: 2, q: 3 }))),
  exp: (_, whole) => whole,
  ln: (u) => where(u, '>', ZERO, div(ONE, u)),
  log: (u) => where(u, '>', ZERO, div(num(1 / Math.LN10), u)),
  sin: (u) => unary('cos', u),
  cos: (u) => unary('neg', unary('sin', u)),
  tan: (u) => square(unary('sec', u)),
  sec: (u, whole) => mul(whole, unary('tan', u)),
  csc: (u, whole) => unary('neg', mul(whole, unary('cot', u))),
  cot: (u) => unary('neg', square(unary('csc', u))),
  arcsin: (u) => div(ONE, squareRoot(sub(ONE, square(u)))),
  arccos: (u) => div(num(-1), squareRoot(sub(ONE, square(u)))),
  arctan: (u) => div(ONE, add(ONE, square(u))),
  arcsec: (u) => div(ONE, mul(unary('abs', u), squareRoot(sub(square(u), ONE)))),
  arccsc: (u) => div(num(-1), mul(unary('abs', u), squareRoot(sub(square(u), ONE)))),
  arccot: (u) => div(num(-1), add(ONE, square(u))),
  sinh: (u) => unary('cosh', u),
  cosh: (u) => unary('sinh', u),
  tanh: (u) => square(unary('sech', u)),
  sech: (u, whole) => unary('neg', mul(whole, unary('tanh', u))),
  csch: (u, whole) => unary('neg', mul(whole, unary('coth', u))),
  coth: (u) => unary('neg', square(unary('csch', u))),
  arsinh: (u) => div(ONE, squareRoot(add(square(u), ONE))),
  arcosh: (u) => where(u, '>', ONE, div(ONE, squareRoot(sub(square(u), ONE)))),
  artanh: (u) => where(unary('abs', u), '<', ONE, div(ONE, sub(ONE, square(u)))),
  arsech: (u) => where(u, '>', ZERO, div(num(-1), mul(u, squareRoot(sub(ONE, square(u)))))),
  arcsch: (u) => div(num(-1), mul(unary('abs', u), squareRoot(add(ONE, square(u))))),
  arcoth: (u) => where(unary('abs', u), '>', ONE, div(ONE, sub(ONE, square(u)))),
  factorial: (u, whole) => mul(whole, unary('digamma', add(u, ONE))),
  erf: (u) => mul(num(2 / Math.sqrt(Math.PI)), unary('exp', unary('neg', square(u)))),
  probit: (_, whole) => mul(num(Math.sqrt(2 * Math.PI)), unary('exp', div(square(whole), TWO))),
  neg: () => num(-1),
  // Steps are flat, and have no slope where they jump.
  floor: (u, whole) => where(u, '!=', whole, ZERO),
  ceil: (u, whole) => where(u, '!=', whole, ZERO),
  sign: (u) => where(u, '!=', ZERO, ZERO),
};

/**
 * Returns the derivative of an expression with respect to the variable in a slot.
 *
 * @param {Core} f
 * @param {number} slot
 * @returns {Core}
 */
export function differentiate(f, slot) {
  return new Derivation(slot).of(f);
}

class Derivation {
  /** @type {Map<number, Core>} derivatives of bound variables */
  #bound = new Map();
  #bits;

  /** @param {number} slot */
  constructor(slot) {
    this.#bound.set(slot, ONE);
    this.#bits = slotBit(slot);
  }

  /** @param {Core} f @returns {Core} */
  of(f) {
    if ((f.vars & this.#bits) === 0) return ZERO;
    const rule = this.#rules[f.op];
    if (rule !== undefined) return rule(f);
    const outer = OUTER[f.op];
    if (outer === undefined) return unsupported(words.things.derivative);
    const inner = this.of(f.args[0]);
    return isNumber(inner, 0) ? ZERO : mul(outer(f.args[0], f), inner);
  }

  /** @type {Record<string, (f: Core) => Core>} */
  #rules = {
    var: ({ slot }) => this.#bound.get(slot) ?? ZERO,
    add: ({ args: [a, b] }) => add(this.of(a), this.of(b)),
    sub: ({ args: [a, b] }) => sub(this.of(a), this.of(b)),
    mul: ({ args: [a, b] }) => add(mul(this.of(a), b), mul(a, this.of(b))),
    div: ({ args: [a, b] }) => {
      const [da, db] = [this.of(a), this.of(b)];
      return isNumber(db, 0) ? div(da, b) : div(sub(mul(da, b), mul(a, db)), square(b));
    },
    powi: ({ args: [a], value: n }) => (n === 0 ? ZERO : mul(mul(num(n), power(a, num(n - 1))), this.of(a))),
    powr: ({ args: [a], value: n }) => mul(mul(num(n), power(a, num(n - 1))), this.of(a)),
    powq: ({ args: [a], p, q }) => mul(mul(num(p / q), oddPower(a, p - q, q)), this.of(a)),
    pow: (f) => this.#power(f),
    root: ({ args: [a, n] }) => this.of(power(a, div(ONE, n))),
    logb: ({ args: [a, b] }) => this.of(div(unary('ln', a), unary('ln', b))),
    min: ({ args: [a, b] }) => this.#choice('<', a, b),
    max: ({ args: [a, b] }) => this.#choice('>', a, b),
    mod: ({ args: [a, b] }) => {
      const steps = unary('floor', div(a, b));
      return where(steps, '!=', div(a, b), sub(this.of(a), mul(this.of(b), steps)));
    },
    round: () => ZERO,
    arctan2: ({ args: [y, x] }) => div(sub(mul(this.of(y), x), mul(y, this.of(x))), add(square(x), square(y))),
    let: (f) => this.#let(f),
    sum: ({ args: [from, to, body], slot }) => big('sum', slot, from, to, this.of(body)),
    prod: (f) => this.#product(f),
    int: (f) => this.#integral(f),
    cases: ({ args }) =>
      core(
        'cases',
        args.map((arg, i) => (isCondition(args, i) ? arg : this.of(arg))),
      ),
    pick: ({ args: [index, ...items] }) => core('pick', [index, ...items.map((item) => this.of(item))]),
    'stat:total': ({ args }) => args.map((arg) => this.of(arg)).reduce(add, ZERO),
    'stat:mean': ({ args }) => div(args.map((arg) => this.of(arg)).reduce(add, ZERO), num(args.length)),
  };

  /** @param {Core} f @returns {Core} */
  #power(f) {
    const [a, b] = f.args;
    if (isNumber(a, 0)) return where(b, '>', ZERO, ZERO);
    const [da, db] = [this.of(a), this.of(b)];
    const byExponent = isNumber(db, 0) ? ZERO : mul(mul(f, unary('ln', a)), db);
    const byBase = isNumber(da, 0) ? ZERO : mul(mul(b, power(a, sub(b, ONE))), da);
    return add(byBase, byExponent);
  }

  /** @param {string} op @param {Core} a @param {Core} b */
  #choice(op, a, b) {
    const other = op === '<' ? '>' : '<';
    const [da, db] = [this.of(a), this.of(b)];
    // Where they meet, there is a slope only if they touch.
    const touch = combine('all', [compare([a, b], ['=']), compare([da, db], ['='])]);
    return cases(
      [
        [compare([a, b], [op]), da],
        [compare([a, b], [other]), db],
        [touch, da],
      ],
      null,
    );
  }

  /** The variable of a let gets a companion that holds its derivative. @param {Core} f @returns {Core} */
  #let({ args: [bound, body], slot }) {
    const inner = this.of(bound);
    if (isNumber(inner, 0)) return bind(slot, bound, this.of(body));
    this.#bound.set(slot, inner);
    const outside = this.#bits;
    this.#bits |= slotBit(slot);
    const result = bind(slot, bound, this.of(body));
    this.#bits = outside;
    this.#bound.delete(slot);
    return result;
  }

  /** @param {Core} f @returns {Core} */
  #product({ args: [from, to, body], slot }) {
    if (from.op !== 'num' || to.op !== 'num' || to.value - from.value >= MAX_FACTORS)
      return unsupported(words.things.derivative);
    let product = ONE;
    for (let n = Math.ceil(from.value); n <= to.value; n++) product = mul(product, bind(slot, num(n), body));
    return this.of(product);
  }

  /** Leibniz's rule: the moving limits and the changing integrand. @param {Core} f @returns {Core} */
  #integral({ args: [from, to, body], slot }) {
    const top = mul(bind(slot, to, body), this.of(to));
    const bottom = mul(bind(slot, from, body), this.of(from));
    const within = this.of(body);
    const ends = isNumber(bottom, 0) ? top : sub(top, bottom);
    return isNumber(within, 0) ? ends : add(ends, big('int', slot, from, to, within));
  }
}

/** @param {Core[]} args of cases @param {number} i */
function isCondition(args, i) {
  return i % 2 === 0 && i < args.length - 1;
}

/** a^(p/q), an integer power if q divides p @param {Core} a @param {number} p @param {number} q @returns {Core} */
function oddPower(a, p, q) {
  if (p === 0) return ONE;
  return p % q === 0 ? power(a, num(p / q)) : core('powq', [a], { p, q });
}
