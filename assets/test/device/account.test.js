/** Deleted accounts, and addresses that are used again. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { NO_BINARY, startServer } from '../browser/lib/server.js';
import { SimDevice } from './lib/device.js';
import { Network } from './lib/network.js';

/** @type {import('../browser/lib/server.js').Server} */
let server;

before(async () => {
  if (!NO_BINARY) server = await startServer();
});
after(() => server?.remove());

/** Returns a device with notes that are on the server. @param {string} email */
async function arrive(email) {
  const network = new Network({ chance: () => false, pick: () => 0 }, () => undefined);
  const device = new SimDevice({ number: 1, url: server.url, network, tabs: 1 });
  await device.signIn(email, () => server.code(email));
  device.tabs[0].store.edit('linear', { description: 'of the first account' });
  await device.flush();
  return device;
}

/** Deletes the account while the answer is lost. @param {SimDevice} device @param {string} email */
async function deleteUnheard(device, email) {
  const { send } = device.network;
  await device.network.arrive(post('api/account/delete-code/', {}));
  device.network.send = async (url, options) => {
    const answer = await send(url, options);
    if (url.pathname === '/api/account/delete/') throw new TypeError('The answer is lost.');
    return answer;
  };
  await device.reload();
  await assert.rejects(device.tabs[0].account.delete(await server.code(email)));
  device.network.send = send;
  await device.reload();
}

/** @param {string} path @param {object} body */
function post(path, body) {
  return {
    url: new URL(path, server.url),
    options: {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    },
  };
}

/** Returns the notes on the server. @param {SimDevice} device */
async function notesOnServer(device) {
  const answer = await device.network.arrive({ url: new URL('api/tiles/', server.url), options: {} });
  return (await answer.json()).map((/** @type {any} */ tile) => tile.description);
}

for (const [choice, expected] of /** @type {const} */ ([
  ['hang', ['of the first account']],
  ['drop', []],
])) {
  test(`what an earlier account of the same address left on the device waits until somebody says: ${choice}`, {
    skip: NO_BINARY,
  }, async () => {
    const email = `ann-${choice}@school.example`;
    const device = await arrive(email);
    await deleteUnheard(device, email);
    const [{ store, orphanedWork }] = device.tabs;
    store.edit('cubic', { description: 'typed before the news came' });
    await store.save();
    await device.signIn(email, () => server.code(email));
    await device.flush();
    assert.deepEqual(await notesOnServer(device), [], 'nothing is sent unasked');
    assert.equal(store.tile('linear').description, '');
    assert.deepEqual((await orphanedWork.types()).sort(), ['cubic', 'linear']);

    await orphanedWork[choice]();
    await device.flush();
    assert.deepEqual(
      await notesOnServer(device),
      choice === 'hang' ? [...expected, 'typed before the news came'] : expected,
    );
    assert.deepEqual(await orphanedWork.types(), []);
    assert.equal(store.tile('linear').description, expected[0] ?? '');
  });
}
