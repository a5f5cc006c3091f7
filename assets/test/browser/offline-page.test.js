/** The museum opens offline after one visit, and changes to a new version when the student agrees. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { chromium } from 'playwright-core';
import { launchChromium, OPTIONS } from './lib/chromium.js';
import { SKIP, startServer, until } from './lib/server.js';
import { openSite } from './lib/site.js';
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

/** @param {Visitor} visitor */
async function museumIsKept({ page }) {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
    timeout: 60_000,
  });
}

/** @param {Visitor} visitor */
function versionsKept({ page }) {
  return page.evaluate(async () => (await caches.keys()).map((name) => name.replace(/^.*:/, '').slice(0, 12)));
}

/** @param {Visitor} visitor */
function versionShown({ page }) {
  return page.evaluate(
    () => /static\/([^/]+)\//.exec(document.querySelector('script[src]')?.getAttribute('src') ?? '')?.[1],
  );
}

/** @param {Visitor} visitor */
function lookForUpdate({ page }) {
  return page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
}

/** @param {Visitor} visitor */
function offer({ page }) {
  return page.locator('.notice', { hasText: 'A new version of the museum is ready.' });
}

for (const prefix of ['/', '/school/museum/']) {
  test(`after one visit everything opens offline, under ${prefix}`, { skip: SKIP }, async () => {
    const site = await openSite(server, prefix);
    const ann = await Visitor.arrive(browser, { ...server, url: site.url });
    await museumIsKept(ann);
    await ann.page.context().setOffline(true);
    ann.expect(EXPECTED.offline);
    await ann.page.reload();
    await ann.openTile('Rational');
    await ann.draw('y=1/x');
    await ann.page.locator('math-field').first().waitFor();
    await ann.write('Two lines that it never touches.');
    await ann.waitForStatus('Saved on this device.');
    await ann.page.reload();
    await ann.graphIsOpen();
    assert.equal(await ann.notes(), 'Two lines that it never touches.');
    assert.ok(await ann.page.evaluate(() => document.fonts.check('16px Fraunces')), 'the letters are kept, too');
    await ann.leave();
    site.close();
  });
}

test('a page that stays open loses the network before it has opened a tile', { skip: SKIP }, async () => {
  const ben = await Visitor.arrive(browser, server);
  await museumIsKept(ben);
  await ben.page.context().setOffline(true);
  ben.expect(EXPECTED.offline);
  await ben.openTile('Exponential');
  await ben.leave();
});

test('a server that is down or at fault does not keep the museum from opening', { skip: SKIP }, async () => {
  const site = await openSite(server);
  const cleo = await Visitor.arrive(browser, { ...server, url: site.url });
  cleo.expect(EXPECTED.offline, /status of 50\d/);
  await museumIsKept(cleo);
  site.close();
  await cleo.page.reload();
  await cleo.openTile('Linear');
  await cleo.leave();
});

test('a new version is offered, and nothing is reloaded before the student says so', { skip: SKIP }, async () => {
  const site = await openSite(server);
  const dora = await Visitor.arrive(browser, { ...server, url: site.url });
  await museumIsKept(dora);
  const [former] = await versionsKept(dora);
  assert.equal(await versionShown(dora), former);
  await dora.openTile('Cubic');
  await dora.write('An S, half wri');
  site.update('00000000beef');
  await lookForUpdate(dora);
  await offer(dora).waitFor({ timeout: 60_000 });
  assert.equal(await dora.notes(), 'An S, half wri');
  assert.equal(await versionShown(dora), former);
  assert.deepEqual(new Set(await versionsKept(dora)), new Set([former, '00000000beef']));

  await offer(dora).getByRole('button', { name: 'Update now' }).click();
  await until(
    async () => (await versionShown(dora).catch(() => '')) === '00000000beef',
    60_000,
    () => 'The page did not change.',
  );
  await dora.graphIsOpen();
  assert.equal(await dora.notes(), 'An S, half wri');
  await until(
    async () => (await versionsKept(dora)).join() === '00000000beef',
    60_000,
    () => 'The former version is still kept.',
  );
  assert.equal(await offer(dora).count(), 0);
  await dora.leave();
  site.close();
});

test('work that cannot be saved holds the new version back', { skip: SKIP }, async () => {
  const site = await openSite(server);
  const eve = await Visitor.arrive(browser, { ...server, url: site.url });
  await museumIsKept(eve);
  site.update('00000000cafe');
  await lookForUpdate(eve);
  await offer(eve).waitFor({ timeout: 60_000 });
  await eve.openTile('Linear');
  await eve.page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    const full = /** @type {any} */ (window);
    full.makeRoom = () => {
      IDBObjectStore.prototype.put = put;
    };
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('No room.', 'QuotaExceededError');
    };
  });
  await eve.write('Not to be lost.');
  await offer(eve).getByRole('button', { name: 'Update now' }).click();
  const held = eve.page.locator('.notice', { hasText: 'not saved yet, so the page stays open' });
  await held.waitFor();
  assert.equal(await eve.notes(), 'Not to be lost.');
  await eve.page.evaluate(() => /** @type {any} */ (window).makeRoom());
  await eve.waitForStatus('Saved on this device.');
  await held.getByRole('button', { name: 'Update now' }).click();
  await until(
    async () => (await versionShown(eve).catch(() => '')) === '00000000cafe',
    60_000,
    () => 'The page did not change.',
  );
  await eve.graphIsOpen();
  assert.equal(await eve.notes(), 'Not to be lost.');
  await eve.leave();
  site.close();
});

