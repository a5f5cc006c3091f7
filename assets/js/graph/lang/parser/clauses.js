/**
 * Parses what may follow an expression: comparisons, and clauses in words as in a^2 with a=3, (u,u^2) for 0<u<2 and
 * [n^2 for n=[1...5]].
 *
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./syntax.js').Condition} Condition
 * @typedef {import('./parse.js').Parser} Parser
 */

import { LangError, words } from '../messages.js';
import { node } from './syntax.js';

/**
 * Parses an expression with the clause that follows it, if any.
 *
 * @param {Parser} p
 * @returns {Node}
 */
export function parseWithClause(p) {
  let value = p.sum();
  for (;;) {
    if (p.skipWord('with')) value = withNode(p, value);
    else if (p.skipWord('for')) value = along(p, value);
    else return value;
  }
}

/**
 * n=[1...5], m=[1,2]
 *
 * @param {Parser} p
 * @param {string} message the error if there is none
 * @returns {{names: string[], args: Node[]}}
 */
export function parseAssignments(p, message) {
  const names = [];
  const args = [];
  do {
    const variable = p.sum();
    if (variable.type !== 'name') throw new LangError(message);
    names.push(variable.name);
    p.expect('=', message);
    args.push(p.sum());
  } while (p.skip(','));
  return { names, args };
}

/** @param {Parser} p @param {Node} body @returns {Node} */
function withNode(p, body) {
  const { names, args } = parseAssignments(p, words.needsAssignment());
  return node({ type: /** @type {const} */ ('with'), body, names, args }, [body, ...args]);
}

/** A point whose parameter runs between two bounds. @param {Parser} p @param {Node} body @returns {Node} */
function along(p, body) {
  const first = p.sum();
  if (!p.isComparison() || p.is('=')) throw new LangError(words.needsBounds());
  const condition = parseComparison(p, first);
  const middle = condition.args[1];
  if (condition.args.length !== 3 || middle.type !== 'name') throw new LangError(words.needsBounds());
  return node({ type: /** @type {const} */ ('along'), body, name: middle.name, condition }, [body, condition]);
}

/**
 * Parses a chain of comparisons whose first operand has been parsed.
 *
 * @param {Parser} p
 * @param {Node} first
 * @returns {Condition}
 */
export function parseComparison(p, first) {
  const args = [first];
  const ops = [];
  while (p.isComparison()) {
    ops.push(p.take().text);
    args.push(p.sum());
  }
  return node({ type: /** @type {const} */ ('compare'), args, ops }, args);
}
