import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Relations } from '../../../../js/graph/plot/implicit/relations.js';
import { toPixelX, toPixelY, toPlaneX, toPlaneY } from '../../../../js/graph/plot/viewport.js';
import { meaningOf, seededRandom } from '../support.js';
import { Nearest, viewNear } from './geometry.js';
import { patient } from './patient.js';

/**
 * @typedef {import('../../../../js/graph/plot/viewport.js').Viewport} Viewport
 * @typedef {import('../../../../js/graph/lang/types.js').Curve2} Curve2
 */

const SIZE = { width: 500, height: 400 };
const VIEW = { xmin: -10, xmax: 10, ymin: -8, ymax: 8 };
const VIEWS = 8;
/** Distance in pixels of the points at which a curve is searched for. */
const GRID = 2.5;

/** Relations, the widths of the planes on which they are tested, and where they have poles or steps in x. */
const RELATIONS = /** @type {[string, number, number[]][]} */ ([
  ['y-1=2\\left(x-3\\right)', 40, []],
  ['x^{2}+y^{2}=9', 20, []],
  ['\\left(x-1\\right)^{2}+4\\left(y+2\\right)^{2}=7', 20, []],
  ['x^{2}-y^{2}=1', 20, []],
  ['xy=1', 20, []],
  ['x^{2}=y^{2}', 20, []],
  ['\\sin\\left(x\\right)=\\cos\\left(y\\right)', 40, []],
  ['y\\left(x-1\\right)=1', 20, [1]],
  ['\\frac{1}{x-1}-y=0', 20, [1]],
  ['\\frac{1}{x-0.3}+y^{2}=2', 20, [0.3]],
  ['x^{3}+y^{3}=6xy', 20, []],
  ['\\left(x^{2}+y^{2}\\right)^{2}=9\\left(x^{2}-y^{2}\\right)', 12, []],
  ['\\left|x\\right|+\\left|y\\right|=3', 16, []],
  ['\\sqrt{x}+\\sqrt{y}=2', 16, []],
  ['\\cos\\left(y\\right)-\\sin\\left(x+\\sin\\left(x\\right)\\right)=0.1', 30, []],
  ['x^{2}+y^{2}=9\\left\\{x>0\\right\\}', 20, []],
  ['y+\\operatorname{floor}\\left(x\\right)=\\frac{y^{2}}{4}', 12, [-3, -2, -1, 0, 1, 2, 3]],
  ['e^{x}+e^{y}=xy+4', 16, []],
]);

/** @param {string} latex @returns {Curve2} */
function curveOf(latex) {
  const meaning = meaningOf(latex);
  assert.ok(meaning.kind === 'implicit', `${latex}: ${JSON.stringify(meaning)}`);
  return meaning.curves[0];
}

/** @param {Curve2} curve @param {Viewport} view @param {Relations} [relations] @param {typeof SIZE} [size] */
function linesOf(curve, view, relations = patient(), size = SIZE) {
  relations.begin();
  const lines = relations.lines(curve, view, size);
  assert.ok(relations.isWhole);
  return lines;
}

/** @param {Float64Array} p @returns {boolean} */
const isClosed = (p) => p[0] === p[p.length - 2] && p[1] === p[p.length - 1];

/** Whether the curve changes its sign, or ends, within some pixels. @param {Curve2} curve @param {Viewport} view @param {number} px @param {number} py @param {number} reach */
function isOnCurve(curve, view, px, py, reach) {
  const sides = new Set();
  for (let k = 0; k < 48; k++) {
    // All around, at three distances.
    const radius = (reach * ((k % 3) + 1)) / 3;
    const [x, y] = [px + radius * Math.cos((k * Math.PI) / 24), py + radius * Math.sin((k * Math.PI) / 24)];
    const value = curve.value(toPlaneX(view, SIZE, x), toPlaneY(view, SIZE, y));
    sides.add(Number.isNaN(value) ? 'none' : value >= 0);
  }
  return sides.size > 1;
}

test('what is drawn lies on the curve, to half a pixel', () => {
  const random = seededRandom(4);
  let vertices = 0;
  for (const [latex, widest] of RELATIONS) {
    const curve = curveOf(latex);
    for (let i = 0; i < VIEWS; i++) {
      const view = viewNear(random, widest, SIZE);
      for (const piece of linesOf(curve, view)) {
        for (let k = 0; k + 3 < piece.length; k += 2) {
          for (const share of [0, 0.3, 0.5, 0.8]) {
            const [px, py] = [0, 1].map((axis) => piece[k + axis] + share * (piece[k + 2 + axis] - piece[k + axis]));
            assert.ok(
              isOnCurve(curve, view, px, py, 0.45),
              `${latex}: nothing at ${px}, ${py} in ${JSON.stringify(view)}`,
            );
          }
          vertices += 1;
        }
      }
    }
  }
  assert.ok(vertices > 5000, `${vertices} vertices`);
});

