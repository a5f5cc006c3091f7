/**
 * Lists: ranges, indices, sorting, and functions of lists.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./values.js').Value} Value
 * @typedef {import('./values.js').Item} Item
 */

import { LIST_TO_LIST } from './builtins.js';
import { binary, core, num, statistic } from './core.js';
import { LangError, words } from './messages.js';
import { STATISTICS } from './statistics.js';
import { asCore, asItem, isCore, isList, isPoint, liftCores } from './values.js';
import { NODE_WORK, spend } from './work-limit.js';

/** The greatest number of items of a list. */
export const MAX_ITEMS = 10_000;

/** @param {Item[]} items @returns {Value} */
export function makeList(items) {
  if (items.length > MAX_ITEMS) throw new LangError(words.listTooLong(MAX_ITEMS));
  return { list: items };
}

/** @param {Core} core @returns {number} @throws {LangError} if it varies */
export function fixed(core) {
  if (core.op !== 'num') throw new LangError(words.needsFixedNumber());
  return core.value;
}

/**
 * [1...5], [0,0.1...1]
 *
 * @param {Core[]} start the first number, and the second if there is a step
 * @param {Core} end
 * @returns {Value}
 */
export function range(start, end) {
  const [first, second] = start.map(fixed);
  const last = fixed(end);
  const step = second === undefined ? (last < first ? -1 : 1) : second - first;
  // Half a step of tolerance: [0,0.1...1] has eleven items despite rounding.
  const count = Math.floor((last - first) / step + 1e-9) + 1;
  if (!Number.isFinite(count)) throw new LangError(words.needsRange());
  if (count > MAX_ITEMS) throw new LangError(words.listTooLong(MAX_ITEMS));
  spend(count * NODE_WORK);
  const items = [];
  for (let i = 0; i < count; i++) items.push(num(first + i * step));
  return { list: items };
}

/**
 * L[2...]: from an item to the end of the list.
 *
 * @param {Value} list
 * @param {Core[]} start as for range()
 * @returns {Value}
 */
export function openRange(list, start) {
  if (!isList(list)) throw new LangError(words.needsList('[…]'));
  return itemAt(list, range(start, num(list.list.length)));
}

/**
 * L[2], L[[1,3]]; a variable index selects while drawing.
 *
 * @param {Value} list
 * @param {Value} index
 * @returns {Value}
 */
export function itemAt(list, index) {
  if (!isList(list)) throw new LangError(words.needsList('[…]'));
  if (isList(index)) {
    spend(index.list.length * NODE_WORK);
    return { list: index.list.map((i) => /** @type {Item} */ (itemAt(list, i))) };
  }
  const at = asCore(index);
  if (at.op === 'num') return list.list[Math.floor(at.value) - 1] ?? num(NaN);
  if (list.list.every(isCore)) return core('pick', [at, ...list.list.map(asCore)]);
  const coordinate = (/** @type {0|1} */ i) => core('pick', [at, ...list.list.map((item) => coordinatesOf(item)[i])]);
  return { point: [coordinate(0), coordinate(1)] };
}

/** @param {Item} item */
function coordinatesOf(item) {
  if (!isPoint(item)) throw new LangError(words.needsPoint());
  return item.point;
}

/**
 * P.x, or for a list of points the list of their x.
 *
 * @param {Value} value
 * @param {'x'|'y'} name
 * @returns {Value}
 */
export function member(value, name) {
  const i = name === 'x' ? 0 : 1;
  if (isList(value)) return { list: value.list.map((item) => coordinatesOf(item)[i]) };
  if (!isPoint(value)) throw new LangError(words.needsPoint());
  return value.point[i];
}

/**
 * A function of lists, such as mean(L) or sort(L). Separate numbers, as in max(a, b), count as a list; a list among
 * them, as in max(L, 0), is processed item by item.
 *
 * @param {string} name
 * @param {Value[]} args
 * @returns {Value}
 */
