/** A user with a browser context of their own: cookies, storage, and actions in the museum. */
import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} Options */
/** @typedef {import('./server.js').Server} Server */

/**
 * Console messages that the browser itself writes about answers that a test provokes: a wrong code, a lost session, no
 * network.
 */
export const EXPECTED = {
  refused: /Failed to load resource: the server responded with a status of 4\d\d/,
  busy: /Failed to load resource: the server responded with a status of 503/,
  offline: /Failed to load resource: net::ERR_|fonts could not be loaded/,
};

/** A hint of the browser when a test reads the pixels of a canvas repeatedly; the pages themselves never do. */
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
   * Opens the museum in a new browser context.
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

  /** @param {...RegExp} patterns errors that this test provokes */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  /** Opens the museum in another tab. */
  async secondTab() {
    const tab = new Visitor(await this.page.context().newPage(), this.#server);
    await tab.page.goto(this.#server.url);
    await tab.page.locator('.work').first().waitFor();
    return tab;
  }

  /**
   * Requests a code and enters it.
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

  /** Waits until the graph of a tile is ready for input. */
  async graphIsOpen() {
    await this.page.getByRole('button', { name: 'Add expression' }).waitFor();
  }

  /** @param {string} keys typed into a new expression */
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
    await this.page
      .locator('#status')
      .filter({ hasText: words })
      .waitFor({ timeout: 60_000 })
      .catch(async () => {
        assert.fail(`The status line says “${await this.page.locator('#status').textContent()}”, not ${words}`);
      });
  }

  /** Closes the browser context, and fails on any unexpected error, including refused scripts and styles. */
  async leave() {
    await this.page.context().close();
    this.checkComplaints();
  }

  checkComplaints() {
    assert.deepEqual(
      this.#complaints.filter((text) => !this.#expected.some((pattern) => pattern.test(text))),
      [],
    );
  }

  /** @param {Page} page */
  #watch(page) {
    page.on('pageerror', (error) => this.#complaints.push(`${error.stack}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#complaints.push(message.text());
    });
  }
}
