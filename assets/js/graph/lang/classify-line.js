/**
 * Classifies a line: a definition, a relation, or an expression.
 *
 * @typedef {import('./read-line.js').Definition} Definition
 * @typedef {import('./read-line.js').ReadLine} ReadLine
 * @typedef {import('./scope.js').Scope} Scope
 * @typedef {import('./parser/syntax.js').Line} Line
 * @typedef {import('./parser/syntax.js').Node} Node
 * @typedef {import('./types.js').Meaning} Meaning
 * @typedef {import('./values.js').Value} Value
 */

import { variable } from './core.js';
import { SLOT } from './slots.js';
import { X, Y, checkMissing, curves, drawn, numbers } from './drawable.js';
import { Lowerer } from './lower.js';
import { LangError, unsupported, words } from './messages.js';
import { Relations } from './relations.js';
import { asCore, isCore, isList, isPoint, varsOf } from './values.js';
import { beginLine } from './work-limit.js';

const INEQUALITIES = new Set(['<', '>', '<=', '>=']);
/** The letter that is the parameter of a curve by default: c(t)=(cos t, sin t) is drawn. */
const PARAMETER = 't';

/**
 * @param {ReadLine} read
 * @param {Scope} scope
 * @returns {Meaning}
 */
export function classify(read, scope) {
  beginLine();
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
  const { sides, ops, restrictions } = line;
  const { definition } = read;
  if (definition !== null && scope.isDouble(definition.name)) throw new LangError(words.definedTwice(definition.name));
  if (definition !== null && scope.definition(definition.name) === definition) return defined(definition, scope);
  if (ops.includes('~')) return scope.fit(read).meaning;
  if (ops.includes('!=')) unsupported(words.things.notEqual);
  const lowerer = new Lowerer(scope, { seed: read.seed });
  if (ops.length === 0) return expression(lowerer, sides[0], restrictions);
  const relations = new Relations(lowerer, scope, read);
  if (ops.every((op) => INEQUALITIES.has(op))) return relations.inequality(line);
  if (ops.length !== 1 || ops[0] !== '=') throw new LangError(words.equationInside());
  return relations.equation(sides[0], sides[1], restrictions);
}

/**
 * Interprets a line without a relation, or the body of a definition: a curve, a number, points.
 *
 * @param {Lowerer} lowerer
 * @param {Node} node
 * @param {import('./parser/syntax.js').Branch[][]} restrictions
 * @returns {Meaning}
 */
function expression(lowerer, node, restrictions) {
  if (node.type === 'along') return along(lowerer, node, restrictions);
  return drawn(lowerer, lowerer.restrict(lowerer.value(node), restrictions, 'y'));
}

/**
 * (u,u^2) for 0<u<2
 *
 * @param {Lowerer} lowerer
 * @param {import('./parser/syntax.js').AlongNode} node
 * @param {import('./parser/syntax.js').Branch[][]} restrictions
 * @returns {Meaning}
 */
function along(lowerer, { body, name, condition: { args, ops } }, restrictions) {
  const ends = [args[0], args[2]].map((end) => asCore(lowerer.value(end)));
  const value = lowerer.with([[name, variable(SLOT.t)]], () => lowerer.restrict(lowerer.value(body), restrictions));
  const meaning = drawn(lowerer, value);
  if (!ends.every((end) => end.op === 'num')) throw new LangError(words.needsFixedNumber());
  const [first, last] = ends.map((end) => end.value);
  if (meaning.kind !== 'parametric') throw new LangError(words.needsBounds());
  return { ...meaning, domain: ops[0].startsWith('<') ? { min: first, max: last } : { min: last, max: first } };
}

/** @param {Definition} definition @param {Scope} scope @returns {Meaning} */
function defined(definition, scope) {
  const { name, params, body, restrictions } = definition;
  const lowerer = new Lowerer(scope, { own: name, seed: scope.seed(name) });
  if (params !== null) return definedFunction(definition, params, lowerer);
  if (body.type === 'along') return /** @type {Meaning} */ ({ ...along(lowerer, body, restrictions), name });
  const value = lowerer.restrict(lowerer.value(body), restrictions);
  checkMissing(lowerer, value, 0);
  if (isCore(value)) {
    if (value.op !== 'num') throw new LangError(words.nameOfX(name));
    return { kind: 'value', name, value: value.value, definition: true };
  }
  if (isList(value) && value.list.every(isCore) && varsOf(value) === 0)
    return { kind: 'list', name, values: numbers(value) };
  if (varsOf(value) !== 0) throw new LangError(words.nameOfX(name));
  return /** @type {Meaning} */ ({ ...drawn(lowerer, value), name });
}

/**
 * f(x)=… is drawn; so is f(t)=…, which is the same function; f(x,y)=… only defines f.
 *
 * @param {Definition} definition
 * @param {string[]} params
 * @param {Lowerer} lowerer
 * @returns {Meaning}
 */
function definedFunction({ name, body, restrictions }, params, lowerer) {
  const probe = lowerer.restricted(
    body,
    restrictions,
    params.map((param) => [param, variable(lowerer.newSlot())]),
  );
  checkMissing(lowerer, probe, X | Y);
  if (params.length !== 1 || (varsOf(probe) & (X | Y)) !== 0) return { kind: 'definition', name };
  const [param] = params;
  const isWay = param === PARAMETER && isPoint(isList(probe) ? (probe.list[0] ?? probe) : probe);
  if (isWay)
    return /** @type {Meaning} */ ({
      ...drawn(lowerer, lowerer.restricted(body, restrictions, [[param, variable(SLOT.t)]])),
      name,
    });
  const of = param === 'y' ? 'y' : 'x';
  const value = lowerer.restricted(body, restrictions, [[param, variable(SLOT[of])]]);
  const items = isList(value) ? value.list : [value];
  return items.every(isCore)
    ? { kind: 'function', of, name, curves: curves(value, SLOT[of]) }
    : { kind: 'definition', name };
}
