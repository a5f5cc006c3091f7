/** What is left on a shared device after one of its users has signed out. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { chromium } from 'playwright-core';
import { FAMILIES } from '../../js/museum/families.js';
import { OPTIONS, launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer, until } from './lib/server.js';
import { EXPECTED, Visitor } from './lib/visitor.js';

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  if (SKIP) return;
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

/** A name under which the museum is opened as in a classroom: by http, not a secure context. */
const CLASSROOM = `${hostname().split('.')[0].toLowerCase()}.lan`;

/** Messages of the browser about headers that it obeys only in secure contexts. */
const UNSAFE = /untrustworthy|Not supported for insecure origins/;

/**
 * Stores works with one photo each, bypassing the page.
 *
 * @param {Visitor} visitor who is signed in
 * @param {number} count
 * @returns {Promise<string[]>} addresses of the photos
 */
function hangPhotos({ page }, count) {
  return page.evaluate(
    async (families) => {
      const send = (/** @type {string} */ path, /** @type {any} */ body, /** @type {string} */ kind) =>
        fetch(path, { method: 'POST', body, headers: { 'Content-Type': kind, Accept: 'application/json' } }).then(
          (answer) => answer.json(),
        );
      const urls = [];
      for (const [i, family] of families.entries()) {
        const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 600 });
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        for (let x = 0; x < 800; x += 4) {
          context.fillStyle = `hsl(${(x * (i + 3)) % 360} 90% ${30 + (x % 40)}%)`;
          context.fillRect(x, 0, 4, 600);
        }
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
        const { url } = await send('api/images/', blob, 'application/octet-stream');
        const state = {
          version: 11,
          expressions: {
            list: [
              { type: 'image', id: '1', image_url: url, name: 'photo', width: '10', height: '8', center: '(0,0)' },
            ],
          },
        };
        await send(
          'api/tiles/',
          JSON.stringify({ concept_type: family, desmos_state: state, description: 'A photo that is mine alone.' }),
          'application/json',
        );
        urls.push(url);
      }
      return urls;
    },
    FAMILIES.slice(0, count).map(({ type }) => type),
  );
}

/**
 * Returns everything that the browser stores for the museum, as text, and which of the photos are in its cache.
 *
 * @param {Visitor} visitor
 * @param {string[]} urls
 */
function left({ page }, urls) {
  return page.evaluate(async (photos) => {
    const all = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    let bytes = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => {
        const request = indexedDB.open(/** @type {string} */ (name));
        request.onsuccess = () => resolve(request.result);
      });
      for (const store of database.objectStoreNames) {
        for (const method of ['getAll', 'getAllKeys']) {
          const found = await new Promise((resolve) => {
            const request = database.transaction(store).objectStore(store)[method]();
            request.onsuccess = () => resolve(request.result);
          });
          if (store === 'photo-bytes' && method === 'getAll') bytes += found.length;
          else all.push(JSON.stringify(found));
        }
      }
      database.close();
    }
    for (const name of (await globalThis.caches?.keys()) ?? []) {
      for (const request of await (await caches.open(name)).keys()) all.push(request.url);
    }
    const cached = [];
    for (const url of photos) {
      const answer = await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => undefined);
      if (answer?.ok) cached.push(url);
    }
    return { text: all.join('\n'), bytes, cached };
  }, urls);
}

/** @param {Visitor} visitor */
async function openAccount({ page }) {
  await page.locator('#account').click();
  return page.getByRole('dialog', { name: 'Your account' });
}

test('on a device that she says is shared, her work is to be removed when she signs out', { skip: SKIP }, async () => {
  for (const isShared of [false, true]) {
    const eva = await Visitor.arrive(browser, server, { viewport: { width: 320, height: 800 }, bypassCSP: true });
    await eva.page.locator('#account').click();
    const choice = eva.page.getByLabel('This is a shared device');
    assert.ok(!(await choice.isChecked()), 'nobody has said so yet');
    await checkLooks(eva, 'signing in');
    if (isShared) await choice.check();
    await eva.page.getByLabel('Your e-mail address').fill('eva@school.example');
    await eva.page.keyboard.press('Enter');
    await eva.page.getByLabel('Six-digit code').fill(await server.code('eva@school.example'));
    await eva.page.keyboard.press('Enter');
    await eva.waitForStatus('Saved on the server');
    await eva.page.reload();
    await eva.waitForStatus('Saved on the server');
    assert.equal(await (await openAccount(eva)).getByLabel('Remove my work from this device').isChecked(), isShared);
    await eva.leave();
  }
});

