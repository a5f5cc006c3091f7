import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adopt } from '../../../../js/graph/state/renumber-items.js';

test('items come into a list with ids of their own', () => {
  const others = [{ id: '1' }, { id: '2' }];
  const items = [
    { type: 'folder', id: '1', title: 'Arches' },
    { type: 'expression', id: '2', folderId: '1', latex: 'y=x', more: { kept: true } },
    { type: 'table', id: '3', folderId: '9', columns: [{ id: '4', latex: 'x_{1}' }, null] },
    null,
    'no item',
  ];
  const [folder, line, table, ...rest] = adopt(items, others);
  assert.deepEqual(rest, []);
  const ids = [folder.id, line.id, table.id, /** @type {any} */ (table.columns)[0].id];
  assert.equal(new Set([...ids, '1', '2', '3', '4']).size, 8);
  assert.deepEqual(line, { type: 'expression', id: line.id, folderId: folder.id, latex: 'y=x', more: { kept: true } });
  assert.ok(!('folderId' in table), 'a folder that did not come along holds nothing');
  assert.equal(/** @type {any} */ (table.columns)[1], null);
  assert.deepEqual(items[0], { type: 'folder', id: '1', title: 'Arches' }, 'and the originals are untouched');
});

test('they can come into a folder; a folder cannot', () => {
  const [folder, line] = adopt(
    [
      { type: 'folder', id: 'a' },
      { type: 'text', id: 'b' },
    ],
    [],
    'F',
  );
  assert.ok(!('folderId' in folder));
  assert.equal(line.folderId, 'F');
});

test('two with the same id, and those without, are told apart', () => {
  const items = adopt([{ type: 'text', id: '1' }, { type: 'text', id: '1' }, { type: 'text' }, { type: 'text' }], []);
  assert.equal(new Set(items.map(({ id }) => id)).size, 4);
});
