import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinEnds } from '../../../../js/graph/plot/implicit/join-polylines.js';
import { seededRandom } from '../support.js';

test('pieces are joined where their ends are the same, in whichever direction they run', () => {
  assert.deepEqual(
    joinEnds([
      [0, 0, 1, 0],
      [2, 0, 1, 0],
      [5, 5, 6, 6],
      [2, 0, 3, 0],
    ]),
    [
      [0, 0, 1, 0, 2, 0, 3, 0],
      [5, 5, 6, 6],
    ],
  );
});

test('a ring ends where it begins', () => {
  assert.deepEqual(
    joinEnds([
      [0, 0, 1, 0],
      [1, 1, 0, 0],
      [1, 0, 1, 1],
    ]),
    [[0, 0, 1, 0, 1, 1, 0, 0]],
  );
});

test('two lines that cross are two lines', () => {
  assert.deepEqual(
    joinEnds([
      [0, 0, 1, 1],
      [0, 2, 1, 1],
      [1, 1, 2, 2],
      [1, 1, 2, 0],
    ]).map((line) => line.length),
    [6, 6],
  );
});

test('a zero is a zero, whatever its sign', () => {
  assert.equal(
    joinEnds([
      [1, 1, 0, -0],
      [-0, 0, 2, 2],
    ]).length,
    1,
  );
});

test('every piece is in one line, and no two lines are left that could be one', () => {
  const random = seededRandom(11);
  for (let i = 0; i < 300; i++) {
    const at = () => Math.floor(random() * 6) / 7;
    const pieces = Array.from({ length: 20 }, () => [at(), at(), random(), random(), at(), at()]);
    const before = structuredClone(pieces);
    const lines = joinEnds(pieces);
    assert.deepEqual(pieces, before, 'the pieces themselves are left alone');
    const middles = (/** @type {number[][]} */ all) =>
      all
        .flat()
        .filter((v) => before.some((piece) => piece[2] === v))
        .sort();
    assert.deepEqual(middles(lines), middles(before));
    const ends = lines
      .filter((line) => line[0] !== line.at(-2) || line[1] !== line.at(-1))
      .flatMap((line) => [line.slice(0, 2).join(), line.slice(-2).join()]);
    assert.equal(new Set(ends).size, ends.length);
  }
});
