import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minimize } from '../../../../js/graph/math/fit/levenberg-marquardt.js';
import { leastSquares } from '../../../../js/graph/math/fit/linear-least-squares.js';
import { linearParameters, reduce } from '../../../../js/graph/math/fit/separable.js';

/** @param {number[]} values */
const column = (...values) => Float64Array.from(values);

/** @param {ArrayLike<number>} got @param {number[]} want @param {number} [slack] */
function assertNear(got, want, slack = 1e-9) {
  want.forEach((value, i) =>
    assert.ok(Math.abs(got[i] - value) <= slack * Math.max(1, Math.abs(value)), `${Array.from(got)} for ${want}`),
  );
}

test('a line through points, and what is left over', () => {
  const { coefficients, residuals, rank } = leastSquares([column(1, 1, 1), column(0, 1, 2)], [1, 2, 4]);
  assertNear(coefficients, [5 / 6, 1.5]);
  assertNear(residuals, [1 / 6, -1 / 3, 1 / 6]);
  assert.equal(rank, 2);
});

test('columns of very different lengths keep their digits', () => {
  const xs = Array.from({ length: 9 }, (_, i) => 2000 + i);
  const columns = [xs.map(() => 1), xs, xs.map((x) => x * x)].map((values) => Float64Array.from(values));
  const { coefficients } = leastSquares(
    columns,
    xs.map((x) => 3 * (x - 2004) ** 2 + 7),
  );
  const at = (/** @type {number} */ x) => coefficients[0] + coefficients[1] * x + coefficients[2] * x * x;
  assertNear([at(2000), at(2004.5)], [55, 7.75], 1e-5);
});

test('a column that depends on others is left out, and what is no number spreads', () => {
  const { coefficients, rank, residuals } = leastSquares([column(0.1, 0.2, 0.7), column(0.3, 0.6, 2.1)], [2, 4, 14]);
  assert.equal(rank, 1);
  assert.ok(coefficients.includes(0));
  assertNear(residuals, [0, 0, 0]);
  assert.ok(leastSquares([column(1, NaN, 3)], [2, 4, 6]).residuals.every(Number.isNaN));
});

test('the valley of Rosenbrock is followed to its end', () => {
  const { parameters, cost } = minimize(([x, y]) => column(10 * (y - x * x), 1 - x), [-1.2, 1]);
  assertNear(parameters, [1, 1]);
  assert.ok(cost < 1e-18);
});

test('a step that leaves where the residuals are defined is not taken', () => {
  const { parameters } = minimize(([a]) => column(Math.sqrt(a) - 0.1), [4]);
  assertNear(parameters, [0.01]);
  assert.equal(minimize(([a]) => column(Math.sqrt(a)), [-1]).cost, Infinity);
});

test('a minimum that is not zero is found to eight digits', () => {
  const xs = [0, 1, 2, 3];
  const { parameters } = minimize(
    ([a, b]) => Float64Array.from(xs, (x, i) => a * Math.exp(b * x) - [1, 2.5, 7, 21][i]),
    [1, 0.5],
    200,
  );
  const slope = (/** @type {number} */ da, /** @type {number} */ db) =>
    xs.reduce((sum, x, i) => {
      const value = parameters[0] * Math.exp(parameters[1] * x);
      return sum + (value - [1, 2.5, 7, 21][i]) * (da * (value / parameters[0]) + db * value * x);
    }, 0);
  assertNear([slope(1, 0), slope(0, 1)], [0, 0], 1e-4);
});

/** @type {[string, (p: readonly number[], x: number) => number, number, number[]][]} */
const MODELS = [
  ['a(x-h)^2+k', ([a, h, k], x) => a * (x - h) ** 2 + k, 3, [0, 2]],
  ['abx', ([a, b], x) => a * b * x, 2, [0]],
  ['|x-h|+k', ([h, k], x) => Math.abs(x - h) + k, 2, [1]],
  ['a sqrt(x-h)', ([a, h], x) => a * Math.sqrt(x - h), 2, [0]],
  ['a ln(bx)+c', ([a, b, c], x) => a * Math.log(b * x) + c, 3, [0, 2]],
  ['floor(a)+bx', ([a, b], x) => Math.floor(a) + b * x, 2, [1]],
  ['a sin(bx+c)+d', ([a, b, c, d], x) => a * Math.sin(b * x + c) + d, 4, [0, 3]],
];

test('which parameters are linear is found by trying', () => {
  for (const [name, model, count, want] of MODELS) {
    const residuals = (/** @type {readonly number[]} */ p) => Float64Array.from([4, 5.5, 7, 9], (x) => 3 - model(p, x));
    assert.deepEqual(linearParameters(residuals, count), want, name);
  }
});

test('what is linear follows from the rest', () => {
  const model = MODELS[0][1];
  const residuals = (/** @type {readonly number[]} */ p) =>
    Float64Array.from([1, 2, 3, 5], (x) => model([2, 1, -4], x) - model(p, x));
  const reduced = reduce(residuals, 3, [0, 2]);
  assert.deepEqual(reduced.searched, [1]);
  assertNear(reduced.complete([1]), [2, 1, -4]);
  assertNear(reduced.residuals([1]), [0, 0, 0, 0]);
  assert.ok(reduced.residuals([2]).some((value) => Math.abs(value) > 0.1));
});