export function listFunction(name, args) {
  if (name === 'join') return makeList(args.flatMap((arg) => (isList(arg) ? arg.list : [asItem(arg)])));
  const [first, ...rest] = args;
  const itemByItem = (name === 'min' || name === 'max' || name === 'gcd' || name === 'lcm') && args.length > 1;
  if (itemByItem) return liftCores(args, (cores) => numberOf(name, cores));
  if (isList(first)) return ofList(name, first.list, rest);
  if (LIST_TO_LIST.has(name) || name === 'length' || name === 'quantile' || name === 'quartile') {
    throw new LangError(words.needsList(name));
  }
  return numberOf(name, args.map(asCore));
}

/** @param {string} name @param {Item[]} items @param {Value[]} rest @returns {Value} */
function ofList(name, items, rest) {
  if (name === 'length' || name === 'count') return num(items.length);
  if (name === 'reverse') return { list: items.slice().reverse() };
  if (LIST_TO_LIST.has(name)) return arranged(name, items, rest);
  if (rest.length === 0 && (name === 'total' || name === 'mean') && items.some(isPoint)) return ofPoints(name, items);
  const cores = items.map(asCore);
  if (rest.length === 0) return numberOf(name, cores);
  return liftCores(rest, (more) => numberOf(name, [...cores, ...more]));
}

/**
 * corr(A, B) and the like; the shorter list sets the number of pairs.
 *
 * @param {string} name
 * @param {Value[]} lists
 * @returns {Value}
 */
export function ofTwoLists(name, lists) {
  const [a, b] = lists.map((list) => {
    if (!isList(list)) throw new LangError(words.needsList(name));
    return list.list.map(asCore);
  });
  const length = Math.min(a.length, b.length);
  return statistic(name, [...a.slice(0, length), ...b.slice(0, length)]);
}

/** A list or an item, repeated. @param {Value} value @param {Core} times @returns {Value} */
export function repeated(value, times) {
  const items = isList(value) ? value.list : [asItem(value)];
  const count = Math.floor(fixed(times));
  if (!(count >= 0)) throw new LangError(words.needsFixedNumber());
  if (count * items.length > MAX_ITEMS) throw new LangError(words.listTooLong(MAX_ITEMS));
  return makeList(Array.from({ length: count }, () => items).flat());
}

/** @param {string} name @param {Item[]} items @returns {Value} */
function ofPoints(name, items) {
  const coordinates = items.map(coordinatesOf);
  return {
    point: [
      numberOf(
        name,
        coordinates.map((c) => c[0]),
      ),
      numberOf(
        name,
        coordinates.map((c) => c[1]),
      ),
    ],
  };
}

/** @param {string} name @param {Core[]} cores @returns {Core} */
function numberOf(name, cores) {
  if (name === 'length' || name === 'count') return num(cores.length);
  const two = name === 'min' || name === 'max' || name === 'gcd' || name === 'lcm';
  // Long lists of variable numbers would nest too deeply, which min and max do not need.
  if (two && cores.length > 0 && (cores.length <= 64 || STATISTICS[name] === undefined))
    return cores.reduce((a, b) => binary(name, a, b));
  if (STATISTICS[name] === undefined) throw new LangError(words.unknownFunction(name));
  return statistic(name, cores);
}

/**
 * sort(L), sort(L, keys), unique(L).
 *
 * @param {string} name
 * @param {Item[]} items
 * @param {Value[]} rest
 * @returns {Value}
 */
function arranged(name, items, rest) {
  if (name === 'unique') {
    const seen = new Map(items.map((item) => [keyOf(item), item]));
    return { list: [...seen.values()] };
  }
  const keys = rest.length > 0 && isList(rest[0]) ? rest[0].list : items;
  const order = items.slice(0, keys.length).map((item, i) => ({ item, key: fixed(asCore(keys[i])) }));
  return { list: order.sort((a, b) => a.key - b.key).map(({ item }) => item) };
}

/** @param {Item} item */
function keyOf(item) {
  return isCore(item) ? String(fixed(item)) : coordinatesOf(item).map(fixed).join();
}