test('a second tab is offered the version that the first one changed to, and goes on meanwhile', {
  skip: SKIP,
}, async () => {
  const site = await openSite(server);
  const first = await Visitor.arrive(browser, { ...server, url: site.url });
  await museumIsKept(first);
  const second = await first.secondTab();
  const [former] = await versionsKept(first);
  site.update('00000000feed');
  await lookForUpdate(first);
  await offer(first).waitFor({ timeout: 60_000 });
  await offer(first).getByRole('button', { name: 'Update now' }).click();
  await until(
    async () => (await versionShown(first).catch(() => '')) === '00000000feed',
    60_000,
    () => 'The page did not change.',
  );
  await offer(second).waitFor();
  assert.equal(await versionShown(second), former);
  await second.openTile('Quadratic');
  assert.ok((await versionsKept(second)).includes(former), 'the files of its own version are still kept');
  await offer(second).getByRole('button', { name: 'Update now' }).click();
  await until(
    async () => (await versionShown(second).catch(() => '')) === '00000000feed',
    60_000,
    () => 'The second page did not change.',
  );
  await second.graphIsOpen();
  second.checkComplaints();
  await first.leave();
  site.close();
});

test('a page that has the new version already from the network is offered nothing', { skip: SKIP }, async () => {
  const site = await openSite(server);
  const finn = await Visitor.arrive(browser, { ...server, url: site.url });
  await museumIsKept(finn);
  site.update('00000000f00d');
  await finn.page.reload();
  assert.equal(await versionShown(finn), '00000000f00d');
  await until(
    async () => (await versionsKept(finn)).join() === '00000000f00d',
    60_000,
    () => 'The new version did not take over.',
  );
  assert.equal(await offer(finn).count(), 0);
  await finn.leave();
  site.close();
});

test('what is not the museum’s page and files goes to the network', { skip: SKIP }, async () => {
  const gus = await Visitor.arrive(browser, server);
  await museumIsKept(gus);
  const kept = await gus.page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => new URL(request.url).pathname);
  });
  assert.ok(kept.includes('/'));
  assert.ok(
    kept.some((path) => /\/js\/(main\/)?main\.js$/.test(path)) &&
      kept.some((path) => path.endsWith('mathlive.min.mjs')),
  );
  assert.deepEqual(
    kept.filter((path) => path !== '/' && !path.startsWith('/static/')),
    [],
  );
  await gus.page.context().setOffline(true);
  gus.expect(EXPECTED.offline);
  assert.equal(
    await gus.page.evaluate(() =>
      fetch('api/tiles/').then(
        () => 'answered',
        () => 'no answer',
      ),
    ),
    'no answer',
  );
  await gus.leave();
});

test('on a plain http address it is said once what that means, and drafts are kept', { skip: SKIP }, async () => {
  const { port } = new URL(server.url);
  const lan = await chromium.launch({
    ...OPTIONS,
    args: [...OPTIONS.args, `--host-resolver-rules=MAP ${hostname()} 127.0.0.1`],
  });
  const hal = await Visitor.arrive(lan, { ...server, url: `http://${hostname()}:${port}/` });
  hal.expect(/Cross-Origin-Opener-Policy header has been ignored/);
  assert.equal(await hal.page.evaluate(() => window.isSecureContext || 'serviceWorker' in navigator), false);
  const told = hal.page.locator('.notice', { hasText: 'This page cannot be reopened offline' });
  await told.waitFor();
  await told.getByRole('button', { name: 'Dismiss this message' }).click();
  await hal.openTile('Linear');
  await hal.write('Kept all the same.');
  await hal.waitForStatus('Saved on this device.');
  await hal.page.reload();
  await hal.graphIsOpen();
  assert.equal(await hal.notes(), 'Kept all the same.');
  await hal.page.waitForTimeout(1_000);
  assert.equal(await told.count(), 0);
  await hal.leave();
  await lan.close();
});

test('who works on the pages hears of no new version at the first visit', { skip: SKIP }, async () => {
  const workshop = await startServer({ dev: true });
  const eve = await Visitor.arrive(browser, workshop);
  await eve.page.evaluate(async () => {
    // The worker of such a museum caches nothing, and unregisters at once.
    while ((await navigator.serviceWorker.getRegistrations()).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await eve.page.waitForTimeout(1_000);
  assert.equal(await eve.page.getByText('A new version of the museum is ready.').count(), 0);
  await eve.leave();
  await workshop.remove();
});
