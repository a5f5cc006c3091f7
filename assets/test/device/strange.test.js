/**
 * Another host answers in the museum's place, or the museum refuses: the former is ignored, and the latter loses
 * nothing.
 */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { NO_BINARY, startServer } from '../browser/lib/server.js';
import { SimDevice } from './lib/device.js';
import { Network, json } from './lib/network.js';

/** @type {import('../browser/lib/server.js').Server} */
let server;

before(async () => {
  if (!NO_BINARY) server = await startServer();
});
after(() => server?.remove());

/** @param {string} email @param {number} [tabs] */
async function arrive(email, tabs = 1) {
  const network = new Network({ chance: () => false, pick: () => 0 }, () => undefined);
  const device = new SimDevice({ number: 1, url: server.url, network, tabs });
  await device.signIn(email, () => server.code(email));
  return device;
}

/** Returns every text in the history of a tile. @param {SimDevice} device */
async function history(device) {
  const get = async (/** @type {string} */ path) =>
    (await device.network.arrive({ url: new URL(path, server.url), options: {} })).json();
  const id = device.tabs[0].store.tileId('linear');
  return (await get(`api/tiles/${id}/versions/`)).map((/** @type {any} */ version) => version.description);
}

const html = (/** @type {number} */ status) =>
  new Response('<html>Please accept the terms.', { status, headers: { 'Content-Type': 'text/html' } });

/** @type {[string, () => Response][]} */
const STRANGERS = [
  ['JSON of something else', () => json(200, { status: 'ok' })],
  ['a sign-in page', () => html(200)],
  ['a filter that forbids', () => html(403)],
  ['a page that is not there', () => html(404)],
  ['a filter that forbids in JSON', () => json(403, { message: 'Blocked.' })],
  ['a proxy that finds nothing, in JSON', () => json(404, { message: 'No such route.', status: 404 })],
];

for (const [name, answer] of STRANGERS) {
  test(`${name} is no answer: all stays as it is, and is sent when the museum answers again`, {
    skip: NO_BINARY,
  }, async () => {
    const email = `ann-${STRANGERS.findIndex(([each]) => each === name)}@school.example`;
    const device = await arrive(email);
    const [{ store, account }] = device.tabs;
    store.edit('linear', { description: 'sent before' });
    await device.flush();
    store.edit('linear', { description: 'typed since' });
    await store.save();
    const unchanged = async () => {
      const [tab] = device.tabs;
      assert.equal(tab.store.tile('linear').description, 'typed since');
      assert.deepEqual(await tab.orphanedWork.types(), []);
      assert.deepEqual([tab.account.email, tab.account.signedIn], [email, true]);
      assert.deepEqual(tab.exchange.refused, []);
    };
    device.network.instead = answer;
    assert.equal(await device.sync(true), false);
    await account.checkSession();
    await unchanged();
    await device.reload();
    assert.equal(await device.sync(true), false);
    await unchanged();
    const [tab] = device.tabs;
    device.network.instead = () => undefined;
    assert.equal(await device.sync(false), true);
    assert.equal(tab.store.pending, false, 'it is sent without a reload or another edit');
    assert.equal((await history(device))[0], 'typed since');
  });
}

test('a session that counts as over goes on when the museum knows it again', { skip: NO_BINARY }, async () => {
  const device = await arrive('bea@school.example');
  const [{ store, account }] = device.tabs;
  store.edit('linear', { description: 'typed' });
  await store.save();
  device.network.instead = () => json(403, { detail: 'Authentication credentials were not provided.' });
  await account.checkSession();
  assert.equal(account.ended, true);
  device.network.instead = () => undefined;
  await account.checkSession();
  assert.equal(account.signedIn, true);
  assert.equal(await device.sync(false), true);
  assert.equal(store.pending, false);
});

test('signing in or out by a stranger’s answer does not count', { skip: NO_BINARY }, async () => {
  const device = await arrive('cem@school.example');
  const [{ account }] = device.tabs;
  for (const [name, answer] of STRANGERS) {
    device.network.instead = answer;
    await assert.rejects(account.signIn('dan@school.example', '123456'), { status: 0 }, name);
    await assert.rejects(account.signOut(), { status: 0 }, name);
    await assert.rejects(account.delete('123456'), { status: 0 }, name);
    assert.equal(account.email, 'cem@school.example', name);
  }
});

test('what two tabs typed over each other is kept while the museum refuses, and reaches it later', {
  skip: NO_BINARY,
}, async () => {
  for (const [number, refusal] of [
    json(400, { changes: ['No.'] }),
    json(413, { detail: 'Too large.' }),
    json(404, { detail: 'Not found.' }),
  ].entries()) {
    const device = await arrive(`eve-${number}@school.example`, 2);
    const [one, other] = device.tabs;
    one.store.edit('linear', { description: 'before' });
    await device.flush();
    const [left, right] = [one.store.view('linear'), other.store.view('linear')];
    device.network.instead = ({ url }) => (url.pathname === '/api/sync/' ? refusal.clone() : undefined);
    left.edit({ description: 'typed in one tab' });
    await device.save();
    await device.sync(false, one);
    right.edit({ description: 'typed in the other' });
    await device.save();
    for (const tab of [other, one, other]) {
      tab.exchange.retry();
      await device.sync(false, tab);
      assert.ok(
        tab.exchange.refused.some(({ type }) => type === 'linear'),
        'it is shown as refused',
      );
      assert.equal(tab.store.pending, true);
    }
    device.network.instead = () => undefined;
    assert.ok(Number(one.exchange.againIn) > 0, 'it is tried again by itself');
    await device.reload();
    await device.flush();
    const kept = await history(device);
    for (const words of ['typed in one tab', 'typed in the other'])
      assert.ok(kept.includes(words), `${words}: ${kept}`);
  }
});
