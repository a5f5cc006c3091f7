/**
 * Lists made by a rule, parts of lists, and pieces under conditions, as parts of Lowerer.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./syntax.js').Branch} Branch
 * @typedef {import('./values.js').Value} Value
 * @typedef {import('./lower.js').Lowerer} Lowerer
 */

import { compileCondition } from './compile.js';
import { cases, compare, num } from './core.js';
import { MAX_ITEMS, itemAt, makeList } from './lists.js';
import { LangError, words } from './messages.js';
import { asCore, coresOf, isCore, isList, isPoint, lift, liftCores } from './values.js';

/**
 * [n^2 for n=[1...3]]
 *
 * @param {Lowerer} lowerer
 * @param {import('./syntax.js').ComprehensionNode} node
 * @returns {Value}
 */
export function lowerComprehension(lowerer, { body, names, args }) {
  const lists = args.map((arg) => {
    const value = lowerer.value(arg);
    if (!isList(value)) throw new LangError(words.needsList('for'));
    return value.list;
  });
  if (lists.reduce((count, list) => count * list.length, 1) > MAX_ITEMS) throw new LangError(words.listTooLong(MAX_ITEMS));
  /** @type {[string, Value][][]} */
  let rows = [[]];
  // The last name changes slowest.
  lists.forEach((list, i) => {
    rows = list.flatMap((item) => rows.map((row) => /** @type {[string, Value][]} */ ([...row, [names[i], item]])));
  });
  return makeList(rows.map((row) => {
    const value = lowerer.valueWith(body, row);
    if (isList(value)) throw new LangError(words.needsNumber());
    return value;
  }));
}

/**
 * L[2], L[1...3], L[L>2]
 *
 * @param {Lowerer} lowerer
 * @param {import('./syntax.js').IndexNode} node
 * @returns {Value}
 */
export function lowerIndex(lowerer, { list, index }) {
  const value = lowerer.value(list);
  if (index.type !== 'compare') return itemAt(value, lowerer.value(index));
  if (!isList(value)) throw new LangError(words.needsList('[…]'));
  const args = index.args.map((arg) => lowerer.value(arg));
  return { list: value.list.filter((_, i) => holds(args, index.ops, i)) };
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
  const points = values.some((value) => coresOf(value).length > 0 && (isPoint(value) || (isList(value) && isPoint(value.list[0]))));
  const build = (/** @type {Core[]} */ cores) => buildCases(branches, cores, otherwise !== null);
  if (!points) return liftCores(values, build);
  return lift(values, (items) => {
    const [x, y] = [0, 1].map((c) => build(items.map((item) => (isPoint(item) ? item.point[c] : item))));
    return { point: [x, y] };
  });
}

/**
 * @param {Branch[]} branches
 * @param {Core[]} cores operands of the first condition, its value, operands of the second, …, the value otherwise
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

/** Whether a condition holds for item i of the lists in it. @param {Value[]} args @param {string[]} ops @param {number} i */
function holds(args, ops, i) {
  const cores = args.map((arg) => asCore(isList(arg) ? arg.list[i] ?? num(NaN) : arg));
  if (!cores.every((core) => isCore(core) && core.op === 'num')) throw new LangError(words.needsFixedNumber());
  return compileCondition(compare(cores, ops), new Float64Array(1))();
}
