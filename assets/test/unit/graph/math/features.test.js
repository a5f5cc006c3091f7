import assert from 'node:assert/strict';
import { test } from 'node:test';
import { featuresOf } from '../../../../js/graph/math/interest/features.js';
import { curvesOf, meaningOf, seededRandom } from '../support.js';

/** @typedef {import('../../../../js/graph/math/interest/features.js').Features} Features */

const SIZE = { width: 800, height: 600 };
const HOME = { xmin: -10.3, xmax: 9.7, ymin: -10, ymax: 10 };
const VIEWS = 25;

/** @param {string} latex @param {import('../../../../js/graph/plot/viewport.js').Viewport} [view] */
function find(latex, view = HOME) {
  const meaning = meaningOf(latex);
  assert.ok(meaning.kind === 'function', latex);
  return featuresOf(meaning.curves[0], meaning.of, view, SIZE);
}

/** @param {number} value */
const round = (value) => String(Number(value.toPrecision(7)));

/** In short: `●(1,2)` a closed end, `○` an open one, `◌` a hole, `|1` and `-1` asymptotes. @param {Features} features */
function inShort({ ends, holes, asymptotes }) {
  return [
    ...ends.map(({ x, y, closed }) => `${closed ? '●' : '○'}(${round(x)},${round(y)})`),
    ...holes.map(({ x, y }) => `◌(${round(x)},${round(y)})`),
    ...asymptotes.vertical.map((x) => `|${round(x)}`),
    ...asymptotes.horizontal.map((y) => `-${round(y)}`),
  ]
    .sort()
    .join(' ');
}

/** @param {string} short */
const sorted = (short) => short.split(' ').sort().join(' ');

/** @type {[string, string][]} */
const KNOWN = [
  ['y=x^{2}\\left\\{-2\\le x<2\\right\\}', '●(-2,4) ○(2,4)'],
  ['y=x\\left\\{x^{2}<2\\right\\}', '○(-1.414214,-1.414214) ○(1.414214,1.414214)'],
  ['y=x\\left\\{x^{2}\\le2\\right\\}', '●(-1.414214,-1.414214) ●(1.414214,1.414214)'],
  ['y=\\left\\{x<1:0.5x,x\\ge1:0.5x+0.2\\right\\}', '●(1,0.7) ○(1,0.5)'],
  ['y=\\left\\{x<0:x^{2},x\\ge0:x\\right\\}', ''],
  ['y=\\left\\{x<0:x^{2},0<x<2:x+1\\right\\}', '○(0,0) ○(0,1) ○(2,3)'],
  ['y=\\left\\{x^{2}<2:1,2\\right\\}', '●(-1.414214,2) ●(1.414214,2) ○(-1.414214,1) ○(1.414214,1)'],
  ['y=\\left\\{x=1:2,x\\right\\}', '●(1,2) ◌(1,1)'],
  ['y=\\operatorname{sign}\\left(x\\right)', '●(0,0) ○(0,-1) ○(0,1)'],
  ['y=\\operatorname{floor}\\left(\\frac{x}{7}\\right)', '●(-7,-1) ●(0,0) ●(7,1) ○(-7,-2) ○(0,-1) ○(7,0)'],
  ['y=\\operatorname{ceil}\\left(\\frac{x}{7}\\right)', '●(-7,-1) ●(0,0) ●(7,1) ○(-7,0) ○(0,1) ○(7,2)'],
  ['y=\\operatorname{mod}\\left(x,8\\right)', '●(-8,0) ●(0,0) ●(8,0) ○(-8,8) ○(0,8) ○(8,8)'],
  ['y=\\sqrt{x-0.7}', '●(0.7,0)'],
  ['y=\\sqrt{3-x^{2}}', '●(-1.732051,0) ●(1.732051,0)'],
  ['y=\\arcsin\\left(x\\right)', '●(-1,-1.570796) ●(1,1.570796)'],
  ['y=\\sin\\left(x\\right)\\left\\{0\\le x\\le\\pi\\right\\}', '●(0,0) ●(3.141593,0)'],
  ['y=\\frac{x^{2}-1}{x-1}', '◌(1,2)'],
  ['y=\\frac{x^{3}-x}{x^{2}-x}', '◌(0,1) ◌(1,2)'],
  ['y=\\frac{x^{2}-2}{x-\\sqrt{2}}', '◌(1.414214,2.828427)'],
  ['y=\\frac{\\sin\\left(x\\right)}{x}', '-0 ◌(0,1)'],
  ['y=\\frac{1-\\cos\\left(x\\right)}{x^{2}}', '-0 ◌(0,0.5)'],
  ['y=x\\sin\\left(\\frac{1}{x}\\right)', '-1 ◌(0,0)'],
  ['y=\\frac{x}{\\left|x\\right|}', '○(0,-1) ○(0,1)'],
  ['y=\\frac{1}{x}', '-0 |0'],
  ['x=\\frac{1}{y-2}', '-2 |0'],
  ['y=\\frac{2x^{2}+1}{x^{2}-4}', '-2 |-2 |2'],
  ['y=\\frac{1}{\\left(x-1\\right)^{2}}', '-0 |1'],
  ['y=\\tan\\left(\\frac{x}{3}\\right)', '|-4.712389 |4.712389'],
  ['y=\\ln\\left(x+1\\right)', '|-1'],
  ['y=x^{-\\frac{1}{2}}', '-0 |0'],
  ['y=2^{-x}+3', '-3'],
  ['y=\\frac{1}{e^{x}-1}', '--1 -0 |0'],
  ['y=\\arctan\\left(x\\right)', '--1.570796 -1.570796'],
  ['y=\\frac{x}{\\sqrt{x^{2}+1}}', '--1 -1'],
];

