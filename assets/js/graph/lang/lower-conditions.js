/**
 * Conditions in braces: restrictions of a value, and piecewise values. Parts of Lowerer.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./parser/syntax.js').Node} Node
 * @typedef {import('./parser/syntax.js').Branch} Branch
 * @typedef {import('./values.js').Value} Value
 * @typedef {import('./values.js').Item} Item
 * @typedef {import('./values.js').PointValue} PointValue
 * @typedef {import('./lower.js').Lowerer} Lowerer
 */

import { bind, cases, combine, compare, num, variable } from './core.js';
import { asCore, coresOf, isList, isOutline, isPoint, lift, liftCores, mapCores } from './values.js';

/**
 * Restricts a value by conditions. All groups must hold; within a group one condition is enough.
 *
 * @param {Lowerer} lowerer
 * @param {Value} body
 * @param {Branch[][]} groups
 * @param {'x'|'y'} [ownName] the letter that stands for the value in the conditions: y in y=x^2{y>1}
 * @returns {Value}
 */
export function lowerRestrictions(lowerer, body, groups, ownName) {
  if (isOutline(body)) {
    const { list } = /** @type {{list: PointValue[]}} */ (lowerRestrictions(lowerer, { list: body.outline }, groups));
    return { ...body, outline: list };
  }
  const slot = ownName === undefined ? -1 : lowerer.newSlot();
  const names = /** @type {[string, Value][]} */ (ownName === undefined ? [] : [[ownName, variable(slot)]]);
  const operands = lowerer.with(names, () => operandsOf(lowerer, groups));
  return lift([body, ...operands], ([item, ...rest]) => {
    const condition = conditionOf(groups, rest.map(asCore));
    return /** @type {Item} */ (
      mapCores(item, (core) => {
        if (ownName === undefined) return cases([[condition, core]], null);
        return bind(slot, core, cases([[condition, variable(slot)]], null));
      })
    );
  });
}

/**
 * A group of conditions without lists, of which one is enough.
 *
 * @param {Lowerer} lowerer
 * @param {Branch[]} group
 * @returns {Core}
 */
export function lowerCondition(lowerer, group) {
  return conditionOf([group], operandsOf(lowerer, [group]).map(asCore));
}

/** @param {Lowerer} lowerer @param {Branch[][]} groups @returns {Value[]} the compared values, in order */
function operandsOf(lowerer, groups) {
  return groups.flat().flatMap(({ condition }) => condition.args.map((arg) => lowerer.value(arg)));
}

/** @param {Branch[][]} groups @param {Core[]} operands as operandsOf() tells them @returns {Core} */
function conditionOf(groups, operands) {
  let at = 0;
  return combine(
    'all',
    groups.map((group) =>
      combine(
        'any',
        group.map(({ condition: { args, ops } }) => {
          at += args.length;
          return compare(operands.slice(at - args.length, at), ops);
        }),
      ),
    ),
  );
}

/**
 * {x<0: x^2, x}; a condition without a value counts as 1.
 *
 * @param {Lowerer} lowerer
 * @param {Branch[]} branches
 * @param {Node|null} otherwise
 * @returns {Value}
 */
export function lowerCases(lowerer, branches, otherwise) {
  const flat = branches.flatMap((b) => [...b.condition.args, b.value]).concat(otherwise);
  const values = flat.map((node) => (node === null ? num(1) : lowerer.value(node)));
  const points = values.some(
    (value) => coresOf(value).length > 0 && (isPoint(value) || (isList(value) && isPoint(value.list[0]))),
  );
  const build = (/** @type {Core[]} */ cores) => buildCases(branches, cores, otherwise !== null);
  if (!points) return liftCores(values, build);
  return lift(values, (items) => {
    const [x, y] = [0, 1].map((c) => build(items.map((item) => (isPoint(item) ? item.point[c] : item))));
    return { point: [x, y] };
  });
}

/**
 * @param {Branch[]} branches
 * @param {Core[]} cores operands of the first condition, its value, operands of the second, …, the default value
 * @param {boolean} hasOtherwise
 * @returns {Core}
 */
function buildCases(branches, cores, hasOtherwise) {
  let at = 0;
  const built = branches.map(({ condition }) => {
    const operands = cores.slice(at, at + condition.args.length);
    at += condition.args.length + 1;
    return /** @type {[Core, Core]} */ ([compare(operands, condition.ops), cores[at - 1]]);
  });
  return cases(built, hasOtherwise ? cores[at] : null);
}
