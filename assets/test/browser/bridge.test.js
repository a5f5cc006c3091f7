/** The bridge: points tapped along an arch, the parabola offered, put into the list, kept, and seen on the poster. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer, until } from './lib/server.js';
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

/** Along the arch, as parts of the plane's width and height from its middle. */
const ARCH = [[-0.3, 0.2], [-0.23, 0.035], [-0.15, -0.1], [-0.05, -0.185], [0.05, -0.18], [0.14, -0.115], [0.22, 0.02], [0.3, 0.195]];

/** @param {import('playwright-core').Page} page */
async function tapArch(page) {
  await page.getByRole('button', { name: 'Fit a curve to points' }).click();
  await page.getByRole('region', { name: 'Fit a curve' }).waitFor();
  const box = await page.locator('.graph-canvas').boundingBox();
  assert.ok(box);
  const size = Math.min(box.width, box.height);
  for (const [x, y] of ARCH) await page.mouse.click(box.x + box.width / 2 + x * size, box.y + box.height / 2 + y * size);
  await page.getByText('8 points.').waitFor();
}

test('an arch is tapped, its parabola offered, hung, kept over a reload and seen on the poster', { skip: SKIP }, async () => {
  const visitor = await Visitor.arrive(browser, server, { bypassCSP: true });
  const { page } = visitor;
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await visitor.openTile('Quadratic');
  assert.ok(!fetched.some((url) => /fit-mode|families\.js$/.test(url) && url.includes('/graph/')), 'fitting is not fetched before it is asked for');
  await tapArch(page);
  await page.getByRole('radio', { name: /^Quadratic y = −/ }).waitFor();
  assert.ok(await page.getByRole('radio').first().isChecked());
  await checkLooks(visitor, 'fitting a curve');
  await page.setViewportSize({ width: 320, height: 720 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await checkLooks(visitor, 'fitting a curve');
  await page.getByRole('button', { name: 'Add to the list' }).click();
  await page.getByRole('slider').first().waitFor();
  await visitor.waitForStatus('Saved on this device');

  await page.reload();
  await page.getByRole('heading', { name: 'Quadratic', level: 1 }).waitFor();
  await visitor.graphIsOpen();
  assert.equal(await page.getByRole('slider').count(), 3);
  await visitor.backToMuseum();
  const picture = page.getByRole('link', { name: /^Quadratic \(graph/ }).locator('canvas');
  await until(async () => (await redOn(picture)) > 50, 60_000, () => 'The curve is not drawn on the poster.');
  await visitor.leave();
});

/** @param {import('playwright-core').Locator} picture @returns {Promise<number>} pixels in the first colour of curves */
function redOn(picture) {
  return picture.evaluate((element) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let i = 0; i < pixels.length; i += 4) count += Number(pixels[i] > 150 && pixels[i + 1] < 120 && pixels[i + 2] < 120);
    return count;
  });
}
