import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integrandValues } from '../../../../js/graph/lang/calculus/integrate.js';
import { sampleFunction } from '../../../../js/graph/plot/sample/sample.js';
import { FUNCTION, formula } from '../random-formula.js';
import { curvesOf, meaningOf, seededRandom } from '../support.js';
import { Nearest } from './geometry.js';

/**
 * @typedef {import('../../../../js/graph/plot/viewport.js').Viewport} Viewport
 * @typedef {import('../../../../js/graph/lang/types.js').Curve} Curve
 */

const SIZE = { width: 800, height: 600 };
const VIEWS = 40;
/** A break in the polyline may be this wide, in pixels, around a true one. */
const GAP = 0.1;

/** All multiples of a step, shifted, within bounds; empty if they are closer than four pixels. */
const every =
  (/** @type {number} */ step, shift = 0) =>
  (/** @type {number} */ lo, /** @type {number} */ hi) => {
    const found = [];
    if ((hi - lo) / step > SIZE.width / 4) return null;
    for (let k = Math.ceil((lo - shift) / step); k * step + shift <= hi; k++) found.push(k * step + shift);
    return found;
  };
const at =
  (/** @type {number[]} */ ...places) =>
  () =>
    places;

/**
 * Where each function breaks: poles, jumps, and the ends of its domain. null: too many to tell apart on the screen.
 *
 * @type {[string, (lo: number, hi: number) => number[]|null][]}
 */
const FUNCTIONS = [
  ['y=\\tan\\left(x\\right)', every(Math.PI, Math.PI / 2)],
  ['y=\\sec\\left(x\\right)', every(Math.PI, Math.PI / 2)],
  ['y=\\frac{1}{x}', at(0)],
  ['y=\\frac{1}{x^{2}-1}', at(-1, 1)],
  ['y=\\frac{1}{x-0.3}', at(0.3)],
  ['y=\\operatorname{floor}\\left(x\\right)', every(1)],
  ['y=\\left\\{x<1:0.5x,x\\ge1:0.5x+0.2\\right\\}', at(1)],
  ['y=\\operatorname{sign}\\left(x\\right)', at(0)],
  ['y=\\operatorname{mod}\\left(x,3\\right)', every(3)],
  ['y=x^{2}\\left\\{-2\\le x\\le2\\right\\}', at(-2, 2)],
  ['y=x\\left\\{x>0.1\\right\\}\\left\\{x<3\\right\\}', at(0.1, 3)],
  ['y=\\sqrt{x}', at(0)],
  ['y=\\sqrt{x-0.7}', at(0.7)],
  ['y=\\ln x', at(0)],
  ['y=x^{\\frac{1}{3}}', at()],
  ['y=\\left|x\\right|', at()],
  ['y=e^{x}', at()],
  ['y=x^{3}-3x', at()],
  ['y=\\frac{x}{\\sqrt{x^{2}+1}}', at()],
  ['y=\\sin\\left(3x\\right)', at()],
  ['y=x\\sin\\left(\\frac{1}{x}\\right)', at(0)],
];

/** @param {() => number} random @returns {Viewport} from a thousandth to thousand units wide, near the origin */
function randomView(random) {
  const width = 10 ** (random() * 6 - 3);
  const height = width * 10 ** (random() * 2 - 1);
  const x = (random() - 0.5) * 1.6 * Math.max(width, random() < 0.5 ? 2 : 0);
  const y = (random() - 0.5) * 1.6 * height;
  return { xmin: x - width / 2, xmax: x + width / 2, ymin: y - height / 2, ymax: y + height / 2 };
}

const pixelX = (/** @type {Viewport} */ v, /** @type {number} */ x) => ((x - v.xmin) / (v.xmax - v.xmin)) * SIZE.width;
const pixelY = (/** @type {Viewport} */ v, /** @type {number} */ y) => ((v.ymax - y) / (v.ymax - v.ymin)) * SIZE.height;

