import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderOf } from '../../../../js/graph/state/folders.js';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { dropPlace, nextPlace } from '../../../../js/graph/state/drop-places.js';

/** a, open folder F with b and c, closed folder G with d, empty folder H, e. */
function opened() {
  return new GraphDocument({
    expressions: {
      list: [
        { type: 'expression', id: 'a' },
        { type: 'folder', id: 'F' },
        { type: 'expression', id: 'b', folderId: 'F' },
        { type: 'expression', id: 'c', folderId: 'F' },
        { type: 'folder', id: 'G', collapsed: true },
        { type: 'expression', id: 'd', folderId: 'G' },
        { type: 'folder', id: 'H' },
        { type: 'expression', id: 'e' },
      ],
    },
  });
}

/** @param {GraphDocument} document @returns {string} the list, members of folders in parentheses */
function arrangement({ entries }) {
  return entries.map((entry) => (folderOf(entries, entry) ? `(${entry.key})` : entry.key)).join(' ');
}

/** @param {GraphDocument} document @param {string} key */
const entryOf = (document, key) => document.entries[document.indexOf(key)];

/** @param {GraphDocument} document @param {string} key @param {-1 | 1} direction @returns {boolean} whether it moved */
function step(document, key, direction) {
  const place = nextPlace(document.entries, entryOf(document, key), direction);
  if (place) document.move(key, place.index, place.folder?.key);
  return place !== null;
}

test('a line goes down through folders step by step, and up the same way', () => {
  const document = opened();
  const seen = [arrangement(document)];
  while (step(document, 'a', 1)) seen.push(arrangement(document));
  assert.deepEqual(seen, [
    'a F (b) (c) G (d) H e',
    'F (a) (b) (c) G (d) H e',
    'F (b) (a) (c) G (d) H e',
    'F (b) (c) (a) G (d) H e',
    'F (b) (c) a G (d) H e',
    'F (b) (c) G (d) a H e',
    'F (b) (c) G (d) H (a) e',
    'F (b) (c) G (d) H a e',
    'F (b) (c) G (d) H e a',
  ]);
  const back = [arrangement(document)];
  while (step(document, 'a', -1)) back.push(arrangement(document));
  assert.deepEqual(back.toReversed(), seen);
});

test('a folder goes past lines and past folders, with what is in it', () => {
  const document = opened();
  const seen = [arrangement(document)];
  while (step(document, 'F', 1)) seen.push(arrangement(document));
  assert.deepEqual(seen, [
    'a F (b) (c) G (d) H e',
    'a G (d) F (b) (c) H e',
    'a G (d) H F (b) (c) e',
    'a G (d) H e F (b) (c)',
  ]);
  while (step(document, 'F', -1));
  assert.equal(arrangement(document), 'F (b) (c) a G (d) H e');
});

/** @type {[string, string, string, boolean, string][]} */
const drops = [
  ['before a line', 'e', 'a', false, 'e a F (b) (c) G (d) H'],
  ['after a line', 'e', 'a', true, 'a e F (b) (c) G (d) H'],
  ['on the second half of an open folder: into it', 'e', 'F', true, 'a F (e) (b) (c) G (d) H'],
  ['after the last line of a folder: still into it', 'e', 'c', true, 'a F (b) (c) (e) G (d) H'],
  ['before a closed folder: out of the one above', 'b', 'G', false, 'a F (c) b G (d) H e'],
  ['after a closed folder: past what is in it', 'a', 'G', true, 'F (b) (c) G (d) a H e'],
  ['a folder over the lines of another: past it', 'H', 'b', true, 'a F (b) (c) H G (d) e'],
  ['a folder over the first half of those: before it', 'H', 'b', false, 'a H F (b) (c) G (d) e'],
  ['a folder over an open folder: past it', 'H', 'F', true, 'a F (b) (c) H G (d) e'],
  ['over itself', 'c', 'c', true, 'a F (b) (c) G (d) H e'],
];
for (const [name, key, over, isAfter, want] of drops) {
  test(`let go ${name}`, () => {
    const document = opened();
    const { index, folder } = dropPlace(document.entries, entryOf(document, key), entryOf(document, over), isAfter);
    document.move(key, index, folder?.key);
    assert.equal(arrangement(document), want);
  });
}
