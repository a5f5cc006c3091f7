/** The sign-in dialog without a mail server, and the spellings of codes that it accepts. */
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
  if (SKIP) return;
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('without a mail server the teacher has the code, and it may be written in any digits', {
  skip: SKIP,
}, async () => {
  const ann = await Visitor.arrive(browser, server);
  await ann.page.locator('#account').click();
  await ann.page.getByLabel('Your e-mail address').fill('ann@school.example');
  await ann.page.keyboard.press('Enter');
  const dialog = ann.page.getByRole('dialog');
  await dialog.getByText('Ask your teacher for the code for ann@school.example.').waitFor();
  await dialog.getByText('This museum sends no mail; your teacher has the code.').waitFor();
  const code = await server.code('ann@school.example');
  const fullWidth = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit)));
  const field = ann.page.getByLabel('Six-digit code');
  await field.fill(`code: ${fullWidth.slice(0, 3).join('')} - ${fullWidth.slice(3).join('')}`);
  assert.equal(await field.inputValue(), code);
  await ann.page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await ann.page.locator('.account__name').textContent(), 'ann@school.example');
  await ann.leave();
});
