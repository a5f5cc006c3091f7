import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { readPasted } from '../../../../js/graph/ui/list/clipboard.js';
import { rowsAsText } from '../../../../js/graph/ui/list/copy-text.js';

test('a state is told from other text', () => {
  const state = { version: 11, expressions: { list: [{ type: 'text', id: '1', text: 'hello' }] } };
  assert.deepEqual(readPasted(`\n${JSON.stringify(state, null, 2)}\n`), { kind: 'graph', state });
  for (const text of ['{"expressions": 3}', '{"expressions": {"list": ', '{x<2}', '{"a": "expressions"}']) {
    assert.equal(readPasted(text).kind, 'lines', text);
  }
  assert.equal(readPasted(' https://example.org/calculator/abc ').kind, 'link');
});

test('lines are formulas, notes and folders', () => {
  const text = [
    'y = 2x^2 + 1',
    '',
    '$y=\\frac{x}{2}$',
    '"The arch',
    '"is 12 m wide',
    '# Towers',
    '  y = sqrt(x)',
    '\t"tall"',
    '(1, 2)',
    'This was measured on a Sunday, twice.',
  ].join('\r\n');
  const pasted = readPasted(text);
  assert.deepEqual(pasted.kind === 'lines' && pasted.items, [
    { type: 'expression', latex: 'y=2x^{2}+1' },
    { type: 'expression', latex: 'y=\\frac{x}{2}' },
    { type: 'text', text: 'The arch\nis 12 m wide' },
    { type: 'folder', id: 'folder 3', title: 'Towers' },
    { type: 'expression', latex: 'y=\\sqrt{x}', folderId: 'folder 3' },
    { type: 'text', text: 'tall', folderId: 'folder 3' },
    { type: 'expression', latex: '\\left(1,2\\right)' },
    { type: 'text', text: 'This was measured on a Sunday, twice.' },
  ]);
});

test('short formulas in letters are no prose', () => {
  for (const text of ['y = x', 'sin x', 'a b c', 'x']) {
    const pasted = readPasted(text);
    if (pasted.kind === 'lines') assert.equal(pasted.items[0].type, 'expression', text);
  }
});

test('a list of a hundred thousand lines is cut off, not died of', () => {
  const pasted = readPasted('y=x\n'.repeat(100_000));
  assert.ok(pasted.kind === 'lines' && pasted.items.length <= 500);
});

test('rows as text come back as they were', () => {
  const list = [
    { type: 'expression', id: '1', latex: 'y=\\frac{1}{2}x^{2}' },
    { type: 'expression', id: '2' },
    { type: 'folder', id: '3', title: 'Towers' },
    { type: 'text', id: '4', text: 'two\nlines', folderId: '3' },
    { type: 'expression', id: '5', latex: '\\sum_{n=1}^{3}n', folderId: '3' },
    {
      type: 'table',
      id: '6',
      columns: [
        { id: '7', latex: 'x_{1}', values: ['1', '2'] },
        { id: '8', latex: 'y_{1}', values: ['3'] },
      ],
    },
    { type: 'hologram', id: '9' },
  ];
  const text = rowsAsText(new GraphDocument({ expressions: { list } }).entries);
  assert.equal(
    text,
    ['y = (1/2)x^2', '# Towers', '  "two', '  "lines', '  \\sum_{n=1}^{3}n', 'x_1\ty_1', '1\t3', '2\t'].join('\n'),
  );
  const pasted = readPasted(text.split('\n').slice(0, 5).join('\n'));
  assert.deepEqual(
    pasted.kind === 'lines' && pasted.items.map(({ latex, text: words, title }) => latex ?? words ?? title),
    ['y=\\left(\\frac{1}{2}\\right)x^{2}', 'Towers', 'two\nlines', '\\sum_{n=1}^{3}n'],
  );
});
