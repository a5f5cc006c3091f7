import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from '../../../../js/graph/lang/index.js';
import { interestOf } from '../../../../js/graph/math/interest/interest.js';
import { seededRandom } from '../support.js';

/** @typedef {import('../../../../js/graph/math/interest/interest.js').Interest} Interest */

const SIZE = { width: 800, height: 600 };
const HOME = { xmin: -10, xmax: 10, ymin: -7.5, ymax: 7.5 };

/**
 * @param {string[]} lines the points of the first are looked for, the others are what it may meet
 * @param {import('../../../../js/graph/plot/viewport.js').Viewport} [viewport]
 * @param {{min: number, max: number}} [domain] of its parameter
 * @returns {{points: Interest[], steps: number}}
 */
function find(lines, viewport = HOME, domain = { min: 0, max: 2 * Math.PI }) {
  const meanings = [...interpret(lines.map((latex, i) => ({ id: String(i), latex }))).values()];
  for (const meaning of meanings) assert.ok(!('message' in meaning), `${lines}: ${JSON.stringify(meaning)}`);
  const search = interestOf(meanings[0], meanings.slice(1), viewport, SIZE, domain);
  for (let steps = 1; ; steps++) {
    const { done, value } = search.next();
    if (done) return { points: value, steps };
  }
}

/** @param {Interest} point */
const told = ({ x, y, kinds }) =>
  `${Number(x.toPrecision(13)) + 0} ${Number(y.toPrecision(13)) + 0} ${kinds.toSorted().join(' ')}`;

