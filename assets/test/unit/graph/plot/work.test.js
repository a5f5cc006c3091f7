import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlannedWork, TimedWork } from '../../../../js/graph/plot/implicit/frame-budget.js';

/** A job of some steps, each of which takes a millisecond. @param {number} steps @param {{ms: number}} clock */
function* jobOf(steps, clock) {
  for (let i = 0; i < steps; i++) {
    clock.ms += 1;
    yield;
  }
  return { content: 'drawn', values: 10 * steps };
}

test('work stops when the time is up, and is resumed where it stopped', () => {
  const clock = { ms: 0 };
  const job = jobOf(12, clock);
  const picture = () => new TimedWork(5, () => clock.ms).run(job);
  assert.equal(picture(), null);
  assert.equal(clock.ms, 5);
  assert.equal(picture(), null);
  assert.equal(clock.ms, 10);
  assert.equal(picture(), 'drawn');
  assert.equal(clock.ms, 12, 'no step was done twice');
});

test('what else the picture takes is not counted', () => {
  const clock = { ms: 0 };
  const work = new TimedWork(5, () => clock.ms);
  clock.ms += 100;
  assert.equal(work.run(jobOf(12, clock)), null);
  assert.equal(clock.ms, 105);
});

test('the time is one for all jobs of a picture', () => {
  const clock = { ms: 0 };
  const work = new TimedWork(5, () => clock.ms);
  assert.equal(work.run(jobOf(3, clock)), 'drawn');
  assert.equal(work.run(jobOf(12, clock)), null);
  assert.equal(clock.ms, 5);
  assert.equal(work.run(jobOf(1, clock)), null, 'nothing is begun without time');
  assert.equal(clock.ms, 5);
});

test('a single picture is finished, with less for each tile the more of them there are', () => {
  const clock = { ms: 0 };
  const work = new PlannedWork(1e6);
  assert.deepEqual([work.values(2, 10), work.values(50, 10)], [50_000, 2000]);
  assert.equal(work.run(jobOf(1000, clock), 50), 'drawn');
  assert.equal(clock.ms, 1000);
  assert.equal(work.values(2, 10), 25_000, 'what it took is gone');
});
