import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainOf, samplePath } from '../../../../js/graph/plot/sample/path.js';
import { toPixelX, toPixelY } from '../../../../js/graph/plot/viewport.js';
import { samplePolar } from '../../../../js/graph/plot/sample/polar.js';
import { meaningOf, seededRandom } from '../support.js';
import { Nearest, viewNear } from './geometry.js';

const SIZE = { width: 500, height: 400 };
const VIEW = { xmin: -10, xmax: 10, ymin: -8, ymax: 8 };

/** @param {string} latex @param {{min?: number, max?: number}} [named] @param {{degreeMode?: boolean}} [settings] */
function pathOf(latex, named = {}, settings = {}) {
  const meaning = meaningOf(latex, [], settings);
  assert.ok(meaning.kind === 'polar' || meaning.kind === 'parametric', latex);
  const [path] = meaning.kind === 'polar' ? meaning.paths : meaning.curves;
  return { path, domain: domainOf(meaning, named) };
}

const PATHS = /** @type {[string, {min?: number, max?: number}][]} */ ([
  ['r=2\\cos\\left(3\\theta\\right)', {}],
  ['r=\\theta', {}],
  ['r=5', { max: 1 }],
  ['r=1+2\\sin\\left(\\theta\\right)', {}],
  ['r=\\frac{1}{\\sin\\left(\\theta\\right)}', {}],
  ['r=\\frac{2}{1-1.5\\cos\\left(\\theta\\right)}', {}],
  ['r=\\operatorname{floor}\\left(\\theta\\right)', {}],
  ['\\left(3\\cos t,3\\sin t\\right)', { max: 6.3 }],
  ['\\left(t,\\tan t\\right)', { min: -9, max: 9 }],
  ['\\left(t^{2},t^{3}\\right)', { min: -2, max: 2 }],
  ['\\left(\\frac{1}{t},t\\right)', { min: -3, max: 3 }],
  ['\\left(\\sin\\left(5t\\right),\\cos\\left(7t\\right)\\right)', { max: 7 }],
]);

test('the whole path is drawn, and nothing beside it, to half a pixel', () => {
  const random = seededRandom(9);
  for (const [latex, named] of PATHS) {
    const { path, domain } = pathOf(latex, named);
    for (let i = 0; i < 6; i++) {
      const view = viewNear(random, 20, SIZE);
      const pieces = samplePath(path, domain, view, SIZE);
      const place = (/** @type {number} */ t) => [
        toPixelX(view, SIZE, path.x.value(t)),
        toPixelY(view, SIZE, path.y.value(t)),
      ];
      const drawn = new Nearest(pieces, SIZE);
      /** @type {number[][]} */
      const dense = [[]];
      for (let k = 0; k <= 60_000; k++) {
        const [px, py] = place(domain.min + ((domain.max - domain.min) * k) / 60_000);
        const isSeen = px > -30 && py > -30 && px < SIZE.width + 30 && py < SIZE.height + 30;
        const line = dense[dense.length - 1];
        const isNext = line.length === 0 || Math.hypot(px - line[line.length - 2], py - line[line.length - 1]) < 16;
        if (isSeen && isNext) line.push(px, py);
        else dense.push(isSeen ? [px, py] : []);
        if (!isSeen || px < 0 || py < 0 || px > SIZE.width || py > SIZE.height || k % 10 !== 0) continue;
        assert.ok(drawn.distance(px, py) < 0.5, `${latex}: nothing at ${px}, ${py} in ${JSON.stringify(view)}`);
      }
      const truth = new Nearest(
        dense.map((line) => Float64Array.from(line.length === 2 ? [...line, ...line] : line)),
        SIZE,
      );
      for (const piece of pieces) {
        for (let k = 0; k + 3 < piece.length; k += 2) {
          const [px, py] = [(piece[k] + piece[k + 2]) / 2, (piece[k + 1] + piece[k + 3]) / 2];
          if (px < 0 || py < 0 || px > SIZE.width || py > SIZE.height) continue;
          assert.ok(
            truth.distance(px, py) < 0.6,
            `${latex}: ${truth.distance(px, py)} off at ${px}, ${py} in ${JSON.stringify(view)}`,
          );
        }
      }
    }
  }
});