/** @type {[string[], string[]][]} */
const CASES = [
  [['y=2x+1'], ['-0.5 0 x-intercept', '0 1 y-intercept']],
  [['y=x^2-4'], ['-2 0 x-intercept', '0 -4 minimum y-intercept', '2 0 x-intercept']],
  [['y=x^2'], ['0 0 minimum x-intercept y-intercept']],
  [['y=x^3'], ['0 0 x-intercept y-intercept']],
  [['y=-\\left(x-1\\right)^2+4'], ['-1 0 x-intercept', '0 3 y-intercept', '1 4 maximum', '3 0 x-intercept']],
  [
    ['y=x^3-3x'],
    [
      '-1.732050807569 0 x-intercept',
      '-1 2 maximum',
      '0 0 x-intercept y-intercept',
      '1 -2 minimum',
      '1.732050807569 0 x-intercept',
    ],
  ],
  [
    ['y=\\left(x-1\\right)^2\\left(x-3\\right)'],
    ['0 -3 y-intercept', '1 0 maximum x-intercept', '2.333333333333 -1.185185185185 minimum', '3 0 x-intercept'],
  ],
  [['y=x^3-3x^2+3x-1'], ['0 -1 y-intercept', '1 0 x-intercept']],
  [['y=\\left|x-2\\right|-1'], ['0 1 y-intercept', '1 0 x-intercept', '2 -1 minimum', '3 0 x-intercept']],
  [['y=x^{2/3}'], ['0 0 minimum x-intercept y-intercept']],
  [['y=\\sqrt[3]{x-1}'], ['0 -1 y-intercept', '1 0 x-intercept']],
  [['y=\\frac{1}{x}'], []],
  [['y=\\frac{1}{x-2}+1'], ['0 0.5 y-intercept', '1 0 x-intercept']],
  [['y=2^x-4'], ['0 -3 y-intercept', '2 0 x-intercept']],
  [['y=\\ln x'], ['1 0 x-intercept']],
  [['y=\\max\\left(x,2-x\\right)'], ['0 2 y-intercept', '1 1 minimum']],
  [['y=3'], ['0 3 y-intercept']],
  [['y=0'], ['0 0 y-intercept']],
  [
    ['y=2\\operatorname{sign}\\left(x-3\\right)'],
    ['0 -2 y-intercept', '3 -2 open-end', '3 0 end x-intercept', '3 2 open-end'],
  ],
  [['y=\\frac{x^2-1}{x-1}'], ['-1 0 x-intercept', '0 1 y-intercept', '1 2 hole']],
  [['y=\\left(x-1\\right)^2\\left\\{1\\le x\\le 3\\right\\}'], ['1 0 end x-intercept', '3 4 end']],
  [['y=\\left(x-1\\right)^2\\left\\{1<x<3\\right\\}'], ['1 0 open-end', '3 4 open-end']],
  [['y=\\sqrt{4-x^2}'], ['-2 0 end x-intercept', '0 2 maximum y-intercept', '2 0 end x-intercept']],
  [['y=\\left\\{x<0:-x,x\\ge0:x\\right\\}'], ['0 0 minimum x-intercept y-intercept']],
  [
    ['y=\\left\\{x<1:x^2,x\\ge1:2-x\\right\\}'],
    ['0 0 minimum x-intercept y-intercept', '1 1 maximum', '2 0 x-intercept'],
  ],
  [
    ['y=\\sqrt{x}', 'y=x'],
    ['0 0 end intersection x-intercept y-intercept', '1 1 intersection'],
  ],
  [['x=y^2-1'], ['-1 0 leftmost x-intercept', '0 -1 y-intercept', '0 1 y-intercept']],
  [['x=3'], ['3 0 x-intercept']],
  [
    ['x^2+y^2=9'],
    ['-3 0 leftmost x-intercept', '0 -3 minimum y-intercept', '0 3 maximum y-intercept', '3 0 rightmost x-intercept'],
  ],
  [
    ['\\left(x-2\\right)^2+\\left(y-3\\right)^2=9'],
    [
      '-1 3 leftmost',
      '0 0.7639320225002 y-intercept',
      '0 5.2360679775 y-intercept',
      '2 0 minimum x-intercept',
      '2 6 maximum',
      '5 3 rightmost',
    ],
  ],
  [['y=3', 'x^2+y^2=9'], ['0 3 intersection y-intercept']],
  [['x^2-y^2=1'], ['-1 0 rightmost x-intercept', '1 0 leftmost x-intercept']],
  [
    ['y^2=x^3-3x'],
    [
      '-1.732050807569 0 leftmost x-intercept',
      '-1 -1.414213562373 minimum',
      '-1 1.414213562373 maximum',
      '0 0 rightmost x-intercept y-intercept',
      '1.732050807569 0 leftmost x-intercept',
    ],
  ],
  [['y>x^2-1'], ['-1 0 x-intercept', '0 -1 minimum y-intercept', '1 0 x-intercept']],
  [['\\left(1,2\\right)'], ['1 2 point']],
  [
    ['y=5', 'y=x^2+1', 'y=x'],
    ['-2 5 intersection', '0 5 y-intercept', '2 5 intersection', '5 5 intersection'],
  ],
  [
    ['y=2x-1', 'y=x^2'],
    ['0 -1 y-intercept', '0.5 0 x-intercept', '1 1 intersection'],
  ],
  [
    ['x=2', 'y=x^2'],
    ['2 0 x-intercept', '2 4 intersection'],
  ],
  [
    ['y=x^2', 'x=2'],
    ['0 0 minimum x-intercept y-intercept', '2 4 intersection'],
  ],
  [
    ['y=x', 'x^2+y^2=8'],
    ['-2 -2 intersection', '0 0 x-intercept y-intercept', '2 2 intersection'],
  ],
  [
    ['x^2+y^2=8', 'y=x'],
    [
      '-2.828427124746 0 leftmost x-intercept',
      '-2 -2 intersection',
      '0 -2.828427124746 minimum y-intercept',
      '0 2.828427124746 maximum y-intercept',
      '2 2 intersection',
      '2.828427124746 0 rightmost x-intercept',
    ],
  ],
  [
    ['y=x', 'x=y^2-1'],
    [
      '-0.6180339887499 -0.6180339887499 intersection',
      '0 0 x-intercept y-intercept',
      '1.61803398875 1.61803398875 intersection',
    ],
  ],
  [['y=x^2', 'y=x^2'], ['0 0 minimum x-intercept y-intercept']],
  [
    ['\\left(3\\cos t,3\\sin t\\right)'],
    ['-3 0 leftmost x-intercept', '0 -3 minimum y-intercept', '0 3 maximum y-intercept', '3 0 rightmost x-intercept'],
  ],
  [
    ['\\left(t-2,t-4\\right)', 'y=x^2-4'],
    [
      '-2 -4 end',
      '-1 -3 intersection',
      '0 -2 y-intercept',
      '2 0 intersection x-intercept',
      '4.28318530718 2.28318530718 end',
    ],
  ],
  [
    ['r=2', 'x^2+y^2=9', 'x=y'],
    [
      '-2 0 leftmost x-intercept',
      '-1.414213562373 -1.414213562373 intersection',
      '0 -2 minimum y-intercept',
      '0 2 maximum y-intercept',
      '1.414213562373 1.414213562373 intersection',
      '2 0 rightmost x-intercept',
    ],
  ],
  [
    ['y=e^x', 'y=5'],
    ['0 1 y-intercept', '1.609437912434 5 intersection'],
  ],
];

