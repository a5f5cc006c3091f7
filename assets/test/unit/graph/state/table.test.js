import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  definedNames,
  freeHeader,
  freeHeaders,
  newTable,
  readTable,
  withCell,
  withCells,
  withColumnStyle,
  withHeader,
  withNewColumn,
  withNewRow,
  withoutColumn,
  withoutRow,
} from '../../../../js/graph/state/table.js';

const table = () => ({
  type: 'table',
  id: '5',
  columns: [
    { values: ['1', '3'], hidden: true, id: '3', color: '#c74440', latex: 'x_{1}', unheard: { of: 1 } },
    { values: ['2', '4', '5'], id: '4', color: '#2d70b3', latex: 'y_{1}' },
    { id: '16', color: '#c74440', latex: '\\sin\\left(x_{1}\\right)', values: ['old', 'values', 'kept', 'here'] },
  ],
});

/** @param {{columns: unknown[]}} changes */
const values = ({ columns }) => columns.map((column) => /** @type {{values?: string[]}} */ (column).values);

test('a table is read as far as it is one', () => {
  const { columns, rows } = readTable(table());
  assert.equal(rows, 3);
  assert.deepEqual(
    columns.map(({ id, header, isComputed }) => [id, header, isComputed]),
    [
      ['3', 'x_{1}', false],
      ['4', 'y_{1}', false],
      ['16', '\\sin\\left(x_{1}\\right)', true],
    ],
  );
  for (const item of [null, {}, { columns: 'none' }, { columns: [null, 7, { values: 'x', latex: 3 }] }]) {
    assert.equal(readTable(item).rows, 0);
  }
  assert.deepEqual(readTable({ columns: [{ values: [1, null, '2'] }] }).columns[0].cells, ['1', '', '2']);
});

test('an edit changes what it names, and nothing else', () => {
  const before = table();
  const changed = withCell(before, 0, 3, '\\frac{1}{2}');
  assert.deepEqual(changed.columns[0], { ...before.columns[0], values: ['1', '3', '', '\\frac{1}{2}'] });
  assert.equal(changed.columns[1], before.columns[1]);
  assert.deepEqual(before, table());
  assert.deepEqual(withHeader(before, 1, 't').columns[1], { ...before.columns[1], latex: 't' });
  assert.deepEqual(withColumnStyle(before, 0, { hidden: undefined, lines: true }).columns[0], {
    values: ['1', '3'],
    id: '3',
    color: '#c74440',
    latex: 'x_{1}',
    unheard: { of: 1 },
    lines: true,
  });
  assert.deepEqual(withNewColumn(before, { id: '9', color: '#000000' }, 'z').columns, [
    ...before.columns,
    { id: '9', color: '#000000', latex: 'z' },
  ]);
  assert.deepEqual(withoutColumn(before, 1).columns, [before.columns[0], before.columns[2]]);
});

test('rows go and come in all columns', () => {
  assert.deepEqual(values(withoutRow(table(), 0)), [['3'], ['4', '5'], ['values', 'kept', 'here']]);
  assert.deepEqual(values(withNewRow(table(), 1)), [
    ['1', '', '3'],
    ['2', '', '4', '5'],
    ['old', '', 'values', 'kept', 'here'],
  ]);
  assert.deepEqual(values(withNewRow(table(), 2)).slice(0, 2), [
    ['1', '3'],
    ['2', '4', '', '5'],
  ]);
});

test('pasted cells lie over those that are there, and make room for themselves', () => {
  let count = 0;
  const newColumn = () => ({ id: `new ${++count}`, color: '#000000', header: `z_{${count}}` });
  const changed = withCells(
    table(),
    { column: 1, row: 2 },
    [
      ['a', 'b', 'c'],
      ['d', '', 'f'],
    ],
    newColumn,
  );
  assert.deepEqual(values(changed), [
    ['1', '3'],
    ['2', '4', 'a', 'd'],
    ['old', 'values', 'kept', 'here'],
    ['', '', 'c', 'f'],
  ]);
  assert.deepEqual(/** @type {{latex: string}} */ (changed.columns[3]).latex, 'z_{1}');
});

test('a new table has names that are free', () => {
  const taken = definedNames([
    { latex: 'y_3\\sim mx_{3}+b' },
    { latex: 'x_1=[1,2]' },
    { columns: [{ latex: 'y_{2}' }, { latex: '2x_{3}' }] },
    null,
    'text',
  ]);
  assert.deepEqual([...taken].sort(), ['x_{1}', 'y_{2}']);
  assert.deepEqual(freeHeaders(2, taken), ['x_{3}', 'y_{3}']);
  assert.equal(freeHeader(taken), 'y_{1}');
  assert.equal(new Set(freeHeaders(30, taken)).size, 30);
  assert.deepEqual(
    newTable(
      [
        { id: '1', color: 'red' },
        { id: '2', color: 'blue' },
      ],
      ['x_{1}', 'y_{1}'],
      [['1', '2'], ['3']],
    ),
    {
      type: 'table',
      columns: [
        { id: '1', color: 'red', latex: 'x_{1}', hidden: true, values: ['1', '3'] },
        { id: '2', color: 'blue', latex: 'y_{1}', values: ['2', ''] },
      ],
    },
  );
});
