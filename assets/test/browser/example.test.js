import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { NO_BROWSER, launchChromium } from './lib/chromium.js';
import { serveAssets } from './lib/static.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('the example of the README runs with the folder alone', { skip: NO_BROWSER }, async () => {
  const [server, browser] = await Promise.all([serveAssets(), launchChromium()]);
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    /** @type {string[]} */
    const complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${server.url}test/example/index.html`);
    await page.locator('math-field').nth(3).waitFor();
    const state = async () => JSON.parse(await page.locator('#state').innerText());
    assert.equal((await state()).expressions.list.length, 4);
    await page.locator('canvas').focus();
    await page.keyboard.press('+');
    await page.waitForFunction(() => !document.querySelector('#state')?.textContent?.includes('"xmax": 10,'));
    await page.getByRole('button', { name: 'Another graph' }).click();
    assert.equal((await state()).expressions.list[0].latex, 'x^{2}+y^{2}=25');
    await page.getByLabel('Only to be looked at').check();
    assert.equal(await page.getByRole('button', { name: 'Add expression' }).isVisible(), false);
    await page.evaluate(axe);
    // Without `preload`, for which axe would resolve nested @import rules against the wrong folder.
    const { violations } = /** @type {any} */ (await page.evaluate('axe.run({ preload: false })'));
    assert.deepEqual(
      violations.map((/** @type {any} */ { id }) => id),
      [],
    );
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
    await server.close();
  }
});
