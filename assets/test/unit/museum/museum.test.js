import { test } from 'node:test';
import assert from 'node:assert/strict';
import { FAMILIES, familyBySlug, familyByType } from '../../../js/museum/families.js';
import { POSTER, defaultPlace } from '../../../js/museum/poster.js';
import { FIELDS, emptyTile, hasGraph, hasWork } from '../../../js/museum/tile.js';

test('the families hang in the agreed order', () => {
  assert.deepEqual(
    FAMILIES.map((family) => family.type),
    [
      'linear',
      'quadratic',
      'cubic',
      'polynomial',
      'square_root',
      'cube_root',
      'absolute_value',
      'rational',
      'exponential',
      'logarithmic',
      'trigonometric',
      'piecewise',
    ],
  );
});

test('a family is found by its address and by its type', () => {
  assert.equal(familyBySlug('square-root')?.type, 'square_root');
  assert.equal(familyByType('square_root')?.name, 'Square root');
  assert.equal(familyBySlug('nothing'), undefined);
});

/** @param {readonly {type: string}[]} families */
function checkDefaultPlaces(families) {
  const places = families.map((family) => defaultPlace(family.type, families));
  for (const place of places) {
    assert.ok(Object.values(place).every(Number.isInteger));
    assert.ok(place.position_x >= 0 && place.position_x + place.width <= POSTER.width);
    assert.ok(place.position_y >= 0 && place.position_y + place.height <= POSTER.height);
  }
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      const apart =
        a.position_x + a.width <= b.position_x ||
        b.position_x + b.width <= a.position_x ||
        a.position_y + a.height <= b.position_y ||
        b.position_y + b.height <= a.position_y;
      assert.ok(apart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
    }
  }
}

test('default places are on the poster, in whole units, without overlap', () => checkDefaultPlaces(FAMILIES));

test('with more families the default grid grows by rows', () => {
  for (const extra of [1, 4, 5, 20]) {
    checkDefaultPlaces([...FAMILIES, ...Array.from({ length: extra }, (_, i) => ({ type: `extra_${i}` }))]);
  }
});

test('an empty tile has every field and no work', () => {
  const tile = emptyTile('cubic');
  assert.deepEqual(Object.keys(tile).sort(), ['concept_type', ...FIELDS].sort());
  assert.equal(hasWork(tile), false);
});

/** @type {[string, unknown, boolean][]} */
const STATES = [
  ['nothing', undefined, false],
  ["an older client's list", [], false],
  ["an older client's text", 'text', false],
  ['a viewport alone', { graph: { viewport: {} }, expressions: { list: [] } }, false],
  [
    'a blank line',
    { expressions: { list: [{ type: 'expression', latex: ' ' }, { type: 'expression' }, null] } },
    false,
  ],
  ['an empty folder', { expressions: { list: [{ type: 'folder', title: 'f' }] } }, false],
  ['a curve', { expressions: { list: [{ type: 'expression', latex: 'y=x' }] } }, true],
  ['a photo', { expressions: { list: [{ type: 'image', image_url: 'x' }] } }, true],
];

for (const [name, state, expected] of STATES) {
  test(`a graph of ${name} ${expected ? 'is' : 'is not'} something to look at`, () =>
    assert.equal(hasGraph(state), expected));
}

test('notes, a graph or the completed mark are work; blanks are not', () => {
  assert.equal(hasWork({ ...emptyTile('linear'), description: ' \n' }), false);
  assert.equal(hasWork({ ...emptyTile('linear'), description: 'it climbs' }), true);
  assert.equal(hasWork({ ...emptyTile('linear'), completed: true }), true);
});
