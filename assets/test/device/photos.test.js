/** Embedded photos are uploaded over an unreliable network. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { NO_BINARY, startServer } from '../browser/lib/server.js';
import { SimDevice } from './lib/device.js';
import { Network, textOf } from './lib/network.js';
import { addressOf, dataUrl, noise } from './lib/pictures.js';

/** @type {import('../browser/lib/server.js').Server} */
let server;

before(async () => {
  if (!NO_BINARY) server = await startServer();
});
after(() => server?.remove());

/** @param {string} url @param {string} [width] @returns {any} */
function graph(url, width = '3') {
  return {
    version: 11,
    expressions: {
      list: [
        { id: '1', type: 'image', image_url: url, width },
        { id: '2', type: 'expression', latex: 'y=x' },
      ],
    },
  };
}

/** @param {string} email */
async function arrive(email) {
  const network = new Network({ chance: () => false, pick: () => 0 }, () => undefined);
  const device = new SimDevice({ number: 1, url: server.url, network, tabs: 1 });
  await device.signIn(email, () => server.code(email));
  return device;
}

/** @param {SimDevice} device */
function urlShown(device) {
  return device.tabs[0].store.tile('linear').desmos_state.expressions.list[0].image_url;
}

test('a large photo goes in parts, goes on after a break, and its graph is sent when it is there', {
  skip: NO_BINARY,
}, async () => {
  const photo = noise(400);
  const phone = await arrive('ann@school.example');
  /** @type {string[]} */
  const sent = [];
  let allowed = 3;
  const { send } = phone.network;
  phone.network.send = async (url, options) => {
    sent.push(`${options.method} ${url.pathname.replace(/[0-9a-f]{64}/, 'HASH')}`);
    if (options.method === 'PUT' && allowed-- <= 0) throw new TypeError('The network is gone.');
    if (url.pathname === '/api/sync/') assert.doesNotMatch(String(options.body), /data:image/);
    return send(url, options);
  };
  await phone.reload();
  const [{ store }] = phone.tabs;
  store.edit('linear', { desmos_state: graph(dataUrl(photo)) });
  store.edit('cubic', { description: 'does not wait' });
  await phone.save();
  assert.equal(await phone.sync(false), false);
  assert.equal(store.unsent.join(), 'linear');
  assert.equal(urlShown(phone), dataUrl(photo), 'it waits on the device');

  allowed = 100;
  sent.length = 0;
  await phone.flush();
  const parts = Math.ceil(photo.length / (96 * 1024));
  assert.equal(sent.filter((request) => request.startsWith('PUT')).length, parts - 3, 'only what had not arrived');
  assert.equal(urlShown(phone), addressOf(photo));
  const laptop = await arrive('ann@school.example');
  await laptop.flush();
  assert.equal(urlShown(laptop), addressOf(photo));
  const stored = await laptop.network.arrive({ url: new URL(addressOf(photo), server.url), options: {} });
  assert.deepEqual(Buffer.from(await stored.arrayBuffer()), photo);
});

test('a page that still shows the photo as it was edits on without a conflict', { skip: NO_BINARY }, async () => {
  const photo = noise(20);
  const phone = await arrive('bea@school.example');
  const [{ store }] = phone.tabs;
  const view = store.view('linear');
  view.edit({ desmos_state: graph(dataUrl(photo)) });
  await phone.flush();
  view.edit({ desmos_state: graph(dataUrl(photo), '4') });
  await phone.flush();
  const [item] = store.tile('linear').desmos_state.expressions.list;
  assert.deepEqual([item.width, item.image_url], ['4', addressOf(photo)]);
  assert.deepEqual(store.conflicts('linear'), []);
});

test('a photo can be edited while another one of its graph is still on its way', { skip: NO_BINARY }, async () => {
  const [first, second] = [noise(20), noise(21)];
  const phone = await arrive('eve@school.example');
  const { send } = phone.network;
  let uploads = 0;
  phone.network.send = async (url, options) => {
    if (url.pathname === '/api/images/' && ++uploads === 2) {
      view.edit({ desmos_state: both('4') });
      await store.save();
    }
    return send(url, options);
  };
  await phone.reload();
  const [{ store }] = phone.tabs;
  const view = store.view('linear');
  /** @param {string} width of the first one @param {(photo: Buffer) => string} [url] @returns {any} */
  const both = (width, url = dataUrl) => {
    const list = [first, second].map((photo, i) => ({
      id: `${i + 1}`,
      type: 'image',
      image_url: url(photo),
      width: i === 0 ? width : '3',
    }));
    return { version: 11, expressions: { list } };
  };
  view.edit({ desmos_state: both('3') });
  await phone.flush();
  assert.equal(uploads, 2);
  assert.deepEqual(store.tile('linear').desmos_state, both('4', addressOf));
  assert.deepEqual(store.conflicts('linear'), []);
  assert.doesNotMatch(
    phone.network.arrived.map(({ options }) => textOf(options)).join(),
    /data:image/,
    'no photo is sent within its graph',
  );
});

test('photos of older clients move once a newer one is signed in', { skip: NO_BINARY }, async () => {
  const photo = noise(20);
  const phone = await arrive('cem@school.example');
  const body = JSON.stringify({ concept_type: 'linear', desmos_state: graph(dataUrl(photo)) });
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  await phone.network.arrive({ url: new URL('api/tiles/', server.url), options: { method: 'POST', body, headers } });
  await phone.flush();
  assert.equal(urlShown(phone), addressOf(photo));
});

test('what is no photo after all stays in its graph, is sent with it, and is not tried again at the next visit', {
  skip: NO_BINARY,
}, async () => {
  const phone = await arrive('dan@school.example');
  const odd = dataUrl(Buffer.from('no photo'));
  /** @type {string[]} */
  const uploads = [];
  const { send } = phone.network;
  phone.network.send = (url, options) => {
    if (url.pathname.startsWith('/api/images/')) uploads.push(url.pathname);
    return send(url, options);
  };
  await phone.reload();
  phone.tabs[0].store.edit('linear', { desmos_state: graph(odd) });
  await phone.flush();
  assert.equal(uploads.length, 1);
  await phone.reload();
  await phone.flush();
  assert.equal(uploads.length, 1, 'the refusal is remembered');
  assert.match(phone.tabs[0].exchange.photoProblem('linear'), /Only JPEG, PNG, WebP and GIF photos are supported/);
  const laptop = await arrive('dan@school.example');
  await laptop.flush();
  assert.equal(urlShown(laptop), odd);
});
