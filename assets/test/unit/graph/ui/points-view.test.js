import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewOfPoints } from '../../../../js/graph/ui/plane/zoom-to-points.js';

test('all points are seen, with some room around them', () => {
  assert.deepEqual(
    viewOfPoints([
      { x: 0, y: 100 },
      { x: 10, y: 300 },
      { x: NaN, y: 1e9 },
    ]),
    { xmin: -1, xmax: 11, ymin: 80, ymax: 320 },
  );
  assert.deepEqual(
    viewOfPoints([
      { x: 3, y: -2 },
      { x: 3, y: 8 },
    ]),
    { xmin: -2, xmax: 8, ymin: -3, ymax: 9 },
  );
  assert.equal(viewOfPoints([{ x: NaN, y: 1 }]), null);
});
