import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';

/** @param {unknown[]} list @param {object} [graph] */
function scene(list, graph = {}) {
  const document = new GraphDocument({ graph, expressions: { list } });
  return sceneOf(document.entries, document.settings);
}

test('what is drawn, in the order of the list', () => {
  const { drawables, meanings } = scene([
    { type: 'expression', id: '1', latex: 'y=x' },
    { type: 'expression', id: '2', latex: 'y=2', hidden: true },
    { type: 'expression', id: '3', latex: 'a=4' },
    { type: 'folder', id: '4', hidden: true },
    { type: 'expression', id: '5', latex: 'y=5', folderId: '4' },
    { type: 'text', id: '6', text: 'y=6' },
    { type: 'expression', id: '7', latex: 'y=' },
    { type: 'expression', id: '8', latex: '\\left(a,2\\right)' },
    null,
  ]);
  assert.deepEqual(drawables.map(({ key }) => key), ['1', '8']);
  assert.equal(meanings.get('2')?.kind, 'function', 'what is hidden still has a meaning');
  assert.equal(meanings.get('7')?.kind, 'error');
});

test('styles are read within bounds, and a name may stand for a number', () => {
  const [{ style }] = scene([
    { type: 'expression', id: '1', latex: 'y=x', color: '#2d70b3', lineStyle: 'DASHED', lineWidth: 'w', lineOpacity: '7' },
    { type: 'expression', id: '2', latex: 'w=5' },
  ]).drawables;
  assert.equal(style.color, '#2d70b3');
  assert.equal(style.lineStyle, 'DASHED');
  assert.equal(style.lineWidth, 5);
  assert.equal(style.lineOpacity, 1);
  assert.equal(style.pointStyle, 'POINT');
});

test('angles are in the unit of the state', () => {
  const sine = [{ type: 'expression', id: '1', latex: '\\sin\\left(90\\right)' }];
  const value = (/** @type {object} */ graph) => {
    const meaning = scene(sine, graph).meanings.get('1');
    return meaning?.kind === 'value' ? meaning.value : NaN;
  };
  assert.ok(Math.abs(value({ degreeMode: true }) - 1) < 1e-12);
  assert.ok(Math.abs(value({}) - Math.sin(90)) < 1e-12);
});
