import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { applyPatch, diffState, mergeState } from '../../../js/sync/merge.js';

/** The server's tests use the same cases. */
const CASES = JSON.parse(readFileSync(new URL('../../../../app/testdata/merge.json', import.meta.url), 'utf8'));

for (const { name, from, to, patch } of CASES.diff) {
  test(`the difference where ${name}`, () => {
    assert.deepEqual(diffState(from, to), patch);
    if (patch) assert.deepEqual(applyPatch(from, patch), to);
  });
}

for (const { name, state, versions, patch, base, next, merged, mergedVersions, conflicts } of CASES.merge) {
  test(`merging where ${name}`, () => {
    const before = JSON.stringify(state);
    const outcome = mergeState(state, versions, patch, base, next);
    assert.equal(JSON.stringify(outcome.state), JSON.stringify(merged), 'as text: the server compares text');
    assert.deepEqual(outcome.versions, mergedVersions);
    assert.deepEqual(outcome.conflicts, conflicts);
    assert.equal(JSON.stringify(state), before, 'the state that was given stays as it is');
  });
}

test('the difference and its application lead from any state to any other', () => {
  let seed = 1;
  const random = (/** @type {number} */ n) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  const state = () => {
    const ids = ['1', '2', '3', '__proto__', 'constructor', 'ä', '𝑥', '～']
      .filter(() => random(2) === 0)
      .sort(() => random(3) - 1);
    const keys = ['graph', 'version', '__proto__', 'odd'].filter(() => random(2) === 0);
    const pairs = keys.map((key) => [key, random(2) === 0 ? null : { a: random(3) }]);
    return JSON.parse(
      JSON.stringify(
        Object.fromEntries([...pairs, ['expressions', { list: ids.map((id) => ({ id, latex: `${random(3)}` })) }]]),
      ),
    );
  };
  for (let i = 0; i < 2_000; i++) {
    const [from, to] = [state(), state()];
    const patch = diffState(from, to);
    assert.ok(patch);
    assert.deepEqual(applyPatch(from, JSON.parse(JSON.stringify(patch))), to);
    assert.deepEqual(diffState(to, applyPatch(from, patch)), {});
  }
});

test('a change of a state that has no list makes one of its own', () => {
  assert.deepEqual(applyPatch('no state', { items: { 1: { id: '1' } } }), { expressions: { list: [{ id: '1' }] } });
});
