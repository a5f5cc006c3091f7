import { test } from 'node:test';
import assert from 'node:assert/strict';
import {
  acknowledge, applyEdit, forgetServer, isPending, newRecord, takeList, takeServer, toSend,
} from '../../../js/sync/queue.js';
import { FIELDS, emptyTile } from '../../../js/museum/tile.js';

const OWNER = 'ann@school.example';
const GRAPH = { version: 11, expressions: { list: [{ id: '1', type: 'expression', latex: 'y=x' }] } };

/** @param {Partial<import('../../../js/sync/queue.js').ServerTile>} [fields] */
function serverTile(fields = {}) {
  return { ...emptyTile('linear'), id: 7, version: 3, ...fields };
}

/** A record that is the same here and on the server. */
function synced() {
  return takeServer(newRecord(OWNER, 'linear'), serverTile());
}

test('only the fields that were edited are sent', () => {
  const record = applyEdit(synced(), { description: 'steep' });
  assert.deepEqual(toSend(record), { description: 'steep' });
});

test('an edit that changes nothing is not pending', () => {
  const record = synced();
  assert.equal(applyEdit(record, { description: '', completed: false, desmos_state: {} }), record);
  assert.equal(isPending(record), false);
});

test('the same graph with its keys in another order is no edit', () => {
  const record = takeServer(synced(), serverTile({ version: 4, desmos_state: { a: 1, b: [1, 2] } }));
  assert.equal(applyEdit(record, { desmos_state: { b: [1, 2], a: 1 } }), record);
  assert.notEqual(applyEdit(record, { desmos_state: { b: [2, 1], a: 1 } }), record);
});

test('a tile that the server does not have is sent whole', () => {
  const record = applyEdit(newRecord(OWNER, 'cubic'), { completed: true });
  assert.deepEqual(Object.keys(toSend(record)).sort(), [...FIELDS].sort());
});

test('an answer settles what was sent', () => {
  const record = applyEdit(synced(), { description: 'steep', completed: true });
  const after = acknowledge(record, record.pending, serverTile({ version: 4, description: 'steep', completed: true }));
  assert.equal(isPending(after), false);
  assert.equal(after.version, 4);
});

test('a field that was edited while it was being sent stays pending and keeps the newer text', () => {
  const sent = applyEdit(synced(), { description: 'ste', completed: true });
  const edited = applyEdit(sent, { description: 'steep' });
  const after = acknowledge(edited, sent.pending, serverTile({ version: 4, description: 'ste', completed: true }));
  assert.equal(after.tile.description, 'steep');
  assert.deepEqual(toSend(after), { description: 'steep' });
});

test('an edit that goes back to the sent text while it is being sent is sent as well', () => {
  const sent = applyEdit(synced(), { description: 'a' });
  const edited = applyEdit(applyEdit(sent, { description: 'b' }), { description: 'a' });
  assert.deepEqual(toSend(acknowledge(edited, sent.pending, serverTile({ description: 'a' }))), { description: 'a' });
});

test('a pull replaces the fields that are not pending, and only those', () => {
  const record = applyEdit(synced(), { description: 'mine' });
  const after = takeServer(record, serverTile({ version: 9, description: 'theirs', completed: true, desmos_state: GRAPH }));
  assert.equal(after.tile.description, 'mine');
  assert.equal(after.tile.completed, true);
  assert.deepEqual(after.tile.desmos_state, GRAPH);
  assert.deepEqual(toSend(after), { description: 'mine' });
});

test('an answer that was overtaken by a newer one changes nothing', () => {
  const record = takeServer(synced(), serverTile({ version: 5, description: 'new' }));
  assert.equal(takeServer(record, serverTile({ version: 4, description: 'old' })), record);
});

test('a tile made anew on the server is taken though its versions begin again', () => {
  const after = takeServer(synced(), serverTile({ id: 8, version: 1, description: 'again' }));
  assert.equal(after.tile.description, 'again');
});

test('work that the server has lost is sent again, whole', () => {
  const record = takeServer(synced(), serverTile({ version: 4, description: 'steep' }));
  const after = forgetServer(record);
  assert.equal(after.id, null);
  assert.equal(isPending(after), true);
  assert.equal(toSend(after).description, 'steep');
});

test('an empty tile that the server has lost is not sent', () => {
  assert.equal(isPending(forgetServer(synced())), false);
});

test('a list brings new tiles, changes and losses, and leaves out what stays the same', () => {
  const linear = synced();
  const cubic = takeServer(newRecord(OWNER, 'cubic'), { ...emptyTile('cubic'), id: 8, version: 1, description: 'lost' });
  const answers = [serverTile(), { ...emptyTile('rational'), id: 9, version: 1, completed: true }];
  const changed = takeList(OWNER, [linear, cubic], answers);
  assert.deepEqual(changed.map((record) => [record.type, record.id, isPending(record)]), [['rational', 9, false], ['cubic', null, true]]);
});

test('a list does not touch what was made here and not sent yet', () => {
  const record = applyEdit(newRecord(OWNER, 'cubic'), { description: 'new here' });
  assert.deepEqual(takeList(OWNER, [record], []), []);
});

test('functions leave their records alone', () => {
  const record = Object.freeze({ ...synced(), tile: Object.freeze(emptyTile('linear')), pending: Object.freeze({}) });
  assert.doesNotThrow(() => forgetServer(takeServer(applyEdit(record, { completed: true }), serverTile({ version: 8 }))));
});
