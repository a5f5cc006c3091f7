import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toSpoken } from '../../../../js/graph/ui/input/to-spoken.js';

/** @type {[string, string][]} */
const CASES = [
  ['y=a\\left(x-h\\right)^{2}+k', 'y equals a times the quantity x minus h squared plus k'],
  ['y=2x+1', 'y equals 2 x plus 1'],
  ['f\\left(x\\right)=x^{3}', 'f of x equals x cubed'],
  ['y=\\frac{1}{x}', 'y equals 1 over x'],
  ['y=\\frac{x^{2}-1}{x-1}+2', 'y equals the fraction x squared minus 1, over x minus 1, end of fraction, plus 2'],
  ['y=\\sqrt{x-3}+1', 'y equals the square root of the quantity x minus 3, end of root, plus 1'],
  ['y=\\sqrt[3]{x}', 'y equals the cube root of x'],
  ['y=\\left|x-2\\right|-1', 'y equals the absolute value of the quantity x minus 2, end of bars, minus 1'],
  ['y=\\sin^{2}x+\\cos\\left(2x\\right)', 'y equals sine squared of x plus cosine of 2 x'],
  ['y=\\sin^{-1}x', 'y equals inverse sine of x'],
  ['y=\\log_{2}x', 'y equals log base 2 of x'],
  ['y=2^{x-1}+3', 'y equals 2 to the power x minus 1, end of power, plus 3'],
  ['y=x^{2}\\left\\{0<x<3\\right\\}', 'y equals x squared where 0 is less than x is less than 3'],
  ['y=\\left\\{x<0:x^{2},x\\right\\}', 'y equals x squared if x is less than 0; otherwise x'],
  ['y=3\\left(x+1\\right)\\left(x-2\\right)', 'y equals 3 times the quantity x plus 1, times the quantity x minus 2'],
  ['\\left(1,2\\right)', 'the point 1, 2'],
  ['y<\\sin x', 'y is less than sine of x'],
  ['\\sum_{n=1}^{10}n^{2}', 'the sum from n equals 1 to 10 of n squared'],
  ['y_{1}\\sim mx_{1}+b', 'y sub 1 is fitted by m x sub 1 plus b'],
  ['\\theta=\\frac{\\pi}{2}', 'theta equals pi over 2'],
  ['y=\\frac{d}{dx}x^{2}', 'y equals the derivative by x of x squared'],
  ['y=\\operatorname{floor}\\left(x\\right)', 'y equals floor of x'],
];

for (const [latex, spoken] of CASES) test(`${latex} is said`, () => assert.equal(toSpoken(latex), spoken));

test('whatever is written, something is said', () => {
  for (const latex of [
    '',
    '\\frac',
    '\\left(\\left(',
    '}}{{',
    '\\left\\{',
    '^',
    '_',
    '\\sqrt[',
    '\\operatorname{',
    '('.repeat(500),
    '\\frac{'.repeat(500),
  ]) {
    assert.equal(typeof toSpoken(latex), 'string');
  }
});
