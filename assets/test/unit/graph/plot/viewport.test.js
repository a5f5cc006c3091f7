import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isUsable,
  pan,
  resize,
  squareAxes,
  toPixelX,
  toPixelY,
  toPlaneX,
  toPlaneY,
  zoom,
} from '../../../../js/graph/plot/viewport.js';
import { seededRandom } from '../support.js';

const SIZE = { width: 800, height: 600 };
const VIEW = { xmin: -4, xmax: 12, ymin: -3, ymax: 9 };

test('pixels and plane are two names for a place', () => {
  assert.equal(toPixelX(VIEW, SIZE, -4), 0);
  assert.equal(toPixelX(VIEW, SIZE, 12), 800);
  assert.equal(toPixelY(VIEW, SIZE, 9), 0, 'the top of the plane is the top of the screen');
  assert.equal(toPixelY(VIEW, SIZE, -3), 600);
  for (const px of [0, 13, 400, 800]) assert.ok(Math.abs(toPixelX(VIEW, SIZE, toPlaneX(VIEW, SIZE, px)) - px) < 1e-9);
  for (const py of [0, 13, 300, 600]) assert.ok(Math.abs(toPixelY(VIEW, SIZE, toPlaneY(VIEW, SIZE, py)) - py) < 1e-9);
});

test('panning keeps what was under the pointer under it', () => {
  const moved = pan(VIEW, SIZE, 100, -50);
  assert.ok(Math.abs(toPlaneX(moved, SIZE, 300) - toPlaneX(VIEW, SIZE, 200)) < 1e-12);
  assert.ok(Math.abs(toPlaneY(moved, SIZE, 150) - toPlaneY(VIEW, SIZE, 200)) < 1e-12);
});

test('zooming keeps the point under the pointer', () => {
  const random = seededRandom(3);
  for (let i = 0; i < 100; i++) {
    const pixel = { x: random() * 800, y: random() * 600 };
    const zoomed = zoom(VIEW, SIZE, pixel, 10 ** (random() * 4 - 2), 10 ** (random() * 4 - 2));
    assert.ok(Math.abs(toPlaneX(zoomed, SIZE, pixel.x) - toPlaneX(VIEW, SIZE, pixel.x)) < 1e-9);
    assert.ok(Math.abs(toPlaneY(zoomed, SIZE, pixel.y) - toPlaneY(VIEW, SIZE, pixel.y)) < 1e-9);
  }
});

test('zoom ends before the numbers do', () => {
  let view = VIEW;
  for (let i = 0; i < 500; i++) view = zoom(view, SIZE, { x: 700, y: 100 }, 1.5);
  assert.ok(isUsable(view));
  assert.ok(view.xmax - view.xmin < 1e-8, 'a billionth can be seen');
  for (let i = 0; i < 1000; i++) view = zoom(view, SIZE, { x: 700, y: 100 }, 1 / 1.5);
  assert.ok(isUsable(view));
  assert.ok(view.xmax - view.xmin > 1e12, 'a trillion can be seen');
});

test('planes that cannot be shown are told apart', () => {
  assert.ok(isUsable(VIEW));
  assert.ok(!isUsable({ ...VIEW, xmin: 12 }));
  assert.ok(!isUsable({ ...VIEW, ymax: NaN }));
  assert.ok(!isUsable({ ...VIEW, ymax: Infinity }));
  assert.ok(!isUsable({ xmin: 1e6, xmax: 1e6 + 1e-9, ymin: 0, ymax: 1 }), 'finer than doubles so far from the origin');
});

test('square axes show more, never less', () => {
  const square = squareAxes({ xmin: -1, xmax: 1, ymin: -9, ymax: 9 }, SIZE);
  assert.ok(Math.abs((square.xmax - square.xmin) / 800 - (square.ymax - square.ymin) / 600) < 1e-12);
  assert.deepEqual([square.ymin, square.ymax, square.xmin], [-9, 9, -12]);
});

test('a wider drawing area shows more at the same scale', () => {
  const wider = resize(VIEW, SIZE, { width: 1600, height: 600 });
  assert.deepEqual(wider, { xmin: -12, xmax: 20, ymin: -3, ymax: 9 });
});
