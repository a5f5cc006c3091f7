/**
 * The cost of a first visit on the wire, and of editing in a museum of twelve works with a photo of 2 MB each: bodies
 * and headers.
 */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { showsCurve } from './lib/canvas.js';
import { launchChromium } from './lib/chromium.js';
import { SKIP, startServer, until } from './lib/server.js';
import { Visitor } from './lib/visitor.js';
import { FAMILIES } from '../../js/museum/families.js';

/** @typedef {import('playwright-core').Request} Request */
/**
 * @typedef {{up: number, down: number, upHeaders: number, downHeaders: number}} Bytes transferred bodies and headers
 */

/** The most that one edit may cost in either direction, with headers. */
const BUDGET = 2_048;

/** The most that twelve works of 5 KB may cost a new device, without their photos. */
const FIRST_BUDGET = 32_768;

/** The most that a first visit to a poster with a graph may cost, with headers and automatic requests. */
const VISIT_BUDGET = 120_000;

/** Side in pixels of a noise photo of 2 MB. */
const SIDE = 840;

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Visitor} */
let ann;

before(async () => {
  if (SKIP) return;
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
  ann = await Visitor.arrive(browser, server);
  await ann.signIn('ann@school.example');
  await hangEverything(ann);
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

/** Adds twelve photos, one to each work. @param {Visitor} visitor */
async function hangEverything(visitor) {
  /** @type {{address: string, size: number}[]} */
  const photos = [];
  for (const _ of FAMILIES) photos.push(await visitor.page.evaluate(takePhoto, SIDE));
  for (const { size } of photos) assert.ok(size > 2_000_000, `a photo of ${size} bytes`);
  const tiles = FAMILIES.map(({ type }, i) => ({
    concept_type: type,
    desmos_state: graph(photos[i].address),
    description: 'Found it.',
    last_synced: new Date().toISOString(),
  }));
  const status = await visitor.page.evaluate(
    (body) =>
      fetch('api/tiles/sync/', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }).then(
        (response) => response.status,
      ),
    JSON.stringify({ tiles }),
  );
  assert.equal(status, 200);
}

/**
 * Runs in the page: adds a noise photo, which does not compress, to the museum's store.
 *
 * @param {number} side
 */
async function takePhoto(side) {
  const canvas = new OffscreenCanvas(side, side);
  const picture = new ImageData(side, side);
  for (let at = 0; at < picture.data.length; at += 65_536)
    crypto.getRandomValues(picture.data.subarray(at, at + 65_536));
  for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255;
  /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d')).putImageData(picture, 0, 0);
  const photo = await canvas.convertToBlob({ type: 'image/png' });
  const hash = async () =>
    (
      await (
        await fetch('api/images/', {
          method: 'POST',
          body: photo,
          headers: { 'Content-Type': 'application/octet-stream' },
        })
      ).json()
    ).sha256;
  return { address: `api/images/${await hash()}`, size: photo.size };
}

/** A graph of about 5 KB with a slider and a photo. @param {string} photo */
function graph(photo) {
  const list = Array.from({ length: 40 }, (_, i) => ({
    type: 'expression',
    id: `${1_000_000 + i}`,
    color: '#c74440',
    latex: `y=a\\left(x-${i}\\right)^{2}+\\sin\\left(${i}x\\right)`,
  }));
  const image = { type: 'image', id: '7', image_url: photo, width: '10', height: '10' };
  const slider = { type: 'expression', id: '8', color: '#2d70b3', latex: 'a=1', hidden: true };
  return {
    version: 11,
    randomSeed: '0'.repeat(32),
    graph: { viewport: { xmin: -10, xmax: 10, ymin: -5, ymax: 5 } },
    expressions: { list: [slider, image, ...list] },
  };
}

/**
 * @param {Request[]} requests
 * @returns {Promise<Bytes>}
 */
async function bytesOf(requests) {
  const sizes = await Promise.all(requests.map((request) => request.sizes()));
  const sum = (/** @type {keyof typeof sizes[0]} */ of) => sizes.reduce((total, size) => total + size[of], 0);
  return {
    up: sum('requestBodySize'),
    down: sum('responseBodySize'),
    upHeaders: sum('requestHeadersSize'),
    downHeaders: sum('responseHeadersSize'),
  };
}

/** @param {Bytes} bytes */
function inWords({ up, down, upHeaders, downHeaders }) {
  return `up ${up} bytes and ${upHeaders} of headers, down ${down} and ${downHeaders}`;
}

/** Collects requests for the museum's data from now on, without the event stream. @param {Visitor} visitor */
function watch(visitor) {
  /** @type {Request[]} */
  const requests = [];
  visitor.page.context().on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/') && !request.url().endsWith('/api/events/'))
      requests.push(request);
  });
  return requests;
}

