/**
 * The most common tasks in the engine of iPads and iPhones: sign in, draw, fit a curve over a photo, and find it again.
 */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_BINARY, startServer, until } from './lib/server.js';
import { ENTER, NO_WEBKIT, WebKit } from './lib/webkit.js';

/** Where nothing may be skipped, a missing WebKit is a failure. */
const SKIP = NO_BINARY || (process.env.CI ? false : NO_WEBKIT);

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {WebKit} */
let webkit;
const photo = join(tmpdir(), `mathmuseums-webkit-${process.pid}.jpg`);

before(async () => {
  if (SKIP) return;
  assert.equal(NO_WEBKIT, false);
  server = await startServer();
  webkit = await WebKit.open();
});
after(async () => {
  await webkit?.close();
  await server?.remove();
  await rm(photo, { force: true });
});

/** @param {string} family */
const work = (family) => `//a[contains(@class, "work") and starts-with(normalize-space(), "${family} (")]`;

/** @param {string} family */
async function open(family) {
  await webkit.press(work(family));
  await webkit.find('//button[normalize-space()="Add expression"]');
}

/** Waits until the page transition is over, during which pictures stand in for the pages. */
async function backToMuseum() {
  await webkit.press('//a[contains(., "Back to the museum")]');
  await webkit.find(work('Linear'));
  await webkit.until(
    () => !document.documentElement.matches(':active-view-transition'),
    'The change of pages does not end.',
  );
}

/** @param {RegExp} words */
const seesStatus = (words) =>
  webkit.until(
    (text) => new RegExp(text).test(document.getElementById('status')?.textContent ?? ''),
    `The status is not ${words}`,
    words.source,
  );

/**
 * Returns where the first curve's colour is visible on the page itself, rather than in the canvas.
 *
 * @param {string} family
 */
async function hangs(family) {
  const picture = await webkit.picture(`${work(family)}//canvas`);
  await webkit.run((source) => {
    const image = Object.assign(new Image(), { src: source });
    Object.assign(globalThis, { looked: image });
  }, picture);
  await webkit.until(() => /** @type {any} */ (globalThis).looked.complete, 'The picture does not come.');
  const red = await webkit.run(() => {
    const { looked } = /** @type {{looked: HTMLImageElement} & typeof globalThis} */ (globalThis);
    const canvas = Object.assign(document.createElement('canvas'), {
      width: looked.naturalWidth,
      height: looked.naturalHeight,
    });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(looked, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) count += Number(data[i] > 150 && data[i + 1] < 120 && data[i + 2] < 120);
    return count;
  });
  return red > 30;
}

/** Makes a JPEG of a grey area in WebKit itself. @returns {Promise<void>} */
async function takePhoto() {
  const url = await webkit.run(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 900 });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.fillStyle = '#9cc3e0';
    context.fillRect(0, 0, 1200, 900);
    return canvas.toDataURL('image/jpeg');
  });
  await writeFile(photo, Buffer.from(url.split(',')[1], 'base64'));
}

test('a student signs in, draws, fits a curve over a photo, and finds both on the wall, in WebKit', {
  skip: SKIP,
}, async () => {
  await webkit.goto(server.url);
  await webkit.find('/html[@data-ready]');
  await webkit.press('//*[@id="account"]');
  await webkit.type('//*[@id="email"]', `ann@school.example${ENTER}`);
  await webkit.type('//*[@id="code"]', `${await server.code('ann@school.example')}${ENTER}`);
  await webkit.until(() => !document.querySelector('dialog[open]'), 'The dialog stays open.');

  await open('Linear');
  await webkit.until(() => customElements.get('math-field') !== undefined, 'MathLive does not come.');
  await webkit.pressButton('Add expression');
  await webkit.until(() => document.activeElement?.localName === 'math-field', 'The formula has no cursor.');
  await webkit.keys('y=x/2');
  await webkit.until(
    () => /** @type {any} */ (document.querySelector('math-field')).value === 'y=\\frac{x}{2}',
    'The formula is not what was typed.',
  );
  for (const held of ['.graph-canvas', '.graph-tab']) {
    const marks = await webkit.run(
      (name) => getComputedStyle(/** @type {Element} */ (document.querySelector(name))).webkitUserSelect,
      held,
    );
    assert.equal(marks, 'none', `a finger that rests on ${held} marks text`);
  }
  await backToMuseum();
  await seesStatus(/Saved on the server/); // After this it is not drawn again.
  await until(
    () => hangs('Linear'),
    30_000,
    () => 'The line is not on the wall.',
  );

  await open('Quadratic');
  await takePhoto();
  await webkit.type('//*[contains(@class, "graph-photo-add")]/input[@type="file"]', photo);
  await webkit.until(
    () => /** @type {HTMLImageElement | null} */ (document.querySelector('.graph-under img'))?.naturalWidth === 1200,
    'The photo is not there.',
  );
  await webkit.pressButton('Done');
  await webkit.pressButton('Fit a curve to points');
  await webkit.until(() => document.querySelector('.graph-fit'), 'Nothing asks for points.');
  const { left, top, width, height } = await webkit.run(() =>
    document.querySelector('.graph-canvas')?.getBoundingClientRect().toJSON(),
  );
  for (const x of [-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3])
    await webkit.tap(left + (0.5 + x) * width, top + (0.7 - 3 * x * x) * height);
  await webkit.until(
    () => /^8 points/m.test(/** @type {HTMLElement} */ (document.querySelector('.graph-fit')).innerText),
    'Not all points were set.',
  );
  await webkit.find('//*[contains(@class, "graph-fit-offer")][contains(., "Quadratic")]//input');
  await webkit.pressButton('Add to the list');
  await webkit.type('//*[@id="notes"]', 'It bends.');
  await webkit.press('//*[@id="completed"]');
  await seesStatus(/Saved on the server/);

  await backToMuseum();
  await webkit.find(`${work('Quadratic')}[contains(., "graph and notes, completed")]`);
  await until(
    () => hangs('Quadratic'),
    30_000,
    () => 'The curve is not on the wall.',
  );
  assert.ok(await hangs('Linear'), 'what hung there before is still seen');
  assert.deepEqual(await webkit.complaints(), []);
});
