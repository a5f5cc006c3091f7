/** Listing the devices where one is signed in, and signing out there. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer } from './lib/server.js';
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

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0';

test('other devices are listed and signed out by keyboard', { skip: SKIP }, async () => {
  const email = 'ann@school.example';
  const [phone, library, school] = await Promise.all([
    Visitor.arrive(browser, server, { userAgent: IPHONE }),
    Visitor.arrive(browser, server, { userAgent: FIREFOX }),
    Visitor.arrive(browser, server, { userAgent: FIREFOX }),
  ]);
  for (const visitor of [phone, library, school]) {
    await visitor.signIn(email);
    await visitor.waitForStatus('Saved on the server');
    visitor.expect(EXPECTED.refused);
  }
  const ann = await Visitor.arrive(browser, server, { viewport: { width: 320, height: 800 }, bypassCSP: true });
  await ann.signIn(email);
  await ann.waitForStatus('Saved on the server');
  const { page } = ann;
  await page.locator('#account').focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('button', { name: 'Where you are signed in' });
  await list.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Where you are signed in' });
  await dialog.waitFor();
  assert.deepEqual(await dialog.getByRole('listitem').locator('.sessions__name').allTextContents(), [
    'Chrome on Linux',
    'Firefox on Windows',
    'Firefox on Windows',
    'Safari on an iPhone',
  ]);
  assert.equal(
    await dialog.getByRole('listitem').first().locator('.sessions__about').first().textContent(),
    'This device',
  );
  assert.equal(await dialog.getByText(/^Signed in today at /).count(), 4);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Where you are signed in');
  await checkLooks(ann, 'where one is signed in');

  const out = dialog.getByRole('button', { name: /^Sign out: Safari on an iPhone, last used today at/ });
  for (
    let presses = 0;
    presses < 8 && !(await out.evaluate((button) => button === document.activeElement));
    presses += 1
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.getByText('You are signed out on Safari on an iPhone.').waitFor();
  await phone.waitForStatus('Please sign in again.');
  assert.equal(await dialog.getByRole('listitem').count(), 3);

  await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await dialog.getByText('You are signed out everywhere else.').waitFor();
  assert.equal(await dialog.getByRole('listitem').count(), 1);
  await library.waitForStatus('Please sign in again.');
  await school.waitForStatus('Please sign in again.');
  assert.equal(await page.evaluate(() => fetch('auth/profile/').then((answer) => answer.status)), 200);
  await Promise.all([phone, library, school, ann].map((visitor) => visitor.leave()));
});

test('without a network the account stays as it is', { skip: SKIP }, async () => {
  const ben = await Visitor.arrive(browser, server);
  ben.expect(EXPECTED.offline);
  await ben.signIn('ben@school.example');
  await ben.waitForStatus('Saved on the server');
  await ben.page.locator('#account').click();
  await ben.page.context().setOffline(true);
  await ben.page.getByRole('button', { name: 'Where you are signed in' }).click();
  await ben.page.getByText('This could not be loaded. Check the network and try again.').waitFor();
  await ben.leave();
});
