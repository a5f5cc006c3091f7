import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from '../../../../js/graph/lang/index.js';
import { solveRegression } from '../../../../js/graph/math/fit/nonlinear-regression.js';
import { seededRandom } from '../support.js';

const XS = [-3, -2, -1, 0.5, 1, 2, 3.2, 4];

/**
 * @param {string} formula a line with ~ in x_1 and y_1
 * @param {readonly number[]} xs
 * @param {(x: number) => number} y
 * @param {{start?: Record<string, number>, logMode?: boolean}} [fields]
 * @param {boolean} [degreeMode]
 */
function fit(formula, xs, y, fields = {}, degreeMode = false) {
  const lines = [
    { id: 'x', latex: 'x_1', cells: xs.map(String) },
    { id: 'y', latex: 'y_1', cells: xs.map((x) => y(x).toFixed(12)) },
    { id: 'fit', latex: formula, ...fields },
  ];
  const meaning = interpret(lines, { degreeMode, solve: solveRegression }).get('fit');
  assert.ok(meaning?.kind === 'regression', `${formula}: ${JSON.stringify(meaning)}`);
  return /** @type {import('../../../../js/graph/math/fit/nonlinear-regression.js').Regression | null} */ (
    meaning.solution
  );
}

/** @type {[string, Record<string, number>, (x: number) => number][]} formulas with what they are to find */
const FORMS = [
  ['y_1\\sim mx_1+b', { m: 2, b: -1 }, (x) => 2 * x - 1],
  ['y_1\\sim a\\left(x_1-h\\right)^2+k', { a: 0.5, h: 1, k: -2 }, (x) => 0.5 * (x - 1) ** 2 - 2],
  ['y_1\\sim ax_1^3+bx_1^2+cx_1+d', { a: 1, b: -2, c: 3, d: 1 }, (x) => x ** 3 - 2 * x * x + 3 * x + 1],
  ['y_1\\sim a\\left|x_1-h\\right|+k', { a: 0.5, h: 1.3, k: -2 }, (x) => 0.5 * Math.abs(x - 1.3) - 2],
  ['y_1\\sim a\\sqrt{x_1-h}+k', { a: 2, h: -3.5, k: -2 }, (x) => 2 * Math.sqrt(x + 3.5) - 2],
  ['y_1\\sim a\\sqrt[3]{x_1-h}+k', { a: 2, h: 0.7, k: -2 }, (x) => 2 * Math.cbrt(x - 0.7) - 2],
  ['y_1\\sim\\frac{a}{x_1-h}+k', { a: 2, h: 0.2, k: -2 }, (x) => 2 / (x - 0.2) - 2],
  ['y_1\\sim a\\cdot b^{x_1}', { a: 20, b: 0.6 }, (x) => 20 * 0.6 ** x],
  ['y_1\\sim a\\cdot b^{x_1}+k', { a: 2, b: 1.6, k: -2 }, (x) => 2 * 1.6 ** x - 2],
  ['y_1\\sim a\\ln\\left(x_1-h\\right)+k', { a: 2, h: -4, k: -2 }, (x) => 2 * Math.log(x + 4) - 2],
  ['y_1\\sim a\\sin\\left(bx_1+c\\right)+d', { a: 2, b: 1.4, c: 0.5, d: 1 }, (x) => 2 * Math.sin(1.4 * x + 0.5) + 1],
  [
    'y_1\\sim\\left\\{x_1<c:m\\left(x_1-c\\right)+d,n\\left(x_1-c\\right)+d\\right\\}',
    { c: 0.7, m: 1, n: -2, d: 3 },
    (x) => (x < 0.7 ? 1 : -2) * (x - 0.7) + 3,
  ],
  ['y_1\\sim\\frac{L}{1+ae^{-kx_1}}', { L: 100, a: 3, k: 0.9 }, (x) => 100 / (1 + 3 * Math.exp(-0.9 * x))],
  [
    'y_1\\sim ae^{-\\frac{\\left(x_1-m\\right)^2}{2s^2}}',
    { a: 3, m: 1, s: 1.5 },
    (x) => 3 * Math.exp(-((x - 1) ** 2) / 4.5),
  ],
  ['y_1-k\\sim m\\left(x_1-1\\right)', { k: 3, m: 2 }, (x) => 2 * (x - 1) + 3],
];

