import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainChange, domainEnd, measureChange, measureOf } from '../../../../js/graph/state/style-fields.js';

test('a measure is LaTeX, and its default is left out', () => {
  assert.equal(measureOf({}, 'lineWidth'), '2.5');
  assert.equal(measureOf({ lineWidth: 'b' }, 'lineWidth'), 'b');
  assert.equal(measureOf({ lineWidth: 4 }, 'lineWidth'), '4');
  assert.deepEqual(measureChange('lineWidth', '4'), { lineWidth: '4' });
  assert.deepEqual(measureChange('lineWidth', 'b_{1}'), { lineWidth: 'b_{1}' });
  for (const usual of ['2.5', '2.50', '', ' '])
    assert.deepEqual(measureChange('lineWidth', usual), { lineWidth: undefined });
  assert.deepEqual(measureChange('lineOpacity', '0'), { lineOpacity: '0' });
});

test('the ends of a parameter are read from either field, and written to both where both are there', () => {
  const old = { domain: { min: '0', max: '2\\pi' } };
  assert.equal(domainEnd(old, 'parametricDomain', 'max'), '2\\pi');
  assert.equal(domainEnd({}, 'parametricDomain', 'max'), '');
  assert.deepEqual(domainChange(old, 'parametricDomain', 'min', '1'), {
    parametricDomain: { min: '1', max: '2\\pi' },
    domain: { min: '1', max: '2\\pi' },
  });
  const recent = { polarDomain: { min: '0', max: '3', more: true } };
  assert.deepEqual(domainChange(recent, 'polarDomain', 'max', ''), { polarDomain: { min: '0', more: true } });
  assert.deepEqual(domainChange({ polarDomain: { min: '0' } }, 'polarDomain', 'min', ''), { polarDomain: undefined });
});
