/** Photos that the server has lost by a restore, a new setup or a sweep, and that devices send again. */
import { afterEach, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { NO_BINARY, startServer } from '../browser/lib/server.js';
import { SimDevice } from './lib/device.js';
import { Network, json } from './lib/network.js';
import { addressOf, dataUrl, noise } from './lib/pictures.js';

/** @type {import('../browser/lib/server.js').Server} */
let server;

beforeEach(async () => {
  if (!NO_BINARY) server = await startServer();
});
afterEach(() => server?.remove());

/** @param {string} email */
async function arrive(email) {
  const network = new Network({ chance: () => false, pick: () => 0 }, () => undefined);
  const device = new SimDevice({ number: 1, url: server.url, network, tabs: 1 });
  await device.signIn(email, () => server.code(email));
  return device;
}

/** @param {Buffer} photo @returns {any} */
function graph(photo, url = dataUrl(photo)) {
  return { version: 11, expressions: { list: [{ id: '1', type: 'image', image_url: url, width: '3' }] } };
}

/** @param {SimDevice} device @param {Buffer} photo */
async function isOnServer(device, photo) {
  const answer = await device.network.arrive({ url: new URL(addressOf(photo), server.url), options: {} });
  return answer.ok && Buffer.from(await answer.arrayBuffer()).equals(photo);
}

/** Gives the number of the first account to another one. @param {string} email */
async function others(email) {
  await arrive(email);
}

for (const side of [20, 400]) {
  test(`a photo of ${side} pixels comes back after the museum was put back to an older day`, {
    skip: NO_BINARY,
  }, async () => {
    const photo = noise(side);
    const device = await arrive('ann@school.example');
    const putBack = await server.backUp();
    const [{ store, exchange }] = device.tabs;
    store.edit('linear', { desmos_state: graph(photo) });
    await device.flush();
    assert.deepEqual(exchange.unsure, []);
    await putBack();
    await device.reload();
    await device.flush();
    assert.ok(await isOnServer(device, photo));
    assert.deepEqual(device.tabs[0].exchange.unsure, []);
  });
}

test('a photo whose graph was in the backup comes back, too, and one that was uploaded without its graph', {
  skip: NO_BINARY,
}, async () => {
  const [first, second] = [noise(20), noise(21)];
  const device = await arrive('ann@school.example');
  const [{ store }] = device.tabs;
  store.edit('cubic', { description: 'before' });
  await device.flush();
  const putBack = await server.backUp();
  store.edit('linear', { desmos_state: graph(first) });
  await device.flush();
  store.edit('quadratic', { desmos_state: graph(second) });
  await store.save();
  device.network.instead = ({ url, options }) =>
    url.pathname === '/api/sync/' && String(options.body).includes(addressOf(second))
      ? json(503, { detail: 'Busy.' })
      : undefined;
  await device.sync(false);
  device.network.instead = () => undefined;
  assert.ok(await isOnServer(device, second));
  await putBack();
  await device.flush();
  assert.ok(await isOnServer(device, first));
  assert.ok(await isOnServer(device, second));
});

test('a photo comes back to an emptied museum, with the same number and with another one', {
  skip: NO_BINARY,
}, async () => {
  const photo = noise(20);
  const empty = await server.backUp();
  for (const takesNumber of [false, true]) {
    const device = await arrive('ann@school.example');
    device.tabs[0].store.edit('linear', { desmos_state: graph(photo) });
    await device.flush();
    await empty();
    if (takesNumber) for (const name of ['x', 'y', 'z']) await others(`${name}@school.example`);
    device.network.isGood = true;
    await device.signIn('ann@school.example', () => server.code('ann@school.example'));
    await device.flush();
    const [{ orphanedWork, store }] = device.tabs;
    assert.equal((await orphanedWork.types()).length, takesNumber ? 1 : 0);
    await orphanedWork.hang();
    await device.flush();
    assert.ok(await isOnServer(device, photo), `another number: ${takesNumber}`);
    assert.equal(store.tile('linear').desmos_state.expressions.list[0].image_url, addressOf(photo));
    await empty();
  }
});

test('a photo that only another device has is said to be missing, until that one brings it', {
  skip: NO_BINARY,
}, async () => {
  const photo = noise(20);
  const putBack = await server.backUp();
  const phone = await arrive('ann@school.example');
  phone.tabs[0].store.edit('linear', { desmos_state: graph(photo) });
  await phone.flush();
  const laptop = await arrive('ann@school.example');
  await laptop.flush();
  assert.deepEqual(laptop.tabs[0].exchange.unsure, []);
  await putBack();
  await laptop.signIn('ann@school.example', () => server.code('ann@school.example'));
  await laptop.flush();
  assert.deepEqual(laptop.tabs[0].exchange.unsure, ['linear']);
  assert.match(
    laptop.tabs[0].exchange.photoProblem('linear'),
    /A photo is missing on the server; it may be on another of your devices\./,
  );
  await phone.signIn('ann@school.example', () => server.code('ann@school.example'));
  await phone.flush();
  assert.ok(await isOnServer(phone, photo));
  await laptop.reload();
  await laptop.flush();
  assert.deepEqual(laptop.tabs[0].exchange.unsure, []);
  assert.equal(laptop.tabs[0].exchange.photoProblem('linear'), '');
});

test('a photo that came from another device is kept as well, and sent again', { skip: NO_BINARY }, async () => {
  const photo = noise(20);
  const putBack = await server.backUp();
  const phone = await arrive('ann@school.example');
  phone.tabs[0].store.edit('linear', { desmos_state: graph(photo) });
  await phone.flush();
  const laptop = await arrive('ann@school.example');
  await laptop.flush();
  await laptop.tabs[0].exchange.keepPhotos();
  await putBack();
  await laptop.signIn('ann@school.example', () => server.code('ann@school.example'));
  await laptop.flush();
  assert.ok(await isOnServer(laptop, photo));
  assert.equal(laptop.tabs[0].exchange.photoProblem('linear'), '');
});

test('no room makes the device drop only what the server has', { skip: NO_BINARY }, async () => {
  const [there, waiting] = [noise(20), noise(21)];
  const device = await arrive('ann@school.example');
  const [{ store, exchange }] = device.tabs;
  store.edit('linear', { desmos_state: graph(there) });
  await device.flush();
  store.edit('cubic', { desmos_state: graph(waiting) });
  await store.save();
  device.network.instead = ({ url, options }) =>
    url.pathname === '/api/sync/' && String(options.body).includes(addressOf(waiting))
      ? json(503, { detail: 'Busy.' })
      : undefined;
  await device.sync(false);
  await exchange.makeRoom();
  assert.deepEqual(
    (await device.photosKept()).map(({ hash }) => `api/images/${hash}`),
    [addressOf(waiting)],
  );
});

test('a photo deleted elsewhere while this device was offline is neither missed nor brought back', {
  skip: NO_BINARY,
}, async () => {
  const photo = noise(20);
  const [phone, laptop] = [await arrive('ann@school.example'), await arrive('ann@school.example')];
  phone.tabs[0].store.edit('linear', { desmos_state: graph(photo) });
  await phone.flush();
  await laptop.flush();
  phone.tabs[0].store.edit('linear', { description: 'typed offline' });
  await phone.save();
  laptop.tabs[0].store.edit('linear', { desmos_state: { version: 11, expressions: { list: [] } } });
  await laptop.flush();
  await phone.flush();
  await laptop.flush();
  for (const {
    tabs: [{ store, exchange }],
  } of [phone, laptop]) {
    assert.deepEqual(store.tile('linear').desmos_state.expressions.list, []);
    assert.equal(store.tile('linear').description, 'typed offline');
    assert.deepEqual([exchange.unsure, exchange.photoProblem('linear'), store.conflicts('linear')], [[], '', []]);
  }
});

test('a photo that the server keeps with other bytes is named as the server names it, also when it has to be sent again', {
  skip: NO_BINARY,
}, async () => {
  const [sent, kept, later] = [noise(20), noise(21), noise(22)];
  const device = await arrive('ann@school.example');
  const { send } = device.network;
  let becomes = kept;
  device.network.send = (url, options) =>
    send(url, url.pathname === '/api/images/' ? { ...options, body: new Uint8Array(becomes) } : options);
  await device.reload();
  device.tabs[0].store.edit('linear', { desmos_state: graph(sent) });
  await device.flush();
  const shown = () => device.tabs[0].store.tile('linear').desmos_state.expressions.list[0].image_url;
  assert.equal(shown(), addressOf(kept));
  const missing = json(200, { missing: [addressOf(kept).slice(-64)] });
  let isLost = true;
  becomes = later;
  device.network.instead = ({ url, options }) =>
    url.pathname === '/api/images/missing/' && isLost && String(options.body).includes(addressOf(kept).slice(-64))
      ? missing.clone()
      : undefined;
  await device.forgetWhatIsThere();
  await device.reload();
  await device.flush();
  assert.equal(shown(), addressOf(later));
  isLost = false;
  await device.flush();
  assert.deepEqual(device.tabs[0].exchange.unsure, []);
});
