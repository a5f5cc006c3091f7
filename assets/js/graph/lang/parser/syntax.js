/**
 * The syntax tree: the structure of a line before names are resolved.
 *
 * @typedef {{type: 'number', value: number, depth: number}} NumberNode
 * @typedef {{type: 'name', name: string, called: boolean, depth: number}} NameNode  name in LaTeX, such as a, a_{1},
 *   \alpha; called: whether a bracket follows, so that a function may be meant
 * @typedef {{type: 'operation', op: string, args: Node[], depth: number}} OperationNode  add, mul, neg, pow, …
 * @typedef {{type: 'builtin', name: string, args: Node[], depth: number}} BuiltinNode
 * @typedef {{type: 'apply', name: string, primes: number, args: Node[], depth: number}} ApplyNode a user-defined
 *   function
 * @typedef {{type: 'point', args: Node[], depth: number}} PointNode
 * @typedef {{type: 'list', args: Node[], depth: number}} ListNode
 * @typedef {{type: 'range', from: Node[], to: Node|null, depth: number}} RangeNode to: null means to the end of the
 *   list
 * @typedef {{type: 'comprehension', body: Node, names: string[], args: Node[], depth: number}} ComprehensionNode
 * @typedef {{type: 'with', body: Node, names: string[], args: Node[], depth: number}} WithNode  a^2 with a=3
 * @typedef {{type: 'along', body: Node, name: string, condition: Condition, depth: number}} AlongNode (u,u^2) for 0<u<2
 * @typedef {{type: 'method', of: Node, name: string, args: Node[], depth: number}} MethodNode  D.cdf(1)
 * @typedef {{type: 'index', list: Node, index: Node|Condition, depth: number}} IndexNode
 * @typedef {{type: 'member', of: Node, member: 'x'|'y', depth: number}} MemberNode
 * @typedef {{type: 'compare', args: Node[], ops: string[], depth: number}} Condition  a chain: 0 < x <= 3
 * @typedef {{condition: Condition, value: Node|null}} Branch
 * @typedef {{type: 'cases', branches: Branch[], otherwise: Node|null, depth: number}} CasesNode
 * @typedef {{type: 'restrict', body: Node, branches: Branch[], depth: number}} RestrictNode
 * @typedef {{type: 'sum'|'prod'|'int', index: string, from: Node, to: Node, body: Node, depth: number}} BigNode
 * @typedef {{type: 'derivative', variable: string, order: number, body: Node, depth: number}} DerivativeNode
 * @typedef {NumberNode|NameNode|OperationNode|BuiltinNode|ApplyNode|PointNode|ListNode|RangeNode|ComprehensionNode|
 *   IndexNode|MemberNode|WithNode|AlongNode|MethodNode|Condition|CasesNode|RestrictNode|BigNode|DerivativeNode} Node
 *
 * @typedef {object} Line
 * @property {Node[]} sides the expressions between the relation signs; a single one if there are none
 * @property {string[]} ops the relation signs: = < > <= >= != ~ ->
 * @property {Branch[][]} restrictions conditions in braces at the end of the line; all must hold
 */

import { LangError, words } from '../messages.js';

/** Deeper trees would overflow the stack in the recursive passes that follow. */
const MAX_DEPTH = 250;

/** Number of terms joined in sequence before the tree branches. */
const CHUNK = 32;

/**
 * Makes a node, one level deeper than its deepest part.
 *
 * @template {{type: string}} T
 * @param {T} fields
 * @param {(Node|null)[]} parts
 * @returns {T & {depth: number}}
 * @throws {LangError} if the tree is too deep
 */
export function node(fields, parts) {
  let depth = 0;
  for (const part of parts) if (part !== null && part.depth > depth) depth = part.depth;
  if (depth >= MAX_DEPTH) throw new LangError(words.tooDeep());
  return { ...fields, depth: depth + 1 };
}

/** @param {number} value @returns {Node} */
export function number(value) {
  return { type: 'number', value, depth: 1 };
}

/** @param {string} op @param {Node[]} args @returns {Node} */
export function operation(op, ...args) {
  return node({ type: /** @type {const} */ ('operation'), op, args }, args);
}

/** @param {Node} term @returns {Node} */
export function negative(term) {
  return term.type === 'number' ? number(-term.value) : operation('neg', term);
}

/**
 * Joins a chain of terms from left to right. Long chains are joined in groups: a sum of a thousand terms would
 * otherwise be a tree a thousand levels deep.
 *
 * @param {{op: string, node: Node}[]} chain the op of the first is ignored unless it is sub or div
 * @param {(op: string) => Node} neutral the start of a group whose first op is sub or div: 0 or 1
 * @param {string} group the op that joins groups: add or mul
 * @returns {Node}
 */
export function joinChain(chain, neutral, group) {
  if (chain.length <= CHUNK) return joinLeft(chain, neutral, group);
  const groups = [];
  for (let i = 0; i < chain.length; i += CHUNK) {
    groups.push({ op: group, node: joinLeft(chain.slice(i, i + CHUNK), neutral, group) });
  }
  return joinChain(groups, neutral, group);
}

/** @param {{op: string, node: Node}[]} chain @param {(op: string) => Node} neutral @param {string} group */
function joinLeft(chain, neutral, group) {
  const [first, ...rest] = chain;
  let joined = first.op === group ? first.node : operation(first.op, neutral(first.op), first.node);
  for (const { op, node: term } of rest) joined = operation(op, joined, term);
  return joined;
}
