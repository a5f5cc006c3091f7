/** What earlier pages and older clients left behind is migrated. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
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

/** A photo of one red pixel. */
const PHOTO =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

test('a museum kept by an earlier version of the page opens with all that was in it', { skip: SKIP }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}healthz`);
  await page.evaluate(keepAsVersion1);
  await page.goto(`${server.url}#/tile/cubic`);
  const visitor = new Visitor(page, server);
  await page.getByRole('heading', { name: 'Cubic', level: 1 }).waitFor();
  assert.equal(await visitor.notes(), 'Typed long ago.');
  await visitor.signIn('ann@school.example');
  await visitor.waitForStatus('Saved on the server');
  const [tile] = await page.evaluate(() => fetch('api/tiles/').then((response) => response.json()));
  assert.deepEqual([tile.concept_type, tile.description], ['cubic', 'Typed long ago.']);
  await visitor.leave();
});

/** Runs in the page. */
function keepAsVersion1() {
  return new Promise((resolve) => {
    const opening = indexedDB.open('mathmuseums:/', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('tiles', { keyPath: ['owner', 'type'] });
      opening.result.createObjectStore('settings');
    };
    opening.onsuccess = () => {
      const tile = {
        concept_type: 'cubic',
        position_x: 618,
        position_y: 16,
        width: 264,
        height: 268,
        desmos_state: {},
        description: 'Typed long ago.',
        completed: false,
      };
      const transaction = opening.result.transaction(['tiles', 'settings'], 'readwrite');
      transaction
        .objectStore('tiles')
        .put({ owner: '', type: 'cubic', tile, id: null, version: 0, edits: 3, pending: { description: 3 } });
      transaction.objectStore('settings').put('', 'account');
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(undefined);
      };
    };
  });
}

test('a photo that an older client has put into a graph moves into the store, on plain http, too', {
  skip: SKIP,
}, async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.page
    .context()
    .addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }));
  await visitor.signIn('bea@school.example');
  const state = {
    version: 11,
    expressions: { list: [{ type: 'image', id: '1', image_url: PHOTO, name: 'A point', width: '10', height: '10' }] },
  };
  const get = () => visitor.page.evaluate(() => fetch('api/tiles/').then((response) => response.json()));
  await visitor.page.evaluate(
    (body) => fetch('api/tiles/', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }),
    JSON.stringify({ concept_type: 'linear', desmos_state: state }),
  );
  await visitor.page.reload();
  await until(
    async () => (await get())[0].desmos_state.expressions.list[0].image_url.startsWith('api/images/'),
    60_000,
    () => 'The photo is still in the graph.',
  );
  const [
    {
      desmos_state: {
        expressions: {
          list: [{ image_url: address, name }],
        },
      },
    },
  ] = await get();
  assert.equal(name, 'A point');
  const kind = await visitor.page.evaluate(
    (path) => fetch(path).then((response) => response.headers.get('Content-Type')),
    address,
  );
  assert.equal(kind, 'image/png');
  await visitor.leave();
});