/** @param {Float64Array} piece @param {number} px @param {number} py @returns {number} distance to the polyline */
function distanceTo(piece, px, py) {
  let least = Infinity;
  for (let i = 0; i + 3 < piece.length; i += 2) {
    const [x0, y0, x1, y1] = [piece[i], piece[i + 1], piece[i + 2], piece[i + 3]];
    if (x0 > px + 3 || x1 < px - 3) continue;
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - x0) * dx + (py - y0) * dy) / length));
    least = Math.min(least, Math.hypot(px - x0 - t * dx, py - y0 - t * dy));
  }
  return least;
}

/** @param {Float64Array} piece */
const ends = (piece) => [piece[0], piece[piece.length - 2]];

/** @param {string} latex @param {Curve} curve @param {Viewport} view @param {number[]|null} breaks @param {() => number} random @returns {number} pixels off at worst */
function inspect(latex, curve, view, breaks, random) {
  const pieces = sampleFunction(curve, view, SIZE);
  const where = `${latex} in ${JSON.stringify(view)}`;
  const marks = (breaks ?? []).map((x) => pixelX(view, x));
  for (const piece of pieces) {
    const [start, end] = ends(piece);
    const crossed = marks.find((mark) => mark > start + 1e-6 && mark < end - 1e-6);
    assert.equal(crossed, undefined, `false join at pixel ${crossed}: ${where}`);
  }
  if (breaks === null) return 0;
  const nearBreaks = marks.flatMap((mark) => [mark - GAP, mark + GAP, mark - 1, mark + 1]);
  let worst = 0;
  for (let i = 0; i < 200 + nearBreaks.length; i++) {
    const px = i < nearBreaks.length ? nearBreaks[i] : random() * SIZE.width;
    if (px < 0 || px > SIZE.width || marks.some((mark) => Math.abs(mark - px) < GAP * 0.99)) continue;
    const x = view.xmin + (px / SIZE.width) * (view.xmax - view.xmin);
    const py = pixelY(view, curve.value(x));
    if (!(py >= 0 && py <= SIZE.height)) continue;
    const piece = pieces.find((p) => ends(p)[0] <= px + 1e-9 && ends(p)[1] >= px - 1e-9);
    assert.ok(piece, `gap at pixel ${px}, ${py}: ${where}`);
    const off = distanceTo(piece, px, py);
    assert.ok(off <= 0.5, `${off} pixels off at ${px}, ${py}: ${where}`);
    worst = Math.max(worst, off);
  }
  return worst;
}

test('no false joins, no gaps, within half a pixel, in forty views of each function', (t) => {
  let worst = 0;
  for (const [latex, breaks] of FUNCTIONS) {
    const random = seededRandom(latex.length * 7919 + latex.charCodeAt(2));
    const [curve] = curvesOf(latex);
    for (let i = 0; i < VIEWS; i++) {
      const view = randomView(random);
      const wild = latex.includes('\\sin\\left(\\frac') || (latex.includes('3x\\right') && view.xmax - view.xmin > 60);
      worst = Math.max(worst, inspect(latex, curve, view, wild ? null : breaks(view.xmin, view.xmax), random));
    }
  }
  t.diagnostic(`at worst ${worst.toFixed(2)} pixels off`);
});

/**
 * Reports whether a curve jumps between two points: bisection towards the larger change ends at a change that stays.
 *
 * @param {(x: number) => number} height in pixels
 * @param {number} a
 * @param {number} b
 */
function jumps(height, a, b) {
  let [ya, yb] = [height(a), height(b)];
  for (let i = 0; i < 70; i++) {
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b) break;
    const y = height(middle);
    if (Number.isNaN(y)) return true;
    if (Math.abs(y - ya) > Math.abs(yb - y)) [b, yb] = [middle, y];
    else [a, ya] = [middle, y];
  }
  return !(Math.abs(yb - ya) <= 1);
}

/**
 * Searches for visible jumps along the drawn lines.
 *
 * @param {string} latex
 * @param {Curve} curve
 * @param {Viewport} view
 * @param {readonly Float64Array[]} pieces
 * @returns {number} segments looked at
 */
