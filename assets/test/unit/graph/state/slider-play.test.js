import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advance, beginning, valueAt } from '../../../../js/graph/state/slider-play.js';

/** @typedef {import('../../../../js/graph/state/slider.js').LoopMode} LoopMode */

/**
 * @param {LoopMode} mode
 * @param {{value?: number, step?: number, direction?: 1 | -1}} [more]
 */
const track = (mode, { value = 0, step = 0, direction = 1 } = {}) => ({
  value,
  min: -10,
  max: 10,
  step,
  play: { isPlaying: true, mode, period: 4000, direction },
});

/**
 * @param {ReturnType<typeof track>} on
 * @param {number[]} times milliseconds between moments
 */
function positions(on, times) {
  let motion = beginning(on);
  let ended = false;
  return times.map((elapsed) => {
    const next = advance(motion, on, elapsed);
    motion = next;
    ended ||= next.isOver;
    return ended ? `${next.position} over` : next.position;
  });
}

test('there and back: one way takes a period', () => {
  assert.deepEqual(positions(track('LOOP_FORWARD_REVERSE'), [1000, 1000, 1000, 3000, 1000]), [5, 10, 5, -10, -5]);
  assert.deepEqual(positions(track('LOOP_FORWARD_REVERSE', { direction: -1 }), [1000, 2000, 1000]), [-5, -5, 0]);
  assert.deepEqual(positions(track('LOOP_FORWARD_REVERSE'), [8000, 80_000]), [0, 0], 'a long wait loses nothing');
});

test('over and over: it begins again at the other end', () => {
  assert.deepEqual(positions(track('LOOP_FORWARD'), [2000, 1000, 2000]), [10, -5, 5]);
  assert.deepEqual(positions(track('LOOP_FORWARD', { direction: -1 }), [2000, 1000]), [-10, 5]);
});

test('once: it stops at the end, and there begins anew', () => {
  assert.deepEqual(positions(track('PLAY_ONCE'), [1000, 5000]), [5, '10 over']);
  assert.deepEqual(positions(track('PLAY_ONCE', { value: 10 }), [1000]), [-5]);
  assert.deepEqual(positions(track('PLAY_ONCE', { value: -10, direction: -1 }), [1000]), [5]);
});

test('on without end: past the limits, at the same speed', () => {
  assert.deepEqual(positions(track('PLAY_INDEFINITELY', { value: 8 }), [1000, 1000]), [13, 18]);
  assert.deepEqual(positions(track('PLAY_INDEFINITELY', { direction: -1 }), [4000]), [-20]);
});

test('what stands beyond its limits begins at the nearer one', () => {
  assert.deepEqual(beginning(track('LOOP_FORWARD_REVERSE', { value: 40 })), { position: 10, direction: 1 });
});

test('with a step, the value is the nearest one that can be set', () => {
  assert.equal(valueAt(3.3, track('LOOP_FORWARD')), 3.3);
  assert.equal(valueAt(3.3, track('LOOP_FORWARD', { step: 4 })), 2);
  assert.equal(valueAt(9.9, track('LOOP_FORWARD', { step: 7 })), 4, 'never past a limit that is no step');
  assert.equal(valueAt(13.1, track('PLAY_INDEFINITELY', { step: 1 })), 13);
});
