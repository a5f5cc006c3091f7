import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNumber, ticks } from '../../../../js/graph/plot/draw/ticks.js';
import { seededRandom } from '../support.js';

test('numbers stand at round places', () => {
  const { step, minorStep, major } = ticks(-10, 10, 800);
  assert.equal(step, 2);
  assert.equal(minorStep, 0.5);
  assert.deepEqual(
    major.map((t) => t.value),
    [-10, -8, -6, -4, -2, 0, 2, 4, 6, 8, 10],
  );
  assert.deepEqual(major.map((t) => t.label).slice(4, 7), ['−2', '0', '2']);
});

test('tenths are written as tenths', () => {
  assert.deepEqual(
    ticks(0, 1, 800).major.map((t) => t.label),
    ['0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1'],
  );
});

test('at every zoom the steps are 1, 2 or 5 times a power of ten and do not crowd', () => {
  const random = seededRandom(11);
  for (let i = 0; i < 3000; i++) {
    const span = 10 ** (random() * 24 - 10);
    const min = (random() - 0.7) * span * 3;
    const pixels = 200 + random() * 2000;
    const { step, major, minor } = ticks(min, min + span, pixels);
    assert.match(step.toExponential(), /^[125]e/);
    assert.ok((step / span) * pixels >= 69.9 && (step / span) * pixels < 70 * 2.6, `${span}: ${step}`);
    assert.ok(major.length + minor.length < 400);
    assert.equal(new Set(major.map((t) => t.label)).size, major.length, 'no two labels are equal');
    for (const { value, label } of major) assert.ok(label.length < 20, `${value}: ${label}`);
  }
});

test('far from the origin the labels still differ', () => {
  const labels = ticks(1e6, 1e6 + 1e-3, 800).major.map((t) => t.label);
  assert.equal(new Set(labels).size, labels.length);
});

test('anywhere the plane can be taken to, numbers are told apart and as short as that allows', () => {
  const random = seededRandom(3);
  for (let i = 0; i < 2000; i++) {
    const min = (random() < 0.5 ? -1 : 1) * 10 ** (random() * 18 - 9);
    const span = Math.abs(min) * 10 ** (-random() * 9) + 1e-9;
    const labels = ticks(min, min + span, 700).major.map((t) => t.label);
    assert.equal(new Set(labels).size, labels.length, `${labels}`);
    for (const label of labels) assert.ok(label.length <= 19, label);
  }
  assert.deepEqual(
    ticks(1e6, 1e6 + 1e-3, 400)
      .major.map((t) => t.label)
      .slice(0, 2),
    ['10⁶', '1000000.0002'],
  );
  assert.deepEqual(
    ticks(1e12, 3e12, 400)
      .major.map((t) => t.label)
      .slice(0, 2),
    ['10¹²', '1.5×10¹²'],
  );
});

test('steps that are wished for: parts of pi, degrees, and longer ones where they would crowd', () => {
  const labels = (/** @type {Parameters<typeof ticks>} */ ...args) =>
    ticks(...args)
      .major.map((t) => t.label)
      .join(' ');
  assert.equal(labels(-4, 7, 800, { step: Math.PI / 2 }), '−π −π/2 0 π/2 π 3π/2 2π');
  assert.equal(labels(0, 4.2, 800, { step: Math.PI / 3 }), '0 π/3 2π/3 π 4π/3');
  assert.equal(labels(-100, 200, 800, { step: 90, degrees: true }), '−90° 0° 90° 180°');
  assert.equal(labels(0, 1, 800, { step: 0.25 }), '0 0.25 0.5 0.75 1');
  assert.equal(ticks(0, 1, 800, { step: 0.25, parts: 5 }).minorStep, 0.05);
  assert.equal(ticks(0, 100, 800, { step: 3 }).step, 12, 'not below the smallest distance');
  assert.equal(ticks(0, 1, 800, { step: 50 }).step, 0.1, 'one that does not fit on the screen');
  for (const step of [-1, NaN, Infinity, 1e-300]) assert.equal(ticks(0, 1, 800, { step }).step, 0.1);
  assert.ok(ticks(0, 1, 800, { step: 0.5, parts: 1e9 }).minor.length < 300);
});

test('large and small numbers carry a power of ten', () => {
  assert.equal(formatNumber(250000), '250000');
  assert.equal(formatNumber(1e9), '10⁹');
  assert.equal(formatNumber(-2.5e-7), '−2.5×10⁻⁷');
  assert.equal(formatNumber(0.1 + 0.2), '0.3');
  assert.equal(formatNumber(-0), '0');
});
