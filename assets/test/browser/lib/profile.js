/**
 * A browser with a profile on disk, as on a student's laptop. It can be killed, as the system does when memory or
 * battery runs out, and started again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { OPTIONS } from './chromium.js';
import { until } from './server.js';
import { Visitor } from './visitor.js';

/** @typedef {import('./server.js').Server} Server */

const START_WITHIN = 60_000;
const GONE_WITHIN = 30_000;

export class Profile {
  #folder;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #program;
  /** @type {import('playwright-core').Browser | undefined} */
  #browser;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  static async make() {
    return new Profile(await mkdtemp(join(tmpdir(), 'mathmuseums-profile-')));
  }

  /**
   * Starts the browser with its stored data and opens a page.
   *
   * @param {Server} server
   * @param {string} [hash]
   * @param {(page: import('playwright-core').Page) => Promise<void>} [prepare] runs before the page is opened
   */
  async open(server, hash = '', prepare = async () => undefined) {
    if (!this.#browser) await this.#start();
    const [context] = /** @type {import('playwright-core').Browser} */ (this.#browser).contexts();
    const page = await context.newPage();
    await page.setViewportSize({ width: 1280, height: 800 });
    const visitor = new Visitor(page, server);
    await prepare(page);
    await page.goto(server.url + hash);
    await page.locator('html[data-ready]').waitFor();
    return visitor;
  }

  async #start() {
    await rm(join(this.#folder, 'DevToolsActivePort'), { force: true });
    this.#program = spawn(
      OPTIONS.executablePath,
      [
        ...OPTIONS.args,
        '--headless=new',
        '--remote-debugging-port=0',
        '--hide-crash-restore-bubble',
        `--user-data-dir=${this.#folder}`,
        'about:blank',
      ],
      { stdio: 'ignore' },
    );
    let port = '';
    await until(
      async () => {
        const text = await readFile(join(this.#folder, 'DevToolsActivePort'), 'utf8').catch(() => '');
        port = text.split('\n')[0];
        return port !== '' && text.includes('\n');
      },
      START_WITHIN,
      () => 'Chromium did not start.',
    );
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  }

  /** Kills the processes of pages, but not the browser. */
  async killTabs() {
    const session = await /** @type {import('playwright-core').Browser} */ (this.#browser).newBrowserCDPSession();
    const renderers = async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    };
    const killed = await renderers();
    for (const id of killed) process.kill(id, 'SIGKILL');
    // A spare process for the next page died with them, and must not be given to that page.
    await until(
      async () => !(await renderers()).some((id) => killed.includes(id)),
      GONE_WITHIN,
      () => 'Killed tabs are still there.',
    );
    await session.detach();
  }

  /** Kills the browser. */
  async kill() {
    const ended = once(/** @type {import('node:child_process').ChildProcess} */ (this.#program), 'exit');
    this.#program?.kill('SIGKILL');
    await ended;
    await this.#browser?.close().catch(() => undefined);
    this.#browser = undefined;
  }

  async remove() {
    if (this.#browser) await this.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
