/**
 * Equations and inequalities: functions, implicit and polar curves, regions.
 *
 * @typedef {import('./lower.js').Lowerer} Lowerer
 * @typedef {import('./read-line.js').ReadLine} ReadLine
 * @typedef {import('./scope.js').Scope} Scope
 * @typedef {import('./parser/syntax.js').Branch} Branch
 * @typedef {import('./parser/syntax.js').Line} Line
 * @typedef {import('./parser/syntax.js').Node} Node
 * @typedef {import('./types.js').Meaning} Meaning
 * @typedef {import('./values.js').Value} Value
 */

import { CONSTANT_VALUES } from './builtins.js';
import { DEGREE } from './call-builtin.js';
import { binary, num, unary, variable } from './core.js';
import { SLOT } from './slots.js';
import { polarPath } from './curves.js';
import { THETA, X, Y, checkMissing, curves, limited } from './drawable.js';
import { lowerCondition } from './lower-conditions.js';
import { LangError, unsupported, words } from './messages.js';
import { POLAR_NAME } from './read-line.js';
import { regionOf, surfaceOf, withoutSquare } from './surfaces.js';
import { asCore, coresOf, lift, varsOf } from './values.js';

/** Relations between x and y, or between r and θ. */
export class Relations {
  #lowerer;
  #degreeMode;
  /** Whether the line is about r and θ instead of x and y. */
  #isPolar;

  /** @param {Lowerer} lowerer @param {Scope} scope @param {ReadLine} read */
  constructor(lowerer, scope, { names }) {
    this.#lowerer = lowerer;
    this.#degreeMode = scope.degreeMode;
    const speaks = names.has(POLAR_NAME) && scope.definition(POLAR_NAME) === undefined;
    this.#isPolar = speaks && !names.has('x') && !names.has('y');
  }

  /**
   * Interprets an equation that defines nothing.
   *
   * @param {Node} left
   * @param {Node} right
   * @param {Branch[][]} restrictions
   * @returns {Meaning}
   */
  equation(left, right, restrictions) {
    const solved = this.#solved(left, right) ?? this.#solved(right, left);
    if (solved !== null) {
      const { of, value } = solved;
      const body = this.#lowerer.restrict(value, restrictions, of === 'x' ? 'y' : 'x');
      checkMissing(this.#lowerer, body, X | Y);
      if ((varsOf(body) & (of === 'x' ? Y : X)) === 0) return { kind: 'function', of, curves: curves(body, SLOT[of]) };
    }
    if (left.type === 'name' && left.name in CONSTANT_VALUES) throw new LangError(words.reservedName(left.name));
    return (this.#isPolar ? this.#polar(left, right, restrictions) : null) ?? this.#implicit(left, right, restrictions);
  }

  /**
   * Solves an equation in which one side is y alone and the other is free of y, or the same with x.
   *
   * @param {Node} alone
   * @param {Node} other
   * @returns {{of: 'x'|'y', value: Value}|null}
   */
  #solved(alone, other) {
    const letter = alone.type === 'name' || (alone.type === 'apply' && alone.args.length === 1) ? alone.name : '';
    const headed =
      alone.type === 'apply' && alone.args[0].type === 'name' && alone.args[0].name === 'x' && letter === 'y';
    if (letter !== 'y' && letter !== 'x') return null;
    if (alone.type === 'apply' && !headed) return null;
    const value = this.#lowerer.value(other);
    const of = letter === 'y' ? 'x' : 'y';
    const free = (varsOf(value) & (letter === 'y' ? Y : X)) === 0;
    return free && !coresOf(value).some((c) => (c.vars & THETA) !== 0) ? { of, value } : null;
  }

  /**
   * Interprets r as a function of the angle.
   *
   * @param {Node} left
   * @param {Node} right
   * @param {Branch[][]} restrictions
   * @returns {Meaning|null} null if r is not alone on a side
   */
  #polar(left, right, restrictions) {
    const isAlone = [left, right].map(isRadius);
    if (isAlone[0] === isAlone[1]) return null;
    const before = new Set(this.#lowerer.missing);
    const value = this.#lowerer.restrict(this.#lowerer.value(isAlone[0] ? right : left), restrictions);
    if (this.#lowerer.missing.has(POLAR_NAME)) {
      this.#lowerer.missing = before;
      return null;
    }
    checkMissing(this.#lowerer, value, THETA);
    const paths = limited(coresOf(value)).map((radius) => polarPath(radius, this.#degreeMode));
    return { kind: 'polar', curves: curves(value, SLOT.theta), paths, turn: this.#degreeMode ? 360 : 2 * Math.PI };
  }

  /** @param {Node} left @param {Node} right @param {Branch[][]} restrictions @returns {Meaning} */
  #implicit(left, right, restrictions) {
    const value = this.#lowerer.with(this.#coordinates(), () => {
      const difference = lift([this.#lowerer.value(left), this.#lowerer.value(right)], (items) => {
        const [a, b] = items.map(asCore);
        return withoutSquare(binary('sub', a, b));
      });
      return this.#lowerer.restrict(difference, restrictions);
    });
    if ((varsOf(value) & THETA) !== 0 && (varsOf(value) & (X | Y)) !== 0) unsupported(words.things.polarImplicit);
    checkMissing(this.#lowerer, value, X | Y);
    if ((varsOf(value) & (X | Y)) === 0) throw new LangError(words.noVariable());
    return { kind: 'implicit', curves: limited(coresOf(value)).map(surfaceOf) };
  }

  /** @param {Line} line @returns {Meaning} */
  inequality({ sides, ops, restrictions }) {
    const { values, conditions } = this.#lowerer.with(this.#coordinates(), () => ({
      values: sides.map((side) => this.#lowerer.value(side)),
      conditions: restrictions.map((group) => lowerCondition(this.#lowerer, group)),
    }));
    const all = values.flatMap(coresOf).concat(conditions);
    checkMissing(this.#lowerer, { list: all }, X | Y);
    if (!all.some((core) => (core.vars & (X | Y)) !== 0)) throw new LangError(words.noVariable());
    /** @type {import('./types.js').Region[]} */
    const regions = [];
    lift(values, (items) => {
      const cores = items.map(asCore);
      regions.push(regionOf(cores, ops, conditions));
      return cores[0];
    });
    return { kind: 'inequality', regions: limited(regions) };
  }

  /** r and θ at a point, θ from 0 to a full turn. @returns {[string, Value][]} */
  #coordinates() {
    if (!this.#isPolar) return [];
    const [x, y] = [variable(SLOT.x), variable(SLOT.y)];
    const squares = [x, y].map((c) => binary('pow', c, num(2)));
    const angle = binary('mod', binary('arctan2', y, x), num(2 * Math.PI));
    return [
      [POLAR_NAME, unary('sqrt', binary('add', squares[0], squares[1]))],
      ['\\theta', this.#degreeMode ? binary('div', angle, num(DEGREE)) : angle],
    ];
  }
}

/** Whether a side is r or r(θ). @param {Node} side */
function isRadius(side) {
  if (side.type === 'name') return side.name === POLAR_NAME;
  const isHead = side.type === 'apply' && side.name === POLAR_NAME && side.primes === 0 && side.args.length === 1;
  return isHead && side.args[0].type === 'name' && side.args[0].name === '\\theta';
}