test('what lies on a formula is found again, without a hint', () => {
  for (const [formula, want, y] of FORMS) {
    const found = fit(formula, XS, y);
    assert.ok(found, formula);
    for (const [name, value] of Object.entries(want)) {
      assert.ok(
        Math.abs(found.values[name] - value) < 1e-6 * Math.max(1, Math.abs(value)),
        `${formula}: ${JSON.stringify(found.values)}`,
      );
    }
    assert.ok(found.rSquared > 1 - 1e-12 && found.rmse < 1e-8 && found.isSure, `${formula}: ${JSON.stringify(found)}`);
  }
});

test('with noise, a fit is never worse than the truth that the noise was added to', () => {
  const random = seededRandom(4);
  for (const noise of [0.01, 0.05]) {
    for (const [formula, want, y] of FORMS) {
      const height = Math.max(...XS.map(y)) - Math.min(...XS.map(y));
      const errors = XS.map(() => noise * height * 3.46 * (random() - 0.5));
      const found = fit(formula, XS, (x) => y(x) + errors[XS.indexOf(x)]);
      const truth = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / XS.length);
      assert.ok(
        found && found.rmse <= truth * (1 + 1e-6),
        `${formula} for ${JSON.stringify(want)} at ${noise}: ${JSON.stringify(found)}, ${truth}`,
      );
    }
  }
});

test('data far from 0 are fitted as well: years, angles in degrees', () => {
  const years = [1990, 1995, 2001, 2004, 2010, 2016, 2021];
  const root = fit('y_1\\sim a\\sqrt{x_1-h}+k', years, (x) => 2 * Math.sqrt(x - 1985) + 1);
  assert.ok(root && Math.abs(root.values.h - 1985) < 1e-4, JSON.stringify(root));
  const degrees = [0, 40, 85, 130, 200, 250, 300, 350];
  const wave = fit(
    'y_1\\sim a\\sin\\left(bx_1+c\\right)+d',
    degrees,
    (x) => 3 * Math.sin(((1.5 * x + 20) * Math.PI) / 180),
    {},
    true,
  );
  assert.ok(wave && Math.abs(wave.values.b - 1.5) < 1e-6, JSON.stringify(wave));
});

test('kinks are found among years, and waves in degrees over a few of them', () => {
  const years = [1990, 1995, 2001, 2004, 2010, 2016, 2021];
  const kink = fit('y_1\\sim a\\left|x_1-h\\right|+k', years, (x) => 2 * Math.abs(x - 2003) + 1);
  assert.ok(kink && Math.abs(kink.values.h - 2003) < 1e-6, JSON.stringify(kink));
  const wave = fit(
    'y_1\\sim a\\sin\\left(bx_1+c\\right)+d',
    XS,
    (x) => 3 * Math.sin(((83 * x + 20) * Math.PI) / 180) + 1,
    {},
    true,
  );
  assert.ok(wave && wave.rmse < 1e-6, JSON.stringify(wave));
});

test('waves of any length are found, in radians and in degrees', () => {
  const random = seededRandom(1);
  for (let trial = 0; trial < 40; trial++) {
    const degreeMode = trial % 2 === 0;
    const [turn, unit] = degreeMode ? [360, Math.PI / 180] : [2 * Math.PI, 1];
    const span = 10 ** (3 * random());
    const from = 3 * span * random();
    const xs = Array.from({ length: 10 }, (_, i) => Number((from + (span * (i + 0.6 * random())) / 10).toFixed(6)));
    const [b, c] = [(turn / span) * (0.4 + 2.6 * random()), turn * random()];
    const found = fit(
      'y_1\\sim a\\sin\\left(bx_1+c\\right)+d',
      xs,
      (x) => 3 * Math.sin((b * x + c) * unit) + 1,
      {},
      degreeMode,
    );
    assert.ok(found && found.rmse < 1e-5, `sin(${b} x + ${c}) from ${from} over ${span}: ${JSON.stringify(found)}`);
  }
});

