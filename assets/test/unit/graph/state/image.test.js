import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphDocument } from '../../../../js/graph/state/document.js';
import { numberLatex, placementChanges } from '../../../../js/graph/state/image.js';
import { sceneOf } from '../../../../js/graph/state/scene.js';

/** @param {unknown[]} list @param {object} [graph] */
function photos(list, graph = {}) {
  const document = new GraphDocument({ graph, expressions: { list } });
  return sceneOf(document.entries, document.settings).photos;
}

/** @param {number} value */
const near = (value) => Number(value.toFixed(9));

test('a photo lies where its item says, or as the format has it by default', () => {
  const [plain, placed] = photos([
    { type: 'image', id: '1', image_url: 'data:,' },
    {
      type: 'image',
      id: '2',
      image_url: 'x',
      name: 'arch.jpg',
      description: 'An arch',
      center: '\\left(04,-2.5\\right)',
      width: '8',
      height: '6.25',
      angle: '0.5',
      opacity: '0.4',
      foreground: true,
      draggable: true,
      hidden: true,
    },
  ]);
  assert.deepEqual(
    [
      plain.center,
      plain.width,
      plain.height,
      plain.angle,
      plain.opacity,
      plain.foreground,
      plain.draggable,
      plain.hidden,
    ],
    [{ x: 0, y: 0 }, 10, 10, 0, 1, false, false, false],
  );
  assert.deepEqual(
    { ...placed, free: [...placed.free].sort() },
    {
      key: '2',
      url: 'x',
      name: 'arch.jpg',
      description: 'An arch',
      center: { x: 4, y: -2.5 },
      width: 8,
      height: 6.25,
      angle: 0.5,
      opacity: 0.4,
      foreground: true,
      draggable: true,
      hidden: true,
      free: ['angle', 'center', 'opacity', 'size'],
    },
  );
});

test('an angle is in degrees where the graph counts in degrees', () => {
  const item = { type: 'image', id: '1', angle: '90' };
  assert.equal(near(photos([item], { degreeMode: true })[0].angle), near(Math.PI / 2));
  assert.equal(photos([item])[0].angle, 90);
});

test('a photo follows sliders, and is not moved by hand where it does', () => {
  const [photo] = photos([
    { type: 'image', id: '1', center: '\\left(a,2a\\right)', width: 'a+1', height: '2', angle: '\\frac{\\pi}{2}' },
    { type: 'expression', id: '2', latex: 'a=3' },
  ]);
  assert.deepEqual(
    [photo.center, photo.width, photo.height, near(photo.angle)],
    [{ x: 3, y: 6 }, 4, 2, near(Math.PI / 2)],
  );
  assert.deepEqual([...photo.free], ['opacity']);
  const moved = { center: { x: 1, y: 1 }, width: 3, height: 3, angle: 0 };
  assert.deepEqual(placementChanges(photo, moved, { degreeMode: false, grain: 0.01 }), {});
});

test('what cannot be read stands where the format has it by default', () => {
  for (const odd of [null, {}, '\\left(1\\right)', '(', 'x+1', '1=1', NaN, 'q', '1,2', '1e999']) {
    const [photo] = photos([
      { type: 'image', id: '1', image_url: odd, center: odd, width: odd, height: odd, angle: odd, opacity: odd },
    ]);
    assert.ok(
      Number.isFinite(photo.center.x + photo.center.y + photo.width + photo.height + photo.angle + photo.opacity),
      String(odd),
    );
    assert.equal(typeof photo.url, 'string');
  }
});

test('hidden by itself, or with its folder', () => {
  const [hidden, inside, shown] = photos([
    { type: 'folder', id: '9', hidden: true },
    { type: 'image', id: '1', hidden: true },
    { type: 'image', id: '2', folderId: '9' },
    { type: 'image', id: '3' },
  ]);
  assert.deepEqual([hidden.hidden, inside.hidden, shown.hidden], [true, true, false]);
});

test('numbers are written plainly, and no finer than can be seen', () => {
  /** @type {[number, number, string][]} */
  const cases = [
    [1.23456, 0.01, '1.23'],
    [1, 0.001, '1'],
    [-0.0004, 0.01, '0'],
    [100, 0.5, '100'],
    [1234.5678, 1, '1235'],
    [100, 10, '100'],
    [0.000000123456, 1e-9, '0.000000123'],
    [1e15, 0.01, '1000000000000000'],
    [2.5e-12, 1e-13, '0.0000000000025'],
  ];
  for (const [value, grain, text] of cases) assert.equal(numberLatex(value, grain), text);
});

test('a placement is written as the format has it', () => {
  const [photo] = photos([{ type: 'image', id: '1' }]);
  const turned = { center: { x: 1.23456, y: -2 }, width: 3.5, height: 2.25, angle: (5 * Math.PI) / 2 };
  assert.deepEqual(placementChanges(photo, turned, { degreeMode: true, grain: 0.01 }), {
    center: '\\left(1.23,-2\\right)',
    width: '3.5',
    height: '2.25',
    angle: '90',
  });
  assert.deepEqual(placementChanges(photo, { angle: Math.PI / 2 }, { degreeMode: false, grain: 0.01 }), {
    angle: '1.5708',
  });
});

test('an edit leaves the other keys of the item as they are', () => {
  const item = { type: 'image', id: '1', image_url: 'data:,', width: '3', future: [1, { a: 2 }], onClick: 'x\\to1' };
  const document = new GraphDocument({ expressions: { list: [item] } });
  const [photo] = sceneOf(document.entries, document.settings).photos;
  document.update('1', placementChanges(photo, { width: 4, height: 5 }, { degreeMode: false, grain: 0.1 }));
  assert.deepEqual(/** @type {any} */ (document.toState()).expressions.list, [{ ...item, width: '4', height: '5' }]);
});
