/** Fits a parabola to the photo of an arch, and checks that photo and curve are on the poster. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
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

const PHOTO = { width: 1200, height: 900 };

/** The arch in pixels of the photo, downward. @param {number} x */
const arch = (x) => 200 + 600 * ((x - 600) / 450) ** 2;

/** @param {import('playwright-core').Page} page @returns {Promise<Buffer>} a parabola of stone before a sky */
async function photograph(page) {
  return Buffer.from(
    await page.evaluate(async ({ width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const sky = context.createLinearGradient(0, 0, 0, height);
      sky.addColorStop(0, '#9cc3e0');
      sky.addColorStop(1, '#dfe9dc');
      context.fillStyle = sky;
      context.fillRect(0, 0, width, height);
      context.strokeStyle = '#7d6a55';
      context.lineWidth = 40;
      context.beginPath();
      for (let x = 100; x <= 1100; x += 10) context.lineTo(x, 200 + 600 * ((x - 600) / 450) ** 2);
      context.stroke();
      return [
        ...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer()),
      ];
    }, PHOTO),
  );
}

/** @param {import('playwright-core').Page} page @param {string} name file name of the screenshot */
async function keepPicture(page, name) {
  if (process.env.TEST_PICTURES) await page.screenshot({ path: join(process.env.TEST_PICTURES, `${name}.png`) });
}

test('a parabola is fitted to an arch on a photo, and both hang on the poster', { skip: SKIP }, async () => {
  const visitor = await Visitor.arrive(browser, server, { bypassCSP: true });
  visitor.expect(/willReadFrequently/);
  const { page } = visitor;
  await visitor.openTile('Quadratic');
  await page.getByRole('button', { name: 'Add a photo' }).click();
  const buffer = await photograph(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a picture' }).click(),
  ]);
  await chooser.setFiles({ name: 'arch.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByRole('button', { name: /^Done/ }).click();
  await page.getByRole('textbox', { name: /Description of photo 1/ }).fill('A stone arch');
  await page.waitForFunction(
    () => /** @type {HTMLElement | null} */ (document.querySelector('.graph-plane img'))?.style.transform,
  );
  await checkLooks(visitor, 'a photo in place');

  await page.getByRole('button', { name: 'Fit a curve to points' }).click();
  await page.getByRole('region', { name: 'Fit a curve' }).waitFor();
  const photo = await page.locator('.graph-plane img').boundingBox();
  assert.ok(photo);
  const scale = photo.width / PHOTO.width;
  for (const x of [170, 270, 380, 520, 640, 800, 930, 1030])
    await page.mouse.click(photo.x + x * scale, photo.y + arch(x) * scale);
  await page.getByText('8 points. Drag').waitFor();
  await page.getByRole('radio', { name: /^Quadratic y = −/ }).waitFor();
  assert.ok(await page.getByRole('radio').first().isChecked());
  await keepPicture(page, 'bridge-photo-fit');
  await page.getByRole('button', { name: 'Add to the list' }).click();
  await page
    .getByRole('slider', { name: /Slider for|Value of/ })
    .first()
    .waitFor()
    .catch(() => page.getByRole('slider').nth(1).waitFor());
  await visitor.waitForStatus('Saved on this device');

  await page.reload();
  await visitor.graphIsOpen();
  await page.waitForFunction(
    () => /** @type {HTMLElement | null} */ (document.querySelector('.graph-plane img'))?.style.transform,
  );
  assert.equal(await page.getByRole('textbox', { name: /Description of photo 1/ }).inputValue(), 'A stone arch');
  await keepPicture(page, 'bridge-photo-kept');
  await visitor.backToMuseum();
  const picture = page.getByRole('link', { name: /^Quadratic \(graph/ }).locator('canvas');
  await until(
    async () => {
      const { sky, red } = await colorsOn(picture);
      return sky > 200 && red > 30;
    },
    60_000,
    () => 'The photo and its parabola are not on the poster.',
  );
  await keepPicture(page, 'bridge-photo-poster');
  await visitor.leave();
});

/**
 * @param {import('playwright-core').Locator} picture
 * @returns {Promise<{sky: number, red: number}>} number of pixels in the colours of the photo's sky and of the first
 *   curve
 */
function colorsOn(picture) {
  return picture.evaluate((element) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const count = { sky: 0, red: 0 };
    for (let i = 0; i < pixels.length; i += 4) {
      const [red, green, blue] = [pixels[i], pixels[i + 1], pixels[i + 2]];
      count.sky += Number(blue > 190 && blue - red > 25);
      count.red += Number(red > 150 && green < 120 && blue < 120);
    }
    return count;
  });
}
