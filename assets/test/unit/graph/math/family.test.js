import assert from 'node:assert/strict';
import { test } from 'node:test';
import { courseOf } from '../../../../js/graph/math/monotonicity.js';
import { familyOf } from '../../../../js/graph/math/recognize-family.js';
import { curvesOf } from '../support.js';

/** @type {[string, string | null][]} */
const FAMILIES = [
  ['y=3', 'constant'],
  ['y=2x+1', 'linear'],
  ['y=\\frac{x}{3}-x', 'linear'],
  ['y=x^2-4', 'quadratic'],
  ['y=\\left(x-1\\right)\\left(x+2\\right)', 'quadratic'],
  ['y=2\\left(x-1\\right)^3+4', 'cubic'],
  ['y=x^4-x', 'polynomial'],
  ['y=\\left|x-2\\right|+1', 'absolute_value'],
  ['y=2\\sqrt{x-3}', 'square_root'],
  ['y=\\sqrt[3]{x+1}', 'cube_root'],
  ['y=x^{1/3}', 'cube_root'],
  ['y=\\frac{1}{x-2}+3', 'rational'],
  ['y=\\frac{x^2-1}{x+3}', 'rational'],
  ['y=2^{x-1}', 'exponential'],
  ['y=3e^{-x}+1', 'exponential'],
  ['y=\\ln\\left(x+2\\right)', 'logarithmic'],
  ['y=\\log_2x', 'logarithmic'],
  ['y=2\\sin\\left(3x\\right)-1', 'trigonometric'],
  ['y=\\tan x', 'trigonometric'],
  ['y=\\left\\{x<0:x^2,x\\right\\}', 'piecewise'],
  ['y=x^2\\left\\{0<x<3\\right\\}', 'quadratic'],
  ['y=x\\sin x', 'trigonometric'],
  ['y=e^x+\\ln x', null],
  ['y=x!', null],
  ['y=x^x', null],
];

for (const [latex, family] of FAMILIES)
  test(`${latex} is ${family}`, () => assert.equal(familyOf(curvesOf(latex)[0]), family));

test('the course of a function goes from turn to turn', () => {
  const course = (/** @type {string} */ latex, /** @type {number[]} */ cuts) =>
    courseOf(curvesOf(latex)[0], -10, 10, cuts).map(({ from, to, direction }) => `${direction} ${from} ${to}`);
  assert.deepEqual(course('y=x^2', [0]), ['falls -10 0', 'rises 0 10']);
  assert.deepEqual(course('y=2x', []), ['rises -10 10']);
  assert.deepEqual(course('y=\\frac{1}{x}', [0]), ['falls -10 10'], 'on both sides');
  assert.deepEqual(course('y=\\sqrt{x}', [0]), ['rises 0 10'], 'only where it is defined');
  assert.deepEqual(course('y=\\left\\{x<1:2,x\\ge1:x\\right\\}', [1]), ['is level -10 1', 'rises 1 10']);
  assert.deepEqual(course('y=\\sin x', []), [], 'nothing is said without its turns');
});