for (const [lines, wanted] of CASES) {
  test(`points of ${lines.join(' with ')}`, () => {
    assert.deepEqual(find(lines).points.map(told), wanted);
  });
}

test('sine crosses and turns where pi says', () => {
  const { points } = find(['y=\\sin x']);
  assert.equal(points.length, 13);
  points.forEach(({ x, y, errorX }, i) => {
    const half = i - 6;
    assert.ok(Math.abs(x - (half * Math.PI) / 2) <= errorX + 2e-15 && errorX < 1e-14);
    assert.ok(Math.abs(y - Math.sin((half * Math.PI) / 2)) < 1e-15);
  });
});

test('nothing is found at poles and jumps', () => {
  for (const latex of [
    'y=\\tan x',
    'y=\\frac{1}{x-1}+\\frac{1}{x+2}',
    'y=\\sec x',
    'y=\\operatorname{sign}\\left(x-0.3\\right)',
    'y=\\operatorname{floor}\\left(x\\right)+0.5',
    'y=\\left\\{x<1:-1,x>1:1\\right\\}',
    'y=\\operatorname{mod}\\left(x,2\\right)-1',
  ]) {
    const meaning = interpret([{ id: '1', latex }]).get('1');
    assert.equal(meaning?.kind, 'function');
    if (meaning?.kind !== 'function') continue;
    for (const { x, y, kinds } of find([latex]).points) {
      if (kinds.includes('open-end')) continue;
      assert.ok(Math.abs(meaning.curves[0].value(x) - y) < 1e-12, `${latex}: (${x}, ${y}) lies on it`);
      if (kinds.includes('x-intercept') && !kinds.includes('end'))
        assert.ok(
          [-1e-6, 1e-6].every((step) => Math.abs(meaning.curves[0].value(x + step)) < 1e-3),
          `${latex} crosses at ${x}`,
        );
    }
  }
});

test('roots and vertices of random parabolas are right to the last digits', () => {
  const random = seededRandom(11);
  for (let i = 0; i < 60; i++) {
    const [p, q, r] = [random() * 8 - 4, random() * 8 - 4, random() * 2 + 0.1];
    if (Math.abs(p - q) < 0.1) continue;
    const { points } = find([`y=${r}\\left(x-${p}\\right)\\left(x-${q}\\right)`.replaceAll('--', '+')], {
      xmin: -5,
      xmax: 5,
      ymin: -100,
      ymax: 100,
    });
    const zeros = points.filter(({ kinds }) => kinds.includes('x-intercept'));
    assert.equal(zeros.length, 2);
    zeros.forEach(({ x, errorX }, k) => {
      const want = k === 0 ? Math.min(p, q) : Math.max(p, q);
      assert.ok(
        Math.abs(x - want) <= errorX && errorX <= 1e-12 * Math.max(1, Math.abs(x)),
        `${x} is ${want} within ${errorX}`,
      );
    });
    const vertex = points.find(({ kinds }) => kinds.includes('minimum'));
    assert.ok(vertex && Math.abs(vertex.x - (p + q) / 2) <= vertex.errorX + 1e-15 && vertex.errorX < 1e-12);
  }
});

