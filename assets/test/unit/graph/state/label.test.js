import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelText } from '../../../../js/graph/plot/draw/label.js';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';

/**
 * @param {object} item
 * @returns {string[] | null} what is written beside the points of the first line
 */
function labels(item) {
  const list = [
    { type: 'expression', id: '1', latex: '\\left(1,2\\right)', showLabel: true, ...item },
    { type: 'expression', id: '2', latex: 'a_{1}=\\frac{1}{3}' },
    { type: 'expression', id: '3', latex: 'L=\\left[4,5\\right]' },
  ];
  const document = new GraphDocument({ expressions: { list } });
  const [label] = sceneOf(document.entries, document.settings).labels;
  return label?.points.map((point, i) => labelText(label, point, i)) ?? null;
}

test('a label is what was typed, with the values it asks for', () => {
  assert.deepEqual(labels({ label: 'top of the arch' }), ['top of the arch']);
  assert.deepEqual(labels({ label: 'a is ${a_{1}}, twice ${2a_{1}}' }), ['a is 0.333, twice 0.667']);
  assert.deepEqual(labels({ label: '-3 ${-3}' }), ['-3 −3']);
});

test('without a text the coordinates are shown', () => {
  assert.deepEqual(labels({}), ['(1, 2)']);
  assert.deepEqual(labels({ latex: '\\left(-a_{1},10^{7}\\right)' }), ['(−0.333, 10⁷)']);
});

test('each of several points has its own value', () => {
  assert.deepEqual(labels({ latex: '\\left(L,L^{2}\\right)', label: 'n=${L}' }), ['n=4', 'n=5']);
  assert.deepEqual(labels({ latex: '\\left(L,L^{2}\\right)' }), ['(4, 16)', '(5, 25)']);
});

test('what is no value stays as it was typed, and a label defines nothing', () => {
  assert.deepEqual(labels({ label: 'costs $5, ${q} or ${c=3} ${' }), ['costs $5, ${q} or ${c=3} ${']);
});

test('only points that ask for it have one', () => {
  assert.equal(labels({ showLabel: false, label: 'A' }), null);
  assert.equal(labels({ latex: 'y=x', label: 'A' }), null);
});

test('a label stays when its point is hidden, but goes with its folder', () => {
  const point = {
    type: 'expression',
    id: '1',
    latex: '\\left(1,2\\right)',
    showLabel: true,
    label: 'A',
    pointSize: '12',
  };
  /** @param {object} item @param {object} [folder] */
  const radii = (item, folder) => {
    const document = new GraphDocument({
      expressions: { list: [...(folder ? [{ type: 'folder', id: 'f', ...folder }] : []), { ...point, ...item }] },
    });
    return sceneOf(document.entries, document.settings).labels.map(({ radius }) => radius);
  };
  assert.deepEqual(radii({}), [6]);
  assert.deepEqual(radii({ hidden: true }), [0], 'nothing to keep away from');
  assert.deepEqual(radii({ points: false }), [0]);
  assert.deepEqual(radii({ folderId: 'f' }, { hidden: true }), []);
  assert.deepEqual(radii({ folderId: 'f' }, {}), [6]);
});

test('a label is turned as the angles of the graph are measured', () => {
  /** @param {object} item @param {boolean} [degreeMode] */
  const angle = (item, degreeMode = false) => {
    const list = [
      { type: 'expression', id: '1', latex: '\\left(1,2\\right)', showLabel: true, ...item },
      { type: 'expression', id: '2', latex: 'k=90' },
    ];
    const document = new GraphDocument({ graph: { degreeMode }, expressions: { list } });
    return sceneOf(document.entries, document.settings).labels[0].angle;
  };
  assert.equal(angle({}), 0);
  assert.equal(angle({ labelAngle: '\\frac{\\pi}{2}' }), Math.PI / 2);
  assert.equal(angle({ labelAngle: 'k' }, true), Math.PI / 2);
  assert.equal(angle({ labelAngle: 'nonsense' }), 0);
});

test('the place of a label is read from older states, too', () => {
  /** @param {object} item */
  const label = (item) => {
    const document = new GraphDocument({
      expressions: { list: [{ type: 'expression', id: '1', latex: '\\left(1,2\\right)', showLabel: true, ...item }] },
    });
    const [{ place, rimmed }] = sceneOf(document.entries, document.settings).labels;
    return [place, rimmed];
  };
  assert.deepEqual(label({}), ['', true]);
  assert.deepEqual(label({ labelOrientation: 'above', suppressTextOutline: true }), ['above', false]);
  assert.deepEqual(label({ labelOrientation: 'default', extendedLabelOrientation: 'below_left' }), [
    'below_left',
    true,
  ]);
});
