import assert from 'node:assert/strict';
import { test } from 'node:test';
import { solveRegression } from '../../../../js/graph/math/fit/nonlinear-regression.js';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { keepFits } from '../../../../js/graph/state/regression-result.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';

/** @param {Record<string, unknown>} [fit] keys of the line with the fit */
function graph(fit = {}) {
  const list = [
    { type: 'expression', id: '1', latex: 'x_{1}=\\left[1,2,3\\right]' },
    { type: 'expression', id: '2', latex: 'y_{1}=\\left[1,3,5\\right]' },
    { type: 'expression', id: '3', latex: 'y_{1}\\sim mx_{1}+b_{1}', ...fit },
    { type: 'expression', id: '4', latex: 'y=mx+b_{1}' },
  ];
  return new GraphDocument({ version: 11, expressions: { list } });
}

/** @param {GraphDocument} document */
const work = (document) => sceneOf(document.entries, document.settings, solveRegression);

/** @param {GraphDocument} document */
const fitItem = (document) => /** @type {any} */ (document.entries[2].item);

test('what a fit finds is a number to the other lines', () => {
  const [, drawable] = work(graph()).drawables;
  assert.equal(drawable.key, '4');
  assert.ok(drawable.meaning.kind === 'function' && Math.abs(drawable.meaning.curves[0].value(10) - 19) < 1e-9);
});

test('what is found is kept after an edit, as no step of undo', () => {
  const document = graph();
  document.update('4', { hidden: true });
  keepFits(document, work(document).meanings);
  const { m, 'b_{1}': b } = fitItem(document).regressionParameters;
  assert.ok(Math.abs(m - 2) < 1e-9 && Math.abs(b + 1) < 1e-9);
  assert.ok(document.undo());
  assert.equal(document.steps.canUndo, false);
  assert.ok(document.redo());
  assert.equal(fitItem(document).regressionParameters.m, m);
});

test('what another program found to its own last digit stays as it is', () => {
  const kept = { m: 2.0000001, b_1: -1.0000002 };
  const document = graph({ regressionParameters: kept });
  const [before] = [document.entries];
  keepFits(document, work(document).meanings);
  assert.equal(document.entries, before);
  const other = graph({ regressionParameters: { m: 3, b_1: -1, c: 2 } });
  keepFits(other, work(other).meanings);
  assert.deepEqual(Object.keys(fitItem(other).regressionParameters), ['m', 'b_{1}']);
});

test('without a solver, as on the poster, what the state keeps is drawn', () => {
  const document = graph({ regressionParameters: { m: 2, 'b_{1}': 7 } });
  const [, drawable] = sceneOf(document.entries, document.settings).drawables;
  assert.ok(drawable.meaning.kind === 'function' && drawable.meaning.curves[0].value(0) === 7);
});

test('the residuals and log mode are as the state says', () => {
  const list = [
    { type: 'expression', id: '1', latex: 'x_{1}=\\left[0,1,2\\right]' },
    { type: 'expression', id: '2', latex: 'y_{1}=\\left[1,2,8\\right]' },
    {
      type: 'expression',
      id: '3',
      latex: 'y_{1}\\sim a\\cdot b^{x_{1}}',
      residualVariable: 'e_{1}',
      isLogModeRegression: true,
    },
    { type: 'expression', id: '4', latex: 'e_{1}' },
  ];
  const document = new GraphDocument({ expressions: { list } });
  const { meanings } = work(document);
  const fit = meanings.get('3');
  assert.ok(
    fit?.kind === 'regression' && Math.abs((fit.solution?.values.b ?? 0) - Math.sqrt(8)) < 1e-9,
    JSON.stringify(fit),
  );
  const residuals = meanings.get('4');
  assert.ok(residuals?.kind === 'list' && residuals.values.length === 3);
});

test('a fit of heights over places is drawn as its curve', () => {
  const [curve] = work(graph({ color: '#2d70b3' })).drawables;
  assert.equal(curve.key, '3');
  assert.equal(curve.style.color, '#2d70b3');
  assert.ok(curve.meaning.kind === 'function' && Math.abs(curve.meaning.curves[0].value(10) - 19) < 1e-9);
  for (const latex of ['x_1\\sim a', 'y_1\\sim a+x_1x_2', '\\ln y_1\\sim ax_1', 'y_1\\sim a']) {
    assert.equal(work(graph({ latex })).drawables.filter(({ key }) => key === '3').length, 0, latex);
  }
});
