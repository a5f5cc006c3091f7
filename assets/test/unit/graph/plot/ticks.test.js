import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNumber, ticks } from '../../../../js/graph/plot/ticks.js';
import { seededRandom } from '../support.js';

test('numbers stand at round places', () => {
  const { step, minorStep, major } = ticks(-10, 10, 800);
  assert.equal(step, 2);
  assert.equal(minorStep, 0.5);
  assert.deepEqual(major.map((t) => t.value), [-10, -8, -6, -4, -2, 0, 2, 4, 6, 8, 10]);
  assert.deepEqual(major.map((t) => t.label).slice(4, 7), ['−2', '0', '2']);
});

test('tenths are written as tenths', () => {
  assert.deepEqual(ticks(0, 1, 800).major.map((t) => t.label), ['0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1']);
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

test('large and small numbers carry a power of ten', () => {
  assert.equal(formatNumber(250000), '250000');
  assert.equal(formatNumber(1e9), '10⁹');
  assert.equal(formatNumber(-2.5e-7), '−2.5×10⁻⁷');
  assert.equal(formatNumber(0.1 + 0.2), '0.3');
  assert.equal(formatNumber(-0), '0');
});
