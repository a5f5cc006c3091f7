/**
 * Helpers for the tests of the grapher.
 *
 * @typedef {import('../../../js/graph/lang/types.js').Meaning} Meaning
 * @typedef {import('../../../js/graph/lang/types.js').Curve} Curve
 */

import assert from 'node:assert/strict';
import { interpret } from '../../../js/graph/lang/index.js';

/**
 * Returns the meaning of the last of several lines.
 *
 * @param {string} latex
 * @param {string[]} [definitions] lines before it
 * @param {{degreeMode?: boolean}} [settings]
 * @returns {Meaning}
 */
export function meaningOf(latex, definitions = [], settings = {}) {
  const lines = [...definitions, latex].map((text, i) => ({ id: String(i), latex: text }));
  const meaning = interpret(lines, settings).get(String(definitions.length));
  assert.ok(meaning);
  return meaning;
}

/**
 * Returns the curves of a line that is a function.
 *
 * @param {string} latex
 * @param {string[]} [definitions]
 * @param {{degreeMode?: boolean}} [settings]
 * @returns {Curve[]}
 */
export function curvesOf(latex, definitions, settings) {
  const meaning = meaningOf(latex, definitions, settings);
  assert.equal(meaning.kind, 'function', `${latex}: ${JSON.stringify(meaning)}`);
  return meaning.kind === 'function' ? meaning.curves : [];
}

/** @param {number} seed @returns {() => number} numbers from 0 to 1, the same ones for the same seed */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Reports whether two numbers are equal except for rounding; NaN means undefined.
 *
 * @param {number} got
 * @param {number} want
 */
export function isNear(got, want) {
  if (Number.isNaN(want) || Number.isNaN(got)) return Number.isNaN(want) && Number.isNaN(got);
  return got === want || Math.abs(got - want) <= 1e-10 * Math.max(1, Math.abs(want));
}
