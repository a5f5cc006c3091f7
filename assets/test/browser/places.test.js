/** The museum works at any address: below a path of a larger site, and on plain http in the school's network. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { SKIP, startServer } from './lib/server.js';
import { openSite } from './lib/site.js';
import { Visitor } from './lib/visitor.js';

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

test('under a path of a larger site', { skip: SKIP }, async () => {
  const site = await openSite(server, '/school/museum/');
  const ann = await Visitor.arrive(browser, { ...server, url: site.url });
  await ann.signIn('ann@school.example');
  await ann.openTile('Linear');
  assert.equal(ann.page.url(), `${site.url}#/tile/linear`);
  await ann.write('A straight line.');
  await ann.waitForStatus('Saved on the server');
  await ann.leave();
  site.close();
});

test('on a plain http address, where locks and persistent storage do not exist', { skip: SKIP }, async () => {
  const ben = await Visitor.arrive(browser, server);
  await ben.page.addInitScript(() => {
    for (const name of ['locks', 'storage', 'serviceWorker'])
      Object.defineProperty(navigator, name, { value: undefined });
    for (const name of ['randomUUID', 'subtle']) Object.defineProperty(crypto, name, { value: undefined });
  });
  await ben.page.reload();
  await ben.signIn('ben@school.example');
  await ben.openTile('Cubic');
  await ben.write('An S.');
  await ben.waitForStatus('Saved on the server');
  await ben.leave();
});
