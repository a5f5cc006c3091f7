/**
 * A first visit with an empty cache: to an empty poster, to one with a graph, and to a tile. Prints bytes on the wire
 * (headers and bodies, compressed), requests, and milliseconds until the page is shown. Run by hand with a built
 * program: MATHMUSEUMS_BINARY=... node bench/load.js
 */
import { launchChromium } from '../browser/lib/chromium.js';
import { startServer } from '../browser/lib/server.js';
import { Visitor } from '../browser/lib/visitor.js';

const [server, browser] = await Promise.all([startServer(), launchChromium()]);
const EMAIL = 'load@school.example';

const student = await Visitor.arrive(browser, server);
await student.signIn(EMAIL);
await student.openTile('Quadratic');
await student.draw('y=x^2-4');
await student.waitForStatus('Saved on the server');
const { cookies } = await student.page.context().storageState();
await student.leave();

await measure('empty poster', '', async (page) => page.locator('.work').first().waitFor());
await measure(
  'poster with a graph',
  '',
  async (page) =>
    page
      .getByRole('link', { name: /^Quadratic \(graph/ })
      .locator('canvas')
      .waitFor(),
  cookies,
);
await measure(
  'tile',
  '#/tile/quadratic',
  async (page) => page.getByRole('button', { name: 'Add expression' }).waitFor(),
  cookies,
);
await browser.close();
await server.remove();

/**
 * @param {string} name
 * @param {string} path
 * @param {(page: import('playwright-core').Page) => Promise<void>} isThere
 * @param {typeof cookies} [signedIn]
 */
async function measure(name, path, isThere, signedIn = []) {
  // Without the service worker, which fetches all pages for offline use.
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1280, height: 800 } });
  await context.addCookies(signedIn);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  let [bytes, requests] = [0, 0];
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests++;
  });
  const begin = performance.now();
  await page.goto(server.url + path);
  await isThere(page);
  const milliseconds = performance.now() - begin;
  await page.waitForTimeout(3000); // What is fetched after the page is shown counts, too.
  console.log(
    `${name}: ${(bytes / 1000).toFixed(0)} KB in ${requests} requests, there after ${milliseconds.toFixed(0)} ms`,
  );
  await context.close();
}