function checkJoins(latex, curve, view, pieces) {
  const height = (/** @type {number} */ x) => Math.max(-600, Math.min(1200, pixelY(view, curve.value(x))));
  let segments = 0;
  for (const piece of pieces) {
    for (let k = 0; k + 3 < piece.length; k += 2) {
      const [x0, y0, x1, y1] = [piece[k], piece[k + 1], piece[k + 2], piece[k + 3]];
      // Where nothing is visible, and along a pole, where adjacent doubles have the same pixels, it cannot be decided.
      if (Math.abs(y1 - y0) < 1 || x1 - x0 < 0.05 || Math.max(y0, y1) < 0 || Math.min(y0, y1) > SIZE.height) continue;
      const [a, b] = [x0, x1].map((px) => view.xmin + (px / SIZE.width) * (view.xmax - view.xmin));
      assert.ok(!jumps(height, a, b), `${latex} is joined from ${x0},${y0} to ${x1},${y1} in ${JSON.stringify(view)}`);
      segments += 1;
    }
  }
  return segments;
}

test('random formulas are drawn without false joins', () => {
  const random = seededRandom(12);
  let segments = 0;
  for (let i = 0; i < 600; i++) {
    const latex = `y=${formula(random, 1 + Math.floor(random() * 3))}`;
    const meaning = meaningOf(latex, [FUNCTION]);
    if (meaning.kind !== 'function') continue;
    const view = randomView(random);
    segments += checkJoins(latex, meaning.curves[0], view, sampleFunction(meaning.curves[0], view, SIZE));
  }
  assert.ok(segments > 5000, `${segments} segments`);
});

/**
 * Functions with more and more steps towards a place, where each reaches a height, and how wide a branch is at a place
 * where branches go up and down side by side: what fills the screen is only hinted at.
 *
 * @type {[string, (y: number) => number, ((x: number) => number)?][]}
 */
const CROWDED = [
  ['y=\\operatorname{ceil}\\left(\\frac{1}{x}\\right)', (y) => 1 / y],
  ['y=\\operatorname{floor}\\left(\\frac{1}{x}\\right)', (y) => 1 / y],
  ['y=\\operatorname{floor}\\left(\\frac{10}{x}\\right)', (y) => 10 / y],
  ['y=\\operatorname{round}\\left(\\frac{5}{x}\\right)', (y) => 5 / y],
  ['y=3\\operatorname{floor}\\left(\\frac{20}{x}\\right)', (y) => 60 / y],
  ['y=\\operatorname{floor}\\left(\\frac{1}{x^{2}}\\right)', (y) => Math.sqrt(1 / Math.abs(y))],
  ['y=\\operatorname{floor}\\left(\\frac{2}{\\sqrt{x}}\\right)', (y) => 4 / y ** 2],
  ['y=\\operatorname{floor}\\left(x^{3}\\right)', (y) => Math.cbrt(y)],
  ['y=\\operatorname{mod}\\left(\\frac{1}{x},1\\right)', (y) => 1 / (3 + y), (x) => x * x],
  ['y=\\operatorname{mod}\\left(x,1\\right)\\operatorname{floor}\\left(\\frac{1}{x}\\right)', (y) => y, (x) => x * x],
];

