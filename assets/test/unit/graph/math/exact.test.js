import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactForm } from '../../../../js/graph/math/exact-number.js';
import { seededRandom } from '../support.js';

const { PI, E, SQRT2, sqrt, log } = Math;

/** @type {[number, string, string?][]} */
const FORMS = [
  [0, '0'],
  [-0, '0'],
  [7, '7'],
  [-12, '−12', 'minus 12'],
  [1 / 3, '1/3', '1 over 3'],
  [-5 / 2, '−5/2', 'minus 5 over 2'],
  [5 / 7, '5/7'],
  [-22 / 7, '−22/7'],
  [1 / 8, '1/8'],
  [0.2, '0.2'],
  [-1.4, '−1.4'],
  [0.35, '0.35'],
  [-0.001, '−0.001', 'minus 0.001'],
  [PI, 'π', 'pi'],
  [-PI, '−π'],
  [PI / 2, 'π/2', 'pi over 2'],
  [(2 * PI) / 3, '2π/3', '2 pi over 3'],
  [(-7 * PI) / 12, '−7π/12'],
  [10 * PI, '10π'],
  [SQRT2, '√2', 'the square root of 2'],
  [-SQRT2, '−√2'],
  [(3 * SQRT2) / 2, '3√2/2', '3 times the square root of 2, over 2'],
  [sqrt(3) / 3, '√3/3'],
  [sqrt(1 / 2), '√2/2'],
  [sqrt(12), '2√3'],
  [(1 + sqrt(5)) / 2, '(1 + √5)/2', 'the quantity 1 plus the square root of 5, over 2'],
  [(3 - sqrt(17)) / 4, '(3 − √17)/4'],
  [1 - SQRT2, '1 − √2'],
  [-2 + 2 * sqrt(3), '−2 + 2√3'],
  [E, 'e', 'e'],
  [E / 2, 'e/2'],
  [E ** 2, 'e²', 'e squared'],
  [1 / E, '1/e', '1 over e'],
  [-2 / E, '−2/e'],
  [log(5), 'ln 5', 'the natural logarithm of 5'],
  [-log(2), '−ln 2'],
];

for (const [value, text, spoken] of FORMS) {
  test(`${value} is ${text}`, () => {
    const form = exactForm(value, 1e-14);
    assert.equal(form?.text, text);
    if (spoken) assert.equal(form?.spoken, spoken);
  });
}

test('what is only near is not taken for it', () => {
  for (const [value] of FORMS) {
    for (const off of [1e-12, -1e-12, 1e-9, 1e-6]) {
      const form = exactForm(value + off, 1e-14);
      assert.equal(form, null, `${value} + ${off} is not ${form?.text}`);
    }
  }
  for (const value of [
    0.3333333333,
    1.4142,
    3.14159,
    3.1415926535,
    355 / 113 - 1e-9,
    2.7183,
    1.61803,
    4.493409457909064,
    1.2599210498948732,
  ]) {
    assert.equal(exactForm(value, 1e-14), null, String(value));
  }
});

test('a number that is not known well is not taken for anything', () => {
  for (const [value] of FORMS) {
    assert.equal(exactForm(value, 1e-3), null, String(value));
    assert.equal(exactForm(value, Infinity), null);
  }
  assert.equal(exactForm(2, 1e-9)?.text, '2', 'a whole number needs less');
  assert.equal(exactForm(SQRT2, 1e-7), null);
  assert.equal(exactForm(NaN, 0), null);
  assert.equal(exactForm(Infinity, 0), null);
});

test('numbers by chance are not taken for anything', () => {
  const random = seededRandom(7);
  for (const error of [1e-15, 1e-13, 1e-10, 1e-7]) {
    for (let i = 0; i < 3000; i++) {
      const value = (random() - 0.5) * 40;
      assert.equal(exactForm(value, error), null, `${value} within ${error}`);
    }
  }
});
