import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampledFunction } from '../../../../js/graph/plot/sample/sample-cache.js';
import { curvesOf } from '../support.js';

test('a curve is gone through again only for another view', () => {
  const [curve] = curvesOf('y=\\sin x');
  let values = 0;
  const counted = { ...curve, value: (/** @type {number} */ x) => (values++, curve.value(x)) };
  const [view, size] = [
    { xmin: -5, xmax: 5, ymin: -4, ymax: 4 },
    { width: 500, height: 400 },
  ];
  const first = sampledFunction(counted, view, size);
  const before = values;
  assert.ok(before > 0);
  assert.deepEqual(sampledFunction(counted, { ...view }, { ...size }), first);
  assert.equal(values, before, 'the same view');
  for (const [changes, resized, of] of /** @type {[object, object, ('x' | 'y')?][]} */ ([
    [{ xmin: -6 }, {}],
    [{ xmax: 6 }, {}],
    [{ ymin: -5 }, {}],
    [{ ymax: 5 }, {}],
    [{}, { width: 501 }],
    [{}, { height: 401 }],
    [{}, {}, 'y'],
  ])) {
    sampledFunction(counted, view, size);
    const known = values;
    sampledFunction(counted, { ...view, ...changes }, { ...size, ...resized }, of);
    assert.ok(values > known, JSON.stringify([changes, resized, of]));
  }
});
