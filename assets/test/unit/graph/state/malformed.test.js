import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { isRecord } from '../../../../js/graph/state/json.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';
import { sliderOf } from '../../../../js/graph/state/slider.js';

const GOOD = {
  version: 11,
  graph: { viewport: { xmin: -5, xmax: 5, ymin: -5, ymax: 5 }, degreeMode: true },
  expressions: {
    list: [
      {
        type: 'expression',
        id: '1',
        color: '#c74440',
        latex: 'y=ax',
        lineWidth: 'a',
        lineStyle: 'DASHED',
        hidden: false,
      },
      { type: 'expression', id: '2', latex: 'a=2', slider: { min: '-1', max: 'a', step: '0.5', hardMin: true } },
      { type: 'expression', id: '3', latex: '\\left(1,2\\right)', pointStyle: 'OPEN', pointSize: '20', folderId: '4' },
      { type: 'folder', id: '4', title: 'Points', hidden: true },
      { type: 'table', id: '5', columns: [{ id: '6', latex: 'x_{1}', values: ['1'] }] },
    ],
  },
};

const ODD = [null, 0, -1, 1e308, NaN, '', 'x', '\\', '{', true, [], {}, [[]], { latex: 7 }, '__proto__'];

/** @param {number} seed @returns {() => number} the same numbers from 0 to 1 every time */
function random(seed) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

/**
 * Puts something odd in a random place of a state.
 *
 * @param {unknown} value
 * @param {() => number} next
 * @returns {unknown}
 */
function spoil(value, next) {
  if (next() < 0.12) return ODD[Math.floor(next() * ODD.length)];
  if (Array.isArray(value)) return value.map((element) => spoil(element, next));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner, next)]));
}

test('a spoilt state is opened, drawn, edited and kept', () => {
  const next = random(7);
  for (let round = 0; round < 2000; round++) {
    const state = spoil(GOOD, next);
    const before = JSON.stringify(state);
    const document = new GraphDocument(state);
    const { meanings } = sceneOf(document.entries, document.settings);
    for (const entry of document.entries) sliderOf(entry, meanings);
    if (isRecord(state) && Object.keys(state).length > 0) assert.equal(JSON.stringify(document.toState()), before);
    document.insertExpression(0, 'y=1');
    document.setViewport({ xmin: 0, xmax: 1, ymin: 0, ymax: 1 });
    document.undo();
    document.toState();
    assert.equal(JSON.stringify(state), before, 'the state that was handed in is never touched');
  }
});
