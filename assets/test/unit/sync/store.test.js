/** A store with a device, without a server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryDevice } from '../../../js/sync/device/memory-device.js';
import { TileStore } from '../../../js/sync/store.js';

test('what is told late of a museum that is open no more goes into that one', async () => {
  const device = new MemoryDevice();
  const journal = { put() {}, strike() {}, take: () => [], giveBack() {}, onPut() {}, onStrike() {} };
  const store = new TileStore({ device, tabs: { tell() {}, onMessage() {} }, journal });
  await store.open('ann@school.example');
  const view = store.view('cubic');
  view.edit({ description: 'An S.' });
  await store.open('');
  view.edit({ description: 'An S, turned.' }); // as the grapher does in the frame after an edit
  assert.equal(store.tile('cubic').description, '');
  await store.save();
  assert.deepEqual(await device.list(''), []);
  await store.open('ann@school.example');
  assert.equal(store.tile('cubic').description, 'An S, turned.');
  view.refresh();
  assert.equal(view.tile.description, 'An S, turned.');
});
