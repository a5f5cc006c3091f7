/**
 * What a line is: a curve, a value, points, a region, …
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./syntax.js').Line} Line
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./read.js').ReadLine} ReadLine
 * @typedef {import('./scope.js').Scope} Scope
 * @typedef {import('./read.js').Definition} Definition
 * @typedef {import('./values.js').Value} Value
 * @typedef {import('./types.js').Meaning} Meaning
 */

import { CONSTANT_VALUES } from './builtins.js';
import { SLOT, binary, slotBit, variable } from './core.js';
import { curveOf, polarPath } from './curves.js';
import { lowerCondition } from './lower-conditions.js';
import { Lowerer } from './lower.js';
import { LangError, missingNames, unsupported, words } from './messages.js';
import { regionOf, surfaceOf, withoutSquare } from './surfaces.js';
import { asCore, coresOf, isCore, isList, isPoint, lift, varsOf } from './values.js';

const X = slotBit(SLOT.x);
const Y = slotBit(SLOT.y);
const T = slotBit(SLOT.t);
const THETA = slotBit(SLOT.theta);
const INEQUALITIES = new Set(['<', '>', '<=', '>=']);
/** Curves of one line. */
const MAX_CURVES = 500;

/**
 * @param {ReadLine} read
 * @param {Scope} scope
 * @returns {Meaning}
 */
export function classify(read, scope) {
  try {
    if (read.error !== null) throw read.error;
    const meaning = meaningOf(read, /** @type {Line} */ (read.line), scope);
    return meaning.kind === 'list' && read.faults.length > 0 ? { ...meaning, faults: read.faults } : meaning;
  } catch (error) {
    return failure(error);
  }
}

/** @param {unknown} error @returns {Meaning} */
function failure(error) {
  if (error instanceof RangeError) return { kind: 'error', message: words.tooDeep() };
  if (!(error instanceof LangError)) throw error;
  if (error.kind === 'unsupported') return { kind: 'unsupported', message: error.message };
  const { message, missing } = error;
  return missing === undefined ? { kind: 'error', message } : { kind: 'error', message, missing };
}

/** @param {ReadLine} read @param {Line} line @param {Scope} scope @returns {Meaning} */
function meaningOf(read, line, scope) {
  const { sides, ops } = line;
  const { definition } = read;
  if (ops.length === 0 && definition === null) return new Classifier(scope).expression(line);
  if (ops.includes('~')) return scope.fit(read).meaning;
  if (ops.length > 0 && ops.every((op) => INEQUALITIES.has(op))) return new Classifier(scope).inequality(line);
  if (definition === null && (ops.length !== 1 || ops[0] !== '=')) throw new LangError(words.equationInside());
  if (definition !== null && scope.isDouble(definition.name)) throw new LangError(words.definedTwice(definition.name));
  if (definition !== null && scope.definition(definition.name) === definition) {
    return new Classifier(scope, definition).definition(definition);
  }
  return new Classifier(scope).equation(sides[0], sides[1], line.restrictions);
}

class Classifier {
  #lowerer;
  #degreeMode;

  /** @param {Scope} scope @param {Definition} [definition] what the line defines */
  constructor(scope, definition) {
    this.#degreeMode = scope.degreeMode;
    this.#lowerer = new Lowerer(scope, definition?.name);
  }

  /**
   * A line without a relation: a curve, a number, points.
   *
   * @param {Line} line
   * @returns {Meaning}
   */
  expression({ sides, restrictions }) {
    return this.#drawn(this.#lowerer.restrict(this.#lowerer.value(sides[0]), restrictions, 'y'));
  }

  /** @param {Definition} definition @returns {Meaning} */
  definition(definition) {
    const { name, params } = definition;
    if (params !== null) return this.#functionDefinition(definition, params);
    const value = this.#lowerer.restrict(this.#lowerer.value(definition.body), definition.restrictions);
    this.#checkMissing(value, 0);
    if (isCore(value)) {
      if (value.op !== 'num') throw new LangError(words.nameOfX(name));
      return { kind: 'value', name, value: value.value, definition: true };
    }
    if (isList(value) && value.list.every(isCore) && varsOf(value) === 0) return { kind: 'list', name, values: numbers(value) };
    const meaning = this.#drawn(value);
    if (meaning.kind === 'function') throw new LangError(words.nameOfX(name));
    return /** @type {Meaning} */ ({ ...meaning, name });
  }

