import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawArea } from '../../../../js/graph/plot/draw/area.js';

test('the outlines of an area are one path, which filling closes', () => {
  /** @type {string[]} */
  const calls = [];
  const note =
    (/** @type {string} */ name) =>
    (/** @type {unknown[]} */ ...args) =>
      void calls.push(`${name} ${args.join()}`.trim());
  // No other calls: closePath for each of thousands of outlines blocked the page for seconds.
  const context = { beginPath: note('begin'), moveTo: note('move'), lineTo: note('line'), fill: note('fill') };
  const style = /** @type {import('../../../../js/graph/plot/draw/draw.js').Style} */ ({
    color: '#000',
    fillOpacity: 0.4,
  });
  drawArea(
    /** @type {any} */ (context),
    [Float64Array.of(0, 0, 4, 0, 4, 4), Float64Array.of(5, 5, 9, 5, 9, 9)],
    style,
    'nonzero',
  );
  assert.deepEqual(calls, [
    'begin',
    'move 0,0',
    'line 4,0',
    'line 4,4',
    'move 5,5',
    'line 9,5',
    'line 9,9',
    'fill nonzero',
  ]);
});
