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
  assert.deepEqual(
    drawables.map(({ key }) => key),
    ['1', '8'],
  );
  assert.equal(meanings.get('2')?.kind, 'function', 'what is hidden still has a meaning');
  assert.equal(meanings.get('7')?.kind, 'error');
});

test('styles are read within bounds, and a name may stand for a number', () => {
  const [{ style }] = scene([
    {
      type: 'expression',
      id: '1',
      latex: 'y=x',
      color: '#2d70b3',
      lineStyle: 'DASHED',
      lineWidth: 'w',
      lineOpacity: '7',
    },
    { type: 'expression', id: '2', latex: 'w=5' },
  ]).drawables;
  assert.equal(style.color, '#2d70b3');
  assert.equal(style.lineStyle, 'DASHED');
  assert.equal(style.lineWidth, 5);
  assert.equal(style.lineOpacity, 1);
  assert.equal(style.pointStyle, 'POINT');
});

test('the ends of a parameter are read wherever a state has them', () => {
  const domainOf = (/** @type {object} */ item) =>
    scene([
      { type: 'expression', id: '1', ...item },
      { type: 'expression', id: '2', latex: 'k=4' },
    ]).drawables[0].domain;
  const path = '\\left(t,t\\right)';
  assert.deepEqual(domainOf({ latex: path }), {});
  assert.deepEqual(domainOf({ latex: path, parametricDomain: { min: '-1', max: '2\\pi' } }), {
    min: -1,
    max: 2 * Math.PI,
  });
  assert.deepEqual(domainOf({ latex: path, domain: { min: '-0.2', max: 'k' } }), { min: -0.2, max: 4 });
  assert.deepEqual(domainOf({ latex: path, domain: { max: '9' }, parametricDomain: { max: '3' } }), { max: 3 });
  assert.deepEqual(domainOf({ latex: 'r=\\theta', polarDomain: { max: '3' }, parametricDomain: { max: '8' } }), {
    max: 3,
  });
  assert.deepEqual(domainOf({ latex: 'y=x', domain: { max: '9' } }), {});
});

test('areas are shaded unless a state says otherwise, paths only if it does', () => {
  const styleOf = (/** @type {object} */ item) => scene([{ type: 'expression', id: '1', ...item }]).drawables[0].style;
  const { filled, fillOpacity, outlined } = styleOf({ latex: 'y<x' });
  assert.deepEqual({ filled, fillOpacity, outlined }, { filled: true, fillOpacity: 0.4, outlined: true });
  assert.equal(styleOf({ latex: 'y<x', fill: false }).filled, false);
  assert.equal(styleOf({ latex: 'y<x', lines: false }).outlined, false);
  assert.equal(styleOf({ latex: 'y<x', fillOpacity: '0.2' }).fillOpacity, 0.2);
  assert.equal(styleOf({ latex: 'r=1' }).filled, false);
  assert.equal(styleOf({ latex: 'r=1', fill: true }).filled, true);
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

test('what is drawn by chance follows from the seed of the state', () => {
  const valueFor = (/** @type {unknown} */ randomSeed) => {
    const list = [{ type: 'expression', id: '1', latex: 'a=\\operatorname{random}\\left(\\right)' }];
    const document = new GraphDocument({ randomSeed, expressions: { list } });
    const meaning = sceneOf(document.entries, document.settings).meanings.get('1');
    return meaning?.kind === 'value' ? meaning.value : NaN;
  };
  assert.equal(valueFor('00ff'), valueFor('00ff'));
  assert.notEqual(valueFor('00ff'), valueFor('00fe'));
  assert.ok(valueFor(5) > 0, 'a seed that cannot be read is none');
});

test('a polygon is shaded unless the state says otherwise, a segment never by itself', () => {
  const filled = (/** @type {string} */ latex, /** @type {object} */ item = {}) =>
    scene([{ type: 'expression', id: '1', latex, ...item }]).drawables[0].style.filled;
  const corners = '\\left(\\left(0,0\\right),\\left(1,0\\right),\\left(0,1\\right)\\right)';
  assert.equal(filled(`\\operatorname{polygon}${corners}`), true);
  assert.equal(filled(`\\operatorname{polygon}${corners}`, { fill: false }), false);
  assert.equal(filled('\\operatorname{segment}\\left(\\left(0,0\\right),\\left(1,0\\right)\\right)'), false);
});

test('a polygon has its corners, wherever it is made, and none where a restriction takes it away', () => {
  const cornersOf = (/** @type {string[]} */ ...lines) => {
    const { meaning } = scene(lines.map((latex, i) => ({ type: 'expression', id: String(i), latex }))).drawables[0];
    return meaning.kind === 'parametric' ? meaning.corners : null;
  };
  const polygon = '\\operatorname{polygon}\\left(\\left(0,0\\right),\\left(a,0\\right),\\left(0,1\\right)\\right)';
  const corners = [
    { x: 0, y: 0 },
    { x: 3, y: 0 },
    { x: 0, y: 1 },
  ];
  assert.deepEqual(cornersOf(polygon, 'a=3'), corners);
  assert.deepEqual(cornersOf('f\\left(3\\right)', `f\\left(a\\right)=${polygon}`), corners);
  assert.deepEqual(cornersOf(`${polygon}\\left\\{a>2\\right\\}`, 'a=3'), corners);
  assert.ok(
    cornersOf(`${polygon}\\left\\{a>5\\right\\}`, 'a=3')?.every(({ x, y }) => Number.isNaN(x) && Number.isNaN(y)),
  );
});
