/**
 * Calls of user-defined functions (their body with the inputs substituted) and methods of distributions. Parts of
 * Lowerer.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./lower.js').Lowerer} Lowerer
 * @typedef {import('./read-line.js').Definition} Definition
 * @typedef {import('./parser/syntax.js').ApplyNode} ApplyNode
 * @typedef {import('./values.js').Value} Value
 */

import { differentiate } from './calculus/calculus.js';
import { bind, variable } from './core.js';
import { askDistribution } from './chance/distribution-functions.js';
import { LangError, words } from './messages.js';
import { asCore, isCore, isDistribution, isPoint, lift, liftCores, mapCores } from './values.js';

/**
 * f(x), f'(x), f(P) for f(x,y)
 *
 * @param {Lowerer} lowerer
 * @param {Definition|undefined} definition
 * @param {ApplyNode} node
 * @returns {Value}
 */
export function lowerApply(lowerer, definition, node) {
  if (definition === undefined) throw new LangError(words.missingFunction(node.name));
  const { params, name } = definition;
  if (definition.error) throw new LangError(words.brokenLine(name));
  if (params === null) throw new LangError(words.notAFunction(name));
  const args = node.args.map((arg) => lowerer.value(arg));
  const [first] = args;
  const inputs = args.length === 1 && params.length === 2 && isPoint(first) ? first.point : args;
  if (inputs.length !== params.length) throw new LangError(words.inputCount(name, params.length, params.length));
  return lowerer.path.calling(definition, inputs.every(isCore), () =>
    unfold(lowerer, definition, params, inputs, node.primes),
  );
}

/**
 * @param {Lowerer} lowerer
 * @param {Definition} definition
 * @param {string[]} params
 * @param {Value[]} args
 * @param {number} primes the order of the derivative
 * @returns {Value}
 */
function unfold(lowerer, definition, params, args, primes) {
  if (primes > 0 && params.length !== 1) throw new LangError(words.inputCount(`${definition.name}'`, 1, 1));
  if (primes > 0) return lift(args, ([arg]) => derivativeAt(lowerer, definition, asCore(arg), primes));
  /** @type {[number, Core][]} */
  const bound = [];
  const names = params.map(
    (param, i) =>
      /** @type {[string, Value]} */ ([
        param,
        mapCores(args[i], (core) => {
          if (core.op === 'num' || core.op === 'var') return core;
          const slot = lowerer.newSlot();
          bound.push([slot, core]);
          return variable(slot);
        }),
      ]),
  );
  const body = lowerer.restricted(definition.body, definition.restrictions, names);
  return mapCores(body, (core) => bound.reduceRight((inner, [slot, value]) => bind(slot, value, inner), core));
}

/** @param {Lowerer} lowerer @param {Definition} definition @param {Core} arg @param {number} order @returns {Core} */
function derivativeAt(lowerer, definition, arg, order) {
  const slot = lowerer.newSlot();
  const [param] = /** @type {string[]} */ (definition.params);
  let core = asCore(lowerer.restricted(definition.body, definition.restrictions, [[param, variable(slot)]]));
  for (let i = 0; i < order; i++) core = differentiate(core, slot);
  return bind(slot, arg, core);
}

/**
 * D.cdf(1)
 *
 * @param {Lowerer} lowerer
 * @param {import('./parser/syntax.js').MethodNode} node
 * @returns {Value}
 */
export function lowerMethod(lowerer, { of, name, args }) {
  const value = lowerer.value(of);
  if (!isDistribution(value)) throw new LangError(words.needsDistribution(name));
  return liftCores(
    args.map((arg) => lowerer.value(arg)),
    (cores) => askDistribution(value, name, cores, () => lowerer.newSlot()),
  );
}
