import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOfPhoto, pointOfPhoto } from '../../../../js/graph/plot/photo-corners.js';
import { movedPhoto, pinchedPhoto, resizedPhoto, turnedPhoto } from '../../../../js/graph/ui/photo/drag-geometry.js';

const lying = { center: { x: 1, y: 2 }, width: 4, height: 2, angle: 0 };
const turned = { center: { x: -3, y: 1 }, width: 4, height: 3, angle: 0.7 };
const mirrored = { center: { x: 0, y: 0 }, width: -4, height: 3, angle: -1.2 };

/** @param {{x: number, y: number}} actual @param {{x: number, y: number}} expected */
function same(actual, expected) {
  assert.ok(
    Math.hypot(actual.x - expected.x, actual.y - expected.y) < 1e-9,
    `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`,
  );
}

test('moved by as much as the hand', () => {
  assert.deepEqual(movedPhoto(lying, { x: 0, y: 0 }, { x: -1, y: 0.5 }), { ...lying, center: { x: 0, y: 2.5 } });
});

test('pulled at any corner the opposite one stays, whatever its angle, also in a mirror', () => {
  for (const placement of [lying, turned, mirrored]) {
    for (const [u, v] of /** @type {[0 | 1, 0 | 1][]} */ ([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ])) {
      const beyond = pointOfPhoto(placement, u === 0 ? -0.5 : 1.5, v === 0 ? -0.25 : 1.25);
      for (const keepsShape of [true, false]) {
        const pulled = resizedPhoto(placement, { u, v }, beyond, { keepsShape, least: 0.1 });
        same(pointOfPhoto(pulled, 1 - u, 1 - v), pointOfPhoto(placement, 1 - u, 1 - v));
        const ratio = pulled.width / pulled.height / (placement.width / placement.height);
        if (keepsShape) assert.ok(Math.abs(ratio - 1) < 1e-9);
        else same(pointOfPhoto(pulled, u, v), beyond);
      }
    }
  }
});

test('pulled through itself a photo stays large enough to be taken hold of', () => {
  for (const keepsShape of [true, false]) {
    const pulled = resizedPhoto(turned, { u: 1, v: 1 }, pointOfPhoto(turned, -2, -2), { keepsShape, least: 0.5 });
    assert.ok(Math.min(pulled.width, pulled.height) >= 0.5 - 1e-9);
  }
});

test('turned with the hand; near a quarter turn it snaps, with shift it goes in steps', () => {
  const { center } = lying;
  const from = { x: center.x, y: center.y + 5 };
  /** @param {number} degrees to the left */
  const to = (degrees) => {
    const angle = ((90 + degrees) * Math.PI) / 180;
    return { x: center.x + 3 * Math.cos(angle), y: center.y + 3 * Math.sin(angle) };
  };
  /** @param {number} degrees @param {boolean} inSteps */
  const angle = (degrees, inSteps) =>
    Math.round(((turnedPhoto(lying, from, to(degrees), { inSteps }).angle * 180) / Math.PI) * 1e6) / 1e6;
  assert.deepEqual([angle(30, false), angle(-33, false), angle(88.9, false), angle(1.5, false)], [30, -33, 90, 0]);
  assert.deepEqual([angle(34, true), angle(-40, true)], [30, -45]);
});

test('with two fingers, what was under each stays under it', () => {
  const plane = {
    toPixel: (/** @type {{x: number, y: number}} */ { x, y }) => ({ x: 400 + 40 * x, y: 300 - 40 * y }),
    toPlane: (/** @type {{x: number, y: number}} */ { x, y }) => ({ x: (x - 400) / 40, y: (300 - y) / 40 }),
  };
  /** @type {[{x: number, y: number}, {x: number, y: number}]} */
  const before = [
    { x: 300, y: 250 },
    { x: 260, y: 310 },
  ];
  /** @type {[{x: number, y: number}, {x: number, y: number}]} */
  const now = [
    { x: 400, y: 200 },
    { x: 290, y: 190 },
  ];
  const pinched = pinchedPhoto(turned, before, now, plane);
  before.forEach((pixel, i) => {
    const { u, v } = partOfPhoto(turned, plane.toPlane(pixel));
    same(plane.toPixel(pointOfPhoto(pinched, u, v)), now[i]);
  });
});
