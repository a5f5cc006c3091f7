import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followersOf } from '../../../../js/graph/math/follow/follow.js';
import { meaningOf } from '../support.js';

const SEEN = { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 }, pixel: { x: 1 / 40, y: 1 / 40 } };

/** @param {string} latex @param {{min: number, max: number}} [domain] */
const follower = (latex, domain = { min: 0, max: 2 * Math.PI }) => followersOf(meaningOf(latex), domain)[0];

test('a function is followed by its coordinate, also where it is not defined', () => {
  const along = follower('y=\\sqrt{x}');
  const start = along.near({ x: 4, y: 0 }, SEEN);
  assert.deepEqual(start, { t: 4, x: 4, y: 2 });
  const next = along.along({ t: 4, x: 4, y: 2 }, 40, SEEN);
  assert.deepEqual(next, { t: 5, x: 5, y: Math.sqrt(5) });
  const outside = along.along({ t: 1, x: 1, y: 1 }, -80, SEEN);
  assert.ok(outside.t === -1 && Number.isNaN(outside.y));
  assert.equal(along.along({ t: 9.9, x: 9.9, y: 3 }, 80, SEEN).t, 10, 'no further than the view');
  assert.equal(follower('x=y^2').near({ x: 5, y: 2 }, SEEN)?.x, 4, 'a function of y by its height');
});

test('the distance from a function is that from its line, steep or not, and poles have none', () => {
  assert.ok(Math.abs(follower('y=x').distance({ x: 1, y: 1.1 }, SEEN) - 4 / Math.SQRT2) < 0.1);
  assert.ok(follower('y=50x').distance({ x: 0.1, y: 0 }, SEEN) < 4.1, 'beside a steep line');
  assert.ok(follower('y=\\frac{1}{x}').distance({ x: 0, y: 3 }, SEEN) > 10, 'on the asymptote');
  assert.equal(follower('y=\\ln x').distance({ x: -3, y: 1 }, SEEN), Infinity);
});

test('a path is followed by its parameter, evenly on the screen', () => {
  const circle = follower('\\left(3\\cos t,3\\sin t\\right)');
  const start = circle.near({ x: 0.1, y: 5 }, SEEN);
  assert.ok(start && Math.abs(start.y - 3) < 0.01);
  const next = circle.along(start, 8, SEEN);
  const pixels = Math.hypot(next.x - start.x, next.y - start.y) * 40;
  assert.ok(pixels > 3.9 && pixels <= 8, `${pixels} pixels`);
  const end = circle.near({ x: 3, y: -0.001 }, SEEN);
  assert.ok(end);
  assert.ok(circle.along(end, 400, SEEN).t <= 2 * Math.PI);
});

test('an equation is followed all around, and stays on its curve', () => {
  const circle = follower('x^2+y^2=25');
  let at = circle.near({ x: 0.3, y: 5.2 }, SEEN);
  assert.ok(at);
  let turned = 0;
  for (let i = 0; i < 160; i++) {
    const next = circle.along(at, 8, SEEN);
    assert.ok(Math.abs(Math.hypot(next.x, next.y) - 5) < 1e-6);
    turned += Math.atan2(at.x * next.y - at.y * next.x, at.x * next.x + at.y * next.y);
    at = next;
  }
  assert.ok(Math.abs(turned) > 2 * Math.PI, 'once around');
  assert.equal(circle.near({ x: 0, y: 0 }, SEEN), null, 'the middle is near to none of it');
  assert.equal(follower('x^2+y^2=-1').near({ x: 0.2, y: 0.1 }, SEEN), null);
  assert.equal(follower('\\frac{1}{x-y}=0').near({ x: 1, y: 1.01 }, SEEN), null, 'a pole is no curve');
});

test('points are gone through one by one', () => {
  const points = follower('\\left[\\left(1,2\\right),\\left(3,4\\right)\\right]');
  assert.deepEqual(points.near({ x: 2.9, y: 3 }, SEEN), { t: 1, x: 3, y: 4 });
  assert.deepEqual(points.along({ t: 0, x: 1, y: 2 }, 8, SEEN), { t: 1, x: 3, y: 4 });
  assert.deepEqual(points.along({ t: 1, x: 3, y: 4 }, 8, SEEN), { t: 1, x: 3, y: 4 });
});
