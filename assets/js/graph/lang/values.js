/**
 * The value of an expression after its names are resolved: a number, a point, or a list of these; also a distribution
 * or an outline, which cannot be in lists. Operations apply to lists item by item; the shortest list sets the length.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {{point: [Core, Core]}} PointValue
 * @typedef {{list: (Core|PointValue)[]}} ListValue
 * @typedef {{distribution: string, params: Core[]}} DistributionValue
 * @typedef {{outline: PointValue[], closed: boolean}} OutlineValue corners, joined in order; closed: the last with the
 *   first
 * @typedef {Core|PointValue|ListValue|DistributionValue|OutlineValue} Value
 * @typedef {Core|PointValue} Item
 */

import { binary, num, unary } from './core.js';
import { LangError, words } from './messages.js';
import { NODE_WORK, spend } from './work-limit.js';

/** @param {Value} value @returns {value is ListValue} */
export function isList(value) {
  return 'list' in value;
}

/** @param {Value} value @returns {value is PointValue} */
export function isPoint(value) {
  return 'point' in value;
}

/** @param {Value} value @returns {value is DistributionValue} */
export function isDistribution(value) {
  return 'distribution' in value;
}

/** @param {Value} value @returns {value is OutlineValue} */
export function isOutline(value) {
  return 'outline' in value;
}

/** @param {Value} value @returns {value is Core} */
export function isCore(value) {
  return 'op' in value;
}

/** @param {Value} value @returns {Core} */
export function asCore(value) {
  if (!isCore(value)) throw new LangError(words.needsNumber());
  return value;
}

/** @param {Value} value @returns {Item} @throws {LangError} if it cannot be in a list */
export function asItem(value) {
  if (!isCore(value) && !isPoint(value)) throw new LangError(words.needsNumber());
  return value;
}

/** @param {Value} value @returns {Core[]} all numbers in it */
export function coresOf(value) {
  if (isCore(value)) return [value];
  if (isPoint(value)) return value.point;
  if (isDistribution(value)) return value.params;
  return (isList(value) ? value.list : value.outline).flatMap(coresOf);
}

/** @param {Value} value @returns {number} the variables it depends on, as in Core.vars */
export function varsOf(value) {
  return coresOf(value).reduce((vars, core) => vars | core.vars, 0);
}

/** @param {Value} value @param {(core: Core) => Core} f @returns {Value} */
export function mapCores(value, f) {
  if (isCore(value)) return f(value);
  if (isPoint(value)) return { point: [f(value.point[0]), f(value.point[1])] };
  if (isDistribution(value)) return { ...value, params: value.params.map(f) };
  if (isOutline(value))
    return { ...value, outline: value.outline.map((corner) => /** @type {PointValue} */ (mapCores(corner, f))) };
  return { list: value.list.map((item) => /** @type {Item} */ (mapCores(item, f))) };
}

/**
 * Applies an operation on items to values that may be lists.
 *
 * @param {Value[]} values
 * @param {(items: Item[]) => Item} f
 * @returns {Value}
 */
export function lift(values, f) {
  const lists = values.filter(isList);
  if (lists.length === 0) return f(values.map(asItem));
  const length = Math.min(...lists.map(({ list }) => list.length));
  spend(length * NODE_WORK);
  const items = [];
  for (let i = 0; i < length; i++)
    items.push(f(values.map((value) => (isList(value) ? value.list[i] : asItem(value)))));
  return { list: items };
}

/**
 * Like lift, for operations on numbers only.
 *
 * @param {Value[]} values
 * @param {(cores: Core[]) => Core} f
 * @returns {Value}
 */
export function liftCores(values, f) {
  return lift(values, (items) => f(items.map(asCore)));
}

/**
 * Applies a binary operation, including those on points: sums by coordinates, multiples, the dot product.
 *
 * @param {string} op
 * @param {Value} left
 * @param {Value} right
 * @returns {Value}
 */
export function arithmetic(op, left, right) {
  return lift([left, right], ([a, b]) => {
    if (isCore(a) && isCore(b)) return binary(op, a, b);
    if (isPoint(a) && isPoint(b)) return pointWithPoint(op, a, b);
    if (isPoint(a) && isCore(b) && (op === 'mul' || op === 'div')) return pointOf(a.point.map((c) => binary(op, c, b)));
    if (isPoint(b) && isCore(a) && op === 'mul') return pointOf(b.point.map((c) => binary(op, a, c)));
    throw new LangError(words.needsNumber());
  });
}

/** @param {string} op @param {PointValue} a @param {PointValue} b @returns {Item} */
function pointWithPoint(op, a, b) {
  const [first, second] = a.point.map((c, i) => binary(op, c, b.point[i]));
  if (op === 'add' || op === 'sub') return pointOf([first, second]);
  if (op === 'mul') return binary('add', first, second);
  throw new LangError(words.needsNumber());
}

/** @param {Core[]} cores @returns {PointValue} */
function pointOf([x, y]) {
  return { point: [x, y] };
}

/** @param {string} op neg or abs (the length of a point), or an operation on numbers @param {Value} value @returns {Value} */
export function oneSided(op, value) {
  return lift([value], ([a]) => {
    if (isCore(a)) return unary(op, a);
    if (op === 'neg') return pointOf(a.point.map((c) => unary('neg', c)));
    if (op === 'abs') return distance(a, pointOf([num(0), num(0)]));
    throw new LangError(words.needsNumber());
  });
}

/** @param {PointValue} a @param {PointValue} b @returns {Core} */
export function distance(a, b) {
  const [dx, dy] = a.point.map((c, i) => binary('pow', binary('sub', c, b.point[i]), num(2)));
  return unary('sqrt', binary('add', dx, dy));
}
