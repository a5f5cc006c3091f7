/**
 * The language of the expression list: LaTeX lines in, what to draw out.
 *
 * interpret() is meant to be called again at every change, sixty times a second while a slider moves. What a line
 * means depends on nothing but its own LaTeX, that of the lines it uses, and the settings; so meanings are kept, and a
 * line that did not change gives the very same object again.
 *
 * @typedef {import('./types.js').Meaning} Meaning
 * @typedef {import('./scope.js').ReadLine} ReadLine
 */

import { Cache } from './cache.js';
import { classify } from './classify.js';
import { LangError, words } from './messages.js';
import { Scope, definedFunction, readLine } from './scope.js';

/** @type {Cache<string|null>} */
const heads = new Cache(2000);
/** @type {Cache<ReadLine>} */
const reads = new Cache(2000);
/** @type {Cache<Meaning>} */
const meanings = new Cache(1000);

/** @type {Meaning} */
const EMPTY = Object.freeze({ kind: 'empty' });

/**
 * Tells what each line of an expression list means. Never throws: what cannot be understood is a meaning of kind
 * 'error', with a sentence for the student.
 *
 * @param {{id: string, latex: string}[]} lines in the order of the list
 * @param {{degreeMode?: boolean}} [settings]
 * @returns {Map<string, Meaning>} by id
 */
export function interpret(lines, { degreeMode = false } = {}) {
  const functions = new Set();
  for (const { latex } of lines) {
    const name = heads.get(latex, () => definedFunction(latex));
    if (name !== null) functions.add(name);
  }
  const known = [...functions].sort().join(' ');
  const written = lines.filter(({ latex }) => !isBlank(latex));
  const read = written.map(({ latex }) => reads.get(`${known}\n${latex}`, () => readLine(latex, functions)));
  const scope = new Scope(read, degreeMode);
  /** @type {Map<string, Meaning>} */
  const result = new Map(lines.map(({ id }) => [id, EMPTY]));
  written.forEach(({ id }, i) => {
    const key = `${degreeMode ? 'degrees' : 'radians'}\n${known}\n${scope.dependencies(read[i])}`;
    result.set(id, meanings.get(key, () => meaningOf(read[i], scope)));
  });
  return result;
}

/** @param {string} latex @returns {boolean} whether there is nothing in it but space */
function isBlank(latex) {
  return /^(?:\s|\\[ ,;:!]|~|\\quad|\\qquad)*$/.test(latex);
}

/**
 * A fault of ours must not take the rest of the graph down with it.
 *
 * @param {ReadLine} read
 * @param {Scope} scope
 * @returns {Meaning}
 */
function meaningOf(read, scope) {
  try {
    return classify(read, scope);
  } catch (error) {
    if (error instanceof LangError) throw error;
    return { kind: 'error', message: words.fallbackError() };
  }
}
