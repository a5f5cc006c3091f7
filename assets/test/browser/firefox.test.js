/** The main task in Firefox: a student signs in, draws, fits an arch on a photo, and finds everything again offline. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { NO_FIREFOX, launchFirefox, openPage } from './lib/firefox.js';
import { cameraPhoto } from './lib/photographs.js';
import { NO_BINARY, startServer } from './lib/server.js';

const SKIP = NO_BINARY || NO_FIREFOX;

/** @typedef {import('puppeteer-core').Page} Page */

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {import('puppeteer-core').Browser} */
let browser;
let folder = '';

before(async () => {
  if (SKIP) return;
  [server, browser] = await Promise.all([startServer(), launchFirefox()]);
  folder = await mkdtemp(join(tmpdir(), 'mathmuseums-firefox-'));
});
after(async () => {
  await browser?.close();
  await server?.remove();
  if (folder) await rm(folder, { recursive: true });
});

/** @param {Page} page @param {string} name */
const press = (page, name) => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

/** @param {Page} page @param {import('puppeteer-core').KeyInput} letter */
async function withControl(page, letter) {
  await page.keyboard.down('Control');
  await page.keyboard.press(letter);
  await page.keyboard.up('Control');
}

/** @param {Page} page @param {string} email */
async function signIn(page, email) {
  await page.locator('#account').click();
  await page.locator('#email').fill(email);
  await page.keyboard.press('Enter');
  await page.locator('#code').fill(await server.code(email));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('dialog[open]'));
}

/**
 * Returns the lines of the list: LaTeX, or plain text for lines that have not been visible yet.
 *
 * @param {Page} page
 * @param {number} count waits for this many lines
 */
async function formulas(page, count) {
  await page.waitForFunction((wanted) => document.querySelectorAll('.graph-formula').length === wanted, {}, count);
  return page.$$eval('.graph-formula', (fields) => fields.map((field) => /** @type {any} */ (field).value));
}

/** @param {Page} page returns the size of the photo on the plane, once it is visible */
async function photoSize(page) {
  await page.waitForFunction(() => {
    const photo = /** @type {HTMLImageElement | null} */ (document.querySelector('.graph-plane img'));
    return photo !== null && photo.naturalWidth > 0 && photo.style.transform !== '';
  });
  return page.$eval('.graph-plane img', (photo) => [photo.naturalWidth, photo.naturalHeight]);
}

/** Taps eight times along an arch. @param {Page} page */
async function tapArch(page) {
  const box = await (await page.$('canvas.graph-canvas'))?.boundingBox();
  assert.ok(box);
  for (const x of [-0.35, -0.26, -0.17, -0.08, 0.02, 0.12, 0.22, 0.32]) {
    await page.mouse.click(box.x + box.width * (0.5 + x), box.y + box.height * (0.3 + 4 * x ** 2));
  }
}

test('what is drawn, pasted, photographed and written in Firefox is there again offline', { skip: SKIP }, async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(server.url);
  await page.waitForSelector('.work');
  await signIn(page, 'fay@school.example');
  await page.locator('a[href$="/quadratic"]').click();

  await press(page, 'Add expression');
  await page.waitForFunction(() => document.activeElement?.localName === 'math-field');
  await page.keyboard.type('y=a(x-h)^2+k{0<x<3}', { delay: 20 });
  await press(page, 'Add all sliders');
  assert.deepEqual(await formulas(page, 4), [
    'y=a\\left(x-h\\right)^2+k\\left\\lbrace0<x<3\\right\\rbrace',
    'a=1',
    'h=1',
    'k=1',
  ]);

  await page.locator('#notes').click();
  await page.keyboard.type('y = 7');
  await withControl(page, 'a');
  await withControl(page, 'x');
  await page.focus('math-field');
  await page.focus('canvas.graph-canvas');
  await withControl(page, 'v');
  await formulas(page, 5);
  await page
    .waitForFunction(() =>
      [...document.querySelectorAll('.graph-formula')].some((field) => /** @type {any} */ (field).value === 'y=7'),
    )
    .catch(async () => assert.fail(`not pasted on the plane, where the focus is: ${await formulas(page, 5)}`));

  const file = join(folder, 'held-upright.jpg');
  await writeFile(file, await cameraPhoto(/** @type {any} */ (page), 6, 400));
  const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (
    await page.$('input[type="file"][multiple]')
  );
  await input.uploadFile(file);
  assert.deepEqual(await photoSize(page), [800, 400], 'turned as the camera was held');
  await press(page, 'Done: lock the photo in place');

  await press(page, 'Fit a curve to points');
  await page.waitForSelector('.graph-fit');
  await tapArch(page);
  await page.waitForFunction(() =>
    /^Quadratic/.test(document.querySelector('.graph-fit input:checked')?.closest('label')?.textContent ?? ''),
  );
  await press(page, 'Add to the list');
  assert.ok(
    (await formulas(page, 9)).some((formula) => /^y ?= ?a_/.test(formula)),
    'the curve that fits',
  );
  await page.locator('#notes').fill('A stone arch.');
  await page.focus('#completed');
  await page.keyboard.press(' ');
  await page.waitForFunction(
    async () => {
      const tiles = await (await fetch('api/tiles/')).json();
      return tiles.some(
        (/** @type {any} */ tile) =>
          tile.concept_type === 'quadratic' && tile.completed && tile.description === 'A stone arch.',
      );
    },
    { polling: 500 },
  );

  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await server.stop();
  await page.reload();
  assert.equal((await formulas(page, 9)).length, 9);
  assert.deepEqual(await photoSize(page), [800, 400]);
  assert.equal(
    await page.$eval('#notes', (notes) => /** @type {HTMLTextAreaElement} */ (notes).value),
    'A stone arch.',
  );
  await page.focus('.tile-page__back a');
  await page.keyboard.press('Enter');
  await page
    .waitForFunction(() =>
      [...document.querySelectorAll('a.work')].some(
        (work) => work.textContent === 'Quadratic (graph and notes, completed)',
      ),
    )
    .catch(async () => assert.fail(`the wall says: ${await page.$eval('#main', (main) => main.textContent)}`));
  assert.deepEqual(complaints, []);
});
