/** Parses braces: {x>0}, {x<0: x^2, x>=0: x}, {x>0: 1, 2}; and the cases environment of LaTeX. */

import { LangError, words } from '../messages.js';
import { node } from './syntax.js';
import { bracketed } from './brackets.js';
import { parseComparison } from './clauses.js';
import { COMPARISONS } from './token-cursor.js';

/**
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./syntax.js').Branch} Branch
 * @typedef {import('./parse.js').Parser} Parser
 */

/**
 * Parses braces.
 *
 * @param {Parser} p at the opening brace
 * @returns {{branches: Branch[], otherwise: Node|null}}
 */
export function parseBraces(p) {
  const plain = p.is('{');
  return bracketed(p, plain ? '{' : '\\{', plain ? '}' : '\\}', () => entries(p));
}

/**
 * Reports whether braces with conditions start here. In LaTeX only \{ is a visible brace, but {x>0} with plain braces
 * is unambiguous.
 *
 * @param {Parser} p
 */
export function isConditionBrace(p) {
  if (!p.is('{')) return p.is('\\{');
  for (let i = 1, depth = 1; ; i++) {
    const { type, text } = p.peek(i);
    if (type === 'end') return false;
    if (text === '{' || text === '\\{') depth += 1;
    if ((text === '}' || text === '\\}') && --depth === 0) return false;
    if (depth === 1 && type === 'sign' && (COMPARISONS.has(text) || text === ':')) return true;
  }
}

/**
 * Looks ahead for a colon (or the absence of comparisons) in the braces that start here.
 *
 * @param {Parser} p
 */
export function hasValues(p) {
  let compares = false;
  let depth = 0;
  for (let i = 0; ; i++) {
    const { type, text } = p.peek(i);
    if (type === 'end') return false;
    if (text === '\\{' || text === '{') depth += 1;
    if ((text === '\\}' || text === '}') && --depth === 0) return !compares;
    if (depth === 1 && text === ':') return true;
    if (depth === 1 && type === 'sign' && COMPARISONS.has(text)) compares = true;
  }
}

/** @param {Parser} p @returns {{branches: Branch[], otherwise: Node|null}} */
function entries(p) {
  /** @type {Branch[]} */
  const branches = [];
  do {
    if (p.is('\\}') || p.is('}')) break;
    if (branches.length > 0 && (p.skipWord('otherwise') || p.skipWord('else'))) {
      p.skip(':');
      return { branches, otherwise: p.sum() };
    }
    const first = p.sum();
    if (!COMPARISONS.has(p.token.text)) {
      // {x>0, 5} is 1 where x>0; after several conditions without values it is ambiguous.
      if (branches.length !== 1 && (branches.at(-1)?.value ?? null) === null)
        throw new LangError(words.conditionNeeded());
      return { branches, otherwise: first };
    }
    const condition = parseComparison(p, first);
    branches.push({ condition, value: p.skip(':') ? p.sum() : null });
  } while (p.skip(','));
  if (branches.length === 0) throw new LangError(words.conditionNeeded());
  return { branches, otherwise: null };
}

/** @param {Branch[]} branches @param {Node|null} otherwise @returns {Node} */
export function casesNode(branches, otherwise) {
  const parts = branches.flatMap((b) => [b.condition, b.value]);
  return node({ type: /** @type {const} */ ('cases'), branches, otherwise }, [...parts, otherwise]);
}

/**
 * \begin{cases} x^2 & x<0 \\ x & x\ge 0 \end{cases}
 *
 * @param {Parser} p after \begin
 * @returns {Node}
 */
export function parseCasesEnvironment(p) {
  skipEnvironmentName(p);
  /** @type {Branch[]} */
  const branches = [];
  /** @type {Node|null} */
  let otherwise = null;
  p.depth += 1;
  do {
    if (p.is('\\end')) break;
    const value = p.sum();
    p.skip(',');
    p.skip('&');
    if (p.token.type === 'word') p.take();
    if (p.is('\\\\') || p.is('\\end')) otherwise = value;
    else branches.push({ condition: parseComparison(p, p.sum()), value });
  } while (p.skip('\\\\'));
  p.depth -= 1;
  p.expect('\\end', words.unfinished());
  skipEnvironmentName(p);
  if (branches.length === 0) throw new LangError(words.conditionNeeded());
  return casesNode(branches, otherwise);
}

/** @param {Parser} p */
function skipEnvironmentName(p) {
  let name = '';
  p.expect('{');
  while (p.token.type === 'name') name += p.take().text;
  p.expect('}');
  if (name !== 'cases' && name !== 'dcases') throw new LangError(words.unknownCommand(name));
}
