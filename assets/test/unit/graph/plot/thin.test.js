import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thinned } from '../../../../js/graph/plot/implicit/simplify-polyline.js';
import { Nearest } from './geometry.js';

const SIZE = { width: 100, height: 100 };

/** @param {number[]} line @param {number[]} other @returns {number} how far its points lie off another line, in pixels */
function farthest(line, other) {
  const nearest = new Nearest([Float64Array.from(other)], SIZE);
  let most = 0;
  for (let k = 0; k < line.length; k += 2) most = Math.max(most, nearest.distance(line[k], line[k + 1]));
  return most;
}

test('a curve in short steps keeps its shape and loses most of its points', () => {
  /** @type {number[]} */
  const circle = [];
  for (let i = 0; i <= 600; i++)
    circle.push(50 + 40 * Math.cos((i * Math.PI) / 300), 50 + 40 * Math.sin((i * Math.PI) / 300));
  const line = thinned(circle, 1, 1);
  assert.ok(line.length < circle.length / 5, `${line.length / 2} points`);
  assert.ok(farthest(circle, line) < 0.11, `${farthest(circle, line)} pixels off`);
  assert.deepEqual([line.slice(0, 2), line.slice(-2)], [circle.slice(0, 2), circle.slice(-2)], 'ends are kept');
});

test('a level line has two points', () => {
  assert.deepEqual(thinned([0, 3, 1, 3, 2, 3, 7, 3], 1, 1), [0, 3, 7, 3]);
});

test('corners, teeth and ways back are kept', () => {
  for (const line of [
    [0, 0, 5, 0, 5, 5],
    [0, 0, 2, 0.4, 4, 0, 6, 0.4, 8, 0],
    [0, 0, 5, 0, 2, 0],
  ])
    assert.deepEqual(thinned(line, 1, 1), line);
});

test('a pixel may be wider than it is high', () => {
  assert.deepEqual(thinned([0, 0, 1, 0.05, 2, 0], 1, 1), [0, 0, 2, 0]);
  assert.deepEqual(thinned([0, 0, 1, 0.05, 2, 0], 1, 0.1), [0, 0, 1, 0.05, 2, 0]);
});
