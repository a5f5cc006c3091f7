/**
 * What may follow an expression in words: a^2 with a=3; (u,u^2) for 0<u<2; [n^2 for n=[1...5]].
 *
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./parse.js').Parser} Parser
 */

import { LangError, words } from '../messages.js';
import { parseSum } from './parse.js';
import { isComparison, parseComparison } from './braces.js';
import { node } from './syntax.js';

/**
 * An expression with the clause that follows it, if any.
 *
 * @param {Parser} p
 * @returns {Node}
 */
export function parseWithClause(p) {
  let value = parseSum(p);
  for (;;) {
    if (skipWord(p, 'with')) value = withNode(p, value);
    else if (skipWord(p, 'for')) value = along(p, value);
    else return value;
  }
}

/** @param {Parser} p @param {string} word @returns {boolean} */
export function skipWord(p, word) {
  const found = p.token.type === 'word' && p.token.text === word;
  if (found) p.take();
  return found;
}

/**
 * n=[1...5], m=[1,2]
 *
 * @param {Parser} p
 * @param {string} message where there is none
 * @returns {{names: string[], args: Node[]}}
 */
export function parseAssignments(p, message) {
  const names = [];
  const args = [];
  do {
    const variable = parseSum(p);
    if (variable.type !== 'name') throw new LangError(message);
    names.push(variable.name);
    p.expect('=', message);
    args.push(parseSum(p));
  } while (p.skip(','));
  return { names, args };
}

/** @param {Parser} p @param {Node} body @returns {Node} */
function withNode(p, body) {
  const { names, args } = parseAssignments(p, words.needsAssignment());
  return node({ type: /** @type {const} */ ('with'), body, names, args }, [body, ...args]);
}

/** The way of a point while a letter runs between two bounds. @param {Parser} p @param {Node} body @returns {Node} */
function along(p, body) {
  const first = parseSum(p);
  if (!isComparison(p) || p.is('=')) throw new LangError(words.needsBounds());
  const condition = parseComparison(p, first);
  const middle = condition.args[1];
  if (condition.args.length !== 3 || middle.type !== 'name') throw new LangError(words.needsBounds());
  return node({ type: /** @type {const} */ ('along'), body, name: middle.name, condition }, [body, condition]);
}