test('of many rows all count', () => {
  const random = seededRandom(9);
  const xs = Array.from({ length: 300 }, (_, i) => i / 20);
  const errors = xs.map(() => random() - 0.5);
  const found = fit(
    'y_1\\sim a\\sin\\left(bx_1+c\\right)+d',
    xs,
    (x) => 2 * Math.sin(1.7 * x + 0.5) + 1 + errors[Math.round(20 * x)],
  );
  const truth = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / xs.length);
  assert.ok(found && found.rmse <= truth && Math.abs(found.values.b - 1.7) < 0.02, JSON.stringify(found));
});

test('R squared is that of textbooks', () => {
  const ys = [1, 3, 2, 5];
  const found = fit('y_1\\sim mx_1+b', [1, 2, 3, 4], (x) => ys[x - 1]);
  assert.ok(found);
  assert.ok(Math.abs(found.values.m - 1.1) < 1e-12 && Math.abs(found.values.b) < 1e-12);
  assert.ok(Math.abs(found.rSquared - (1 - 2.7 / 8.75)) < 1e-12);
  assert.ok(Math.abs(found.rmse - Math.sqrt(2.7 / 4)) < 1e-12);
  assert.ok(
    Number.isNaN(fit('y_1\\sim mx_1+b', [1, 2, 3], () => 2)?.rSquared),
    'what does not scatter cannot be explained',
  );
});

test('in log mode logarithms are compared', () => {
  const errors = [1.1, 0.95, 1.02, 0.9, 1.05, 1, 0.97, 1.08];
  const noisy = (/** @type {number} */ x) => 3 * 1.7 ** x * errors[XS.indexOf(x)];
  const found = fit('y_1\\sim a\\cdot b^{x_1}', XS, noisy, { logMode: true });
  const line = fit('\\ln y_1\\sim m x_1+c', XS, noisy);
  assert.ok(found && line);
  assert.ok(
    Math.abs(Math.log(found.values.b) - line.values.m) < 1e-8 &&
      Math.abs(Math.log(found.values.a) - line.values.c) < 1e-8,
  );
  assert.ok(Math.abs(found.rSquared - line.rSquared) < 1e-8);
});

test('among fits that are as good, the one that the state names is kept', () => {
  const wave = (/** @type {number} */ x) => 2 * Math.sin(1.4 * x + 0.5) + 1;
  const start = { a: -2, b: 1.4, c: 0.5 + 3 * Math.PI, d: 1 };
  const found = fit('y_1\\sim a\\sin\\left(bx_1+c\\right)+d', XS, wave, { start });
  for (const [name, value] of Object.entries(start))
    assert.ok(Math.abs((found?.values[name] ?? NaN) - value) < 1e-6, JSON.stringify(found));
});

test('a poor start does not hold a fit back', () => {
  const found = fit('y_1\\sim a\\sin\\left(bx_1+c\\right)+d', XS, (x) => 2 * Math.sin(1.4 * x + 0.5) + 1, {
    start: { a: 1, b: 9, c: 3, d: 0 },
  });
  assert.ok(found && found.rmse < 1e-8, JSON.stringify(found));
});

test('too few points, none that suit, and the same fit twice', () => {
  const few = fit('y_1\\sim a\\left(x_1-h\\right)^2+k', [1, 2], (x) => x);
  assert.ok(few && !few.isSure && few.rmse < 1e-9);
  assert.equal(
    fit('y_1\\sim\\sqrt{-1-a^2}x_1', XS, (x) => x),
    null,
  );
  const [, , y] = FORMS[10];
  assert.deepEqual(
    fit(FORMS[10][0], XS, y),
    fit(
      FORMS[10][0],
      XS.map((x) => x),
      y,
    ),
  );
});

test('large and hostile data end', (t) => {
  const many = Array.from({ length: 3000 }, (_, i) => i / 100);
  const begin = performance.now();
  const found = fit('y_1\\sim a\\sin\\left(bx_1+c\\right)+d+fe^{gx_1}', many, (x) => 2 * Math.sin(1.4 * x) + x / 9);
  assert.ok(found && Number.isFinite(found.rmse));
  t.diagnostic(`3000 rows, 6 parameters: ${(performance.now() - begin).toFixed(0)} ms`);
  fit('y_1\\sim a^{b^{c^{d^{fx_1}}}}', XS, (x) => x);
  fit('y_1\\sim ax_1', [1e300, -1e300], (x) => x * 1e5);
});
