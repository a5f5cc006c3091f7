/**
 * Lines such as y_1 ~ a x_1^2 + b: both sides as models of the names that the list does not define.
 *
 * @typedef {import('./types.js').Meaning} Meaning
 * @typedef {import('./types.js').Model} Model
 * @typedef {import('./syntax.js').Node} Node
 */

import { CONSTANT_VALUES } from './builtins.js';
import { compile, memorySize } from './compile.js';
import { variable } from './core.js';
import { Lowerer } from './lower.js';
import { LangError, words } from './messages.js';
import { asCore } from './values.js';

/**
 * @param {import('./syntax.js').Line} line
 * @param {import('./scope.js').Scope} scope
 * @returns {Meaning}
 */
export function regression({ sides, ops }, scope) {
  if (ops.length !== 1) throw new LangError(words.equationInside());
  const lowerer = new Lowerer(scope);
  /** @type {Map<string, number>} */
  const slots = new Map();
  const isFree = (/** @type {string} */ name) => !(name in CONSTANT_VALUES) && scope.definition(name) === undefined;
  for (const side of sides) {
    for (const name of freeNames(side)) if (isFree(name) && !slots.has(name)) slots.set(name, lowerer.newSlot());
  }
  const [left, right] = sides.map((side) => model(lowerer, side, slots));
  return { kind: 'regression', names: [...slots.keys()], left, right };
}

/** @param {Node} node @returns {string[]} */
function freeNames(node) {
  if (node.type === 'name') return [node.name];
  return Object.values(node).flatMap((part) => (Array.isArray(part) ? part : [part]))
    .flatMap((part) => (part !== null && typeof part === 'object' && 'type' in part ? freeNames(/** @type {Node} */ (part)) : []));
}

/** @param {Lowerer} lowerer @param {Node} side @param {Map<string, number>} slots @returns {Model} */
function model(lowerer, side, slots) {
  const core = asCore(lowerer.valueWith(side, [...slots].map(([name, slot]) => [name, variable(slot)])));
  const memory = new Float64Array(Math.max(memorySize(core), ...[...slots.values()].map((slot) => slot + 1)));
  const run = compile(core, memory);
  return (values) => {
    for (const [name, slot] of slots) memory[slot] = values[name] ?? NaN;
    return run();
  };
}