test('no step is left out where steps crowd together, in tall and flat views', () => {
  const random = seededRandom(31);
  for (const [latex, inverse, branch] of CROWDED) {
    const [curve] = curvesOf(latex);
    for (let i = 0; i < VIEWS; i++) {
      const [width, height] = [10 ** (random() * 3 - 1), 10 ** (random() * 5 - 1)];
      const [x, y] = [(random() - 0.5) * width, (random() - 0.5) * height];
      const view = { xmin: x - width / 2, xmax: x + width / 2, ymin: y - height / 2, ymax: y + height / 2 };
      const pieces = sampleFunction(curve, view, SIZE);
      checkJoins(latex, curve, view, pieces);
      const near = new Nearest(pieces, SIZE);
      for (let k = 0; k < 400; k++) {
        // Half of the points are spread over the width, half over the height: where they crowd, there is most to see.
        const at = k % 2 === 0 ? view.xmin + width * random() : inverse(view.ymin + height * random());
        if (branch !== undefined && (branch(at) / width) * SIZE.width < 0.5) continue;
        const [px, py] = [pixelX(view, at), pixelY(view, curve.value(at))];
        if (!(px >= 0 && px <= SIZE.width && py >= 0 && py <= SIZE.height)) continue;
        const off = near.distance(px, py);
        assert.ok(off <= 2, `${off} pixels from the line at ${px}, ${py}: ${latex} in ${JSON.stringify(view)}`);
      }
    }
  }
});

test('ends of a domain are met to a tenth of a pixel', () => {
  const random = seededRandom(5);
  for (const [latex, x] of /** @type {[string, number][]} */ ([
    ['y=\\sqrt{x}', 0],
    ['y=\\sqrt{x-0.7}', 0.7],
    ['y=2-\\sqrt{3-x}', 3],
    ['y=x^{2}\\left\\{x\\le2\\right\\}', 2],
    ['y=x+1\\left\\{x>0.3\\right\\}', 0.3],
    ['y=x^{0.5}-x', 0],
    ['y=\\arcsin\\left(x\\right)', 1],
    ['y=x^{1.5}', 0],
  ])) {
    const [curve] = curvesOf(latex);
    for (let i = 0; i < VIEWS; i++) {
      const width = 10 ** (random() * 4 - 2);
      const limit = curve.value(x) === curve.value(x) ? curve.value(x) : curve.value(x + 1e-13);
      const view = {
        xmin: x - width * random(),
        xmax: x + width * (0.1 + random()),
        ymin: limit - width,
        ymax: limit + width * random(),
      };
      const [px, py] = [pixelX(view, x), pixelY(view, limit)];
      const nearest = Math.min(
        ...sampleFunction(curve, view, SIZE).flatMap((piece) => {
          const last = piece.length - 2;
          return [Math.hypot(piece[0] - px, piece[1] - py), Math.hypot(piece[last] - px, piece[last + 1] - py)];
        }),
      );
      assert.ok(nearest < 0.1, `${latex} ends ${nearest} pixels from its limit in ${JSON.stringify(view)}`);
    }
  }
});

test('curves beside a pole leave the screen', () => {
  const view = { xmin: -3, xmax: 5, ymin: -60, ymax: 60 };
  for (const latex of [
    'y=\\ln\\left(x-1\\right)',
    'y=-\\ln\\left(x-1\\right)',
    'y=\\ln\\left(1-x\\right)',
    'y=\\frac{1}{x-1}',
    'y=\\log_{2}x',
  ]) {
    const ys = sampleFunction(curvesOf(latex)[0], view, SIZE).flatMap((piece) =>
      [...piece].filter((_, i) => i % 2 === 1),
    );
    assert.ok(Math.min(...ys) <= 0 || Math.max(...ys) >= SIZE.height, latex);
  }
});

test('a function of y is drawn with the axes exchanged', () => {
  const [curve] = curvesOf('x=y^{2}');
  const [piece] = sampleFunction(curve, { xmin: 0, xmax: 8, ymin: -3, ymax: 3 }, SIZE, 'y');
  assert.ok(distanceToPoint(piece, 400, 100) < 0.5, 'passes through (4, 2)');
  assert.ok(distanceToPoint(piece, 100, 400) < 0.5, 'passes through (1, -1)');
});

/** @param {Float64Array} piece @param {number} px @param {number} py */
function distanceToPoint(piece, px, py) {
  let least = Infinity;
  for (let i = 0; i + 3 < piece.length; i += 2) {
    for (let t = 0; t <= 1; t += 0.05) {
      least = Math.min(
        least,
        Math.hypot(
          piece[i] + t * (piece[i + 2] - piece[i]) - px,
          piece[i + 1] + t * (piece[i + 3] - piece[i + 1]) - py,
        ),
      );
    }
  }
  return least;
}

