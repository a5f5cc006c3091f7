/**
 * Round and square brackets and bars: groups, points, inputs of functions, lists, ranges, indices, absolute values.
 */

import { LangError, words } from '../messages.js';
import { node, operation } from './syntax.js';
import { parseAssignments, parseComparison, parseWithClause } from './clauses.js';

/**
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./parse.js').Parser} Parser
 */

/** Brackets that a student sees; the braces of LaTeX are none. @type {Record<string, string>} */
const VISIBLE = { '(': '(', '[': '[', '\\{': '{', '\\lfloor': '⌊', '\\lceil': '⌈' };
/** Signs that are shown to tell where a bracket stands. */
const SHOWN = 3;

/**
 * Reads what stands between two brackets. Bars opened outside cannot be closed inside.
 *
 * @template T
 * @param {Parser} p
 * @param {string} open
 * @param {string} close
 * @param {() => T} inside
 * @returns {T}
 */
export function bracketed(p, open, close, inside) {
  const start = p.at + 1;
  p.expect(open);
  const bars = p.openBars;
  p.openBars = 0;
  if (open !== '{') p.depth += 1;
  const result = p.nested(inside);
  if (!p.skip(close)) throw unclosed(p, open, close, start);
  if (open !== '{') p.depth -= 1;
  p.openBars = bars;
  return result;
}

/** @param {Parser} p where a closing bracket should be @param {string} open @param {string} close @param {number} start what the bracket begins with */
function unclosed(p, open, close, start) {
  const { type, text } = p.token;
  // Were the bracket closed further on, it would be what stands here that is out of place.
  if (closesLater(p, close)) {
    if (p.isComparison()) return new LangError(words.equationInside());
    if (text === ',' && close.endsWith('}')) return new LangError(words.conditionNeeded());
  }
  const known = type === 'end' || [')', ']', '}', '\\}', ',', 'r|', '|', '=', '<', '>', '<=', '>='].includes(text);
  return new LangError(known ? words.missingBracket(VISIBLE[open], p.plain(start, start + SHOWN)) : words.notUnderstood(text));
}

/** @param {Parser} p @param {string} close */
function closesLater(p, close) {
  for (let i = 0; p.peek(i).type !== 'end'; i++) if (p.peek(i).text === close) return true;
  return false;
}

/**
 * Several values with commas between them, up to (not including) the closing bracket.
 *
 * @param {Parser} p
 * @param {(p: Parser) => Node} [parseOne]
 * @returns {Node[]}
 */
function parseValues(p, parseOne = (parser) => parser.sum()) {
  const values = [parseOne(p)];
  while (p.skip(',')) values.push(parseOne(p));
  return values;
}

/** @param {Parser} p @returns {Node[]} what a function is given in its brackets, perhaps nothing */
export function parseInputs(p) {
  return bracketed(p, '(', ')', () => (p.is(')') ? [] : parseValues(p)));
}

/** @param {Parser} p @returns {Node} a group, or a point if there is a comma */
export function parseRound(p) {
  const values = bracketed(p, '(', ')', () => parseValues(p, parseWithClause));
  if (values.length === 1) return values[0];
  if (values.length !== 2) throw new LangError(words.pointSize());
  return node({ type: /** @type {const} */ ('point'), args: values }, values);
}

/** @param {Parser} p @returns {Node} */
export function parseSquare(p) {
  return bracketed(p, '[', ']', () => (p.is(']') ? listNode([]) : listContents(p)));
}

/** @param {Parser} p @param {boolean} [isIndex] whether a range may be open, as in L[2...] @returns {Node} */
function listContents(p, isIndex = false) {
  const first = p.sum();
  if (p.skipWord('for')) return comprehension(p, first);
  const values = [first];
  for (;;) {
    const comma = p.skip(',');
    if (p.skip('...')) {
      p.skip(',');
      const to = isIndex && p.is(']') ? null : p.sum();
      if (values.length > 2) throw new LangError(words.needsRange());
      return node({ type: /** @type {const} */ ('range'), from: values, to }, [...values, to]);
    }
    if (!comma) break;
    values.push(p.sum());
  }
  return listNode(values);
}

/** @param {Node[]} args @returns {Node} */
function listNode(args) {
  return node({ type: /** @type {const} */ ('list'), args }, args);
}

/** @param {Parser} p @param {Node} body @returns {Node} */
function comprehension(p, body) {
  const { names, args } = parseAssignments(p, words.needsRange());
  return node({ type: /** @type {const} */ ('comprehension'), body, names, args }, [body, ...args]);
}

/**
 * L[2], L[1...3], L[L>2]
 *
 * @param {Parser} p at the opening bracket
 * @param {Node} list
 * @returns {Node}
 */
export function parseIndex(p, list) {
  const index = bracketed(p, '[', ']', () => {
    const contents = listContents(p, true);
    if (contents.type !== 'list' || contents.args.length !== 1) return contents;
    return p.isComparison() ? parseComparison(p, contents.args[0]) : contents.args[0];
  });
  return node({ type: /** @type {const} */ ('index'), list, index }, [list, index]);
}

/**
 * An absolute value.
 *
 * @param {Parser} p at the opening bar
 * @returns {Node}
 */
export function parseBars(p) {
  const sided = p.take().text === 'l|';
  const outside = p.openBars;
  p.openBars = sided ? 0 : outside + 1;
  p.depth += 1;
  const inside = p.nested(() => p.sum());
  if (!p.skip('r|') && !p.skip('|')) throw new LangError(p.token.type === 'end' || sided ? words.missingBar() : words.missingBracket());
  p.depth -= 1;
  p.openBars = outside;
  return operation('abs', inside);
}
