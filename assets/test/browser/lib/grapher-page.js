import { serveAssets } from './static.js';
import { launchChromium } from './chromium.js';
import { LOOKED_AT } from './visitor.js';

/** @typedef {import('playwright-core').Page} Page */

/**
 * What the tests see of a page with nothing but a grapher.
 *
 * @typedef {object} GrapherPage
 * @property {Page} page
 * @property {string[]} complaints what the browser's console and its content security policy had to say
 * @property {() => Promise<any>} state what getState gives
 * @property {() => Promise<number>} edits how often onChange was called
 * @property {(x: number, y: number) => Promise<[number, number, number]>} colorAt the colour of the canvas at a point of
 *   the plane, as red, green, blue
 */

/**
 * A browser and a server for a file of tests.
 */
export class GrapherLab {
  #server;
  #browser;

  /**
   * @param {Awaited<ReturnType<typeof serveAssets>>} server
   * @param {import('playwright-core').Browser} browser
   */
  constructor(server, browser) {
    this.#server = server;
    this.#browser = browser;
  }

  static async open() {
    return new GrapherLab(await serveAssets(), await launchChromium());
  }

  /**
   * @param {object} [options]
   * @param {unknown} [options.state]
   * @param {boolean} [options.readOnly]
   * @param {string} [options.family] what a fit offers first
   * @param {number} [options.pause] ms after which typing is a new step of undo: by itself longer than any keys of a test lie
   *   apart on a slow machine
   * @param {boolean | Promise<void>} [options.mathLive] false: it cannot be loaded; a promise: not before that
   * @param {import('playwright-core').BrowserContextOptions} [options.context]
   * @returns {Promise<GrapherPage>}
   */
  async page({ state = null, readOnly = false, family, pause = 60_000, mathLive = true, context = {} } = {}) {
    const page = await this.#browser.newPage({ viewport: { width: 1000, height: 700 }, ...context });
    /** @type {string[]} */
    const complaints = [];
    page.on('console', (message) => {
      if (!LOOKED_AT.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    if (mathLive !== true)
      await page.route('**/mathlive.min.mjs', async (route) =>
        (await mathLive) === false ? route.abort() : route.continue(),
      );
    const query = new URLSearchParams({
      state: JSON.stringify(state),
      pause: String(pause),
      ...(readOnly ? { readonly: '' } : {}),
      ...(family ? { family } : {}),
    });
    await page.goto(`${this.#server.url}test/browser/pages/graph.html?${query}`);
    await page.waitForFunction(() => 'probe' in globalThis);
    if (mathLive === true) await page.waitForFunction(() => customElements.get('math-field') !== undefined);
    await settle(page);
    return {
      page,
      complaints,
      state: () => page.evaluate('probe.grapher.getState()'),
      edits: () => page.evaluate('probe.reported.length'),
      colorAt: (x, y) => colorAt(page, x, y),
    };
  }

  async close() {
    await this.#browser.close();
    await this.#server.close();
  }
}

/**
 * Waits until what was asked for is drawn.
 *
 * @param {Page} page
 */
export async function settle(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/**
 * @param {Page} page
 * @param {number} x
 * @param {number} y
 * @returns {Promise<[number, number, number]>}
 */
async function colorAt(page, x, y) {
  await settle(page);
  const at = await pixelAt(page, x, y);
  return page.evaluate(([column, row]) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
    // Read from a copy: reading the canvas itself would change how the browser draws it from then on.
    const copy = new OffscreenCanvas(1, 1);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d'));
    const ratio = devicePixelRatio;
    context.drawImage(canvas, Math.floor(column * ratio), Math.floor(row * ratio), 1, 1, 0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return /** @type {[number, number, number]} */ ([red, green, blue]);
  }, at);
}

/**
 * Where a point of the plane lies on the canvas, worked out from the state alone: its viewport in the middle, as large
 * as fits with square axes.
 *
 * @param {Page} page
 * @param {number} x
 * @param {number} y
 * @returns {Promise<[number, number]>}
 */
export async function pixelAt(page, x, y) {
  const { xmin, xmax, ymin, ymax } = /** @type {any} */ (await page.evaluate('probe.grapher.getState()')).graph
    .viewport;
  const box = await page.locator('canvas').evaluate((canvas) => {
    const { width, height } = canvas.getBoundingClientRect();
    return { width, height };
  });
  const scale = Math.min(box.width / (xmax - xmin), box.height / (ymax - ymin));
  return [box.width / 2 + (x - (xmin + xmax) / 2) * scale, box.height / 2 - (y - (ymin + ymax) / 2) * scale];
}

/**
 * @param {readonly number[]} color
 * @param {string} hex
 * @returns {boolean} whether the colour is nearer to the given one than to paper
 */
export function isColor([red, green, blue], hex) {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  return Math.hypot(red - r, green - g, blue - b) < 90;
}
