import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sceneOf } from '../../../../js/graph/state/scene.js';
import { columnKey, columnOf, columnValues } from '../../../../js/graph/state/table-scene.js';

/**
 * @param {{latex: string, values?: string[], [key: string]: unknown}[]} columns
 * @param {...string} lines
 */
function scene(columns, ...lines) {
  const entries = [
    { key: 't', item: { type: 'table', id: 't', columns } },
    ...lines.map((latex, i) => ({ key: String(i), item: { type: 'expression', latex } })),
  ];
  const found = sceneOf(entries, { degreeMode: false });
  const values = columns.map((_, index) => columnValues(entries[0], index, found.meanings));
  return { ...found, values };
}

/** @param {ReturnType<typeof scene>} found @param {number} index */
const points = ({ drawables }, index) => {
  const { meaning } = drawables[index];
  return meaning.kind === 'point' ? meaning.points.map(({ x, y }) => [x, y]) : null;
};

test('columns are lists that other lines can use', () => {
  const found = scene(
    [
      { latex: 'x_{1}', values: ['1', '2', '3'] },
      { latex: 'y_{1}', values: ['2', 'a', '\\frac{1}{2}'] },
    ],
    'a=5',
    '\\operatorname{mean}\\left(y_{1}\\right)',
  );
  assert.deepEqual(found.values, [
    [1, 2, 3],
    [2, 5, 0.5],
  ]);
  const mean = found.meanings.get('1');
  assert.equal(mean?.kind === 'value' && mean.value, 2.5);
});

test('columns are points over the first one, in their own style', () => {
  const found = scene(
    [
      { latex: 'x_{1}', values: ['1', '', '3', ''], hidden: true },
      {
        latex: 'y_{1}',
        values: ['2', '4', '6', '8'],
        color: '#2d70b3',
        lines: true,
        pointStyle: 'CROSS',
        pointSize: 's',
      },
      { latex: '2y_{1}', color: '#388c46', points: false },
      { latex: 'z_{1}', values: ['1'], hidden: true },
    ],
    's=12',
  );
  assert.deepEqual(
    found.drawables.map(({ key, latex }) => [columnOf(key), latex]),
    [
      [{ key: 't', column: 1 }, '\\left(x_{1},y_{1}\\right)'],
      [{ key: 't', column: 2 }, '\\left(x_{1},2y_{1}\\right)'],
    ],
  );
  assert.deepEqual(points(found, 0), [
    [1, 2],
    [NaN, 4],
    [3, 6],
  ]);
  assert.deepEqual(points(found, 1), [
    [1, 4],
    [NaN, 8],
    [3, 12],
  ]);
  const { color, joined, pointStyle, pointSize } = found.drawables[0].style;
  assert.deepEqual([color, joined, pointStyle, pointSize], ['#2d70b3', true, 'CROSS', 12]);
  assert.equal(found.drawables[1].style.dotted, false);
});

test('a column is drawn as its state says, in all that the format has for columns', () => {
  const style = {
    lines: true,
    points: true,
    color: '#2d70b3',
    lineStyle: 'DASHED',
    lineWidth: 'k',
    lineOpacity: '0.25',
    pointStyle: 'OPEN',
    pointSize: '15',
    pointOpacity: '0.5',
  };
  const {
    drawables: [column],
  } = scene(
    [
      { latex: 'x_{1}', values: ['1'] },
      { latex: 'y_{1}', values: ['2'], ...style },
    ],
    'k=5',
  );
  const { color, lineStyle, lineWidth, lineOpacity, pointStyle, pointSize, pointOpacity, joined, dotted } =
    column.style;
  assert.deepEqual(
    [joined, dotted, color, lineStyle, lineWidth, lineOpacity],
    [true, true, '#2d70b3', 'DASHED', 5, 0.25],
  );
  assert.deepEqual([pointStyle, pointSize, pointOpacity], ['OPEN', 15, 0.5]);
});

test('a table of x and a formula of x works the formula out', () => {
  const found = scene(
    [{ latex: 'x', values: ['1', '2', ''] }, { latex: 'f\\left(x\\right)' }, { latex: 'x^{2}' }, { latex: '7' }],
    'f(x)=x+1',
  );
  assert.deepEqual(found.values, [
    [1, 2],
    [2, 3],
    [1, 4],
    [7, 7, 7],
  ]);
  assert.deepEqual(points(found, 1), [
    [1, 1],
    [2, 4],
  ]);
});

test('columns without headers are drawn too', () => {
  assert.deepEqual(
    points(
      scene([
        { latex: '', values: ['1'] },
        { latex: ' ', values: ['2'] },
      ]),
      0,
    ),
    [[1, 2]],
  );
});

test('a cell that cannot be read leaves the others', () => {
  const found = scene([
    { latex: 'x_{1}', values: ['1', '2+', '3'] },
    { latex: 'y_{1}', values: ['1', '2', '3'] },
  ]);
  assert.deepEqual(points(found, 0), [
    [1, 1],
    [NaN, 2],
    [3, 3],
  ]);
  const meaning = found.meanings.get(columnKey('t', 0));
  assert.deepEqual(meaning?.kind === 'list' && meaning.faults?.map(({ row }) => row), [1]);
});

test('nonsense draws nothing and throws nothing', () => {
  for (const columns of [
    undefined,
    'x',
    [null],
    [{ latex: 3, values: 7 }],
    [{ latex: 'x_{1}=2' }, { latex: '\\frac{' }],
  ]) {
    const item = { type: 'table', id: 't', columns };
    assert.deepEqual(sceneOf([{ key: 't', item }], { degreeMode: false }).drawables, []);
  }
});
