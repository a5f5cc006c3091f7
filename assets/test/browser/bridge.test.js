/** Fits a parabola to points tapped along the photo of an arch, and checks that it is saved and shown on the poster. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer, until } from './lib/server.js';
import { Visitor } from './lib/visitor.js';

/** @typedef {import('playwright-core').Page} Page */

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

/**
 * The centre line of the arch in the photo: its distance from the top, from 0 to 1, by that from the left.
 *
 * @param {number} right
 */
const archAt = (right) => 0.25 + 0.5 * ((right - 0.5) / 0.4) ** 2;

/** Taps along it, never quite on the line. */
const TAPS = [0.1, 0.21, 0.33, 0.45, 0.56, 0.68, 0.79, 0.9].map((right, i) => [
  right,
  archAt(right) + [0.004, -0.006, 0.003, 0, -0.004, 0.006, -0.003, 0.002][i],
]);

/**
 * Draws a bridge in front of an evening sky, as a photo.
 *
 * @param {Page} page
 * @returns {Promise<Buffer>}
 */
async function photoOfArch(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1600, 1000);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const sky = context.createLinearGradient(0, 0, 0, 1000);
    sky.addColorStop(0, '#7fa8cf');
    sky.addColorStop(0.75, '#e8d9b8');
    context.fillStyle = sky;
    context.fillRect(0, 0, 1600, 1000);
    context.fillStyle = '#4e6b73';
    context.fillRect(0, 800, 1600, 200);
    context.strokeStyle = '#5b5048';
    context.lineWidth = 34;
    context.beginPath();
    for (let x = 128; x <= 1472; x += 4) context.lineTo(x, 1000 * (0.25 + 0.5 * ((x / 1600 - 0.5) / 0.4) ** 2));
    context.stroke();
    context.fillStyle = '#6a5d52';
    context.fillRect(0, 205, 1600, 34);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  });
  return Buffer.from(bytes);
}

/** @param {Page} page */
async function addPhoto(page) {
  const buffer = await photoOfArch(page);
  await page.getByRole('button', { name: 'Add a photo' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a picture' }).click(),
  ]);
  await chooser.setFiles({ name: 'bridge.png', mimeType: 'image/png', buffer });
  await page.locator('.graph-plane img').waitFor();
}

/** @param {Page} page */
async function tapArch(page) {
  await page.getByRole('button', { name: 'Fit a curve to points' }).click();
  await page.getByRole('region', { name: 'Fit a curve' }).waitFor();
  await page.getByRole('button', { name: /^Done/ }).waitFor({ state: 'hidden' });
  const box = await page.locator('.graph-plane img').boundingBox();
  assert.ok(box);
  for (const [right, down] of TAPS) await page.mouse.click(box.x + right * box.width, box.y + down * box.height);
  await page.getByText('8 points. Drag').waitFor();
}

test('an arch in a photo is tapped, its parabola offered, hung, kept over a reload and seen on the poster', {
  skip: SKIP,
}, async () => {
  const visitor = await Visitor.arrive(browser, server, { bypassCSP: true });
  const { page } = visitor;
  await visitor.signIn('bridge@school.example');
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await visitor.openTile('Quadratic');
  assert.ok(
    !fetched.some((url) => url.includes('/graph/') && /\/fit\/mode|family-forms/.test(url)),
    'fitting is not fetched before it is asked for',
  );
  await addPhoto(page);
  await tapArch(page);
  await page.getByRole('radio', { name: /^Quadratic y = −/ }).waitFor();
  assert.ok(await page.getByRole('radio').first().isChecked());
  assert.match((await page.locator('.graph-fit-offer').first().textContent()) ?? '', /^Quadratic.*R² = (0\.99|1)/);
  await checkLooks(visitor, 'fitting a curve');
  await page.setViewportSize({ width: 320, height: 720 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await checkLooks(visitor, 'fitting a curve');
  await page.getByRole('button', { name: 'Add to the list' }).click();
  await page.getByRole('slider', { name: 'Slider for h' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await visitor.waitForStatus('Saved on the server');

  await page.reload();
  await page.getByRole('heading', { name: 'Quadratic', level: 1 }).waitFor();
  await visitor.graphIsOpen();
  await page.locator('.graph-plane img').waitFor();
  for (const name of ['a', 'h', 'k']) await page.getByRole('slider', { name: `Slider for ${name}` }).waitFor();
  await checkLooks(visitor, 'the bridge');
  await visitor.backToMuseum();
  const picture = page.getByRole('link', { name: /^Quadratic \(graph/ }).locator('canvas');
  let [curve, sky] = [0, 0];
  await until(
    async () => {
      [curve, sky] = [await countOf(picture, 'curve'), await countOf(picture, 'sky')];
      return curve > 50 && sky > 500;
    },
    60_000,
    () => `The bridge is not drawn on the poster: ${curve} of the curve, ${sky} of the sky.`,
  );
  await checkLooks(visitor, 'the poster with the bridge');
  await visitor.leave();
});

/**
 * @param {import('playwright-core').Locator} picture
 * @param {'curve' | 'sky'} what
 * @returns {Promise<number>} number of pixels in the colour of the first curve, or of the photo's sky
 */
function countOf(picture, what) {
  return picture.evaluate((element, wanted) => {
    const canvas = /** @type {HTMLCanvasElement} */ (element);
    // From a copy: reading the canvas itself repeatedly changes how the browser draws it.
    const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (
      new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')
    );
    copy.drawImage(canvas, 0, 0);
    const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
    let count = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      const [red, green, blue] = [pixels[i], pixels[i + 1], pixels[i + 2]];
      count += Number(wanted === 'curve' ? red > 150 && green < 120 && blue < 120 : blue > red + 15 && blue > 140);
    }
    return count;
  }, what);
}
