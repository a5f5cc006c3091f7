/**
 * Somebody in front of a browser: their own cookies and storage, and what they do in the museum.
 */
import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} Options */
/** @typedef {import('./server.js').Server} Server */

/** What the browser itself reports of an answer that a test asks for on purpose: a wrong code, a lost session, no network. */
export const EXPECTED = {
  refused: /Failed to load resource: the server responded with a status of 4\d\d/,
  busy: /Failed to load resource: the server responded with a status of 503/,
  offline: /Failed to load resource: net::ERR_|fonts could not be loaded/,
};

/** What the browser advises when a test looks at the pixels of a canvas again and again; the pages themselves never do. */
export const LOOKED_AT = /Canvas2D: Multiple readback operations/;

export class Visitor {
  page;
  #server;
  /** @type {string[]} */
  #complaints = [];
  /** @type {RegExp[]} */
  #expected = [LOOKED_AT];

  /**
   * @param {Page} page
   * @param {Server} server
   */
  constructor(page, server) {
    this.page = page;
    this.#server = server;
    this.#watch(page);
  }

  /**
   * Comes in with a browser of their own.
   *
   * @param {Browser} browser
   * @param {Server} server
   * @param {Options} [options]
   */
  static async arrive(browser, server, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const visitor = new Visitor(await context.newPage(), server);
    await visitor.page.goto(server.url);
    await visitor.page.locator('.work').first().waitFor();
    return visitor;
  }

  /** @param {...RegExp} patterns errors that this test brings about on purpose */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  /** Opens the same museum in one more tab. */
  async secondTab() {
    const tab = new Visitor(await this.page.context().newPage(), this.#server);
    await tab.page.goto(this.#server.url);
    await tab.page.locator('.work').first().waitFor();
    return tab;
  }

  /**
   * Asks for a code and types it in.
   *
   * @param {string} email
   */
  async signIn(email) {
    await this.page.locator('#account').click();
    await this.page.getByLabel('Your e-mail address').fill(email);
    await this.page.keyboard.press('Enter');
    await this.page.getByLabel('Six-digit code').fill(await this.#server.code(email));
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  async signOut() {
    await this.page.locator('#account').click();
    await this.page.getByRole('button', { name: 'Sign out' }).click();
    await this.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  /** @param {string} name of a family */
  async openTile(name) {
    await this.page.getByRole('link', { name: new RegExp(`^${name} \\(`) }).click();
    await this.page.getByRole('heading', { name, level: 1 }).waitFor();
    await this.graphIsOpen();
  }

  async backToMuseum() {
    await this.page.getByRole('link', { name: 'Back to the museum' }).click();
    await this.page.locator('.work').first().waitFor();
  }

  /** Waits until the graph of a tile can be drawn on. */
  async graphIsOpen() {
    await this.page.getByRole('button', { name: 'Add expression' }).waitFor();
  }

  /** @param {string} keys as typed on a keyboard, into a new expression */
  async draw(keys) {
    await this.page.getByRole('button', { name: 'Add expression' }).click();
    await this.page.waitForFunction(() => document.activeElement?.localName === 'math-field');
    await this.page.keyboard.type(keys, { delay: 20 });
  }

  /** @param {string} text */
  async write(text) {
    await this.page.getByLabel('Notes', { exact: true }).fill(text);
  }

  notes() {
    return this.page.getByLabel('Notes', { exact: true }).inputValue();
  }

  /** @param {RegExp | string} words */
  async waitForStatus(words) {
    await this.page.locator('#status').filter({ hasText: words }).waitFor({ timeout: 60_000 }).catch(async () => {
      assert.fail(`The status line says “${await this.page.locator('#status').textContent()}”, not ${words}`);
    });
  }

  /** Closes the browser, and fails if it had anything to complain of: an error, a refused script or style. */
  async leave() {
    await this.page.context().close();
    this.checkComplaints();
  }

  checkComplaints() {
    assert.deepEqual(this.#complaints.filter((text) => !this.#expected.some((pattern) => pattern.test(text))), []);
  }

  /** @param {Page} page */
  #watch(page) {
    page.on('pageerror', (error) => this.#complaints.push(`${error.stack}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#complaints.push(message.text());
    });
  }
}
