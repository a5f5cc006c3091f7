/** The museum works wherever it is put up: under a path of a larger site, and on a plain http address of the school's network. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { launchChromium } from './lib/chromium.js';
import { SKIP, startServer } from './lib/server.js';
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

/**
 * A site that has the museum under a path of its own.
 *
 * @param {string} prefix with a slash at both ends
 * @returns {Promise<{url: string, close: () => void}>}
 */
async function siteWithMuseumAt(prefix) {
  const { hostname, port } = new URL(server.url);
  const site = createServer((incoming, outgoing) => {
    if (!incoming.url?.startsWith(prefix)) {
      outgoing.writeHead(404).end();
      return;
    }
    const path = incoming.url.slice(prefix.length - 1);
    const passed = request({ hostname, port, path, method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (site.address());
  return { url: `http://127.0.0.1:${address.port}${prefix}`, close: () => site.close() };
}

test('under a path of a larger site', { skip: SKIP }, async () => {
  const site = await siteWithMuseumAt('/school/museum/');
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
    for (const name of ['locks', 'storage', 'serviceWorker']) Object.defineProperty(navigator, name, { value: undefined });
    for (const name of ['randomUUID', 'subtle']) Object.defineProperty(crypto, name, { value: undefined });
  });
  await ben.page.reload();
  await ben.signIn('ben@school.example');
  await ben.openTile('Cubic');
  await ben.write('An S.');
  await ben.waitForStatus('Saved on the server');
  await ben.leave();
});
