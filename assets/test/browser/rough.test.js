/**
 * Rough conditions in a real browser: a new version while a page is open, the back button, a very slow connection, a
 * missing photo, a filtering proxy.
 */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { OPTIONS, launchChromium } from './lib/chromium.js';
import { cameraPhoto } from './lib/photographs.js';
import { SKIP, startServer, until } from './lib/server.js';
import { EXPECTED, Visitor } from './lib/visitor.js';

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  if (!SKIP) [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('a page goes on saving when a newer one in another tab has changed the device’s store', {
  skip: SKIP,
}, async () => {
  const ann = await Visitor.arrive(browser, server);
  await ann.signIn('ann@school.example');
  await ann.openTile('Linear');
  await ann.write('Before.');
  await ann.waitForStatus('Saved on the server');
  const newer = await ann.page.context().newPage();
  await newer.goto(`${server.url}healthz`);
  await newer.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('mathmuseums:/', 99);
        opening.onupgradeneeded = () => opening.result.createObjectStore('of a newer page');
        opening.onsuccess = resolve;
        opening.onerror = reject;
      }),
  );
  await ann.write('After.');
  await ann.waitForStatus('Saved on the server');
  await ann.page.reload();
  assert.equal(await ann.notes(), 'After.');
  await ann.waitForStatus('Saved on the server');
  await ann.leave();
});

test('a page that is left and shown again by the button Back is up to date and goes on', { skip: SKIP }, async () => {
  const withCache = await chromium.launch({ ...OPTIONS, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const ben = await Visitor.arrive(withCache, server);
  ben.expect(EXPECTED.offline);
  await ben.signIn('ben@school.example');
  await ben.openTile('Cubic');
  await ben.write('An S.');
  const isSent = () => ben.page.evaluate(async () => (await (await fetch('api/tiles/')).text()).includes('An S.'));
  await until(isSent, 30_000, () => 'The words were not sent.');
  await ben.page.getByRole('heading', { name: 'Cubic', level: 1 }).click(); // Notes are not updated while they are being edited.
  await ben.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await ben.page.goto(`${server.url.replace('127.0.0.1', 'localhost')}healthz`);
  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn('ben@school.example');
  await elsewhere.openTile('Cubic');
  await until(
    async () => (await elsewhere.notes()) === 'An S.',
    30_000,
    () => 'The words did not arrive.',
  );
  await elsewhere.write('An S, and its turning point.');
  await elsewhere.waitForStatus('Saved on the server');
  await ben.page.goBack({ waitUntil: 'commit' });
  await until(
    async () => (await ben.notes()) === 'An S, and its turning point.',
    30_000,
    () => 'What was done elsewhere is not shown.',
  );
  await ben.write('Written after the way back.');
  await ben.waitForStatus('Saved on the server');
  await elsewhere.page.getByRole('heading', { name: 'Cubic', level: 1 }).click();
  await elsewhere.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await until(
    async () => (await elsewhere.notes()) === 'Written after the way back.',
    40_000,
    () => 'The words did not arrive elsewhere.',
  );
  await ben.leave();
  await elsewhere.leave();
  await withCache.close();
});

test('a photo reaches the server on the slowest of lines', { skip: SKIP }, async () => {
  const cem = await Visitor.arrive(browser, server);
  await cem.signIn('cem@school.example');
  await cem.openTile('Quadratic');
  const file = await cameraPhoto(cem.page, 6, 600);
  const session = await cem.page.context().newCDPSession(cem.page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 2_000,
    downloadThroughput: 50_000 / 8,
    uploadThroughput: 50_000 / 8,
  });
  await cem.page.getByRole('button', { name: 'Add a photo' }).click();
  const [chooser] = await Promise.all([
    cem.page.waitForEvent('filechooser'),
    cem.page.getByRole('button', { name: 'Choose a picture' }).click(),
  ]);
  await chooser.setFiles({ name: 'arch.jpg', mimeType: 'image/jpeg', buffer: file });
  await cem.page.getByRole('button', { name: /^Done/ }).click();
  await cem.waitForStatus('Sending…');
  await cem.waitForStatus('Saved on the server');
  await cem.leave();
});

test('a photo that is nowhere any more is said to be missing, at the top and at its work', { skip: SKIP }, async () => {
  const dan = await Visitor.arrive(browser, server);
  dan.expect(EXPECTED.refused);
  await dan.signIn('dan@school.example');
  await dan.openTile('Linear');
  await dan.write('With a photo.');
  await dan.waitForStatus('Saved on the server');
  await dan.backToMuseum();
  await dan.page.evaluate(async (hash) => {
    const list = [
      { id: '1', type: 'image', image_url: `api/images/${hash}`, width: '10', height: '10', center: '(0,0)' },
    ];
    const changes = [
      {
        change_id: 'made-elsewhere',
        concept_type: 'linear',
        base_version: 1,
        fields: { desmos_state: { version: 11, expressions: { list } } },
      },
    ];
    await fetch('api/sync/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ cursor: 0, changes }),
    });
  }, 'a1'.repeat(32));
  await dan.waitForStatus('Linear: A photo is missing on the server; it may be on another of your devices.');
  await dan.openTile('Linear');
  await dan.page
    .locator('.placard__status', { hasText: 'About its photo: A photo is missing on the server' })
    .waitFor();
  await dan.leave();
});

test('a filter’s page in the place of a file is not kept for times without a network', { skip: SKIP }, async () => {
  const context = await browser.newContext();
  let isFiltered = true;
  await context.route('**/static/**/*.js', (route) =>
    isFiltered && route.request().serviceWorker()
      ? route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Blocked.' })
      : route.continue(),
  );
  const page = await context.newPage();
  const eve = new Visitor(page, server);
  eve.expect(/Something else came in the place of/, EXPECTED.offline);
  await page.goto(server.url);
  await page.locator('.work').first().waitFor();
  await page.waitForTimeout(1_500);
  const kept = () =>
    page.evaluate(async () => {
      const answers = await Promise.all(
        (await caches.keys()).map(async (name) => {
          const cache = await caches.open(name);
          return Promise.all(
            (await cache.keys()).map(async (request) => [
              request.url,
              (await cache.match(request))?.headers.get('Content-Type'),
            ]),
          );
        }),
      );
      return answers.flat().filter(([url, kind]) => url?.endsWith('.js') && kind?.startsWith('text/html'));
    });
  assert.deepEqual(await kept(), []);
  isFiltered = false;
  await eve.page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
    timeout: 60_000,
  });
  assert.deepEqual(await kept(), []);
  await eve.leave();
});
