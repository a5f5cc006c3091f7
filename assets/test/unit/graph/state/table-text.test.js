import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isData, isHead, readCells, writeCells } from '../../../../js/graph/state/table-text.js';

test('cells come with tabs, semicolons or commas', () => {
  const want = [
    ['1', '2'],
    ['3', '4'],
  ];
  for (const text of ['1\t2\n3\t4', '1\t2\r\n3\t4\r\n', '1;2\n3;4', '1, 2\n3, 4\n'])
    assert.deepEqual(readCells(text), want, text);
  assert.deepEqual(readCells('1\n2\n3'), [['1'], ['2'], ['3']]);
  assert.deepEqual(readCells('1\t\t3\n\t5'), [
    ['1', '', '3'],
    ['', '5'],
  ]);
});

test('a single cell is none of these', () => {
  for (const text of ['7', 'y=2x', '(1,2)', '1,5', '']) assert.equal(readCells(text), null, text);
});

test('numbers are read as countries write them', () => {
  assert.deepEqual(readCells('1,5\t-2,25\n3\t4'), [
    ['1.5', '-2.25'],
    ['3', '4'],
  ]);
  assert.deepEqual(readCells('1,5;2\n3;4'), [
    ['1.5', '2'],
    ['3', '4'],
  ]);
  assert.deepEqual(readCells('1,234.5\t2\n1,000\t4'), [
    ['1234.5', '2'],
    ['1000', '4'],
  ]);
  assert.deepEqual(readCells('2,05\n3,1'), [['2.05'], ['3.1']]);
  assert.deepEqual(readCells('1e-3\t\u22122\n+5\t1.5E2'), [
    ['0.001', '-2'],
    ['5', '150'],
  ]);
});

test('quotes keep what would part cells', () => {
  assert.deepEqual(readCells('"a\tb"\t"say ""x"""\n"two\nlines"\t1'), [
    ['a\tb', 'say "x"'],
    ['two\nlines', '1'],
  ]);
  const cells = [
    ['a\tb', '"'],
    ['1', ''],
  ];
  assert.deepEqual(readCells(writeCells(cells)), cells);
});

test('data is told from formulas and prose', () => {
  assert.equal(
    isData([
      ['x', 'y'],
      ['1', '2'],
      ['3', '4'],
    ]),
    true,
  );
  assert.equal(isData([['y=x'], ['y=2']]), false);
  assert.equal(
    isData([
      ['Hello', 'I am'],
      ['a', 'text'],
    ]),
    false,
  );
  assert.equal(isData([['1', '2'], ['3']]), false);
  assert.equal(isHead(['time', 'height']), true);
  assert.equal(isHead(['1', 'height']), false);
  assert.equal(isHead(['', '']), false);
});
