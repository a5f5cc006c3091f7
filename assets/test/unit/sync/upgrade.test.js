import { test } from 'node:test';
import assert from 'node:assert/strict';
import { upgradeRecord } from '../../../js/sync/device/upgrade.js';
import { makeChanges, shown, toSend } from '../../../js/sync/queue.js';
import { applyServerTile } from '../../../js/sync/server-state.js';
import { emptyTile } from '../../../js/museum/tile.js';

const GRAPH = { version: 11, expressions: { list: [{ id: '1', latex: 'y=x' }] } };

/** A record as stored by version 1. @param {object} fields @param {object} pending */
function old(fields, pending) {
  const { z_index: _, ...tile } = emptyTile('linear');
  return {
    owner: 'ann@school.example',
    type: 'linear',
    tile: { ...tile, ...fields },
    id: 7,
    version: 4,
    edits: 9,
    pending,
  };
}

test('what was pending is still to be sent, as by who has seen the same version', () => {
  const record = upgradeRecord(
    old({ description: 'mine', completed: true, desmos_state: GRAPH }, { description: 8, desmos_state: 9 }),
  );
  const { description, completed, desmos_state } = shown(record);
  assert.deepEqual([description, completed, desmos_state], ['mine', true, GRAPH]);
  const [change] = makeChanges(record, () => 'change-1').flights.map((flight) => toSend('linear', flight));
  assert.deepEqual([change.base_version, change.fields], [4, { description: 'mine', desmos_state: GRAPH }]);
});

test("what was not pending is the server's, and gives way to what it tells", () => {
  const record = upgradeRecord(old({ description: 'old' }, {}));
  assert.deepEqual(
    makeChanges(record, () => 'change-1'),
    record,
  );
  assert.equal(
    shown(applyServerTile(record, { ...emptyTile('linear'), id: 7, version: 5, description: 'new' })).description,
    'new',
  );
});

test('work of the signed-out museum stays what it was', () => {
  const record = upgradeRecord({ ...old({ completed: true }, { completed: 1 }), owner: '', id: null, version: 0 });
  assert.equal(shown(record).completed, true);
  assert.deepEqual(record.pending, { completed: { value: true, base: 0 } });
});
