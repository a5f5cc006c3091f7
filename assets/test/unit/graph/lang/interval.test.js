import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUNCTION, formula } from '../random-formula.js';
import { curvesOf, meaningOf, seededRandom } from '../support.js';

/**
 * @typedef {import('../../../../js/graph/lang/types.js').Curve} Curve
 */

/**
 * Checks one box of a curve.
 *
 * @param {Curve} curve
 * @param {number} lo
 * @param {number} hi
 * @param {() => number} random
 * @param {string} where
 * @returns {number} the decoration
 */
function checkBox(curve, lo, hi, random, where) {
  const out = { lo: NaN, hi: NaN };
  const decoration = curve.interval(lo, hi, out);
  for (let i = 0; i < 12; i++) {
    const x = i === 0 ? lo : i === 1 ? hi : lo + (hi - lo) * random();
    const value = curve.value(x);
    if (Number.isNaN(value)) {
      assert.notEqual(decoration, 2, `${where} is not defined at ${x}, but said to be`);
      continue;
    }
    assert.notEqual(decoration, 0, `${where} is ${value} at ${x}, but said to be nowhere defined`);
    assert.ok(value >= out.lo && value <= out.hi, `${where} is ${value} at ${x}, outside ${out.lo} to ${out.hi}`);
  }
  return decoration;
}

test('values lie within their intervals: random formulas on random boxes', () => {
  const random = seededRandom(20);
  const seen = [0, 0, 0];
  let formulas = 0;
  for (let i = 0; i < 4000; i++) {
    const latex = `y=${formula(random, 1 + Math.floor(random() * 3))}`;
    const meaning = meaningOf(latex, [FUNCTION]);
    if (meaning.kind !== 'function') {
      assert.ok(
        meaning.kind === 'value' || /too long|don't/.test(JSON.stringify(meaning)),
        `${latex}: ${JSON.stringify(meaning)}`,
      );
      continue;
    }
    formulas += 1;
    for (let j = 0; j < 5; j++) {
      const middle = (random() - 0.5) * 10 ** (random() * 4 - 1);
      const width = 10 ** (random() * 6 - 5);
      const lo = random() < 0.2 ? Math.round(middle) : middle;
      const hi = random() < 0.1 ? lo : lo + width;
      seen[checkBox(meaning.curves[0], lo, hi, random, `${latex} on ${lo}, ${hi}`)] += 1;
    }
  }
  assert.ok(formulas > 3000, `${formulas} formulas`);
  assert.ok(
    seen.every((count) => count > 500),
    `each decoration is met: ${seen}`,
  );
});

test('derivatives agree with differences', () => {
  const random = seededRandom(21);
  let compared = 0;
  for (let i = 0; i < 1500; i++) {
    const body = formula(random, 1 + Math.floor(random() * 2));
    // Step functions, and exponents that are 1 only after cancelling, have no rule for their slope.
    if (/mod|floor|ceil|round|sign/.test(body) || body.includes('\\frac{x}{x}')) continue;
    const meaning = meaningOf("y=g'(x)", [`g(x)=${body}`, FUNCTION]);
    const original = meaningOf('y=g(x)', [`g(x)=${body}`, FUNCTION]);
    if (meaning.kind !== 'function' || original.kind !== 'function') continue;
    for (let j = 0; j < 4; j++) {
      const x = (random() - 0.5) * 6;
      const h = 1e-4;
      const value = original.curves[0].value;
      const five = [-2, -1, 1, 2].map((k) => value(x + k * h));
      const slope = (five[0] - 8 * five[1] + 8 * five[2] - five[3]) / (12 * h);
      const rough = (five[2] - five[1]) / (2 * h);
      // Where the two differences disagree, the function is too wild to be judged by them.
      if (!(Math.abs(slope - rough) < 1e-5 * (1 + Math.abs(slope))) || Math.abs(value(x)) > 1e4) continue;
      const got = meaning.curves[0].value(x);
      assert.ok(Math.abs(got - slope) < 1e-4 * (1 + Math.abs(slope)), `${body} has slope ${slope} at ${x}, got ${got}`);
      compared += 1;
    }
  }
  assert.ok(compared > 1500, `${compared} slopes compared`);
});

test('what is continuous is proved so, on boxes of a size that a screen has', () => {
  const random = seededRandom(22);
  for (const [latex, from, to] of /** @type {[string, number, number][]} */ ([
    ['y=x^{3}-3x', -50, 50],
    ['y=\\sin x', -50, 50],
    ['y=e^{x}', -50, 50],
    ['y=\\sqrt{x}', 0, 50],
    ['y=\\ln x', 0.01, 50],
    ['y=x^{\\frac{1}{3}}', -50, 50],
    ['y=|x-1|', -50, 50],
    ['y=\\sqrt{x^{2}+1}', -50, 50],
    ['y=\\frac{1}{x^{2}+1}', -50, 50],
    ['y=\\sqrt{\\left|x\\right|}', -50, 50],
    ['y=\\max(x,0)', -50, 50],
    ['y=x^{2}\\left\\{x\\le3\\right\\}', -50, 3],
    ['y=\\left\\{x<0:-1,1\\right\\}', 0, 50],
    ['y=2^{x}', -50, 50],
    ['y=\\int_{0}^{x}\\operatorname{floor}(t)dt', -5, 5],
  ])) {
    const [curve] = curvesOf(latex);
    for (let i = 0; i < 50; i++) {
      const lo = from + (to - from) * 0.99 * random();
      const hi = Math.min(to, lo + 0.1 * random());
      assert.equal(curve.interval(lo, hi, { lo: 0, hi: 0 }), 2, `${latex} on ${lo}, ${hi}`);
    }
  }
});