/** Where a continuous curve crosses a short level or upright line, in pixels, or null. @param {Curve2} curve @param {Viewport} view @param {number[]} line */
function crossing(curve, view, [ax, ay, bx, by]) {
  const at = (/** @type {number} */ t) => /** @type {const} */ ([ax + t * (bx - ax), ay + t * (by - ay)]);
  const value = (/** @type {number} */ t) => {
    const [px, py] = at(t);
    return curve.value(toPlaneX(view, SIZE, px), toPlaneY(view, SIZE, py));
  };
  let [low, high] = [0, 1];
  const [first, last] = [value(0), value(1)];
  if (!(first * last < 0)) return null;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (value(middle) >= 0 === first >= 0) low = middle;
    else high = middle;
  }
  const isJump = !(Math.abs(value(low) - value(high)) < 1e-6 * (Math.abs(first) + Math.abs(last)));
  return isJump ? null : at(low);
}

test('what there is of a curve is drawn: wherever it crosses a fine grid, a line is near', () => {
  const random = seededRandom(5);
  let found = 0;
  for (const [latex, widest, poles] of RELATIONS) {
    const curve = curveOf(latex);
    for (let i = 0; i < VIEWS; i++) {
      const view = viewNear(random, widest, SIZE);
      const nearest = new Nearest(linesOf(curve, view), SIZE);
      for (let px = 0; px + GRID < SIZE.width; px += GRID) {
        for (let py = 0; py + GRID < SIZE.height; py += GRID) {
          const at = crossing(curve, view, random() < 0.5 ? [px, py, px + GRID, py] : [px, py, px, py + GRID]);
          if (at === null) continue;
          // A curve that close to its pole cannot be told from the pole.
          if (poles.some((x) => Math.abs(at[0] - toPixelX(view, SIZE, x)) < 0.15)) continue;
          found += 1;
          const off = nearest.distance(...at);
          assert.ok(off < 0.6, `${latex}: ${off} pixels off at ${at} in ${JSON.stringify(view)}`);
        }
      }
    }
  }
  assert.ok(found > 10_000, `${found} crossings`);
});

test('no line runs across a pole or a step', () => {
  const random = seededRandom(6);
  for (const [latex, widest, poles] of RELATIONS.filter(([, , places]) => places.length > 0)) {
    for (let i = 0; i < 2 * VIEWS; i++) {
      const view = viewNear(random, widest, SIZE);
      for (const piece of linesOf(curveOf(latex), view)) {
        for (let k = 0; k + 3 < piece.length; k += 2) {
          const [from, to] = [piece[k], piece[k + 2]].sort((a, b) => a - b);
          const crossed = poles.find(
            (x) => from < toPixelX(view, SIZE, x) - 1e-6 && toPixelX(view, SIZE, x) + 1e-6 < to,
          );
          assert.equal(crossed, undefined, `${latex} in ${JSON.stringify(view)}`);
        }
      }
    }
  }
});

test('a circle is one closed polyline, wherever it lies among the tiles', () => {
  const random = seededRandom(7);
  const curve = curveOf('x^{2}+y^{2}=9');
  for (let i = 0; i < 30; i++) {
    const [x, y, half] = [random() - 0.5, random() - 0.5, 4 + 40 * random()];
    const lines = linesOf(curve, { xmin: x - half, xmax: x + half, ymin: y - half, ymax: y + half });
    assert.equal(lines.length, 1);
    assert.ok(isClosed(lines[0]));
  }
});

test('a line is one polyline with few points', () => {
  const [line, ...others] = linesOf(curveOf('y-1=2\\left(x-3\\right)'), VIEW);
  assert.equal(others.length, 0);
  assert.ok(line.length < 80, `${line.length / 2} points`);
});

test('curves cross without a hole', () => {
  for (const [latex, slope] of /** @type {[string, number][]} */ ([
    ['x^{2}=y^{2}', 1],
    ['x^{2}=9y^{2}', 1 / 3],
    ['\\left(y-0.1x\\right)\\left(y+0.1x\\right)=0', 0.1],
  ])) {
    for (const shift of [0, 0.0123, 0.37]) {
      const view = { xmin: -1 + shift, xmax: 1 + shift, ymin: -0.8, ymax: 0.8 };
      const nearest = new Nearest(linesOf(curveOf(latex), view), SIZE);
      for (let x = -0.2; x <= 0.2; x += 0.001) {
        for (const y of [slope * x, -slope * x]) {
          const off = nearest.distance(toPixelX(view, SIZE, x), toPixelY(view, SIZE, y));
          assert.ok(off < 0.6, `${latex}: ${off} pixels off at ${x}, ${y}`);
        }
      }
    }
  }
});

test('squares, bars and roots are drawn where they are 0', () => {
  for (const latex of ['\\left(y-x\\right)^{2}=0', '\\left|y-x\\right|=0', '\\sqrt{y-x}=0']) {
    assert.equal(linesOf(curveOf(latex), VIEW).length, 1, latex);
  }
});

