/** A photo is moved to the server while edits of it are unwritten: one device, one or two pages, no server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movePhotos } from '../../../js/sync/photo/addresses.js';
import { confirm, makeChanges, shown } from '../../../js/sync/queue.js';
import { OWNER, Pages, settled } from './lib/pages.js';

/** @typedef {import('../../../js/sync/store.js').TileStore} TileStore */

const TYPE = 'quadratic';
const PHOTO = 'data:image/jpeg;base64,/9j/4AAQ';
const ADDRESS = 'api/images/1f';

/** @param {...Record<string, unknown>} photos */
const stateOf = (...photos) => ({
  version: 11,
  expressions: { list: photos.map((photo, i) => ({ type: 'image', id: `${i + 1}`, ...photo })) },
});

/** Pages of a device on which a photo is moved. */
class PhotoPages extends Pages {
  /** @param {TileStore} store the page that moves the photo */
  async move(store, photo = PHOTO, address = ADDRESS) {
    store.arrived([await this.device.change(OWNER, TYPE, (record) => movePhotos(record, new Map([[photo, address]])))]);
  }

  /** Checks that only the final graph is sent, and that the answer changes nothing. @param {any} state */
  async expect(state) {
    const [record] = await this.device.list(OWNER);
    assert.deepEqual(shown(record).desmos_state, state);
    assert.equal(record.flights.length, 0, 'nothing has to be kept apart');
    const sent = makeChanges(record);
    assert.equal(sent.flights.length, 1);
    assert.equal(sent.flights[0].base, record.version);
    assert.deepEqual(
      confirm(sent, { change_id: sent.flights[0].id, status: 'saved', version: record.version + 1 }, 1).pending,
      {},
    );
  }
}

/** Two pages that show a photo that is still embedded. */
async function withPhoto() {
  const pages = new PhotoPages();
  const store = await pages.open();
  const view = store.view(TYPE);
  view.edit({ desmos_state: stateOf({ image_url: PHOTO }) });
  await store.save();
  const other = await pages.open();
  return { pages, store, view, other, otherView: other.view(TYPE) };
}

test('an edit of a photo that is moved before it is written is no edit of two', async () => {
  const { pages, store, view } = await withPhoto();
  view.edit({ desmos_state: stateOf({ image_url: PHOTO, draggable: false }) }); // before that is written
  await pages.move(store);
  await store.save();
  await pages.expect(stateOf({ image_url: ADDRESS, draggable: false }));
});

test('nor is one that a page put down when it was closed', async () => {
  const { pages, store, view, other } = await withPhoto();
  const { change } = pages.device;
  view.edit({ desmos_state: stateOf({ image_url: PHOTO, draggable: false }) });
  pages.device.change = () => new Promise(() => undefined); // closed before it has written
  store.leave();
  await settled();
  pages.device.change = change;
  await pages.move(other);
  await pages.open();
  await pages.expect(stateOf({ image_url: ADDRESS, draggable: false }));
});

test('nor is one in another tab, before and after it has heard of the move', async () => {
  const { pages, store, other, otherView } = await withPhoto();
  otherView.edit({ desmos_state: stateOf({ image_url: PHOTO, draggable: false }) });
  await pages.move(store);
  await other.save();
  await settled();
  otherView.edit({ desmos_state: stateOf({ image_url: PHOTO, draggable: false, width: '4' }) });
  assert.equal(other.tile(TYPE).desmos_state.expressions.list[0].image_url, ADDRESS);
  await other.save();
  await pages.expect(stateOf({ image_url: ADDRESS, draggable: false, width: '4' }));
});

test('a photo that is taken away on a page that shows it as it was is gone', async () => {
  const { pages, store, other, otherView } = await withPhoto();
  await pages.move(store);
  otherView.edit({ desmos_state: stateOf() });
  await other.save();
  assert.doesNotMatch(JSON.stringify(shown((await pages.device.list(OWNER))[0])), /image/);
});

test('a photo that hangs there no more is not named by its address: it may be gone from the store', async () => {
  const { pages, store, view } = await withPhoto();
  await pages.move(store);
  view.edit({ desmos_state: stateOf() });
  await store.save();
  view.edit({ desmos_state: stateOf({ image_url: PHOTO }) }); // as undo does
  await store.save();
  await pages.expect(stateOf({ image_url: PHOTO }));
});

test('another photo is not taken for the one that was moved, be it as long and end alike', async () => {
  const { pages, store, view } = await withPhoto();
  await pages.move(store);
  const another = PHOTO.replace('9j/4', '8j/4');
  view.edit({ desmos_state: stateOf({ image_url: PHOTO }, { image_url: another }) });
  await store.save();
  await pages.expect(stateOf({ image_url: ADDRESS }, { image_url: another }));
});

test('a graph that can only be replaced whole is as well off', async () => {
  const pages = new PhotoPages();
  const store = await pages.open();
  const view = store.view(TYPE);
  const whole = (/** @type {Record<string, unknown>} */ photo) => ({
    ...stateOf(photo),
    'expressions.list': 'not a key that a state has',
  });
  view.edit({ desmos_state: whole({ image_url: PHOTO }) });
  await store.save();
  view.edit({ desmos_state: whole({ image_url: PHOTO, draggable: false }) });
  await pages.move(store);
  await store.save();
  await pages.expect(whole({ image_url: ADDRESS, draggable: false }));
});
