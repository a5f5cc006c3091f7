import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderOf, folders, membersOf } from '../../../../js/graph/state/folders.js';
import { GraphDocument } from '../../../../js/graph/state/document.js';

/** a, folder F with b and c, d, empty folder G, and two values that are not items. */
function list() {
  return [
    { type: 'expression', id: 'a' },
    { type: 'folder', id: 'F', title: 'Arches' },
    { type: 'text', id: 'b', folderId: 'F' },
    { type: 'expression', id: 'c', folderId: 'F' },
    { type: 'expression', id: 'd', folderId: 'gone' },
    { type: 'folder', id: 'G', collapsed: true, hidden: true },
    null,
  ];
}

const opened = (items = list()) => new GraphDocument({ expressions: { list: items } });

/** @param {GraphDocument} document @returns {string} the list, members of folders in parentheses */
function arrangement({ entries }) {
  return entries.map((entry) => (folderOf(entries, entry) ? `(${entry.key})` : entry.key)).join(' ');
}

test('members of folders are found by the folder they name', () => {
  const { entries } = opened();
  assert.deepEqual(
    membersOf(entries, entries[1]).map(({ key }) => key),
    ['b', 'c'],
  );
  assert.deepEqual(membersOf(entries, entries[0]), []);
  assert.equal(folderOf(entries, entries[3])?.key, 'F');
  assert.equal(folderOf(entries, entries[4]), undefined, 'a folder that is not there holds nothing');
  assert.deepEqual(
    [...folders(entries)].map(([key, folder]) => [key, folder.key]),
    [
      ['b', 'F'],
      ['c', 'F'],
    ],
  );
});

/** @type {[string, string, number, string | undefined, string][]} */
const moves = [
  ['a line down, over the next', 'a', 2, undefined, 'F a (b) (c) d G item 6'],
  ['a line into a folder, at its end', 'a', 4, 'F', 'F (b) (c) (a) d G item 6'],
  ['a line into an empty folder', 'a', 6, 'G', 'F (b) (c) d G (a) item 6'],
  ['a line out of its folder, staying where it is', 'c', 4, undefined, 'a F (b) c d G item 6'],
  ['a line to the end', 'a', 7, undefined, 'F (b) (c) d G item 6 a'],
  ['a folder with what is in it', 'F', 0, undefined, 'F (b) (c) a d G item 6'],
  ['a folder never into another', 'G', 3, 'F', 'a F (b) (c) G d item 6'],
  ['what is no item', 'item 6', 0, undefined, 'item 6 a F (b) (c) d G'],
];
for (const [name, key, index, folder, want] of moves) {
  test(`moving ${name}`, () => {
    const document = opened();
    document.move(key, index, folder);
    assert.equal(arrangement(document), want);
    document.undo();
    assert.deepEqual(document.toState().expressions, { list: list() }, 'and back');
  });
}

test('a move that changes nothing is no step', () => {
  const document = opened();
  document.move('a', 0);
  document.move('a', 1);
  document.move('c', 4, 'F');
  document.move('F', 3);
  document.move('no such key', 0);
  assert.equal(document.undo(), false);
});
