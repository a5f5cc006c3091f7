/** Everything can be done without a mouse, and the focus is where it is expected. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
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

/** @param {Visitor} visitor returns the label or text of the focused element */
function focused(visitor) {
  return visitor.page.evaluate(() => {
    const element = /** @type {HTMLElement} */ (document.activeElement);
    return element.getAttribute('aria-label') ?? (element.id || element.innerText.trim().replaceAll(/\s+/g, ' '));
  });
}

/**
 * Presses Tab until the focus is where it should be.
 *
 * @param {Visitor} visitor
 * @param {string} wanted
 */
async function tabTo(visitor, wanted) {
  const passed = [];
  for (let i = 0; i < 60; i += 1) {
    await visitor.page.keyboard.press('Tab');
    const now = await focused(visitor);
    if (now === wanted) return;
    passed.push(now);
  }
  assert.fail(`Tab never came to ${wanted}, only to ${passed.join(', ')}`);
}

test('the skip link leads past the head of the page to the works', { skip: SKIP }, async () => {
  const ann = await Visitor.arrive(browser, server);
  await ann.page.keyboard.press('Tab');
  assert.equal(await focused(ann), 'Skip to the works');
  await ann.page.keyboard.press('Enter');
  await ann.page.keyboard.press('Tab');
  assert.match((await focused(ann)) ?? '', /^Linear \(empty/);
  await ann.leave();
});

test('a tile is opened, written, completed and left by keyboard alone', { skip: SKIP }, async () => {
  const ben = await Visitor.arrive(browser, server);
  const { keyboard } = ben.page;
  await tabTo(ben, 'Quadratic (empty) Hang something here');
  await keyboard.press('Enter');
  await ben.page.getByRole('heading', { name: 'Quadratic', level: 1 }).waitFor();
  assert.equal(await focused(ben), 'Quadratic', 'the heading has the focus after a change of page');
  await ben.graphIsOpen();
  await tabTo(ben, 'notes');
  await keyboard.type('A bowl.');
  await tabTo(ben, 'completed');
  await keyboard.press('Space');
  await ben.waitForStatus('Saved on this device');
  await keyboard.press('Shift+Tab');
  assert.equal(await focused(ben), 'notes');
  await ben.page.getByRole('link', { name: 'Back to the museum' }).focus();
  await keyboard.press('Enter');
  await ben.page.getByRole('link', { name: 'Quadratic (notes, completed)' }).waitFor();
  assert.equal(await focused(ben), 'Families of functions');
  await ben.leave();
});

test('signing in and out by keyboard brings the focus back to the button', { skip: SKIP }, async () => {
  const cleo = await Visitor.arrive(browser, server);
  const { keyboard } = cleo.page;
  const pressButton = async () => {
    await keyboard.press('Enter');
    await cleo.page.getByRole('dialog').waitFor();
  };
  await tabTo(cleo, 'account');
  await pressButton();
  assert.equal(await focused(cleo), 'email');
  await keyboard.press('Escape');
  assert.equal(await focused(cleo), 'account');
  await pressButton();
  await keyboard.type('cleo@school.example');
  await keyboard.press('Enter');
  await cleo.page.locator('#code').waitFor();
  assert.equal(await focused(cleo), 'code');
  await keyboard.type(await server.code('cleo@school.example'));
  await keyboard.press('Enter');
  await cleo.page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focused(cleo), 'Your account: cleo@school.example');
  await pressButton();
  assert.equal(await focused(cleo), 'Sign out');
  await keyboard.press('Enter');
  await cleo.page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focused(cleo), 'account');
  await cleo.leave();
});
