import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Delayed, pauseAfter } from '../../../js/lib/timing.js';

test('pauses double from one second to a minute', () => {
  const longest = (/** @type {number} */ failures) => pauseAfter(failures, () => 1);
  assert.deepEqual([1, 2, 3, 6, 7, 50].map(longest), [1000, 2000, 4000, 32000, 60000, 60000]);
});

test('a pause is never shorter than half, so that devices spread out but do not rush', () => {
  assert.equal(
    pauseAfter(3, () => 0),
    2000,
  );
});

test('a delayed call waits for quiet', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let calls = 0;
  const delayed = new Delayed(
    () => {
      calls += 1;
    },
    { quiet: 100, longest: 1000 },
  );
  delayed.request();
  context.mock.timers.tick(80);
  delayed.request();
  context.mock.timers.tick(80);
  assert.equal(calls, 0);
  context.mock.timers.tick(20);
  assert.equal(calls, 1);
  assert.equal(delayed.waiting, false);
});

test('a delayed call does not wait for ever', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let calls = 0;
  const delayed = new Delayed(
    () => {
      calls += 1;
    },
    { quiet: 100, longest: 300 },
  );
  for (let i = 0; i < 10; i += 1) {
    delayed.request();
    context.mock.timers.tick(60);
  }
  assert.ok(calls >= 1, `${calls} calls in 600 ms`);
});

test('a cancelled call is not made', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let calls = 0;
  const delayed = new Delayed(
    () => {
      calls += 1;
    },
    { quiet: 100, longest: 300 },
  );
  delayed.request();
  delayed.cancel();
  context.mock.timers.tick(1000);
  assert.equal(calls, 0);
});