test('what is found does not depend on how the plane lies', () => {
  const random = seededRandom(5);
  for (let i = 0; i < 25; i++) {
    const [x, y, span] = [random() * 2 - 1, random() * 2 - 1, 10 ** (random() * 3)];
    const { points } = find(['y=x^2-4', 'y=x'], {
      xmin: x - 3 * span,
      xmax: x + 3 * span,
      ymin: y - 5 * span,
      ymax: y + 5 * span,
    });
    const seen = (/** @type {number} */ px, /** @type {number} */ py) =>
      Math.abs(px - x) < 3 * span && Math.abs(py - y) < 5 * span;
    const wanted = [
      [-2, 0],
      [2, 0],
      [0, -4],
      [(1 + Math.sqrt(17)) / 2, (1 + Math.sqrt(17)) / 2],
      [(1 - Math.sqrt(17)) / 2, (1 - Math.sqrt(17)) / 2],
    ];
    const near = (/** @type {number[]} */ [wx, wy]) =>
      points.some((point) => Math.hypot(point.x - wx, point.y - wy) < 1e-11 * span);
    for (const point of wanted)
      assert.equal(near(point), seen(point[0], point[1]), `${point} in ${span} about ${x}, ${y}`);
  }
});

test('wild curves take bounded work, and give no thickets of points', () => {
  for (const latex of [
    'y=\\sin\\left(\\frac{1}{x}\\right)',
    'y=\\sin\\left(10^{6}x\\right)',
    'y=\\tan\\left(50x\\right)',
    'y=\\sin^{2}x+\\cos^{2}x',
    'y=\\sum_{n=1}^{100}\\frac{\\sin\\left(n^{2}x\\right)}{n}',
    'y=\\operatorname{floor}\\left(1000x\\right)',
    'y=x!',
  ]) {
    const { points, steps } = find([latex, 'y=x', 'x^2+y^2=9']);
    assert.ok(steps < 60_000, `${latex} took ${steps} steps`);
    assert.ok(points.length <= 100, `${latex} has ${points.length} points`);
  }
});

test('no crossing is missed that 4000 values show, on any plane', () => {
  const random = seededRandom(3);
  const formulas = [
    'y=x^3-3x',
    'y=\\frac{x^4}{10}-x^2',
    'y=\\sqrt{x+3}-1',
    'y=x^{1/3}-1',
    'y=\\left|\\left|x\\right|-3\\right|-1',
    'y=2^x-3',
    'y=\\ln x',
    'y=3\\sin2x',
    'y=\\left\\{x<0:x^2-1,x\\ge0:x-2\\right\\}',
    'y=x\\sin x',
    'y=\\frac{x^2-1}{x+3}',
    'y=\\cos x-\\frac{x}{5}',
    'y=\\tan x',
    'y=\\operatorname{mod}\\left(x,2\\right)-1',
  ];
  for (const latex of formulas) {
    const meaning = interpret([{ id: '1', latex }]).get('1');
    const f = meaning?.kind === 'function' ? meaning.curves[0].value : () => NaN;
    for (let k = 0; k < 6; k++) {
      const [middle, half] = [random() * 8 - 4, 1 + random() * 14];
      const [xmin, step] = [middle - half, (2 * half) / 4001];
      const zeros = find([latex], { xmin, xmax: middle + half, ymin: -1e6, ymax: 1e6 }).points.filter(({ kinds }) =>
        kinds.includes('x-intercept'),
      );
      for (let i = 0; i < 4001; i++) {
        let [a, b] = [xmin + i * step, xmin + (i + 1) * step];
        if (!(f(a) * f(b) < 0)) continue;
        for (let n = 0; n < 60; n++) [a, b] = f(a) * f((a + b) / 2) <= 0 ? [a, (a + b) / 2] : [(a + b) / 2, b];
        if (!(Math.abs(f(a)) <= 1e-6)) continue;
        assert.ok(
          zeros.some(({ x }) => Math.abs(x - a) < 1e-9),
          `${latex} crosses at ${a}`,
        );
      }
    }
  }
});
