/** The store on a device, without a server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryDevice } from '../../../js/sync/memory-device.js';
import { applyEdit, confirm, embark, shown } from '../../../js/sync/queue.js';
import { TileStore } from '../../../js/sync/store.js';
import { withAddresses } from '../../../js/museum/photo.js';

const OWNER = 'ann@school.example';
const PHOTO = 'data:image/jpeg;base64,/9j/4AAQ';
const ADDRESS = 'api/images/1f';

/** @param {Record<string, unknown>} photo */
const stateOf = (photo) => ({ version: 11, expressions: { list: [{ type: 'image', id: '1', ...photo }] } });

test('an edit of a photo that is moved before it is written is no edit of two', async () => {
  const device = new MemoryDevice();
  const nobody = { put: () => true, strike: () => {}, take: () => [], onPut: () => {}, onStrike: () => {} };
  const store = new TileStore({ device, tabs: { tell: () => {}, onMessage: () => {} }, journal: /** @type {any} */ (nobody) });
  await store.open(OWNER);
  const view = store.view('quadratic');
  view.edit({ desmos_state: stateOf({ image_url: PHOTO }) });
  await store.save();
  view.edit({ desmos_state: stateOf({ image_url: PHOTO, draggable: false }) }); // and before that is written
  store.movePhoto(PHOTO, ADDRESS);
  await device.change(OWNER, 'quadratic', (record) =>
    applyEdit(record, { desmos_state: withAddresses(shown(record).desmos_state, store.photoAddresses) }));
  await store.save();
  const [record] = await device.list(OWNER);
  assert.deepEqual(shown(record).desmos_state, stateOf({ image_url: ADDRESS, draggable: false }));
  assert.equal(record.flights.length, 0, 'nothing has to be kept apart');
  const sent = embark(record);
  assert.equal(sent.flights.length, 1);
  assert.deepEqual(confirm(sent, { change_id: sent.flights[0].id, status: 'saved', version: 1 }, 1).pending, {});
});