test('paths break where they jump, and close where they close', () => {
  assert.equal(samplePath(...parts('r=\\operatorname{floor}\\left(\\theta\\right)', { max: 6 }), VIEW, SIZE).length, 6);
  const [circle, ...more] = samplePath(...parts('\\left(3\\cos t,3\\sin t\\right)', { max: 2 * Math.PI }), VIEW, SIZE);
  assert.equal(more.length, 0);
  assert.ok(Math.hypot(circle[0] - circle[circle.length - 2], circle[1] - circle[circle.length - 1]) < 1e-9);
  const [half] = samplePath(
    ...parts('\\left(3\\cos t,3\\sin t\\right)\\left\\{t<\\pi\\right\\}', { max: 6 }),
    VIEW,
    SIZE,
  );
  assert.ok(Math.abs(half[half.length - 2] - toPixelX(VIEW, SIZE, -3)) < 0.1);
});

/** @param {string} latex @param {{min?: number, max?: number}} named @returns {[import('../../../../js/graph/lang/types.js').Path, import('../../../../js/graph/plot/sample/path.js').Domain]} */
function parts(latex, named) {
  const { path, domain } = pathOf(latex, named);
  return [path, domain];
}

/** @param {readonly Float64Array[]} pieces @returns {number} pixels */
function lengthOf(pieces) {
  let sum = 0;
  for (const piece of pieces)
    for (let k = 2; k < piece.length; k += 2) sum += Math.hypot(piece[k] - piece[k - 2], piece[k + 1] - piece[k - 1]);
  return sum;
}

test('a polar curve that goes over its own track is drawn once', () => {
  for (const [latex, rounds] of /** @type {[string, number][]} */ ([
    ['r=2', 6],
    ['r=2\\cos\\left(3\\theta\\right)', 12],
    ['r=2\\cos\\left(2\\theta\\right)', 6],
    ['r=3\\sin\\left(\\frac{\\theta}{2}\\right)', 3],
    ['r=\\theta', 1],
    ['r=3\\left\\{\\theta<6.5\\right\\}', 1],
    ['r=3+\\left\\{20<\\theta<20.01:1,0\\right\\}', 1.5],
  ])) {
    const [path, domain] = parts(latex, {});
    const [once, all] = [samplePolar(path, domain, 2 * Math.PI, VIEW, SIZE), samplePath(path, domain, VIEW, SIZE)].map(
      lengthOf,
    );
    assert.ok(Math.abs(all / once - rounds) < 0.02, `${latex}: ${all / once} times as long`);
  }
});

test('without a domain, t goes from 0 to 1 and an angle around six times, in its unit', () => {
  assert.deepEqual(pathOf('\\left(t,t\\right)').domain, { min: 0, max: 1 });
  assert.deepEqual(pathOf('r=1').domain, { min: 0, max: 12 * Math.PI });
  assert.deepEqual(pathOf('r=1', {}, { degreeMode: true }).domain, { min: 0, max: 2160 });
  assert.deepEqual(pathOf('r=1', { min: 5, max: 2 }).domain, { min: 2, max: 5 }, 'either way round');
  const { path } = pathOf('r=2', {}, { degreeMode: true });
  assert.ok(Math.abs(path.y.value(90) - 2) < 1e-12 && Math.abs(path.x.value(90)) < 1e-12);
});

test('wild paths take bounded work', () => {
  for (const latex of [
    'r=\\tan\\left(1000\\theta\\right)',
    'r=\\sin\\left(10^{6}\\theta\\right)',
    'r=\\sin\\left(\\frac{1}{\\theta}\\right)',
    'r=\\operatorname{floor}\\left(1000\\theta\\right)',
    '\\left(\\operatorname{mod}\\left(99999t,1\\right),t\\right)',
    '\\left(t!,\\frac{1}{t!}\\right)',
  ]) {
    for (const named of [{}, { min: -1e9, max: 1e9 }]) {
      const { path, domain } = pathOf(latex, named);
      let work = 0;
      const counted = (/** @type {import('../../../../js/graph/lang/types.js').Curve} */ curve) => ({
        ...curve,
        value: (/** @type {number} */ t) => (work++, curve.value(t)),
        interval: (/** @type {[number, number, import('../../../../js/graph/lang/types.js').Bounds]} */ ...args) => (
          work++, curve.interval(...args)
        ),
      });
      samplePath({ x: counted(path.x), y: counted(path.y) }, domain, VIEW, SIZE);
      assert.ok(work < 200_000, `${latex} took ${work} evaluations`);
    }
  }
});
