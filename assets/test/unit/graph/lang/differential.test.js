import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ComputeEngine } from '@cortex-js/compute-engine';
import { meaningOf, seededRandom } from '../support.js';
import { writtenFormula } from '../written-formula.js';

/**
 * Five hundred formulas, computed by this language and by another program that reads LaTeX. Where they differ, one of
 * the reasons below must explain it, and each reason proves that it applies.
 *
 * @typedef {import('@cortex-js/compute-engine').Expression} Expression
 * @typedef {{latex: string, x: number, ours: number, theirs: number, expression: Expression}} Difference
 */

const FORMULAS = 500;
const PLACES = [0.7, 2, -1.3];

const engine = new ComputeEngine();

/** @param {string} latex @returns {Expression} */
const parse = (latex) => engine.parse(latex, { strict: true });

/**
 * @param {Expression} expression
 * @param {number} x
 * @returns {number} NaN for what is no real number
 */
function theirValue(expression, x) {
  engine.assign('x', x);
  const value = expression.N();
  return Math.abs(value.im) > 1e-12 ? NaN : value.re;
}

/** @param {string} latex @param {number} x */
function ourValue(latex, x) {
  const meaning = meaningOf(`y=${latex}`);
  assert.equal(meaning.kind, 'function', `${latex}: ${JSON.stringify(meaning)}`);
  return meaning.kind === 'function' ? meaning.curves[0].value(x) : NaN;
}

/** @param {number} a @param {number} b */
function agree(a, b) {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** @param {Expression} expression @param {(part: Expression) => boolean} test @returns {boolean} whether it holds for some part */
function someSubexpression(expression, test) {
  if (test(expression)) return true;
  return (
    'ops' in expression && Array.isArray(expression.ops) && expression.ops.some((part) => someSubexpression(part, test))
  );
}

/**
 * Reports whether the difference disappears once the formula is spelled unambiguously.
 *
 * @param {Difference} difference
 * @param {RegExp} pattern
 * @param {string} clear
 */
function agreesWhenClear({ latex, x, ours }, pattern, clear) {
  const spelled = latex.replace(pattern, clear);
  if (spelled === latex) return false;
  const expression = parse(spelled);
  const theirs = theirValue(expression, x);
  return (
    agree(ours, ourValue(spelled, x)) &&
    (agree(ours, theirs) || reasonFor({ latex: spelled, x, ours, theirs, expression }) !== undefined)
  );
}

/** @param {{expression: Expression, ours: number}} difference at the x that is assigned */
function isComplexOnTheWay({ expression, ours }) {
  return (
    Number.isNaN(ours) &&
    someSubexpression(expression, (part) => {
      const { im } = part.N();
      return Math.abs(im) > 1e-12;
    })
  );
}

/** @type {Record<string, (difference: Difference) => boolean>} */
const REASONS = {
  'a real graph has no point where a part of the formula is complex, even if the whole is real again':
    isComplexOnTheWay,

  'dividing by zero, or the logarithm of zero, gives no point; the other program says infinity': ({
    ours,
    expression,
  }) =>
    Number.isNaN(ours) &&
    someSubexpression(expression, (part) => !Number.isFinite(part.N().re) && !Number.isNaN(part.N().re)),

  'sin x cos x is a product: an input without brackets ends at the next function': (difference) =>
    agreesWhenClear(difference, /\\(sin|cos|ln) (\d?x)\\(sin|cos) x/g, '(\\$1($2)\\$3(x))'),

  'two and three wholes is five: a mixed number may have any fraction, the other program multiplies by n/1': (
    difference,
  ) => agreesWhenClear(difference, /(\d)\\frac\{(\d)\}\{1\}/g, '($1+$2)'),

  'the other program knows that tan π is 0, where doubles are off by some 1e-16': ({ latex, expression }) =>
    latex.includes('\\pi') && someSubexpression(expression, (part) => part.N().re === 0 && part.json !== 0),

  'bars of unknown side inside each other: the other program finds no way to read them': ({
    latex,
    expression,
    x,
    ours,
  }) => !expression.isValid && (latex.match(/\|/g) ?? []).length >= 4 && agree(ours, ourValue(withSides(latex), x)),

  'at a step, a rounding error decides on which side it is': ({ latex, x, theirs }) =>
    /floor|ceil|round|mod|sign/.test(latex) &&
    [x - 1e-12, x + 1e-12].some((near) => Math.abs(ourValue(latex, near) - theirs) < 1e-6),
};

/** Bars with their sides said: |a|b|c| cannot mean |a|·b·|c| where an operation stands before the second. @param {string} latex */
function withSides(latex) {
  let open = 0;
  return latex.replace(/(\\left|\\right)?\|/g, (bar, side, /** @type {number} */ at) => {
    if (side !== undefined) return bar;
    const opens = open === 0 || /(?:[-+(^{]|\\(?:sin|cos|ln|cdot|times)) ?$/.test(latex.slice(0, at));
    open += opens ? 1 : -1;
    return opens ? '\\left|' : '\\right|';
  });
}

/** @param {Difference} difference */
function reasonFor(difference) {
  return Object.keys(REASONS).find((name) => REASONS[name](difference));
}

test('500 formulas as they are written mean what another program takes them for, and every difference has a reason', () => {
  const random = seededRandom(31);
  /** @type {Record<string, number>} */
  const counts = {};
  let same = 0;
  for (let i = 0; i < FORMULAS; i++) {
    const latex = writtenFormula(random, 1 + Math.floor(random() * 3));
    const expression = parse(latex);
    for (const x of PLACES) {
      const [ours, theirs] = [ourValue(latex, x), theirValue(expression, x)];
      if (agree(ours, theirs)) {
        same += 1;
        continue;
      }
      const reason = reasonFor({ latex, x, ours, theirs, expression });
      assert.ok(
        reason,
        `${latex} at ${x}: ${ours}, the other program says ${theirs}: ${JSON.stringify(expression.json)}`,
      );
      counts[reason] = (counts[reason] ?? 0) + 1;
    }
  }
  assert.ok(
    same > 0.85 * FORMULAS * PLACES.length,
    `${same} values are the same; differences: ${JSON.stringify(counts)}`,
  );
});
