import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleFunction } from '../../../../js/graph/plot/sample/sample.js';
import { toPixelX, toPixelY, toPlaneX, toPlaneY } from '../../../../js/graph/plot/viewport.js';
import { meaningOf, seededRandom } from '../support.js';
import { Nearest, viewNear, windings } from './geometry.js';
import { patient } from './patient.js';

/**
 * @typedef {import('../../../../js/graph/plot/viewport.js').Viewport} Viewport
 * @typedef {import('../../../../js/graph/lang/types.js').Region} Region
 */

const SIZE = { width: 500, height: 400 };
const VIEW = { xmin: -10, xmax: 10, ymin: -8, ymax: 8 };

const REGIONS = [
  'y<x^{2}',
  'y\\ge2x-1',
  'x<3',
  '1<x<3',
  'x^{2}+y^{2}\\le9',
  'y>x\\left\\{x>0\\right\\}',
  '\\sin\\left(x\\right)<y\\le3',
  'x^{2}-y^{2}<1',
  'y<\\tan\\left(x\\right)',
  'xy>1',
  '\\left|x\\right|+\\left|y\\right|<4',
  'y<\\frac{1}{x}',
  'y>\\ln\\left(x\\right)',
  '\\cos\\left(x\\right)>\\sin\\left(y\\right)',
  'x^{2}+y^{2}<9\\left\\{y>1\\right\\}',
  'y<\\operatorname{floor}\\left(x\\right)',
  'x\\ge y^{2}',
];

/** @param {string} latex @returns {Region} */
function regionOf(latex) {
  const meaning = meaningOf(latex);
  assert.ok(meaning.kind === 'inequality', latex);
  return meaning.regions[0];
}

/** @param {Region} region @param {Viewport} view */
function areaOf(region, view) {
  const relations = patient();
  relations.begin();
  const area = relations.area(region, view, SIZE);
  assert.ok(relations.isWhole);
  return area;
}

test('what holds is filled once, and nothing else, to half a pixel', () => {
  const random = seededRandom(8);
  let tested = 0;
  for (const latex of REGIONS) {
    const region = regionOf(latex);
    const holds = (/** @type {Viewport} */ view, /** @type {number} */ px, /** @type {number} */ py) =>
      region.holds(toPlaneX(view, SIZE, px), toPlaneY(view, SIZE, py));
    for (let i = 0; i < 6; i++) {
      const view = viewNear(random, 20, SIZE);
      const area = areaOf(region, view);
      for (let k = 0; k < 400; k++) {
        const [px, py] = [random() * SIZE.width, random() * SIZE.height];
        const around = Array.from({ length: 24 }, (_, n) =>
          holds(view, px + 0.25 * (1 + (n % 2)) * Math.cos(n), py + 0.25 * (1 + (n % 2)) * Math.sin(n)),
        );
        const here = holds(view, px, py);
        if (around.some((there) => there !== here)) continue;
        assert.equal(windings(area, px, py), here ? 1 : 0, `${latex} at ${px}, ${py} in ${JSON.stringify(view)}`);
        tested += 1;
      }
    }
  }
  assert.ok(tested > 30_000, `${tested} points`);
});

test('an area has few corners, though it is made of many cells', () => {
  for (const latex of ['y\\ge2x-1', '1<x<3', 'x^{2}+y^{2}\\le9', 'y<x^{2}']) {
    const corners = areaOf(regionOf(latex), VIEW).reduce((sum, polygon) => sum + polygon.length / 2, 0);
    assert.ok(corners < 250, `${latex} has ${corners}`);
  }
});

test('an edge that is a function is one, and is where the area ends', () => {
  for (const [latex, of] of /** @type {[string, 'x'|'y'][]} */ ([
    ['y<x^{2}-5', 'x'],
    ['3>y-x+y+x-y', 'x'],
    ['x\\ge\\sin\\left(y\\right)', 'y'],
    ['2^{x}\\le y', 'x'],
  ])) {
    const region = regionOf(latex);
    const [{ solved }] = region.edges;
    if (latex.startsWith('3')) {
      assert.equal(solved, null, 'y is not alone');
      continue;
    }
    assert.equal(solved?.of, of, latex);
    assert.ok(solved);
    const nearest = new Nearest(
      areaOf(region, VIEW).map((polygon) => Float64Array.of(...polygon, polygon[0], polygon[1])),
      SIZE,
    );
    for (const piece of sampleFunction(solved.curve, VIEW, SIZE, solved.of)) {
      for (let k = 0; k < piece.length; k += 2) {
        const [px, py] = [piece[k], piece[k + 1]];
        if (px < 0 || px > SIZE.width || py < 0 || py > SIZE.height) continue;
        assert.ok(nearest.distance(px, py) < 0.4, `${latex}: ${nearest.distance(px, py)} pixels apart`);
      }
    }
  }
});

test('edges end where the other conditions do', () => {
  const wedge = regionOf('y>x\\left\\{x>0\\right\\}');
  const [piece, ...more] = sampleFunction(/** @type {any} */ (wedge.edges[0].solved).curve, VIEW, SIZE);
  assert.equal(more.length, 0);
  assert.ok(Math.hypot(piece[0] - toPixelX(VIEW, SIZE, 0), piece[1] - toPixelY(VIEW, SIZE, 0)) < 0.1);
  const band = regionOf('x<y<3');
  const [first, second] = band.edges.map(
    ({ solved }) => sampleFunction(/** @type {any} */ (solved).curve, VIEW, SIZE)[0],
  );
  assert.ok(Math.abs(first[first.length - 2] - toPixelX(VIEW, SIZE, 3)) < 0.1, 'the slanted edge ends at the corner');
  assert.ok(Math.abs(second[second.length - 2] - toPixelX(VIEW, SIZE, 3)) < 0.1, 'the level one too');
  assert.deepEqual(
    band.edges.map(({ strict }) => strict),
    [true, true],
  );
});

test('hostile regions take bounded work', () => {
  for (const latex of [
    '\\sin\\left(1000xy\\right)>0',
    '\\operatorname{floor}\\left(100x\\right)>\\operatorname{floor}\\left(100y\\right)',
    '\\tan\\left(xy\\right)>1',
    'x^{y}>y^{x}',
    '\\cos\\left(y^{2}-xy\\right)>0.1',
    'y<\\sin\\left(\\frac{1}{x}\\right)',
  ]) {
    const region = regionOf(latex);
    let work = 0;
    const area = areaOf(
      {
        ...region,
        holds: (x, y) => (work++, region.holds(x, y)),
        decide: (...box) => (work++, region.decide(...box)),
      },
      VIEW,
    );
    assert.ok(work < 5e6, `${latex} took ${work} tests`);
    const corners = area.reduce((sum, polygon) => sum + polygon.length / 2, 0);
    assert.ok(corners < 150_000, `${latex} has ${corners} corners`);
  }
});
