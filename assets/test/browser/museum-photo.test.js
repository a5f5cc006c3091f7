/** A photo in the museum: added, stored on the server without metadata, shown on another device, and added offline. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { PLACE_MARK, cameraPhoto } from './lib/photographs.js';
import { SKIP, startServer, until } from './lib/server.js';
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

/** @param {Visitor} visitor @param {Buffer} buffer */
async function addPhoto({ page }, buffer) {
  await page.getByRole('button', { name: 'Add a photo' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a picture' }).click(),
  ]);
  await chooser.setFiles({ name: 'arch.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByRole('button', { name: /^Done/ }).click();
}

/** @param {Visitor} visitor @returns {Promise<string>} the address of the photo on the plane, once it is visible */
async function shownPhoto({ page }) {
  const image = page.locator('.graph-plane img');
  await page.waitForFunction(
    () => /** @type {HTMLElement | null} */ (document.querySelector('.graph-plane img'))?.style.transform,
  );
  return String(await image.getAttribute('src'));
}

/**
 * @param {Visitor} visitor
 * @param {string} family
 * @returns {Promise<number>} number of pixels of the work's picture in the colours of the photo
 */
function colourful({ page }, family) {
  return page
    .getByRole('link', { name: new RegExp(`^${family} \\(`) })
    .locator('canvas')
    .evaluate((element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let i = 0; i < pixels.length; i += 4)
        if (Math.max(pixels[i], pixels[i + 1], pixels[i + 2]) - Math.min(pixels[i], pixels[i + 1], pixels[i + 2]) > 100)
          count += 1;
      return count;
    });
}

test('a photo that is added is seen on another device, and says nowhere where it was taken', {
  skip: SKIP,
}, async () => {
  const ann = await Visitor.arrive(browser, server);
  await ann.signIn('ann@school.example');
  await ann.openTile('Quadratic');
  const file = await cameraPhoto(ann.page, 6, 600);
  assert.ok(file.includes(PLACE_MARK));
  await addPhoto(ann, file);
  await ann.waitForStatus('Saved on the server');

  const elsewhere = await Visitor.arrive(browser, server);
  elsewhere.expect(/willReadFrequently/);
  await elsewhere.signIn('ann@school.example');
  await until(
    async () => (await elsewhere.page.getByRole('link', { name: /^Quadratic \(graph/ }).count()) > 0,
    30_000,
    () => 'The work has not arrived.',
  );
  await until(
    async () => (await colourful(elsewhere, 'Quadratic')) > 200,
    30_000,
    () => 'The photo is not on the poster.',
  );
  await elsewhere.openTile('Quadratic');
  const address = await shownPhoto(elsewhere);
  assert.match(address, /^api\/images\/[0-9a-f]{64}$/);
  const kept = Buffer.from(
    await elsewhere.page.evaluate(async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())], address),
  );
  assert.ok(kept.length > 500 && !kept.includes(PLACE_MARK) && !kept.includes('Exif'));

  await ann.page.reload();
  await ann.graphIsOpen();
  assert.equal(await shownPhoto(ann), address);
  await ann.leave();
  await elsewhere.leave();
});