for (const isClassroom of [false, true]) {
  test(`nothing of hers is left when she takes it off the device, ${isClassroom ? 'by http in a classroom' : 'on a page that came safely'}`, {
    skip: SKIP,
  }, async (t) => {
    const own = isClassroom
      ? await chromium.launch({
          ...OPTIONS,
          args: [...OPTIONS.args, `--host-resolver-rules=MAP ${CLASSROOM} 127.0.0.1`],
        })
      : browser;
    if (isClassroom) t.after(() => own.close());
    const museum = isClassroom ? { ...server, url: server.url.replace('127.0.0.1', CLASSROOM) } : server;
    const email = isClassroom ? 'cleo@school.example' : 'ann@school.example';
    const ann = await Visitor.arrive(own, museum, { bypassCSP: true });
    ann.expect(EXPECTED.refused, EXPECTED.offline, /504/, UNSAFE);
    assert.equal(await ann.page.evaluate(() => isSecureContext), !isClassroom);
    await ann.signIn(email);
    await ann.waitForStatus('Saved on the server');
    const urls = await hangPhotos(ann, 3);
    await ann.page.reload();
    await until(
      async () => (await left(ann, urls)).bytes === 3,
      30_000,
      () => 'The photos are not kept on the device.',
    );
    for (const url of urls) await ann.page.evaluate((each) => fetch(each).then((answer) => answer.arrayBuffer()), url);
    const before = await left(ann, urls);
    assert.deepEqual(before.cached, urls);
    assert.match(before.text, /mine alone/);
    const tab = await ann.secondTab();
    tab.expect(EXPECTED.refused, EXPECTED.offline, /504/, UNSAFE);
    await ann.waitForStatus('Saved on the server');

    const dialog = await openAccount(ann);
    const remove = dialog.getByLabel('Remove my work from this device');
    assert.equal(await remove.isChecked(), false, 'nobody else has used this device');
    await checkLooks(ann, 'signing out');
    await remove.focus();
    await ann.page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await ann.page.getByText('your work is no longer on this device').waitFor();
    await until(
      async () => (await tab.page.locator('.account__name').textContent()) === 'Sign in',
      30_000,
      () => 'The other tab is signed in.',
    );
    const after = await left(ann, urls);
    assert.doesNotMatch(after.text, new RegExp(`${email}|mine alone|${urls.map((url) => url.slice(-64)).join('|')}`));
    assert.deepEqual([after.bytes, after.cached], [0, []]);

    await ann.page.reload();
    assert.equal(await ann.page.evaluate((url) => fetch(url).then((answer) => answer.status), urls[0]), 403);
    await ann.signIn(isClassroom ? 'dan@school.example' : 'ben@school.example');
    await ann.waitForStatus('Saved on the server');
    assert.equal(await ann.page.evaluate((url) => fetch(url).then((answer) => answer.status), urls[0]), 404);
    assert.ok(
      await (await openAccount(ann)).getByLabel('Remove my work from this device').isChecked(),
      'it is a device of several people by now',
    );
    await ann.page.keyboard.press('Escape');
    await ann.signOut();
    await ann.signIn(email); // And everything comes back.
    await until(
      async () => (await left(ann, urls)).bytes === 3,
      30_000,
      () => 'The photos do not come back.',
    );
    await tab.page.close();
    await ann.leave();
  });
}

test('removal is proposed where another account has left its museum', { skip: SKIP }, async () => {
  const device = await Visitor.arrive(browser, server);
  await device.signIn('eve@school.example');
  await device.waitForStatus('Saved on the server');
  await device.signOut();
  await device.signIn('fay@school.example');
  await device.waitForStatus('Saved on the server');
  const dialog = await openAccount(device);
  assert.ok(await dialog.getByLabel('Remove my work from this device').isChecked());
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await device.page.getByText('your work is no longer on this device').waitFor();
  const { text } = await left(device, []);
  assert.match(text, /eve@school/, 'what she chose to leave is still there');
  assert.doesNotMatch(text, /fay@school/);
  await device.leave();
});

test('what is not sent is not removed', { skip: SKIP }, async () => {
  const gus = await Visitor.arrive(browser, server);
  gus.expect(EXPECTED.offline, EXPECTED.refused);
  await gus.signIn('gus@school.example');
  await gus.openTile('Linear');
  await gus.waitForStatus('Saved on the server');
  await gus.page.route('**/api/sync/', (route) => route.abort());
  await gus.write('Nobody has this yet.');
  const dialog = await openAccount(gus);
  if (await dialog.getByLabel('Remove my work from this device').isVisible()) {
    // What was typed is not written yet.
    await dialog.getByLabel('Remove my work from this device').check();
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await dialog.getByText('It is removed from here only when everything is sent.').waitFor();
  }
  await dialog.getByText('Not sent yet: Linear.').waitFor();
  assert.equal(await dialog.getByLabel('Remove my work from this device').count(), 0);
  await dialog.getByRole('button', { name: 'Sign out anyway' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.match((await left(gus, [])).text, /Nobody has this yet/);
  await gus.page.unroute('**/api/sync/');
  await gus.signIn('gus@school.example');
  await gus.waitForStatus('Saved on the server');
  assert.equal(await gus.notes(), 'Nobody has this yet.');
  await gus.leave();
});

test('a poster with twelve photos is as quick as before: each is asked for and not sent again', {
  skip: SKIP,
}, async () => {
  const ivy = await Visitor.arrive(browser, server);
  ivy.expect(/willReadFrequently/);
  await ivy.signIn('ivy@school.example');
  await ivy.waitForStatus('Saved on the server');
  const urls = await hangPhotos(ivy, 12);
  await ivy.page.reload();
  await until(
    async () => (await left(ivy, [])).bytes === 12,
    60_000,
    () => 'The photos are not kept.',
  );
  /** @type {number[]} */
  const sizes = [];
  ivy.page.on('requestfinished', async (request) => {
    if (/api\/images\/[0-9a-f]{64}$/.test(request.url())) sizes.push((await request.sizes()).responseBodySize);
  });
  await ivy.page.reload();
  await until(
    async () => sizes.length >= urls.length,
    30_000,
    () => `${sizes.length} photos were asked for.`,
  );
  const [status, took] = await ivy.page.evaluate(async (all) => {
    const began = performance.now();
    const answers = await Promise.all(
      all.map((url) => fetch(url).then((answer) => answer.arrayBuffer().then(() => answer.status))),
    );
    return [answers, performance.now() - began];
  }, urls);
  console.log(
    `12 photos asked for again: ${took.toFixed()} ms, ${sizes.reduce((sum, size) => sum + size, 0)} bytes of bodies`,
  );
  assert.ok(status.every((each) => each === 200) && sizes.every((size) => size === 0), `bodies of ${sizes} bytes`);
  await ivy.leave();
});
