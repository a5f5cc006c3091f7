/** Earlier versions of a work: listed, viewed, compared and restored. */
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
  if (!SKIP) [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

const FIRST = 'A bowl.';
const SECOND = 'A bowl with one turning point.';

/**
 * Draws on one device and continues on another, because edits of one device within a minute share a version.
 *
 * @param {string} email
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function writeTwice(email, options = {}) {
  const phone = await Visitor.arrive(browser, server);
  await phone.signIn(email);
  await phone.openTile('Quadratic');
  await phone.draw('y=x^2');
  await phone.write(FIRST);
  await phone.waitForStatus('Saved on the server');
  await phone.leave();
  const laptop = await Visitor.arrive(browser, server, options);
  await laptop.signIn(email);
  await laptop.page.getByRole('link', { name: 'Quadratic (graph and notes)' }).waitFor();
  await laptop.openTile('Quadratic');
  await laptop.draw('y=x');
  await laptop.write(SECOND);
  await laptop.page.getByRole('checkbox', { name: 'Mark as complete' }).check();
  await laptop.waitForStatus('Saved on the server');
  return laptop;
}

/** @param {Visitor} visitor */
async function openHistory({ page }) {
  await page.getByRole('button', { name: 'Earlier versions' }).click();
  return page.getByRole('dialog', { name: 'Earlier versions' });
}

/** @param {Visitor} visitor @param {string} notes */
async function showsNotes({ page }, notes) {
  await page.waitForFunction(
    (text) => /** @type {HTMLTextAreaElement} */ (document.getElementById('notes')).value === text,
    notes,
  );
}

/** @param {Visitor} visitor */
function formulas({ page }) {
  return page.locator('.graph math-field');
}

test('versions are listed by day, with time, device and marks', { skip: SKIP }, async () => {
  const ann = await writeTwice('ann@school.example');
  const dialog = await openHistory(ann);
  await dialog.getByRole('heading', { name: 'Today', exact: true }).waitFor();
  const entries = await dialog.locator('.version').allInnerTexts();
  assert.ok(entries.length >= 2, `${entries.length} entries`);
  assert.match(entries[0], /this device[^]*current · completed[^]*one turning point/);
  assert.match(entries.at(-1) ?? '', /\d:\d\d[^]*Chrome on Linux[^]*A bowl\./);
  await ann.leave();
});

test('an earlier version is looked at and compared with what hangs now', { skip: SKIP }, async () => {
  const ben = await writeTwice('ben@school.example');
  const dialog = await openHistory(ben);
  await dialog.locator('.version').last().click();
  await dialog.locator('.history__preview').getByText(FIRST).waitFor();
  assert.deepEqual(await dialog.locator('.version-panel__lines li').allInnerTexts(), ['y = x^2']);
  assert.equal(await dialog.locator('mark').count(), 0);
  await dialog.getByRole('checkbox', { name: 'Compare with now' }).check();
  const now = dialog.getByRole('region', { name: 'Now' });
  await now.waitFor();
  assert.deepEqual(
    await now
      .locator('.version-panel__notes mark')
      .evaluateAll((all) => all.map((each) => each.childNodes[1].textContent)),
    ['with one turning point'],
  );
  assert.deepEqual(
    await now
      .locator('.version-panel__lines mark')
      .evaluateAll((all) => all.map((each) => each.childNodes[1].textContent)),
    ['y = x'],
  );
  await ben.leave();
});

test('an earlier version hangs again as a new one, and that can be undone', { skip: SKIP }, async () => {
  const cleo = await writeTwice('cleo@school.example');
  const dialog = await openHistory(cleo);
  await dialog.locator('.version').first().waitFor();
  const before = await dialog.locator('.version').count();
  await dialog.locator('.version').last().click();
  await dialog.getByRole('button', { name: 'Restore this version' }).click();
  await showsNotes(cleo, FIRST);
  assert.equal(await cleo.page.getByRole('checkbox', { name: 'Mark as complete' }).isChecked(), false);
  await formulas(cleo).nth(1).waitFor({ state: 'detached' });
  const notice = cleo.page.locator('.notice', { hasText: 'was restored. The one before it is kept, too.' });
  await notice.getByRole('button', { name: 'Undo' }).click();
  await showsNotes(cleo, SECOND);
  await formulas(cleo).nth(1).waitFor();
  const again = await openHistory(cleo);
  await again.locator('.version').first().waitFor();
  assert.equal(await again.locator('.version').count(), before + 2, 'both are versions of their own');
  await cleo.page.keyboard.press('Escape');
  const phone = await Visitor.arrive(browser, server);
  await phone.signIn('cleo@school.example');
  await phone.page.getByRole('link', { name: 'Quadratic (graph and notes, completed)' }).waitFor();
  await phone.leave();
  await cleo.leave();
});

test('what was typed a moment ago is a version before an earlier one hangs again', { skip: SKIP }, async () => {
  const dora = await writeTwice('dora@school.example');
  await dora.write('Typed just now.');
  const dialog = await openHistory(dora);
  await dialog.locator('.version').first().getByText('Typed just now.').waitFor();
  await dialog.locator('.version').last().click();
  await dialog.getByRole('button', { name: 'Restore this version' }).click();
  await showsNotes(dora, FIRST);
  await dora.page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
  await showsNotes(dora, 'Typed just now.');
  await dora.leave();
});

test('offline, signed out, or with nothing kept yet it is said why there is no list', { skip: SKIP }, async () => {
  const eve = await Visitor.arrive(browser, server);
  eve.expect(EXPECTED.offline);
  await eve.openTile('Linear');
  const dialog = await openHistory(eve);
  await dialog.getByText('Sign in, and every later change').waitFor();
  await eve.page.keyboard.press('Escape');
  await eve.signIn('eve@school.example');
  await openHistory(eve);
  await dialog.getByText('There is no earlier version yet.').waitFor();
  await eve.page.keyboard.press('Escape');
  await eve.write('Something.');
  await eve.waitForStatus('Saved on the server');
  await eve.page.context().setOffline(true);
  await openHistory(eve);
  await dialog.getByText('kept on the server, and it does not answer').waitFor();
  await eve.page.context().setOffline(false);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.locator('.version').first().waitFor();
  await eve.leave();
});

test('by keyboard on a narrow screen', { skip: SKIP }, async () => {
  const finn = await writeTwice('finn@school.example', { viewport: { width: 320, height: 800 } });
  const { page } = finn;
  await page.getByRole('button', { name: 'Earlier versions' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.version').last().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.localName === 'h3');
  await page.getByRole('button', { name: 'All versions' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'version');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Earlier versions');
  await finn.leave();
});

for (const [width, colorScheme] of /** @type {const} */ ([
  [320, 'light'],
  [1280, 'light'],
  [320, 'dark'],
  [1280, 'dark'],
])) {
  test(`the history at ${width} px, ${colorScheme}`, { skip: SKIP }, async () => {
    const gus = await writeTwice(`gus.${width}.${colorScheme}@school.example`, {
      viewport: { width, height: 800 },
      colorScheme,
      bypassCSP: true,
    });
    const dialog = await openHistory(gus);
    await dialog.locator('.version').first().waitFor();
    await checkLooks(gus, 'earlier versions');
    await dialog.locator('.version').last().click();
    await dialog.getByRole('button', { name: 'Restore this version' }).waitFor();
    await checkLooks(gus, 'an earlier version');
    await dialog.getByRole('checkbox', { name: 'Compare with now' }).check();
    await dialog.getByRole('region', { name: 'Now' }).waitFor();
    await checkLooks(gus, 'an earlier version beside now');
    await dialog.getByRole('button', { name: 'Restore this version' }).click();
    await gus.page.locator('.notice').getByRole('button', { name: 'Undo' }).waitFor();
    await checkLooks(gus, 'a version that hangs again');
    await gus.leave();
  });
}