test('restrictions are kept to a third of a pixel', () => {
  const piece = linesOf(curveOf('x^{2}+y^{2}=9\\left\\{x>0.3\\right\\}'), VIEW).find((line) => line.length > 20);
  assert.ok(piece);
  const [edge, y] = [toPixelX(VIEW, SIZE, 0.3), Math.sqrt(9 - 0.09)];
  assert.ok(piece.every((v, k) => k % 2 === 1 || v >= edge));
  for (const [px, py] of [piece.slice(0, 2), piece.slice(-2)]) {
    const off = Math.min(...[y, -y].map((end) => Math.hypot(px - edge, py - toPixelY(VIEW, SIZE, end))));
    assert.ok(off < 0.35, `${off} pixels from the end`);
  }
});

test('while the plane moves, the curve moves with it and does not tremble', () => {
  const curve = curveOf('\\left(x-0.1\\right)^{2}+3y^{2}=7.3');
  const relations = patient();
  const unit = (VIEW.xmax - VIEW.xmin) / SIZE.width;
  const before = linesOf(curve, VIEW, relations)[0].slice();
  const moved = { ...VIEW, xmin: VIEW.xmin - 37 * unit, xmax: VIEW.xmax - 37 * unit };
  const after = linesOf(curve, moved, relations)[0];
  const fresh = linesOf(curve, moved)[0];
  const shifted = [...before].map((v, k) => (k % 2 === 0 ? v + 37 : v));
  for (const other of [after, fresh]) {
    assert.equal(other.length, before.length);
    const points = new Set([...other].map((v) => Math.round(v * 1e6)));
    assert.ok(shifted.every((v) => points.has(Math.round(v * 1e6))));
  }
});

test('a plane that was seen costs nothing to see again', () => {
  const curve = curveOf('x^{2}+y^{2}=9');
  let values = 0;
  const counted = {
    ...curve,
    value: (/** @type {number} */ x, /** @type {number} */ y) => (values++, curve.value(x, y)),
  };
  const relations = patient();
  linesOf(counted, VIEW, relations);
  assert.ok(values > 0 && values < 20_000, `${values} values`);
  values = 0;
  linesOf(counted, { xmin: -9.5, xmax: 10.5, ymin: -8, ymax: 8 }, relations);
  assert.equal(values, 0);
});

test('until a new octave of zoom is whole, the old one is shown', () => {
  const curve = curveOf('\\sin\\left(x^{2}+y^{2}\\right)=\\cos\\left(xy\\right)');
  const [clock, near] = [
    { ms: 0, step: 0 },
    { xmin: -4, xmax: 4, ymin: -3.2, ymax: 3.2 },
  ];
  const relations = new Relations(undefined, () => (clock.ms += clock.step));
  const far = linesOf(curve, VIEW, relations);
  clock.step = 1;
  relations.begin();
  const shown = relations.lines(curve, near, SIZE);
  assert.equal(relations.isWhole, false);
  assert.equal(shown.length, far.length);
  clock.step = 0;
  assert.notEqual(linesOf(curve, near, relations).length, far.length);
});

test('hostile relations take bounded work, and what cannot be told apart is a tone', () => {
  for (const latex of [
    '\\sin\\left(1000xy\\right)=0',
    '\\left(x^{2}+y^{2}\\right)^{200}=1',
    '\\operatorname{floor}\\left(x\\right)=\\operatorname{floor}\\left(y\\right)',
    '\\tan\\left(xy\\right)=1',
    'x^{y}=y^{x}',
    '\\sin\\left(\\frac{1}{x}\\right)+y^{2}=1',
    '\\operatorname{mod}\\left(x,0.01\\right)=\\operatorname{mod}\\left(y,0.01\\right)',
    'y+\\sum_{n=1}^{50}\\frac{\\sin\\left(nx\\right)}{n}=y^{2}',
    'x!=y!',
    '\\frac{1}{\\sin\\left(1000x\\right)}-y=0',
    '10^{300}\\left(x^{3}-y\\right)=1',
    '\\ln\\left(x\\right)\\ln\\left(y\\right)=1',
  ]) {
    const curve = curveOf(latex);
    let work = 0;
    const counted = {
      ...curve,
      value: (/** @type {number} */ x, /** @type {number} */ y) => (work++, curve.value(x, y)),
      interval: (
        /** @type {[number, number, number, number, import('../../../../js/graph/lang/types.js').Bounds]} */ ...box
      ) => (work++, curve.interval(...box)),
      /** @type {Curve2['slope']} */
      slope: (...box) => (work++, curve.slope(...box)),
      partial: curve.partial,
    };
    const lines = linesOf(counted, VIEW);
    assert.ok(work < 5e6, `${latex} took ${work} evaluations in all`);
    const points = lines.reduce((sum, line) => sum + line.length / 2, 0);
    assert.ok(points < 60_000, `${latex} has ${points} points`);
  }
});

test('for a thumbnail, little work gives a whole picture', () => {
  const size = { width: 320, height: 200 };
  for (const latex of [
    'x^{2}+y^{2}=9',
    '\\sin\\left(x\\right)=\\cos\\left(y\\right)',
    '\\sin\\left(1000xy\\right)=0',
  ]) {
    const relations = new Relations(1e6);
    relations.begin();
    assert.ok(relations.lines(curveOf(latex), VIEW, size).length > 0, latex);
    assert.ok(relations.isWhole);
  }
});
