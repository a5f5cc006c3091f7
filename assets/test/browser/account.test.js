/** Exporting the museum, deleting the account, and signing in with a password. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer, until } from './lib/server.js';
import { EXPECTED, Visitor } from './lib/visitor.js';

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

const HEAD = { email: 'head@school.example', password: 'seven green umbrellas' };

before(async () => {
  if (SKIP) return;
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
  await server.addSuperuser(HEAD.email, HEAD.password);
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

/** @param {Visitor} visitor */
async function openAccount({ page }) {
  await page.locator('#account').click();
  return page.getByRole('dialog', { name: 'Your account' });
}

/** @param {Visitor} visitor @param {string} email */
async function deleteAccount({ page }, email) {
  await page.locator('#account').click();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByRole('button', { name: 'Send me a code to delete it' }).click();
  await page.getByLabel('Six-digit code').fill(await server.code(email));
  await page.getByRole('button', { name: 'Delete everything now' }).click();
}

/**
 * Returns everything that the browser stores for the museum, as text.
 *
 * @param {Visitor} visitor
 */
function kept({ page }) {
  return page.evaluate(async () => {
    const all = [JSON.stringify({ ...localStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => {
        const request = indexedDB.open(/** @type {string} */ (name));
        request.onsuccess = () => resolve(request.result);
      });
      for (const store of database.objectStoreNames) {
        all.push(
          await new Promise((resolve) => {
            const request = database.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => resolve(JSON.stringify(request.result));
          }),
        );
      }
      database.close();
    }
    return all.join('\n');
  });
}

test('the whole museum is taken home as a file', { skip: SKIP }, async () => {
  const ann = await Visitor.arrive(browser, server);
  await ann.signIn('ann@school.example');
  await ann.openTile('Linear');
  await ann.write('A straight line.');
  const dialog = await openAccount(ann);
  const [download] = await Promise.all([
    ann.page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download my museum' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^math-museum-\d{4}-\d\d-\d\d\.zip$/);
  const file = await readFile(await download.path());
  assert.equal(file.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
  assert.ok(file.includes('museum.json') && file.includes('notes/'));
  await dialog.getByText('Your download has started.').waitFor();
  await ann.leave();
});

test('without a network it is said that nothing could be fetched', { skip: SKIP }, async () => {
  const ben = await Visitor.arrive(browser, server);
  ben.expect(EXPECTED.offline);
  await ben.signIn('ben@school.example');
  await ben.waitForStatus('Saved on the server');
  const dialog = await openAccount(ben);
  await ben.page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await ben.page.context().setOffline(true);
  await dialog.getByRole('button', { name: 'Download my museum' }).click();
  await dialog.getByText('The museum does not answer. Check the network and try again.').waitFor();
  await dialog.getByRole('button', { name: 'Delete my account' }).click();
  await ben.page.getByRole('button', { name: 'Send me a code to delete it' }).click();
  await ben.page.getByText('The museum does not answer. Check the network and try again.').waitFor();
  await ben.leave();
});

test('a deleted account is gone from the server and from every tab of this device', { skip: SKIP }, async () => {
  const cleo = await Visitor.arrive(browser, server);
  await cleo.openTile('Cubic');
  await cleo.write('Of nobody’s account.');
  await cleo.waitForStatus('Saved on this device.');
  await cleo.backToMuseum();
  await cleo.signIn('cleo@school.example');
  await cleo.openTile('Linear');
  await cleo.write('Not for others to read.');
  await cleo.waitForStatus('Saved on the server');
  const tab = await cleo.secondTab();
  await tab.openTile('Rational');
  await tab.write('In the other tab.');
  await tab.waitForStatus('Saved on the server');
  assert.match(await kept(cleo), /Not for others to read/);

  await deleteAccount(cleo, 'cleo@school.example');
  await cleo.page
    .locator('.notice', { hasText: 'Your account is deleted, with your museum and everything in it.' })
    .waitFor();
  assert.equal(await cleo.page.locator('.account__name').textContent(), 'Sign in');
  assert.equal(await cleo.notes(), '');
  await until(
    async () => (await tab.notes()) === '',
    60_000,
    () => 'The other tab still shows the museum.',
  );
  await until(
    async () => !/cleo@school|for others|other tab/.test(await kept(cleo)),
    60_000,
    () => 'The device still keeps something.',
  );
  assert.equal(await cleo.page.evaluate(() => fetch('auth/profile/').then((answer) => answer.status)), 403);
  cleo.expect(EXPECTED.refused);
  tab.expect(EXPECTED.refused);
  tab.checkComplaints();

  await cleo.signIn('cleo@school.example');
  await cleo.waitForStatus('Saved on the server');
  assert.equal(await cleo.notes(), '', 'the new account begins empty');
  await cleo.leave();
});

test('what a deleted account left on a device does not hang in a new one before somebody says so', {
  skip: SKIP,
}, async () => {
  const dora = await Visitor.arrive(browser, server, { bypassCSP: true });
  dora.expect(EXPECTED.offline, EXPECTED.refused);
  await dora.signIn('dora@school.example');
  await dora.openTile('Linear');
  await dora.write('Of the first account.');
  await dora.waitForStatus('Saved on the server');
  await dora.page.route('**/api/account/delete/', async (route) => {
    // The account is deleted, but the answer is lost.
    await route.fetch();
    await route.abort();
  });
  await deleteAccount(dora, 'dora@school.example');
  await dora.page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
  await dora.page.getByRole('button', { name: 'Keep my account' }).click();
  await dora.waitForStatus('Please sign in again.');
  await dora.signIn('dora@school.example');
  const question = dora.page.locator('.notice', {
    hasText: 'Work of the earlier account is only on this device: Linear.',
  });
  await question.waitFor();
  assert.equal(await dora.notes(), '');
  assert.deepEqual(await dora.page.evaluate(() => fetch('api/tiles/').then((answer) => answer.json())), []);
  await checkLooks(dora, 'what an earlier account left');
  await question.getByRole('button', { name: 'Add it to my museum' }).click();
  await question.waitFor({ state: 'hidden' });
  await dora.waitForStatus('Saved on the server');
  assert.equal(await dora.notes(), 'Of the first account.');
  await dora.leave();
});

test('a wrong code deletes nothing, and there is always a way back', { skip: SKIP }, async () => {
  const dora = await Visitor.arrive(browser, server);
  dora.expect(EXPECTED.refused);
  await dora.signIn('dora@school.example');
  await dora.openTile('Linear');
  await dora.write('Still here.');
  await dora.waitForStatus('Saved on the server');
  await dora.page.locator('#account').click();
  await dora.page.getByRole('button', { name: 'Delete my account' }).click();
  await dora.page.getByRole('button', { name: 'Download my museum first' }).waitFor();
  await dora.page.getByRole('button', { name: 'Send me a code to delete it' }).click();
  const code = await server.code('dora@school.example');
  await dora.page.getByLabel('Six-digit code').fill(code === '123456' ? '654321' : '123456');
  await dora.page.getByRole('button', { name: 'Delete everything now' }).click();
  await dora.page.getByText('This code is not right, or has run out. Nothing was deleted.').waitFor();
  await dora.page.getByRole('button', { name: 'Keep my account' }).click();
  await dora.page.reload();
  assert.equal(await dora.notes(), 'Still here.');
  await dora.waitForStatus('Saved on the server');
  await dora.leave();
});

test('who looks after the museum signs in with a password', { skip: SKIP }, async () => {
  const head = await Visitor.arrive(browser, server);
  head.expect(EXPECTED.refused);
  await head.page.locator('#account').click();
  await head.page.getByLabel('Your e-mail address').fill(HEAD.email);
  await head.page.getByRole('button', { name: 'Sign in with a password' }).click();
  const password = head.page.getByLabel('Password', { exact: true });
  assert.equal(await password.getAttribute('autocomplete'), 'current-password');
  assert.ok(await password.evaluate((field) => field === document.activeElement));
  await password.fill('not the right one');
  await head.page.keyboard.press('Enter');
  await head.page.getByText('The address or the password is not right. Please try again, or ask for a code.').waitFor();
  await password.fill(HEAD.password);
  await head.page.keyboard.press('Enter');
  await head.page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await head.page.locator('.account__name').textContent(), HEAD.email);
  await head.leave();
});

for (const [width, colorScheme] of /** @type {const} */ ([
  [320, 'light'],
  [1280, 'light'],
  [320, 'dark'],
  [1280, 'dark'],
])) {
  test(`the account’s dialogs at ${width} px, ${colorScheme}`, { skip: SKIP }, async () => {
    const email = `eve.${width}.${colorScheme}@school.example`;
    const eve = await Visitor.arrive(browser, server, {
      viewport: { width, height: 800 },
      colorScheme,
      bypassCSP: true,
    });
    eve.expect(EXPECTED.refused);
    await eve.page.locator('#account').click();
    await checkLooks(eve, 'ways to sign in');
    await eve.page.getByRole('button', { name: 'Sign in with a password' }).click();
    await checkLooks(eve, 'signing in with a password');
    await eve.page.keyboard.press('Escape');
    await eve.signIn(email);
    await openAccount(eve);
    await checkLooks(eve, 'the account');
    await eve.page.getByRole('button', { name: 'Delete my account' }).click();
    await eve.page.getByRole('button', { name: 'Send me a code to delete it' }).waitFor();
    await checkLooks(eve, 'what deleting means');
    await eve.page.getByRole('button', { name: 'Send me a code to delete it' }).click();
    await eve.page.getByLabel('Six-digit code').waitFor();
    await checkLooks(eve, 'the code to delete');
    await eve.leave();
  });
}
