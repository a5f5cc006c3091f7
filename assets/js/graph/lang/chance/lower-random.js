/**
 * random() and shuffle(), as parts of Lowerer. They return constants, so a curve that uses them is as smooth as without
 * them.
 *
 * @typedef {import('../lower.js').Lowerer} Lowerer
 * @typedef {import('../values.js').Value} Value
 * @typedef {import('../values.js').Item} Item
 */

import { chances, placeOf } from './random.js';
import { num } from '../core.js';
import { sampler } from './distribution-inverse.js';
import { MAX_ITEMS, fixed } from '../lists.js';
import { LangError, words } from '../messages.js';
import { asCore, isDistribution, isList } from '../values.js';
import { NODE_WORK, spend } from '../work-limit.js';

/**
 * random(), random(5), random(L), random(normaldist(), 5), shuffle(L). A last input is a seed: the same seed returns
 * the same numbers everywhere.
 *
 * @param {Lowerer} lowerer
 * @param {import('../parser/syntax.js').BuiltinNode} node
 * @returns {Value}
 */
export function lowerChance(lowerer, node) {
  const args = node.args.map((arg) => lowerer.value(arg));
  const own = `${lowerer.seed} ${placeOf(node)}`;
  return node.name === 'shuffle' ? shuffled(args, own) : drawn(args, own);
}

/** @param {Value[]} args @param {string} own the call's own seed */
function drawn(args, own) {
  const hasSource = args.length > 0 && (isList(args[0]) || isDistribution(args[0]));
  const [count, seed, ...more] = hasSource ? args.slice(1) : args;
  if (more.length > 0) throw new LangError(words.inputCount('random', 0, 2));
  const chance = generator(seed, own);
  const draw = hasSource ? drawFrom(args[0], chance) : () => num(chance());
  return count === undefined ? draw() : { list: Array.from({ length: size(count) }, draw) };
}

/** @param {Value} source a list or a distribution @param {() => number} chance @returns {() => Item} */
function drawFrom(source, chance) {
  if (isDistribution(source)) {
    const sample = sampler(source);
    return () => num(sample(chance));
  }
  const { list } = /** @type {import('../values.js').ListValue} */ (source);
  return () => list[Math.floor(chance() * list.length)] ?? num(NaN);
}

/**
 * Every order is equally likely (R. A. Fisher, F. Yates).
 *
 * @param {Value[]} args
 * @param {string} own
 * @returns {Value}
 */
function shuffled([source, seed], own) {
  if (!isList(source)) throw new LangError(words.needsList('shuffle'));
  const chance = generator(seed, own);
  const list = source.list.slice();
  spend(list.length * NODE_WORK);
  for (let end = list.length; end > 1; end--) {
    const chosen = Math.floor(chance() * end);
    [list[end - 1], list[chosen]] = [list[chosen], list[end - 1]];
  }
  return { list };
}

/** @param {Value|undefined} seed @param {string} own used without a seed */
function generator(seed, own) {
  return chances(seed === undefined ? own : `seed ${fixed(asCore(seed))}`);
}

/** @param {Value} count */
function size(count) {
  const length = Math.floor(fixed(asCore(count)));
  if (!(length >= 0)) throw new LangError(words.needsFixedNumber());
  if (length > MAX_ITEMS) throw new LangError(words.listTooLong(MAX_ITEMS));
  spend(length * NODE_WORK);
  return length;
}
