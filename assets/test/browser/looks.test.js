/**
 * Every page and dialog, narrow and wide, light and dark: nothing overflows, nothing shifts, and axe finds no problem.
 */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer } from './lib/server.js';
import { EXPECTED, Visitor } from './lib/visitor.js';

/** Compressed bytes up to the drawn poster. */
const FIRST_VISIT_BUDGET = 120 * 1024;

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
async function walkThrough(visitor) {
  const { page } = visitor;
  visitor.expect(EXPECTED.refused);
  await checkLooks(visitor, 'the empty poster');
  await page.locator('#account').click();
  await checkLooks(visitor, 'the first step of signing in');
  await page.getByLabel('Your e-mail address').fill('not an address');
  await page.keyboard.press('Enter');
  await checkLooks(visitor, 'an address that cannot be one');
  await page.getByLabel('Your e-mail address').fill('long.name.of.a.student@a.school.with.a.long.name.example');
  await page.keyboard.press('Enter');
  await page.getByLabel('Six-digit code').fill('12345');
  await page.keyboard.press('Enter');
  await checkLooks(visitor, 'the second step of signing in');
  await page
    .getByLabel('Six-digit code')
    .fill(await server.code('long.name.of.a.student@a.school.with.a.long.name.example'));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.locator('#account').click();
  await checkLooks(visitor, 'the account');
  await page.keyboard.press('Escape');
  await visitor.openTile('Absolute value');
  await checkLooks(visitor, 'an empty tile');
  await visitor.draw('y=x^2');
  await visitor.write('A note that is rather long, so that one can see how it runs on from line to line in the frame.');
  await page.getByRole('checkbox', { name: 'Mark as complete' }).check();
  await checkLooks(visitor, 'a tile at work');
  await visitor.backToMuseum();
  await visitor.openTile('Cubic');
  await visitor.write('Only notes here.');
  await visitor.backToMuseum();
  await checkLooks(visitor, 'the poster with works');
  await visitor.signOut();
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [320, 1280]) {
    test(`the museum at ${width} px, ${colorScheme}`, { skip: SKIP }, async () => {
      const visitor = await Visitor.arrive(browser, server, {
        viewport: { width, height: 800 },
        colorScheme,
        bypassCSP: true,
      });
      await walkThrough(visitor);
      await visitor.leave();
    });
  }
}

test('forced colours and reduced motion', { skip: SKIP }, async () => {
  const visitor = await Visitor.arrive(browser, server, {
    forcedColors: 'active',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  await walkThrough(visitor);
  await visitor.leave();
});

test('the first visit is small, asks nobody else, and nothing jumps', { skip: SKIP }, async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  let bytes = 0;
  /** @type {string[]} */
  const foreign = [];
  await network.send('Network.enable');
  network.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) foreign.push(request.url());
  });
  await page.addInitScript(() => {
    const shifts = /** @type {any} */ (window);
    shifts.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.shifted += /** @type {any} */ (entry).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(server.url, { waitUntil: 'networkidle' });
  await page.locator('.work').last().waitFor();
  assert.deepEqual(foreign, []);
  assert.ok(bytes > 0 && bytes < FIRST_VISIT_BUDGET, `${bytes} bytes`);
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).shifted), 0);
  console.log(`# first visit: ${bytes} bytes with headers`);
  await context.close();
});

test('without JavaScript a sentence says what is needed', { skip: SKIP }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url);
  assert.match(await page.locator('main').innerText(), /needs JavaScript/);
  await context.close();
});