/** @param {Request} request */
function isSync(request) {
  return request.url().endsWith('/api/sync/');
}

/** @param {Request} request returns whether it sends a change */
function isEdit(request) {
  return isSync(request) && /"changes":\[\{/.test(request.postData() ?? '');
}

/**
 * Returns the number of photos on the device, which fetches each once.
 *
 * @param {Visitor} visitor
 * @returns {Promise<number>}
 */
function photosKept({ page }) {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('mathmuseums:/');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const counting = opening.result.transaction('photos').objectStore('photos').count();
          counting.onsuccess = () => resolve(counting.result);
          counting.onerror = reject;
          opening.result.close();
        };
      }),
  );
}

test('moving one slider costs less than 2 KiB up and down', { skip: SKIP }, async (context) => {
  await ann.page.reload();
  await ann.openTile('Quadratic');
  await ann.waitForStatus('Saved on the server');
  await until(
    async () => (await photosKept(ann)) === FAMILIES.length,
    60_000,
    () => 'The photos are not kept on the device.',
  );
  const slider = ann.page.getByRole('slider').first();
  const move = async () => {
    const value = await slider.inputValue();
    await slider.press('ArrowRight');
    await until(
      async () => (await slider.inputValue()) !== value,
      20_000,
      () => 'The slider does not move.',
    );
  };
  const requests = watch(ann);
  const edits = () => requests.filter(isEdit);
  await move();
  await until(
    async () => edits().length > 0,
    20_000,
    () => 'Nothing is sent.',
  );
  await ann.waitForStatus('Saved on the server');
  const sent = edits();
  const bytes = await bytesOf(sent);
  context.diagnostic(`one slider moved: ${sent.length} request, ${inWords(bytes)}`);
  context.diagnostic(`the change: ${sent[0].postData()}`);
  assert.equal(sent.length, 1);
  assert.ok(bytes.up + bytes.upHeaders < BUDGET && bytes.down + bytes.downHeaders < BUDGET, inWords(bytes));
  assert.deepEqual(
    requests.filter((request) => !isSync(request)).map((request) => request.url()),
    [],
    'no photo moves',
  );
});

test('the first sync of a new device is one request, without the photos', { skip: SKIP }, async (context) => {
  const laptop = await Visitor.arrive(browser, server);
  const requests = watch(laptop);
  await laptop.signIn('ann@school.example');
  await laptop.page.getByRole('link', { name: 'Quadratic (graph and notes)' }).waitFor();
  await laptop.waitForStatus('Saved on the server');
  const syncs = requests.filter(isSync);
  const bytes = await bytesOf(syncs.slice(0, 1));
  const text = await laptop.page.evaluate(() =>
    fetch('api/sync/', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }).then(
      (response) => response.text(),
    ),
  );
  context.diagnostic(
    `first sync of twelve works: ${syncs.length} request, ${inWords(bytes)}; unpacked they are ${text.length}`,
  );
  assert.equal(JSON.parse(text).tiles.length, FAMILIES.length);
  assert.ok(bytes.up + bytes.upHeaders < BUDGET && bytes.down + bytes.downHeaders < FIRST_BUDGET, inWords(bytes));
  const photos = requests.filter((request) => !isSync(request));
  context.diagnostic(`photos fetched for the poster: ${photos.length}, ${inWords(await bytesOf(photos))}`);
  await laptop.leave();
});

for (const [graph, formula] of /** @type {const} */ ([
  ['a curve', 'y=x^2-4'],
  ['an equation', 'x^2+y^2=16'],
])) {
  test(`a first visit to a poster with ${graph} costs less than 120 KB`, { skip: SKIP }, async (context) => {
    const bea = await Visitor.arrive(browser, server);
    await bea.signIn(`${graph.replace(' ', '.')}@school.example`);
    await bea.openTile('Quadratic');
    await bea.draw(formula);
    await bea.waitForStatus('Saved on the server');
    const { cookies } = await bea.page.context().storageState();
    await bea.leave();

    // Without the service worker, which fetches all pages for offline use.
    const device = await browser.newContext({ serviceWorkers: 'block' });
    await device.addCookies(cookies);
    const page = await device.newPage();
    const network = await device.newCDPSession(page);
    await network.send('Network.enable');
    let [bytes, requests] = [0, 0];
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests++;
    });
    await page.goto(server.url);
    await page.getByRole('link', { name: /^Quadratic \(graph/ }).waitFor();
    await page.waitForFunction(showsCurve, '.work__drawing');
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(1000);
    await device.close();
    context.diagnostic(`${bytes} bytes in ${requests} requests`);
    assert.ok(requests > 10, 'nothing was counted');
    assert.ok(bytes <= VISIT_BUDGET, `${bytes} bytes`);
  });
}
