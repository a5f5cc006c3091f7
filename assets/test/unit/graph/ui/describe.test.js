import assert from 'node:assert/strict';
import { test } from 'node:test';
import { solveRegression } from '../../../../js/graph/math/fit/nonlinear-regression.js';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';
import { colorName, describeGraph, describeKept, messageOf } from '../../../../js/graph/ui/explore/describe-graph.js';

/** @param {...string} formulas */
function scene(...formulas) {
  const list = formulas.map((latex, index) => ({ type: 'expression', id: String(index), latex }));
  const document = new GraphDocument({ expressions: { list } });
  return { ...sceneOf(document.entries, document.settings, solveRegression), entries: document.entries };
}

/** @param {string} formula @returns {string} what its line says */
function said(formula) {
  const { meanings, entries } = scene(formula);
  return messageOf(meanings.get('0'), entries[0].item)?.text ?? '';
}

test('a graph is described by its curves and its range', () => {
  const graph = scene('y=\\sqrt{x}', '\\left(1,2\\right)', 'a=3', '');
  const viewport = { xmin: -10, xmax: 10, ymin: -6.4321, ymax: 6.4321 };
  const words = 'Graph of y equals the square root of x; the point 1, 2. x from −10 to 10, y from −6.4 to 6.4.';
  assert.equal(describeGraph(graph, viewport), words);
  assert.equal(
    describeGraph({}, { ...viewport, xmin: 1e9, xmax: 1.001e9 }).split(',')[0],
    'Empty graph. x from 10⁹ to 1.001×10⁹',
  );
});

test('many curves are counted, not read out', () => {
  const graph = scene(...Array.from({ length: 9 }, (_, n) => `y=${n}`));
  assert.match(describeGraph(graph, { xmin: 0, xmax: 1, ymin: 0, ymax: 1 }), /; 3 more\./);
});

test('a line says its value unless it is the value', () => {
  assert.equal(said('2+0.5'), '= 2.5');
  assert.equal(said('0.1+0.2'), '= 0.3');
  assert.equal(said('b=\\frac{1}{4}'), '= 0.25');
  assert.equal(said('a=-2'), '');
  assert.equal(said('7'), '');
  assert.equal(said('\\sqrt{-1}'), '= undefined');
  assert.equal(said('\\left[1,2\\right]'), '= [1, 2]');
  assert.equal(said('y=x'), '');
  assert.equal(said(''), '');
});

test('a fit says what it has found, and what it is in want of', () => {
  const fit = (/** @type {string[]} */ ...lines) => {
    const { meanings, entries } = scene(...lines);
    const key = String(lines.length - 1);
    return messageOf(meanings.get(key), entries[lines.length - 1].item);
  };
  const [x, y] = ['x_{1}=\\left[1,2,3,4\\right]', 'y_{1}=\\left[1,3,2,5\\right]'];
  assert.deepEqual(fit(x, y, 'y_{1}\\sim mx_{1}+b_{2}-1'), {
    tone: 'value',
    text: 'm = 1.1, b_2 = 1, R² = 0.6914',
    missing: [],
  });
  assert.equal(fit(x, 'y_{1}\\sim m'.replace('y', 'x'))?.text, 'm = 2.5, R² = 0');
  assert.match(fit('y_{1}\\sim mx_{1}+b')?.text ?? '', /needs data/);
  assert.match(fit(x, y, 'y_{1}\\sim\\sqrt{-1-a^{2}}x_{1}')?.text ?? '', /no values that suit/);
  assert.match(
    fit('x_{1}=\\left[1,2\\right]', 'y_{1}=x_{1}', 'y_{1}\\sim ax_{1}^{2}+bx_{1}+c')?.text ?? '',
    /R² = 1\. More points are needed/,
  );
});

test('what is drawn says no more', () => {
  for (const drawn of ['x^{2}+y^{2}=9', 'y\\le x', 'r=2\\theta', '\\left(t,t^{2}\\right)'])
    assert.equal(said(drawn), '');
});

test('regions and paths are called what they are', () => {
  const viewport = { xmin: -10, xmax: 10, ymin: -6, ymax: 6 };
  const name = (/** @type {string} */ formula, /** @type {object} */ more = {}) => {
    const document = new GraphDocument({
      expressions: { list: [{ type: 'expression', id: '1', latex: formula, ...more }] },
    });
    return describeGraph(sceneOf(document.entries, document.settings), viewport).split('. x from')[0];
  };
  assert.equal(name('x^{2}+y^{2}=9'), 'Graph of x squared plus y squared equals 9');
  assert.equal(name('y<2x'), 'Graph of the shaded region y is less than 2 x');
  assert.equal(name('y<2x', { fill: false }), 'Graph of the edge of y is less than 2 x');
  assert.equal(name('r=2\\theta'), 'Graph of the polar curve r equals 2 theta');
  assert.equal(
    name('\\left(t,t^{2}\\right)', { parametricDomain: { max: '3' } }),
    'Graph of the path of the point t, t squared for t from 0 to 3',
  );
});

test('labels are named beside their points, and where they stand alone', () => {
  /** @param {...object} items */
  const words = (...items) => {
    const list = items.map((item, i) => ({ type: 'expression', id: String(i), showLabel: true, ...item }));
    const document = new GraphDocument({ expressions: { list } });
    return describeGraph(sceneOf(document.entries, document.settings), { xmin: 0, xmax: 1, ymin: 0, ymax: 1 }).split(
      ' x from',
    )[0];
  };
  const point = { latex: '\\left(1,-2\\right)' };
  assert.equal(words({ ...point, label: 'keystone' }), 'Graph of the point 1, minus 2, labelled keystone.');
  assert.equal(words(point), 'Graph of the point 1, minus 2.', 'coordinates that have been said');
  assert.equal(
    words({ latex: '\\left(1,\\sqrt{4}\\right)' }),
    'Graph of the point 1, the square root of 4, labelled (1, 2).',
  );
  assert.equal(words({ ...point, hidden: true, label: 'the gate' }), 'Empty graph. With the words the gate.');
  assert.equal(words({ ...point, label: 'A', showLabel: false }), 'Graph of the point 1, minus 2.');
  const list = { latex: '\\left(\\left[1...9\\right],0\\right)' };
  assert.match(words({ ...list, label: 'post' }), /, labelled post\.$/);
  assert.match(words({ ...list, label: '${[1...9]}' }), /, labelled 1; 2; 3; 4; 5; 6; 3 more\.$/);
});

test('letters without a value are offered', () => {
  const { meanings, entries } = scene('y=ax+k');
  assert.deepEqual(messageOf(meanings.get('0'), entries[0].item)?.missing, ['a', 'k']);
});

test('items that are only kept have a name', () => {
  assert.deepEqual(describeKept({ type: 'text', text: 'hello' }), { name: 'Note', detail: 'hello' });
  assert.deepEqual(describeKept({ type: 'folder', title: 'Arches' }), { name: 'Folder', detail: 'Arches' });
  assert.deepEqual(describeKept({ type: 'table', columns: [{ latex: 'x_{1}' }, 7] }), { name: 'Table', detail: 'x_1' });
  assert.deepEqual(describeKept(null), { name: 'Something made elsewhere', detail: '' });
});

test('colours have names', () => {
  assert.equal(colorName('#C74440'), 'red');
  assert.equal(colorName('teal'), 'teal');
  assert.equal(colorName('#123456'), 'own colour');
});
