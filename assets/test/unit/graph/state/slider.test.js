import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sliderOf, withSliderValue } from '../../../../js/graph/state/slider.js';

/**
 * @param {string} latex
 * @param {number} value
 * @param {object} [slider]
 */
function slider(latex, value, slider) {
  const entry = { key: '1', item: { type: 'expression', latex, slider } };
  return sliderOf(entry, new Map([['1', { kind: 'value', value, definition: true, name: 'a' }]]));
}

test('a number with a name has a slider', () => {
  assert.deepEqual(slider('a=2', 2), { value: 2, min: -10, max: 10, step: 0 });
  assert.deepEqual(slider('h_{1}=-0.5', -0.5), { value: -0.5, min: -10, max: 10, step: 0 });
  assert.equal(slider('a=b+1', 2), null, 'a formula has none: sliding would destroy it');
  assert.equal(slider('a=2^{2}', 4), null);
});

test('limits are the state\'s', () => {
  assert.deepEqual(slider('a=1', 1, { min: '-8', max: '12', step: '1.1' }), { value: 1, min: -8, max: 12, step: 1.1 });
  assert.equal(slider('a=40', 40)?.max, 40, 'a soft limit gives way');
  assert.equal(slider('a=40', 40, { hardMax: true, max: '12' })?.max, 12, 'a hard one does not');
  assert.equal(slider('a=1', 1, { hardMin: true, min: '5', hardMax: true, max: '5' }), null);
});

test('sliding writes a short number and keeps the name', () => {
  const free = { value: 0, min: -10, max: 10, step: 0 };
  assert.equal(withSliderValue('a=2', 2.5, free), 'a=2.5');
  assert.equal(withSliderValue('h_{1}=-3', 0.1 + 0.2, free), 'h_{1}=0.3');
  assert.equal(withSliderValue('a=2', -1e-9, free), 'a=0');
  assert.equal(withSliderValue('a=2', 300, { value: 0, min: 0, max: 1000, step: 100 }), 'a=300');
  assert.equal(withSliderValue('a=2', 0.0000125, { value: 0, min: 0, max: 0.001, step: 0 }), 'a=0.000013');
});
