/**
 * List comprehensions, ranges and indices. Parts of Lowerer.
 *
 * @typedef {import('./values.js').Value} Value
 * @typedef {import('./lower.js').Lowerer} Lowerer
 */

import { compileCondition } from './compile.js';
import { compare, num } from './core.js';
import { MAX_ITEMS, itemAt, makeList, openRange, range } from './lists.js';
import { LangError, words } from './messages.js';
import { asCore, asItem, isCore, isList } from './values.js';
import { NODE_WORK, spend } from './work-limit.js';

/**
 * [n^2 for n=[1...3]]
 *
 * @param {Lowerer} lowerer
 * @param {import('./parser/syntax.js').ComprehensionNode} node
 * @returns {Value}
 */
export function lowerComprehension(lowerer, { body, names, args }) {
  const lists = args.map((arg) => {
    const value = lowerer.value(arg);
    if (!isList(value)) throw new LangError(words.needsList('for'));
    return value.list;
  });
  if (lists.reduce((count, list) => count * list.length, 1) > MAX_ITEMS)
    throw new LangError(words.listTooLong(MAX_ITEMS));
  /** @type {[string, Value][][]} */
  let rows = [[]];
  // The last name changes slowest.
  lists.forEach((list, i) => {
    rows = list.flatMap((item) => rows.map((row) => /** @type {[string, Value][]} */ ([...row, [names[i], item]])));
  });
  return makeList(rows.map((row, i) => asItem(lowerer.atItem(i, () => lowerer.valueWith(body, row)))));
}

/**
 * [1...5]
 *
 * @param {Lowerer} lowerer
 * @param {import('./parser/syntax.js').RangeNode} node
 * @returns {Value}
 */
export function lowerRange(lowerer, { from, to }) {
  if (to === null) throw new LangError(words.needsRange());
  return range(
    from.map((n) => asCore(lowerer.value(n))),
    asCore(lowerer.value(to)),
  );
}

/**
 * L[2], L[1...3], L[L>2]
 *
 * @param {Lowerer} lowerer
 * @param {import('./parser/syntax.js').IndexNode} node
 * @returns {Value}
 */
export function lowerIndex(lowerer, { list, index }) {
  const value = lowerer.value(list);
  if (index.type === 'range' && index.to === null)
    return openRange(
      value,
      index.from.map((n) => asCore(lowerer.value(n))),
    );
  if (index.type !== 'compare') return itemAt(value, lowerer.value(index));
  if (!isList(value)) throw new LangError(words.needsList('[…]'));
  const args = index.args.map((arg) => lowerer.value(arg));
  spend(value.list.length * NODE_WORK * args.length);
  return { list: value.list.filter((_, i) => holds(args, index.ops, i)) };
}

/**
 * Reports whether a condition holds for item i of the lists in it.
 *
 * @param {Value[]} args
 * @param {string[]} ops
 * @param {number} i
 */
function holds(args, ops, i) {
  const cores = args.map((arg) => asCore(isList(arg) ? (arg.list[i] ?? num(NaN)) : arg));
  if (!cores.every((core) => isCore(core) && core.op === 'num')) throw new LangError(words.needsFixedNumber());
  return compileCondition(compare(cores, ops), new Float64Array(1))();
}