test('ends, holes and asymptotes are found where they are', () => {
  for (const [latex, want] of KNOWN) assert.equal(inShort(find(latex)), sorted(want), latex);
});

test('nothing is found where there is nothing', () => {
  for (const latex of [
    'y=3',
    'y=2x+1',
    'y=x^{3}-3x',
    'y=\\left|x\\right|',
    'y=x^{\\frac{1}{3}}',
    'y=\\sin\\left(x\\right)',
    'y=\\sqrt{x^{2}}',
    'y=\\max\\left(x,2\\right)',
    'y=\\left|x\\right|^{\\frac{1}{2}}',
  ])
    assert.equal(inShort(find(latex)), '', latex);
  // It oscillates: it has no end at 0, and no hole.
  assert.equal(inShort(find('y=\\sin\\left(\\frac{1}{x}\\right)')), '-0');
});

test('wherever the plane is looked at, and however closely', () => {
  const random = seededRandom(4);
  const places = /** @type {const} */ ([
    ['y=\\frac{1}{x-0.7}+2', 0.7, 2, '|0.7'],
    ['y=\\frac{x^{2}-0.09}{x-0.3}', 0.3, 0.6, '◌(0.3,0.6)'],
    ['y=\\left\\{x<1.1:0.5,0.5+10^{-4}\\right\\}', 1.1, 0.5, '●(1.1,0.5001) ○(1.1,0.5)'],
    ['y=x+1\\left\\{x>0.3\\right\\}', 0.3, 1.3, '○(0.3,1.3)'],
    ['y=\\ln\\left(x-2\\right)', 2, 0, '|2'],
    ['y=\\sqrt{5-x}', 5, 0, '●(5,0)'],
    ['y=\\operatorname{floor}\\left(x\\right)', 3, 2.5, '●(3,3) ○(3,2)'],
  ]);
  for (const [latex, x, y, want] of places) {
    for (let i = 0; i < VIEWS; i++) {
      const width = 10 ** (random() * 4 - (latex.includes('floor') ? 4 : 2.5));
      const [left, down] = [random() * width, 2 + random()];
      const view = { xmin: x - left, xmax: x - left + width, ymin: y - down, ymax: y + 3 };
      const seen = inShort(find(latex, view))
        .split(' ')
        .filter((part) => part[0] !== '-')
        .join(' ');
      if (latex.includes('floor'))
        assert.ok(view.xmax - view.xmin > 1 || seen === sorted(want), `${seen} in ${JSON.stringify(view)}`);
      else assert.equal(seen, sorted(want), `${latex} in ${JSON.stringify(view)}`);
    }
  }
});

test('breaks too close together to be told apart are left alone, quickly', () => {
  for (const latex of [
    'y=\\operatorname{floor}\\left(1000x\\right)',
    'y=\\tan\\left(10^{4}x\\right)',
    'y=\\tan\\left(x\\right)\\operatorname{floor}\\left(10^{9}x\\right)',
  ]) {
    const [curve] = curvesOf(latex);
    let proofs = 0;
    const counted = {
      ...curve,
      interval: /** @type {typeof curve.interval} */ ((...args) => (proofs++, curve.interval(...args))),
    };
    assert.deepEqual(featuresOf(counted, 'x', HOME, SIZE).ends, [], latex);
    assert.ok(proofs < 1000, `${proofs} proofs for ${latex}`);
  }
});
