import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integrate } from '../../../../js/graph/lang/calculus/integrate.js';
import { movingIntegral } from '../../../../js/graph/lang/calculus/moving-integral.js';
import { seededRandom } from '../support.js';

/** The integral of |sin 10t| from 0. @param {number} x */
function wavesTurnedUp(x) {
  const waves = Math.floor((10 * x) / Math.PI);
  return (2 * waves + 1 - Math.cos(10 * x - waves * Math.PI)) / 10;
}

/** The integral of floor(7t) from 0. @param {number} x */
function steps(x) {
  const n = Math.floor(7 * x);
  return (n * (n - 1)) / 14 + n * (x - n / 7);
}

/** @type {[string, (t: number) => number, (x: number) => number][]} functions with one of those that they are the slope of */
const KNOWN = [
  ['t^2', (t) => t * t, (x) => x ** 3 / 3],
  ['cos', Math.cos, Math.sin],
  ['1/(1+t^2)', (t) => 1 / (1 + t * t), Math.atan],
  ['|sin 10t|', (t) => Math.abs(Math.sin(10 * t)), wavesTurnedUp],
  ['floor 7t', (t) => Math.floor(7 * t), steps],
  ['1/sqrt|t|', (t) => 1 / Math.sqrt(Math.abs(t)), (x) => 2 * Math.sign(x) * Math.sqrt(Math.abs(x))],
];

test('integrals between moving bounds are those of the antiderivative', () => {
  const random = seededRandom(3);
  for (const [name, f, upTo] of KNOWN) {
    const integral = movingIntegral(f);
    for (let i = 0; i < 300; i++) {
      const [from, to] = [i % 3 === 0 ? 0 : (random() - 0.5) * 20, (random() - 0.5) * 24 * 10 ** (-3 * random())];
      const [got, want] = [integral(from, to), upTo(to) - upTo(from)];
      assert.ok(
        Math.abs(got - want) <= 1e-7 * Math.max(1, Math.abs(want)),
        `${name} from ${from} to ${to}: got ${got}, want ${want}`,
      );
    }
  }
});

test('on the whole line too', () => {
  const integral = movingIntegral((t) => Math.exp(-t * t));
  assert.ok(Math.abs(integral(-Infinity, Infinity) - Math.sqrt(Math.PI)) < 1e-10);
  assert.ok(Math.abs(integral(-Infinity, 0) - Math.sqrt(Math.PI) / 2) < 1e-10);
  assert.equal(integral(1, -Infinity), -integral(-Infinity, 1));
});

test('results do not depend on what was asked before', () => {
  const random = seededRandom(8);
  for (const f of [
    Math.cos,
    (/** @type {number} */ t) => Math.abs(Math.sin(10 * t)),
    (/** @type {number} */ t) => Math.sin(1 / t),
    Math.log,
  ]) {
    const bounds = Array.from({ length: 400 }, () => (random() - 0.3) * 10 ** (2 - 4 * random()));
    const upward = movingIntegral(f);
    const values = new Map([...bounds].sort((a, b) => a - b).map((x) => [x, upward(0.5, x)]));
    const mixed = movingIntegral(f);
    for (const x of bounds) assert.ok(Object.is(mixed(0.5, x), values.get(x)), `at ${x}`);
  }
});

test('a picture of a hard integral takes less than a third of the work of integrals one by one', () => {
  for (const f of [
    (/** @type {number} */ t) => Math.abs(Math.sin(10 * t)),
    (/** @type {number} */ t) => Math.sin(1 / t),
    (/** @type {number} */ t) => Math.sin(1e6 * t),
  ]) {
    let calls = 0;
    const counted = (/** @type {number} */ t) => (calls++, f(t));
    const integral = movingIntegral(counted);
    for (let i = -500; i < 500; i++) integral(0, i / 40);
    const together = calls;
    calls = 0;
    for (let i = -500; i < 500; i++) integrate(counted, 0, i / 40);
    assert.ok(together < calls / 3, `${together} values, ${calls} one by one`);
  }
});
