import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLORS, nextColor, safeColor } from '../../../../js/graph/state/color.js';
import { itemKind, newId, takenIds } from '../../../../js/graph/state/item.js';
import { numberLines, readNumber } from '../../../../js/graph/state/number-fields.js';
import { HOME, readSettings, readViewport } from '../../../../js/graph/state/settings.js';

test('the next colour is one that is used least', () => {
  assert.equal(nextColor([]), COLORS[0]);
  assert.equal(nextColor(['#C74440']), COLORS[1]);
  assert.equal(nextColor([COLORS[0], 'teal', undefined, COLORS[1]]), COLORS[2], 'own colours do not count');
  assert.equal(nextColor([COLORS[0], COLORS[2]]), COLORS[1], 'one that became free is taken again');
  assert.equal(nextColor(COLORS), COLORS[0], 'and then from the beginning');
});

test('a colour that is none cannot reach a style', () => {
  for (const color of ['#c74440', '#fff', 'teal', 'rgb(1, 2, 3)', 'hsla(10 20% 30% / 0.5)']) {
    assert.equal(safeColor(color), color);
  }
  for (const color of ['url(https://example.org/x)', 'red;background:url(x)', '', 7, null, 'var(--x)']) {
    assert.equal(safeColor(color), COLORS[0]);
  }
});

test('a viewport that cannot be looked at is not used', () => {
  const good = { xmin: -1, xmax: 1, ymin: -2, ymax: 2 };
  assert.deepEqual(readViewport({ viewport: { ...good, more: 1 } }), good);
  const bad = [null, {}, { ...good, xmax: -1 }, { ...good, ymin: '0' }, { ...good, ymax: Infinity }, [1, 2, 3, 4]];
  for (const viewport of bad) assert.deepEqual(readViewport({ viewport }), HOME);
  assert.deepEqual(readViewport('graph'), HOME);
});

test('absent settings are as the format has them', () => {
  const defaults = { degreeMode: false, squareAxes: true, showGrid: true, showXAxis: true, showYAxis: true };
  const got = readSettings({});
  assert.deepEqual({ ...got, ...defaults }, got);
  assert.equal(readSettings({ degreeMode: true }).degreeMode, true);
  assert.equal(readSettings({ squareAxes: false }).squareAxes, false);
  assert.equal(readSettings({ showGrid: false }).showGrid, false);
  assert.equal(readSettings({ showXAxis: 'no' }).showXAxis, true);
});

test('axes have names, arrows and steps, which may be parts of pi', () => {
  const { axes } = readSettings({
    xAxisLabel: 'time',
    xAxisStep: '\\frac{\\pi}{2}',
    xAxisMinorSubdivisions: 3,
    yAxisArrowMode: 'BOTH',
    yAxisStep: 0.5,
  });
  assert.deepEqual(axes.x, { name: 'time', step: Math.PI / 2, parts: 3, arrows: 'NONE' });
  assert.deepEqual(axes.y, { name: '', step: 0.5, parts: 0, arrows: 'BOTH' });
  const odd = readSettings({
    xAxisStep: -1,
    yAxisStep: 'a',
    xAxisLabel: 5,
    yAxisArrowMode: 'UP',
    yAxisMinorSubdivisions: 'x',
  }).axes;
  for (const axis of [odd.x, odd.y]) assert.deepEqual(axis, { name: '', step: 0, parts: 0, arrows: 'NONE' });
});

test('an item is what it can be handled as', () => {
  assert.equal(itemKind({ type: 'expression', id: '1' }), 'expression');
  assert.equal(itemKind({ type: 'expression', latex: 5 }), 'unknown', 'a formula that is no text is kept, not edited');
  assert.equal(itemKind({ type: 'image' }), 'image');
  assert.equal(itemKind({ type: 'constructor' }), 'unknown');
  for (const odd of [null, 3, 'expression', [], {}]) assert.equal(itemKind(odd), 'unknown');
});

test('ids of items and of the columns of tables are taken', () => {
  const ids = takenIds([{ id: '1' }, { id: 2, columns: [{ id: '3' }, null] }, null]);
  assert.deepEqual(ids, new Set(['1', '2', '3']));
  assert.match(newId(ids), /^\d+$/);
});

test('numbers of a style are read as LaTeX, and what is no plain number is asked of the language', () => {
  const entry = { key: '1', item: { lineWidth: '4', lineOpacity: 'b', pointSize: 'a=3', slider: { min: '-2' } } };
  const lines = numberLines(entry);
  assert.deepEqual(
    lines.map((line) => line.latex),
    ['b'],
    'and a style defines nothing',
  );
  /** @type {Map<string, import('../../../../js/graph/state/scene.js').Meaning>} */
  const meanings = new Map([[lines[0].id, { kind: 'value', value: 0.25, definition: false }]]);
  assert.equal(readNumber(entry, 'lineWidth', meanings, 2.5), 4);
  assert.equal(readNumber(entry, 'lineOpacity', meanings, 0.9), 0.25);
  assert.equal(readNumber(entry, 'pointSize', meanings, 9), 9);
  assert.equal(readNumber(entry, 'slider.min', meanings, -10), -2);
  assert.equal(readNumber(entry, 'slider.max', meanings, 10), 10);
});