  /**
   * f(x)=… is drawn; f(t)=… too, as it is the same function; f(x,y)=… only says what f is.
   *
   * @param {Definition} definition
   * @param {string[]} params
   * @returns {Meaning}
   */
  #functionDefinition(definition, params) {
    const { name, body, restrictions } = definition;
    const slots = params.map(() => this.#lowerer.newSlot());
    const names = params.map((param, i) => /** @type {[string, Value]} */ ([param, variable(slots[i])]));
    const probe = this.#lowerer.restricted(body, restrictions, names);
    this.#checkMissing(probe, X | Y);
    if (params.length !== 1 || (varsOf(probe) & (X | Y)) !== 0) return { kind: 'definition', name };
    const of = params[0] === 'y' ? 'y' : 'x';
    const value = this.#lowerer.restricted(body, restrictions, [[params[0], variable(SLOT[of])]]);
    const items = isList(value) ? value.list : [value];
    if (!items.every(isCore)) return { kind: 'definition', name };
    return { kind: 'function', of, name, curves: curves(value, SLOT[of]) };
  }

  /**
   * An equation that defines nothing.
   *
   * @param {Node} left
   * @param {Node} right
   * @param {import('./syntax.js').Branch[][]} restrictions
   * @returns {Meaning}
   */
  equation(left, right, restrictions) {
    const solved = this.#solved(left, right) ?? this.#solved(right, left);
    if (solved !== null) {
      const { of, value } = solved;
      const body = this.#lowerer.restrict(value, restrictions, of === 'x' ? 'y' : 'x');
      this.#checkMissing(body, X | Y);
      if ((varsOf(body) & (of === 'x' ? Y : X)) === 0) return { kind: 'function', of, curves: curves(body, SLOT[of]) };
    }
    if (left.type === 'name' && left.name === 'r') return this.#polar(right, restrictions);
    if (right.type === 'name' && right.name === 'r') return this.#polar(left, restrictions);
    if (left.type === 'name' && left.name in CONSTANT_VALUES) throw new LangError(words.reservedName(left.name));
    return this.#implicit(left, right, restrictions);
  }

