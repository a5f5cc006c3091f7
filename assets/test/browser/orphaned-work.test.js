/** Works of an earlier account with the same address: they are moved or removed, but never by a single press. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer } from './lib/server.js';
import { EXPECTED, Visitor } from './lib/visitor.js';

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {() => Promise<void>} */
let empty;

before(async () => {
  if (SKIP) return;
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
  empty = await server.backUp();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

/**
 * Signs in a student whose work is on a server that is then emptied, and where others sign in first.
 *
 * @param {string} email
 */
async function returnToEmptyServer(email) {
  const visitor = await Visitor.arrive(browser, server, { bypassCSP: true });
  visitor.expect(EXPECTED.refused, EXPECTED.offline);
  await visitor.signIn(email);
  await visitor.openTile('Linear');
  await visitor.write('A straight line.');
  await visitor.waitForStatus('Saved on the server');
  await visitor.backToMuseum();
  await empty();
  await (await Visitor.arrive(browser, server)).signIn('first@school.example');
  await (await Visitor.arrive(browser, server)).signIn('second@school.example');
  await visitor.page.reload();
  await visitor.waitForStatus('Please sign in again');
  await visitor.page.locator('#account').click();
  await visitor.page.getByRole('button', { name: 'Send me a code' }).click();
  await visitor.page.getByLabel('Six-digit code').fill(await server.code(email));
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByRole('dialog').waitFor({ state: 'hidden' });
  return visitor;
}

const NOTICE = 'There is a new account for your address. Work of the earlier account is only on this device: Linear.';

test('works of an earlier account are not called saved, and hang again when asked for', { skip: SKIP }, async () => {
  const ann = await returnToEmptyServer('ann@school.example');
  await ann.page.locator('.notice', { hasText: NOTICE }).waitFor();
  await ann.waitForStatus('Works of your earlier account are on this device only.');
  await ann.page.getByRole('button', { name: 'Add it to my museum' }).click();
  await ann.waitForStatus('Saved on the server');
  await ann.page.locator('.notice', { hasText: NOTICE }).waitFor({ state: 'detached' });
  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn('ann@school.example');
  await elsewhere.openTile('Linear');
  assert.equal(await elsewhere.notes(), 'A straight line.');
  await ann.leave();
});

test('they are removed after a second question, which names them and offers a file first', { skip: SKIP }, async () => {
  const ben = await returnToEmptyServer('ben@school.example');
  const { page } = ben;
  const ask = page.getByRole('button', { name: 'Remove it…' });
  await ask.click();
  const dialog = page.getByRole('dialog', { name: 'Remove it from this device?' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save it as a file first' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^math-museum-\d{4}-\d\d-\d\d\.mathmuseums$/);
  assert.equal(JSON.parse(await readFile(await download.path(), 'utf8')).concepts[0].description, 'A straight line.');
  await checkLooks(ben, 'aside-question');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await page.reload();
  await ask.click();
  await dialog.getByRole('button', { name: 'Delete Linear' }).click();
  await ben.waitForStatus('Saved on the server');
  await page.locator('.notice', { hasText: NOTICE }).waitFor({ state: 'detached' });
  await page.reload();
  await ben.waitForStatus('Saved on the server');
  assert.equal(await ask.count(), 0);
  await ben.leave();
});
