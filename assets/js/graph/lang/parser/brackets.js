/**
 * Parses parentheses, square brackets and bars: groups, points, inputs of functions, lists, ranges, indices, absolute
 * values.
 */

import { LangError, words } from '../messages.js';
import { node, operation } from './syntax.js';
import { parseAssignments, parseComparison, parseWithClause } from './clauses.js';

/**
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./parse.js').Parser} Parser
 */

/** Brackets visible to the student, unlike the braces of LaTeX. @type {Record<string, string>} */
const VISIBLE = { '(': '(', '[': '[', '\\{': '{', '\\lfloor': '⌊', '\\lceil': '⌈' };
/** Number of tokens quoted in a message to show where a bracket is. */
const SHOWN = 3;

/**
 * Parses the content of a pair of brackets. Bars opened outside cannot be closed inside.
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

/**
 * @param {Parser} p where a closing bracket is missing
 * @param {string} open
 * @param {string} close
 * @param {number} start index of the first token in the bracket
 */
function unclosed(p, open, close, start) {
  const { type, text } = p.token;
  // If the bracket is closed further on, the token here is out of place.
  if (closesLater(p, close)) {
    if (p.isComparison()) return new LangError(words.equationInside());
    if (text === ',' && close.endsWith('}')) return new LangError(words.conditionNeeded());
  }
  const known = type === 'end' || [')', ']', '}', '\\}', ',', 'r|', '|', '=', '<', '>', '<=', '>='].includes(text);
  return new LangError(
    known ? words.missingBracket(VISIBLE[open], p.plain(start, start + SHOWN)) : words.notUnderstood(text),
  );
}

/** @param {Parser} p @param {string} close */
function closesLater(p, close) {
  for (let i = 0; p.peek(i).type !== 'end'; i++) if (p.peek(i).text === close) return true;
  return false;
}

/**
 * Parses values separated by commas, up to (not including) the closing bracket.
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

/** @param {Parser} p @returns {Node[]} the inputs of a function, possibly none */
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

/** @param {Parser} p @param {boolean} [isIndex] whether a range may be open-ended, as in L[2...] @returns {Node} */
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
 * Parses an absolute value.
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
  if (!p.skip('r|') && !p.skip('|'))
    throw new LangError(p.token.type === 'end' || sided ? words.missingBar() : words.missingBracket());
  p.depth -= 1;
  p.openBars = outside;
  return operation('abs', inside);
}