test('what breaks is never called whole', () => {
  const random = seededRandom(23);
  for (const [latex, place] of /** @type {[string, number][]} */ ([
    ['y=\\frac{1}{x}', 0],
    ['y=\\tan x', Math.PI / 2],
    ['y=\\sec x', -Math.PI / 2],
    ['y=\\cot x', Math.PI],
    ['y=\\operatorname{floor}(x)', 3],
    ['y=\\operatorname{sign}(x)', 0],
    ['y=\\operatorname{mod}(x,3)', 6],
    ['y=\\left\\{x<1:x,x+0.2\\right\\}', 1],
    ['y=\\frac{x}{|x|}', 0],
    ['y=\\frac{x^{2}-1}{x-1}', 1],
    ['y=\\ln x', 0],
    ['y=x^{-\\frac{1}{3}}', 0],
    ['y=x!', -1],
    ['y=\\operatorname{round}(x)', 0.5],
    ['y=2x\\left\\{x<4\\right\\}', 4],
    ['y=\\frac{d}{dx}|x|', 0],
    ['y=\\operatorname{coth}(x)', 0],
  ])) {
    const [curve] = curvesOf(latex);
    for (let i = 0; i < 50; i++) {
      const size = 10 ** (-12 * random());
      const decoration = curve.interval(place - size * random(), place + size * (0.01 + random()), { lo: 0, hi: 0 });
      assert.notEqual(decoration, 2, `${latex} around ${place}`);
    }
  }
});

test('equations in two variables are enclosed as well', () => {
  const random = seededRandom(24);
  for (const latex of [
    'x^{2}+y^{2}=9',
    'xy=1',
    '\\sin\\left(xy\\right)=\\cos\\left(x+y\\right)',
    'y^{3}=\\sqrt{x}+\\ln y',
    '\\left|x\\right|+\\left|y\\right|=1\\left\\{x>y\\right\\}',
  ]) {
    const meaning = meaningOf(latex);
    assert.equal(meaning.kind, 'implicit', latex);
    if (meaning.kind !== 'implicit') continue;
    const [{ value, interval }] = meaning.curves;
    for (let i = 0; i < 400; i++) {
      const [x, y] = [(random() - 0.5) * 10, (random() - 0.5) * 10];
      const [w, h] = [random(), random()];
      const out = { lo: NaN, hi: NaN };
      const decoration = interval(x, x + w, y, y + h, out);
      const at = value(x + w * random(), y + h * random());
      if (Number.isNaN(at)) assert.notEqual(decoration, 2, latex);
      else assert.ok(decoration > 0 && at >= out.lo && at <= out.hi, latex);
    }
  }
});

test('where a relation is proved to rise or fall along an axis, it does', () => {
  const random = seededRandom(25);
  let proofs = 0;
  for (let i = 0; i < 3000; i++) {
    const side = formula(random, 1 + Math.floor(random() * 2)).replace(/(?<![a-zA-Z\\])x(?![a-zA-Z])/g, () =>
      random() < 0.5 ? 'y' : 'x',
    );
    const meaning = meaningOf(`${side}+x=y^{2}`, [FUNCTION]);
    if (meaning.kind !== 'implicit') continue;
    const [{ value, interval, slope }] = meaning.curves;
    for (let j = 0; j < 4; j++) {
      const [x, y, size] = [(random() - 0.5) * 8, (random() - 0.5) * 8, 10 ** (-2 * random())];
      if (interval(x, x + size, y, y + size, { lo: 0, hi: 0 }) !== 2) continue;
      const along = random() < 0.5 ? 'x' : 'y';
      const direction = slope(along, x, x + size, y, y + size);
      if (direction === 0) continue;
      proofs += 1;
      const other = random() * size;
      const [from, to] = [random() * size, random() * size].sort((a, b) => a - b);
      const at = (/** @type {number} */ t) => (along === 'x' ? value(x + t, y + other) : value(x + other, y + t));
      const change = (at(to) - at(from)) * direction;
      assert.ok(
        change >= -1e-9 * (1 + Math.abs(at(from))),
        `${side} along ${along} on ${x}, ${y} + ${size}: ${change}, said to go ${direction}`,
      );
    }
  }
  assert.ok(proofs > 2000, `${proofs} slopes proved`);
});

test('what distributions and polar coordinates are made of is enclosed as well', () => {
  const random = seededRandom(26);
  for (const latex of [
    'y=\\operatorname{erf}(x)',
    'y=\\operatorname{erf}(x^{2}-1)',
    'y=\\operatorname{normaldist}(0,1).\\operatorname{pdf}(x)',
    'y=\\operatorname{normaldist}(1,2).\\operatorname{cdf}(x)',
    'y=\\operatorname{normaldist}(0,1).\\operatorname{inversecdf}(x)',
    'y=\\operatorname{normaldist}(0,x).\\operatorname{cdf}(0,1)',
    'y=\\operatorname{uniformdist}(0,2).\\operatorname{cdf}(x)',
    'y=\\operatorname{uniformdist}(0,2).\\operatorname{pdf}(x)',
    'y=\\operatorname{tdist}(3).\\operatorname{pdf}(x)',
    'y=\\operatorname{binomialdist}(5,0.3).\\operatorname{cdf}(x)',
    'y=\\operatorname{poissondist}(3).\\operatorname{pdf}(x)',
    'y=\\frac{d}{dx}\\operatorname{erf}(x)',
    'y=\\operatorname{corr}([1,2,x],[2,x,4])',
  ]) {
    const [curve] = curvesOf(latex);
    for (let i = 0; i < 200; i++) {
      const lo = (random() - 0.5) * 8;
      checkBox(curve, lo, lo + 10 ** (-3 * random()), random, `${latex} on ${lo}`);
    }
  }
});