  /**
   * One side is y alone and the other is free of y, or the same with x.
   *
   * @param {Node} alone
   * @param {Node} other
   * @returns {{of: 'x'|'y', value: Value}|null}
   */
  #solved(alone, other) {
    const letter = alone.type === 'name' || (alone.type === 'apply' && alone.args.length === 1) ? alone.name : '';
    const headed = alone.type === 'apply' && alone.args[0].type === 'name' && alone.args[0].name === 'x' && letter === 'y';
    if (letter !== 'y' && letter !== 'x') return null;
    if (alone.type === 'apply' && !headed) return null;
    const value = this.#lowerer.value(other);
    const of = letter === 'y' ? 'x' : 'y';
    const free = (varsOf(value) & (letter === 'y' ? Y : X)) === 0;
    return free && !coresOf(value).some((c) => (c.vars & THETA) !== 0) ? { of, value } : null;
  }

  /** @param {Node} right @param {import('./syntax.js').Branch[][]} restrictions @returns {Meaning} */
  #polar(right, restrictions) {
    const value = this.#lowerer.restrict(this.#lowerer.value(right), restrictions);
    this.#checkMissing(value, THETA | X | Y);
    if ((varsOf(value) & (X | Y)) !== 0) unsupported(words.things.polarImplicit);
    const paths = limited(coresOf(value)).map((radius) => polarPath(radius, this.#degreeMode));
    return { kind: 'polar', curves: curves(value, SLOT.theta), paths, turn: this.#degreeMode ? 360 : 2 * Math.PI };
  }

  /** @param {Node} left @param {Node} right @param {import('./syntax.js').Branch[][]} restrictions @returns {Meaning} */
  #implicit(left, right, restrictions) {
    const difference = lift([this.#lowerer.value(left), this.#lowerer.value(right)], (items) => {
      const [a, b] = items.map(asCore);
      return withoutSquare(binary('sub', a, b));
    });
    const value = this.#lowerer.restrict(difference, restrictions);
    if ((varsOf(value) & THETA) !== 0 && (varsOf(value) & (X | Y)) !== 0) unsupported(words.things.polarImplicit);
    this.#checkMissing(value, X | Y);
    if ((varsOf(value) & (X | Y)) === 0) throw new LangError(words.noVariable());
    return { kind: 'implicit', curves: limited(coresOf(value)).map(surfaceOf) };
  }

  /** @param {Line} line @returns {Meaning} */
  inequality({ sides, ops, restrictions }) {
    const values = sides.map((side) => this.#lowerer.value(side));
    const conditions = restrictions.map((group) => lowerCondition(this.#lowerer, group));
    const all = values.flatMap(coresOf).concat(conditions);
    this.#checkMissing({ list: all }, X | Y);
    if (!all.some((core) => (core.vars & (X | Y)) !== 0)) throw new LangError(words.noVariable());
    /** @type {import('./types.js').Region[]} */
    const regions = [];
    lift(values, (items) => {
      const cores = items.map(asCore);
      regions.push(regionOf(cores, ops, conditions));
      return cores[0];
    });
    return { kind: 'inequality', regions };
  }

  /**
   * What a value looks like on the plane.
   *
   * @param {Value} value
   * @returns {Meaning}
   */
  #drawn(value) {
    const items = isList(value) ? value.list : [value];
    if (items.length > 0 && items.every(isPoint)) return this.#points(items);
    if (!items.every(isCore)) throw new LangError(words.needsNumber());
    this.#checkMissing(value, X | Y);
    const vars = varsOf(value);
    if (vars === 0) return isList(value) ? { kind: 'list', values: numbers(value) } : number(asCore(value));
    if ((vars & X) !== 0 && (vars & Y) !== 0) throw new LangError(words.relationNeeded());
    const of = (vars & Y) !== 0 ? 'y' : 'x';
    return { kind: 'function', of, curves: curves(value, SLOT[of]) };
  }

  /** @param {import('./values.js').PointValue[]} items @returns {Meaning} */
  #points(items) {
    this.#checkMissing({ list: items }, X | Y | T);
    const vars = varsOf({ list: items });
    if ((vars & (X | Y)) !== 0) unsupported(words.things.pointCurve);
    const places = items.map(({ point: [x, y] }) => ({ x, y }));
    if (vars === 0) return { kind: 'point', points: places.map(({ x, y }) => ({ x: x.value, y: y.value })) };
    return {
      kind: 'parametric',
      curves: limited(places).map(({ x, y }) => ({ x: curveOf(x, SLOT.t), y: curveOf(y, SLOT.t) })),
    };
  }

  /**
   * @param {Value} value
   * @param {number} allowed the coordinates that may vary here
   */
  #checkMissing(value, allowed) {
    const missing = [...this.#lowerer.missing];
    const vars = varsOf(value);
    if ((vars & T & ~allowed) !== 0) missing.push('t');
    if ((vars & THETA & ~allowed) !== 0) missing.push('\\theta');
    if (missing.length > 0) throw missingNames(missing);
  }
}

/** @param {Value} value @returns {number[]} */
function numbers(value) {
  return coresOf(value).map((core) => core.value);
}

/** @param {Core} core @returns {Meaning} */
function number(core) {
  return { kind: 'value', value: core.value, definition: false };
}

/** @template T @param {T[]} items @returns {T[]} */
function limited(items) {
  if (items.length > MAX_CURVES) throw new LangError(words.tooMuchWork());
  return items;
}

/** @param {Value} value @param {number} slot */
function curves(value, slot) {
  const items = isList(value) ? value.list : [value];
  return limited(items.map(asCore)).map((core) => curveOf(core, slot));
}
