/**
 * Measures first visits over two links: requests, kilobytes and seconds until the museum is shown, and until a tile's page shows its
 * curve. The service worker is blocked. Run by hand, once for each kind of build:
 * MATHMUSEUMS_BINARY=../../mathmuseums node bench/first-visit.js
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { showsCurve } from '../browser/lib/canvas.js';
import { launchChromium } from '../browser/lib/chromium.js';
import { startServer } from '../browser/lib/server.js';
import { Visitor } from '../browser/lib/visitor.js';

/** @typedef {{name: string, latency: number, throughput: number}} Link round trip in milliseconds, throughput in bytes per second */

/** @type {Link[]} */
const LINKS = [
  { name: 'slow link (150 ms, 200 KB/s)', latency: 150, throughput: 200_000 },
  { name: 'classroom (5 ms, 20 Mbit/s)', latency: 5, throughput: 2_500_000 },
];
const RUNS = 3;

/**
 * Starts a proxy that passes bytes on as a link would: late, and all connections share its throughput. Chromium can emulate a
 * link itself, but then now and then stalls for good when a page asks for many files.
 *
 * @param {Link} link
 * @param {number} port of the museum
 */
async function startLink({ latency, throughput }, port) {
  /** @returns {(from: import('node:net').Socket, to: import('node:net').Socket) => void} */
  const oneWay = () => {
    let free = 0;
    return (from, to) => {
      from.on('data', (bytes) => {
        free = Math.max(free, performance.now()) + (bytes.length / throughput) * 1000;
        setTimeout(() => to.write(bytes), free - performance.now() + latency / 2);
      });
      from.on('close', () => setTimeout(() => to.destroy(), latency));
      from.on('error', () => undefined);
    };
  };
  const [up, down] = [oneWay(), oneWay()];
  const proxy = createServer((browserSide) => {
    browserSide.setNoDelay();
    const museumSide = connect({ port, host: '127.0.0.1', noDelay: true });
    setTimeout(() => up(browserSide, museumSide), latency); // opening a connection takes a round trip
    down(museumSide, browserSide);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port: own } = /** @type {import('node:net').AddressInfo} */ (proxy.address());
  return { url: `http://127.0.0.1:${own}/`, close: () => proxy.close() };
}

/**
 * Opens a page with an empty cache.
 *
 * @param {string} address
 * @param {import('playwright-core').Cookie[]} cookies
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} shown
 */
async function visit(address, cookies, shown) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  let [bytes, requests] = [0, 0];
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests++;
  });
  const start = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await shown(page);
  const seconds = (performance.now() - start) / 1000;
  await context.close();
  return { requests, kilobytes: bytes / 1000, seconds };
}

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const server = await startServer();
const browser = await launchChromium();
const ann = await Visitor.arrive(browser, server);
await ann.signIn('ann@school.example');
await ann.openTile('Quadratic');
await ann.draw('y=x^2-4');
await ann.waitForStatus('Saved on the server');
const { cookies } = await ann.page.context().storageState();
await ann.leave();

/** @type {{name: string, path: string, as: typeof cookies, shown: (page: import('playwright-core').Page) => Promise<unknown>}[]} */
const VISITS = [
  { name: 'museum, signed out', path: '', as: [], shown: (page) => page.locator('.work').first().waitFor() },
  {
    name: 'page of a tile',
    path: '#/tile/quadratic',
    as: cookies,
    shown: (page) => page.waitForFunction(showsCurve, 'canvas.graph-canvas', { timeout: 120_000 }),
  },
];
for (const link of LINKS) {
  const { url, close } = await startLink(link, Number(new URL(server.url).port));
  for (const { name, path, as, shown } of VISITS) {
    /** @type {Awaited<ReturnType<typeof visit>>[]} */
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await visit(`${url}${path}`, as, shown));
    const of = (/** @type {'requests' | 'kilobytes' | 'seconds'} */ field) => median(runs.map((each) => each[field]));
    console.log(
      `${link.name}: ${name}: ${of('requests')} requests, ${of('kilobytes').toFixed(0)} KB, ${of('seconds').toFixed(2)} s`,
    );
  }
  close();
}
await browser.close();
await server.remove();
