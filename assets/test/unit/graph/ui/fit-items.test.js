import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitFamilies } from '../../../../js/graph/math/fit/fit.js';
import { solveRegression } from '../../../../js/graph/math/fit/nonlinear-regression.js';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';
import { fitItems } from '../../../../js/graph/ui/fit/items.js';
import { equationText, qualityText } from '../../../../js/graph/ui/fit/words.js';

const XS = [-3, -2, -1, 0.5, 1, 2, 3.2, 4];

/**
 * @param {string} family
 * @param {(x: number) => number} y
 */
function best(family, y) {
  const points = XS.map((x) => ({ x, y: Number(y(x).toFixed(3)) }));
  const trial = fitFamilies(points, { families: [family] });
  for (;;) {
    const { done, value } = trial.next();
    if (done) return { points, fit: /** @type {import('../../../../js/graph/math/fit/fit.js').Fit[]} */ (value)[0] };
  }
}

/**
 * @param {string} family
 * @param {(x: number) => number} y
 * @param {{formulas?: string[], asRegression?: boolean, onSpan?: boolean}} [options]
 * @returns {any[]}
 */
function items(family, y, { formulas = [], asRegression = false, onSpan = false } = {}) {
  const { points, fit } = best(family, y);
  let ids = 0;
  return fitItems(
    fit,
    points.toReversed(),
    { formulas, color: '#c74440', newId: () => String(++ids) },
    { asRegression, onSpan },
  );
}

/** @type {[string, (x: number) => number, string][]} */
const SHAPES = [
  ['linear', (x) => 2 * x - 1, 'y = 2x − 1'],
  ['quadratic', (x) => -0.5 * (x - 2) ** 2 + 3, 'y = −0.5(x − 2)² + 3'],
  ['cubic', (x) => 0.5 * x ** 3 - x * x - 2 * x + 3, 'y = 0.5x³ − x² − 2x + 3'],
  ['polynomial', (x) => 0.2 * x ** 4 - 0.3 * x ** 3 - 1.5 * x * x + x + 2, 'y = 0.2x⁴ − 0.3x³ − 1.5x² + x + 2'],
  ['square_root', (x) => 2 * Math.sqrt(x + 3.5) - 2, 'y = 2√(x + 3.5) − 2'],
  ['cube_root', (x) => 2 * Math.cbrt(x - 0.7), 'y = 2∛(x − 0.7)'],
  ['absolute_value', (x) => -1.2 * Math.abs(x - 0.9) + 4, 'y = −1.2|x − 0.9| + 4'],
  ['rational', (x) => 2 / (x + 4) + 1, 'y = 2/(x + 4) + 1'],
  ['exponential', (x) => 2 * 0.6 ** x - 3, 'y = 2·0.6ˣ − 3'],
  ['logarithmic', (x) => -2 * Math.log(5 - x) + 1, 'y = −2ln(5 − x) + 1'],
  ['trigonometric', (x) => 2 * Math.sin(1.3 * (x - 0.4)) + 1, 'y = 2sin(1.3(x − 0.4)) + 1'],
  ['piecewise', (x) => (x < 0.6 ? 1.2 : -0.8) * (x - 0.6) + 3, 'y = {x < 0.6: 1.2(x − 0.6) + 3, −0.8(x − 0.6) + 3}'],
];

test('each family is told in print', () => {
  for (const [family, y, text] of SHAPES) {
    const { fit } = best(family, y);
    assert.equal(equationText(fit), text);
    assert.match(qualityText(fit), /^R² = (0\.9999|1), about \d.* off$/);
  }
});

/** @param {any[]} added */
function curveOf(added) {
  const document = new GraphDocument(null);
  for (const item of added) document.insert(document.entries.length, item);
  const { drawables, meanings } = sceneOf(document.entries, document.settings);
  const curve = drawables.find(({ meaning }) => meaning.kind === 'function')?.meaning;
  assert.ok(curve?.kind === 'function', JSON.stringify([...meanings.values()]));
  return curve.curves[0].value;
}

test('what is put in the list is the curve that was offered, restricted only on request', () => {
  for (const [family, y] of SHAPES) {
    const heights = XS.map(y);
    const tolerance = 0.005 * (Math.max(...heights) - Math.min(...heights));
    const value = curveOf(items(family, y));
    for (const x of [...XS, -3.3, 4.3]) assert.ok(!(Math.abs(value(x) - y(x)) > tolerance), `${family} at ${x}`);
    assert.ok(Number.isFinite(value(4.001)), `${family} goes on beyond the points`);
    const restricted = curveOf(items(family, y, { onSpan: true }));
    for (const x of XS) assert.ok(Math.abs(restricted(x) - y(x)) < tolerance, `${family} at ${x}`);
    for (const x of [-3.001, 4.001]) assert.ok(Number.isNaN(restricted(x)), `${family} beyond the points`);
  }
});