test('without a network a photo is added, and kept when the page is left; with one it goes to the server', {
  skip: SKIP,
}, async () => {
  const ben = await Visitor.arrive(browser, server);
  ben.expect(EXPECTED.offline, /willReadFrequently/);
  await ben.signIn('ben@school.example');
  await ben.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await ben.openTile('Cubic');
  const file = await cameraPhoto(ben.page, 3, 500);
  await ben.page.context().setOffline(true);
  await addPhoto(ben, file);
  assert.match(await shownPhoto(ben), /^data:image\/webp/);
  await ben.waitForStatus('Saved on this device');
  await ben.backToMuseum();
  await until(
    async () => (await colourful(ben, 'Cubic')) > 200,
    30_000,
    () => 'The photo is not on the poster.',
  );
  await ben.openTile('Cubic');
  await shownPhoto(ben);

  await ben.page.context().setOffline(false);
  await ben.waitForStatus('Saved on the server');
  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn('ben@school.example');
  await elsewhere.page.getByRole('link', { name: /^Cubic \(graph/ }).waitFor();
  await elsewhere.openTile('Cubic');
  assert.match(await shownPhoto(elsewhere), /^api\/images\//);

  // What was shown here once is shown again offline.
  elsewhere.expect(EXPECTED.offline);
  await elsewhere.backToMuseum();
  await elsewhere.page.context().setOffline(true);
  await elsewhere.openTile('Cubic');
  await shownPhoto(elsewhere);
  await ben.leave();
  await elsewhere.leave();
});

test('a photo that one tab brings to the server is edited in another that shows it as it was, and nobody is asked to choose', {
  skip: SKIP,
}, async () => {
  const cem = await Visitor.arrive(browser, server);
  cem.expect(EXPECTED.offline);
  await cem.signIn('cem@school.example');
  const other = await cem.secondTab();
  other.expect(EXPECTED.offline);
  await cem.openTile('Cubic');
  await other.openTile('Cubic');
  const file = await cameraPhoto(cem.page, 6, 500);
  await cem.page.context().setOffline(true);
  await addPhoto(cem, file);
  await cem.waitForStatus('Saved on this device');
  await other.page.getByRole('button', { name: 'Move photo 1' }).waitFor(); // Everything done in the first tab is visible here.
  assert.match(await shownPhoto(other), /^data:image/);
  const words = other.page.getByPlaceholder('What is on this photo?');
  await words.focus(); // So that nothing changes there during the edit.
  await cem.page.context().setOffline(false);
  await cem.waitForStatus('Saved on the server');
  await words.fill('An arch.');
  assert.match(await shownPhoto(other), /^data:image/, 'it is shown as it was while somebody is at work on it');
  const hasArrived = () =>
    cem.page.evaluate(async () => (await (await fetch('api/tiles/')).text()).includes('An arch.'));
  await until(hasArrived, 30_000, () => 'The words have not arrived.');

  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn('cem@school.example');
  await elsewhere.page.getByRole('link', { name: /^Cubic \(graph/ }).waitFor();
  assert.equal(await elsewhere.page.getByRole('link', { name: /changed on two devices/ }).count(), 0);
  await elsewhere.openTile('Cubic');
  assert.match(await shownPhoto(elsewhere), /^api\/images\//);
  await cem.leave();
  other.checkComplaints();
  await elsewhere.leave();
});

test('a museum that is put back to an older day gets its photos back, and they are seen meanwhile', {
  skip: SKIP,
}, async () => {
  const cleo = await Visitor.arrive(browser, server);
  cleo.expect(EXPECTED.refused, EXPECTED.offline);
  await cleo.signIn('cleo@school.example');
  await cleo.waitForStatus('Saved on the server');
  const putBack = await server.backUp();
  await cleo.openTile('Quadratic');
  await addPhoto(cleo, await cameraPhoto(cleo.page, 6, 600));
  await cleo.waitForStatus('Saved on the server');
  await cleo.backToMuseum();
  await cleo.openTile('Quadratic');
  const address = await shownPhoto(cleo);
  await putBack();
  await cleo.page.route('**/api/images/*', (route) => route.abort()); // The browser does not have it any more, either.
  await cleo.page.reload();
  await cleo.graphIsOpen();
  await cleo.page.locator('.graph-plane img[src^="blob:"]').waitFor();
  await cleo.page.unroute('**/api/images/*');
  await until(
    async () =>
      (await cleo.page.evaluate((url) => fetch(url, { cache: 'no-store' }).then(({ status }) => status), address)) ===
      200,
    30_000,
    () => 'The photo is not on the server.',
  );
  await cleo.waitForStatus('Saved on the server');

  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn('cleo@school.example');
  await elsewhere.openTile('Quadratic');
  assert.equal(await shownPhoto(elsewhere), address);
  await elsewhere.leave();
  await cleo.leave();
});

test('undo takes back the own last step alone, also after a photo has gone to the server and another device has drawn', {
  skip: SKIP,
}, async () => {
  const dora = await Visitor.arrive(browser, server);
  await dora.signIn('dora@school.example');
  await dora.openTile('Cubic');
  await dora.draw('y=x');
  await addPhoto(dora, await cameraPhoto(dora.page, 6, 500));
  await dora.waitForStatus('Saved on the server');
  await dora.page.getByRole('heading', { name: 'Cubic', level: 1 }).click(); // What arrives is shown once the graph is not being edited.
  await until(
    async () => (await shownPhoto(dora)).startsWith('api/images/'),
    30_000,
    () => 'The photo is still within the graph.',
  );

  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn('dora@school.example');
  await elsewhere.page.getByRole('link', { name: /^Cubic \(graph/ }).waitFor();
  await elsewhere.openTile('Cubic');
  await elsewhere.draw('y=2');
  await elsewhere.waitForStatus('Saved on the server');

  const rows = dora.page.locator('math-field');
  await until(
    async () => (await rows.count()) === 2,
    30_000,
    () => 'The other device’s line has not arrived.',
  );
  const undo = dora.page.getByRole('button', { name: 'Undo' });
  const redo = dora.page.getByRole('button', { name: 'Redo' });
  const photos = dora.page.locator('.graph-plane img');
  const formulas = () => rows.evaluateAll((fields) => fields.map((field) => /** @type {any} */ (field).value));
  await undo.click(); // Undoes the placement of the photo,
  await undo.click(); // and then the photo itself.
  await until(
    async () => (await photos.count()) === 0,
    30_000,
    () => 'The photo was not taken back.',
  );
  assert.deepEqual(await formulas(), ['y=x', 'y=2']);
  await redo.click();
  assert.match(await shownPhoto(dora), /^api\/images\//);
  while (await undo.isEnabled()) await undo.click();
  assert.deepEqual(await formulas(), ['y=2'], 'all own steps are taken back, and nothing else');
  await dora.waitForStatus('Saved on the server');
  await dora.leave();
  await elsewhere.leave();
});
