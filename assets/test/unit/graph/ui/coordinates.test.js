import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coordinate, decimalText } from '../../../../js/graph/ui/explore/coordinate-text.js';

const { SQRT2 } = Math;

test('decimals have the digits that the screen can tell apart', () => {
  assert.equal(decimalText(SQRT2, 20 / 800), '1.414');
  assert.equal(decimalText(-SQRT2, 20 / 800), '−1.414');
  assert.equal(decimalText(SQRT2, 2e-9 / 800), '1.41421356237');
  assert.equal(decimalText(123456.789, 1e4), '123000');
  assert.equal(decimalText(-1e-9, 20 / 800), '0');
  assert.equal(decimalText(1.5e12, 1e9), '1.5×10¹²');
});

test('a coordinate is said both ways where it is no decimal', () => {
  assert.deepEqual(coordinate(SQRT2, 1e-15, 0.025), {
    text: '√2',
    decimal: '1.414',
    spoken: 'the square root of 2, about 1.414',
  });
  assert.deepEqual(coordinate(-2.5, 0, 0.025), { text: '−5/2', decimal: '−2.5', spoken: 'minus 5 over 2, minus 2.5' });
  assert.deepEqual(coordinate(3, 1e-15, 0.025), { text: '3', decimal: '3', spoken: '3' });
  assert.deepEqual(coordinate(0.73908513321516, 1e-15, 0.025), { text: '0.739', decimal: '0.739', spoken: '0.739' });
  assert.equal(coordinate(-2.34e-7, 1e-25, 1e-9).spoken, 'minus 2.34 times 10 to the minus 7');
});