test('an arch: table, curve, sliders, in the words of the format', () => {
  const [table, curve, ...sliders] = items('quadratic', (x) => -0.05 * (x - 2) ** 2 + 30);
  assert.deepEqual(
    table.columns.map((/** @type {any} */ { latex, values }) => [latex, values.length, values[0]]),
    [
      ['x_{1}', 8, '-3'],
      ['y_{1}', 8, '28.75'],
    ],
  );
  assert.equal(curve.latex, 'y=a\\left(x-h\\right)^{2}+k');
  assert.deepEqual(sliders, [
    {
      type: 'expression',
      latex: 'a=-0.05',
      slider: { hardMin: true, hardMax: true, min: '-0.15', max: '0.15', step: '0.0005' },
    },
    { type: 'expression', latex: 'h=2', slider: { hardMin: true, hardMax: true, min: '-15', max: '15', step: '0.05' } },
    {
      type: 'expression',
      latex: 'k=30',
      slider: { hardMin: true, hardMax: true, min: '-100', max: '100', step: '0.2' },
    },
  ]);
});

test('a slider adjusts a fitted value: a step is a small part of it, and leads back to it', () => {
  const tapped = (/** @type {number} */ x) => -0.241 * (x - 0.012) ** 2 + 7.94;
  for (const [family, y] of [
    ...SHAPES,
    /** @type {const} */ (['quadratic', tapped]),
    /** @type {const} */ (['linear', (/** @type {number} */ x) => 250 * x + 3]),
  ]) {
    const [table, curve, ...sliders] = items(family, y);
    const heights = XS.map(y);
    const height = Math.max(...heights) - Math.min(...heights);
    const before = curveOf([table, curve, ...sliders]);
    for (const [i, { latex, slider }] of sliders.entries()) {
      const [name, value] = latex.split('=');
      const [min, max, step] = [slider.min, slider.max, slider.step].map(Number);
      const about = `${family} ${latex}: ${min} to ${max} by ${step}`;
      assert.ok(min <= Number(value) && max >= 2 * Number(value) && (max - min) / step <= 3000.5, about);
      assert.ok(
        Math.abs((Number(value) - min) / step - Math.round((Number(value) - min) / step)) < 1e-6,
        `${about} misses the value`,
      );
      const after = curveOf([
        table,
        curve,
        ...sliders.with(i, { type: 'expression', latex: `${name}=${Number(value) + step}` }),
      ]);
      for (const x of XS.slice(1, -1))
        assert.ok(Math.abs(after(x) - before(x)) < 0.1 * height, `${about}: one step leaves the shape at ${x}`);
    }
  }
});

test('the base of a power stays positive', () => {
  const [, , , base] = items('exponential', (x) => 3 * 1.6 ** x);
  assert.deepEqual(base, {
    type: 'expression',
    latex: 'b=1.6',
    slider: { hardMin: true, hardMax: true, min: '0', max: '5', step: '0.02' },
  });
});

test('names that the list has are left to it', () => {
  const formulas = ['k=2', 'y=hx_1', '\\left(x_{2},3\\right)', 'x_{4}', '\\alpha=1', '\\sin\\left(t\\right)'];
  const [table, curve, ...sliders] = items('quadratic', (x) => x * x, { formulas });
  assert.deepEqual(
    table.columns.map((/** @type {any} */ { latex }) => latex),
    ['x_{3}', 'y_{3}'],
  );
  assert.match(curve.latex, /^y=a_\{1\}\\left\(x-h_\{1\}\\right\)\^\{2\}\+k_\{1\}/);
  assert.deepEqual(
    sliders.map(({ latex }) => latex),
    ['a_{1}=1', 'h_{1}=0', 'k_{1}=0'],
  );
  const [, quartic] = items('polynomial', (x) => x ** 4, { formulas: ['a_{0}=2', 'b_3'] });
  assert.match(quartic.latex, /^y=c_\{4\}x\^\{4\}\+c_\{3\}x/);
});

test('points that a table has already stay there', () => {
  const { points, fit } = best('linear', (x) => 2 * x - 1);
  const surroundings = {
    formulas: ['x_{1}', 'y_{2}', 'e_{1}'],
    color: 'black',
    newId: () => '1',
    columns: { x: 'x_{1}', y: 'y_{2}' },
  };
  assert.deepEqual(
    fitItems(fit, points, surroundings, { asRegression: false }).map(({ latex }) => latex),
    ['y=mx+b', 'm=2', 'b=-1'],
  );
  assert.equal(
    fitItems(fit, points, surroundings, { asRegression: false, onSpan: true })[0].latex,
    'y=mx+b\\left\\{-3\\le x\\le4\\right\\}',
  );
  const [only, ...more] = fitItems(fit, points, surroundings, { asRegression: true });
  assert.deepEqual([only.latex, only.residualVariable, more.length], ['y_{2}\\sim mx_{1}+b', 'e_{2}', 0]);
});

test('as a regression, the curve follows the points', () => {
  for (const [family, y] of SHAPES) {
    const document = new GraphDocument(null);
    const added = items(family, y, { asRegression: true });
    assert.equal(added.length, 2);
    for (const item of added) document.insert(document.entries.length, item);
    const { meanings } = sceneOf(document.entries, document.settings, solveRegression);
    const fit = meanings.get(document.entries[1].key);
    assert.ok(fit?.kind === 'regression' && fit.solution, `${added[1].latex}: ${JSON.stringify(fit)}`);
    assert.ok(
      /** @type {any} */ (fit.solution).rSquared > 0.9999,
      `${added[1].latex}: ${JSON.stringify(fit.solution)}`,
    );
  }
});
