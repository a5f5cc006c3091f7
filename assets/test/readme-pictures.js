/**
 * Takes the pictures of the README and its documents anew: `MATHMUSEUMS_BINARY=../../mathmuseums node readme-pictures.js`. A student of the
 * made-up class fits the quadratic, which she has not begun, to a bridge.
 */
import { fileURLToPath } from 'node:url';
import { launchChromium } from './browser/lib/chromium.js';
import { startServer } from './browser/lib/server.js';
import { Visitor } from './browser/lib/visitor.js';

const STUDENT = 'bao.archer@example.com';
const PHOTO = { width: 1200, height: 830 };

/** The arch of the bridge on the photo, in its pixels, downward. @param {number} x */
const arch = (x) => 250 + 350 * ((x - 600) / 440) ** 2;

/** @param {string} name */
const place = (name) => fileURLToPath(new URL(`../../.github/docs/${name}.png`, import.meta.url));

/** A bridge of bricks over a river. @param {import('playwright-core').Page} page @returns {Promise<Buffer>} */
async function photograph(page) {
  return Buffer.from(
    await page.evaluate(async ({ width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const underArch = () => {
        context.beginPath();
        for (let x = 60; x <= 1140; x += 10) context.lineTo(x, 250 + 350 * ((x - 600) / 440) ** 2);
      };
      /** @type {(top: number, bottom: number, ...colors: string[]) => CanvasGradient} */
      const shade = (top, bottom, ...colors) => {
        const gradient = context.createLinearGradient(0, top, 0, bottom);
        colors.forEach((color, i) => gradient.addColorStop(i / (colors.length - 1), color));
        return gradient;
      };
      context.fillStyle = shade(0, 500, '#8fb9de', '#dfe8ee');
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#a58f77';
      context.fillRect(0, 150, width, height);
      for (let row = 0; row < 28; row++) {
        // bricks, no two of quite the same red
        for (let column = -1; column < 18; column++) {
          const tint = (row * 37 + column * 61) % 23;
          context.fillStyle = `rgb(${138 + tint} ${112 + tint / 2} ${92 + tint / 3})`;
          context.fillRect(column * 70 + (row % 2) * 35, 152 + row * 24, 67, 21);
        }
      }
      context.fillStyle = '#6d5a4a';
      context.fillRect(0, 132, width, 26);
      context.save();
      underArch();
      context.clip();
      context.fillStyle = shade(250, 620, '#b9cfdf', '#e9e6da');
      context.fillRect(0, 0, width, height);
      for (const [color, level, swing] of /** @type {[string, number, number][]} */ ([
        ['#9db28f', 470, 46],
        ['#73915f', 530, 30],
      ])) {
        context.fillStyle = color;
        context.beginPath();
        context.moveTo(0, height);
        for (let x = 0; x <= width; x += 10) context.lineTo(x, level + swing * Math.sin(x / (level / 3)));
        context.lineTo(width, height);
        context.fill();
      }
      context.restore();
      underArch();
      context.lineWidth = 26;
      context.strokeStyle = '#c9b79d';
      context.stroke();
      context.fillStyle = shade(610, height, '#5f8aa6', '#27475f');
      context.fillRect(0, 610, width, height);
      context.strokeStyle = 'rgb(255 255 255 / 0.25)';
      context.lineWidth = 2;
      for (let i = 0; i < 60; i++) {
        const [x, y] = [(i * 211) % width, 630 + ((i * 97) % 190)];
        context.beginPath();
        context.moveTo(x, y);
        context.lineTo(x + 30 + (i % 5) * 16, y);
        context.stroke();
      }
      return [
        ...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer()),
      ];
    }, PHOTO),
  );
}

const [server, browser] = await Promise.all([startServer({ demo: true }), launchChromium()]);
try {
  const visitor = await Visitor.arrive(browser, server, { bypassCSP: true, viewport: { width: 1280, height: 820 } });
  const { page } = visitor;
  await visitor.signIn(STUDENT);
  await visitor.waitForStatus(/^Saved on the server/);
  await visitor.openTile('Quadratic');
  await visitor.write('The arch of the bridge in the park is a parabola: all eight points lie on it.');
  await page.getByRole('button', { name: 'Add a photo' }).click();
  const buffer = await photograph(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a picture' }).click(),
  ]);
  await chooser.setFiles({ name: 'bridge.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByRole('button', { name: /^Done/ }).click();
  await page.getByRole('textbox', { name: /Description of photo 1/ }).fill('The bridge in the park');
  await page.getByRole('button', { name: 'Fit a curve to points' }).click();
  await page.getByRole('region', { name: 'Fit a curve' }).waitFor();
  const photo = await page.locator('.graph-plane img').boundingBox();
  if (!photo) throw new Error('The photo is not on the plane.');
  const scale = photo.width / PHOTO.width;
  for (const x of [180, 280, 390, 530, 650, 800, 920, 1030])
    await page.mouse.click(photo.x + x * scale, photo.y + arch(x) * scale);
  await page.getByRole('radio', { name: /^Quadratic y = −/ }).waitFor();
  await page.mouse.move(5, 400);
  await page.screenshot({ path: place('tile') });
  await page.getByRole('button', { name: 'Add to the list' }).click();
  await page.getByRole('checkbox', { name: 'Mark as complete' }).check();
  await visitor.waitForStatus('Saved on the server');
  await visitor.backToMuseum();
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('canvas')].every((canvas) => {
        const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(
          0,
          0,
          canvas.width,
          canvas.height,
        );
        return data.some(Boolean);
      }),
    null,
    { polling: 500 },
  );
  await page.screenshot({ path: place('poster'), fullPage: true });
} finally {
  await browser.close();
  await server.remove();
}
