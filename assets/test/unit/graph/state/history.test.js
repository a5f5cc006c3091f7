import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UndoHistory } from '../../../../js/graph/state/undo-history.js';

test('typing without a pause is one step, a pause begins another', () => {
  /** @type {UndoHistory<string>} */
  const history = new UndoHistory();
  history.record('', 'row 1', 0);
  history.record('y', 'row 1', 100);
  history.record('y=', 'row 1', 200);
  history.record('y=x', 'row 1', 200 + UndoHistory.PAUSE_MS);
  assert.equal(history.undo('y=x+1'), 'y=x');
  assert.equal(history.undo('y=x'), '');
  assert.equal(history.undo(''), undefined);
});

test('typing in another row is another step', () => {
  /** @type {UndoHistory<string>} */
  const history = new UndoHistory();
  history.record('a', 'row 1', 0);
  history.record('b', 'row 2', 1);
  assert.equal(history.undo('c'), 'b');
});

test('a new edit ends what could be taken again', () => {
  /** @type {UndoHistory<string>} */
  const history = new UndoHistory();
  history.record('a');
  assert.equal(history.undo('b'), 'a');
  history.record('a');
  assert.equal(history.redo('c'), undefined);
});

test('only so many steps are kept', () => {
  /** @type {UndoHistory<number>} */
  const history = new UndoHistory();
  for (let i = 0; i <= UndoHistory.LIMIT + 10; i++) history.record(i);
  let steps = 0;
  while (history.undo(0) !== undefined) steps++;
  assert.equal(steps, UndoHistory.LIMIT);
});
