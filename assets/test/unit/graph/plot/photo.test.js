import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOfPhoto, photoMatrix, pointOfPhoto } from '../../../../js/graph/plot/photo-corners.js';

const view = { viewport: { xmin: -10, xmax: 10, ymin: -5, ymax: 5 }, size: { width: 800, height: 400 } };

/** @param {readonly number[] | null} numbers */
const rounded = (numbers) => numbers?.map((value) => Number(value.toFixed(9)) + 0);

test('a photo that is not turned', () => {
  const matrix = photoMatrix({ center: { x: 1, y: 2 }, width: 4, height: 2, angle: 0 }, view);
  assert.deepEqual(rounded(matrix), [160, 0, 0, 80, 360, 80]);
});

test('a quarter turn to the left: its right side is up', () => {
  const placement = { center: { x: 0, y: 0 }, width: 4, height: 2, angle: Math.PI / 2 };
  assert.deepEqual(rounded(photoMatrix(placement, view)), [0, -160, 80, 0, 360, 280]);
  const { x, y } = pointOfPhoto(placement, 1, 0.5);
  assert.deepEqual(rounded([x, y]), [0, 2]);
});

test('a point of the photo is found again, however it lies', () => {
  for (const angle of [0, 1, -2.5]) {
    for (const [width, height] of [
      [4, 2],
      [-3, 5],
    ]) {
      const placement = { center: { x: -1, y: 3 }, width, height, angle };
      const { u, v } = partOfPhoto(placement, pointOfPhoto(placement, 0.2, 0.9));
      assert.deepEqual(rounded([u, v]), [0.2, 0.9]);
    }
  }
});

test('nothing is put into the page where nothing can be seen', () => {
  const placement = { center: { x: 0, y: 0 }, width: 4, height: 2, angle: 0.3 };
  assert.equal(photoMatrix({ ...placement, center: { x: 100, y: 0 } }, view), null);
  assert.equal(photoMatrix({ ...placement, width: 1e9, height: 1e9 }, view), null);
  assert.notEqual(photoMatrix({ ...placement, width: 1000 }, view), null);
});