test('a narrow peak is not stepped over', () => {
  const view = { xmin: -10, xmax: 10, ymin: -1, ymax: 2 };
  for (const latex of ['y=e^{-10^{5}\\left(x-1.234567\\right)^{2}}', 'y=\\frac{1}{1+10^{6}\\left(x-0.7\\right)^{2}}']) {
    const ys = sampleFunction(curvesOf(latex)[0], view, SIZE).flatMap((piece) =>
      [...piece].filter((_, i) => i % 2 === 1),
    );
    assert.ok(Math.abs(Math.min(...ys) - pixelY(view, 1)) < 12, `${latex} rises to ${Math.min(...ys)}`);
  }
});

test('wild curves take bounded work and still show', () => {
  const view = { xmin: -10, xmax: 10, ymin: -7.5, ymax: 7.5 };
  for (const latex of [
    'y=\\sin\\left(\\frac{1}{x}\\right)',
    'y=\\sin\\left(10^{6}x\\right)',
    'y=\\tan\\left(1000x\\right)',
    'y=\\operatorname{floor}\\left(1000x\\right)/1000',
    'y=\\operatorname{mod}\\left(x,0.001\\right)',
    'y=\\left(-2\\right)^{x}',
    'y=x!',
    'y=\\tan\\left(e^{x}\\right)',
    'y=\\sum_{n=1}^{50}\\frac{\\sin\\left(n^{3}x\\right)}{n^{2}}',
    'y=\\int_{0}^{x}\\sin\\left(t^{2}\\right)dt',
    'y=\\operatorname{sign}\\left(\\sin\\left(\\frac{1}{x}\\right)\\right)',
    'y=\\operatorname{mod}\\left(\\frac{100}{x},1\\right)',
    'y=\\operatorname{floor}\\left(\\tan\\left(100x\\right)\\right)',
  ]) {
    const [curve] = curvesOf(latex);
    let work = 0;
    const counted = {
      value: (/** @type {number} */ t) => (work++, curve.value(t)),
      interval: (
        /** @type {number} */ lo,
        /** @type {number} */ hi,
        /** @type {import('../../../../js/graph/lang/types.js').Bounds} */ out,
      ) => (work++, curve.interval(lo, hi, out)),
      derivative: curve.derivative,
      cost: curve.cost,
    };
    const pieces = sampleFunction(counted, view, SIZE);
    assert.ok(work < 120_000, `${latex} took ${work} evaluations`);
    assert.ok(work * curve.cost < 6e7, `${latex} took ${work * curve.cost} operations`);
    if (!latex.includes('-2')) assert.ok(pieces.length > 0, `${latex} is drawn`);
  }
});

test('integrals that are hard everywhere take bounded work', () => {
  const view = { xmin: -10, xmax: 10, ymin: -7.5, ymax: 7.5 };
  for (const latex of [
    'y=\\int_{0}^{1}\\sin\\left(\\frac{x}{t}\\right)dt',
    'y=\\int_{0}^{x}\\sin\\left(10^{6}t\\right)dt',
    'y=\\int_{0}^{x}\\sin\\left(\\frac{1}{t}\\right)dt',
  ]) {
    const before = integrandValues();
    sampleFunction(curvesOf(latex)[0], view, SIZE);
    const took = integrandValues() - before;
    assert.ok(took < 9e6, `${latex} took ${took} values of its integrand`);
  }
});

test('nothing is drawn where nothing is', () => {
  const view = { xmin: -10, xmax: -1, ymin: -10, ymax: 10 };
  assert.deepEqual(sampleFunction(curvesOf('y=\\sqrt{x}')[0], view, SIZE), []);
  assert.deepEqual(sampleFunction(curvesOf('y=\\frac{x}{0}')[0], view, SIZE), []);
  assert.deepEqual(sampleFunction(curvesOf('y=x')[0], view, { width: 0, height: 0 }), []);
});
