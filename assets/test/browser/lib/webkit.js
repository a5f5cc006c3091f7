/**
 * A real WebKit, the engine of every browser on iPads and iPhones: WebKitGTK's MiniBrowser on a virtual screen, driven
 * by WebDriver. Playwright only drives its own WebKit build.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from './server.js';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';

/** Why no WebKit can run here, or false. */
export const NO_WEBKIT = [DRIVER, SCREEN].every(existsSync)
  ? false
  : "install Debian's packages webkit2gtk-driver and xvfb to run the tests in WebKit";

/** Milliseconds, generous for busy machines. */
const STARTS_WITHIN = 60_000;
const COMES_WITHIN = 60_000;

/** The protocol's key for element references. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** The Enter key in the protocol. */
export const ENTER = '\uE007';

/** @typedef {Record<string, string>} Found an element on the page */

export class WebKit {
  #session;
  #end;

  /**
   * @param {string} session its address
   * @param {() => Promise<void>} end
   */
  constructor(session, end) {
    this.#session = session;
    this.#end = end;
  }

  static async open() {
    const home = await mkdtemp(join(tmpdir(), 'mathmuseums-webkit-'));
    /** @type {import('node:child_process').ChildProcess[]} */
    const programs = [];
    const end = async () => {
      for (const program of programs.reverse()) await endGroup(program);
      await rm(home, { recursive: true, force: true, maxRetries: 10 });
    };
    try {
      const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '1280x960x24', '-nolisten', 'tcp'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        detached: true,
      });
      programs.push(screen);
      const [number] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
      const port = await freePort();
      const env = {
        ...process.env,
        DISPLAY: `:${String(number).trim()}`,
        GDK_BACKEND: 'x11',
        LIBGL_ALWAYS_SOFTWARE: '1',
        NO_AT_BRIDGE: '1',
        HOME: home,
        XDG_RUNTIME_DIR: home,
        XDG_DATA_HOME: home,
        XDG_CACHE_HOME: home,
        XDG_CONFIG_HOME: home,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // it would need rights that containers do not have; only our own pages are opened
      };
      programs.push(spawn(DRIVER, [`--port=${port}`], { stdio: 'ignore', detached: true, env }));
      const driver = `http://127.0.0.1:${port}`;
      await until(
        () =>
          fetch(`${driver}/status`).then(
            ({ ok }) => ok,
            () => false,
          ),
        STARTS_WITHIN,
        () => 'WebKitWebDriver did not start.',
      );
      const { sessionId } = await ask(`${driver}/session`, 'POST', { capabilities: {} });
      return new WebKit(`${driver}/session/${sessionId}`, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Opens a page, and from then on listens to what it complains of. @param {string} url */
  async goto(url) {
    await this.#post('url', { url });
    await this.run(() => {
      /** @type {string[]} */
      const complaints = [];
      Object.assign(globalThis, { complaints });
      addEventListener('error', ({ message }) => complaints.push(message));
      addEventListener('unhandledrejection', ({ reason }) => complaints.push(`${reason}`));
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
        complaints.push(violatedDirective),
      );
      for (const kind of /** @type {const} */ (['error', 'warn']))
        console[kind] = (...words) => complaints.push(words.join(' '));
    });
  }

  /** @returns {Promise<string[]>} what the page has complained of */
  complaints() {
    return this.run('return complaints');
  }

  /**
   * Runs a function in the page.
   *
   * @param {((...values: any[]) => unknown) | string} task or the text of one
   * @param {...unknown} values
   * @returns {Promise<any>}
   */
  run(task, ...values) {
    const script = typeof task === 'string' ? task : `return (${task}).apply(null, arguments)`;
    return this.#post('execute/sync', { script, args: values });
  }

  /** @param {(...values: any[]) => unknown} holds in the page @param {string} complaint @param {...unknown} values */
  until(holds, complaint, ...values) {
    return until(
      async () => Boolean(await this.run(holds, ...values)),
      COMES_WITHIN,
      () => complaint,
    );
  }

  /** Waits for an element. @param {string} path in XPath @returns {Promise<Found>} */
  async find(path) {
    /** @type {Found[]} */
    let found = [];
    await until(
      async () => (found = await this.#post('elements', { using: 'xpath', value: path })).length > 0,
      COMES_WITHIN,
      () => `There is no ${path}`,
    );
    return found[0];
  }

  /** Presses what is found, as soon as nothing lies over it. @param {string} path */
  async press(path) {
    /** @type {unknown} */
    let problem;
    const isPressed = async () =>
      this.#post(`element/${(await this.find(path))[ELEMENT]}/click`, {}).then(
        () => true,
        (error) => {
          problem = error;
          return false;
        },
      );
    await until(isPressed, COMES_WITHIN, () => `${path} cannot be pressed: ${problem}`);
  }

  /** @param {string} name of a button */
  pressButton(name) {
    return this.press(`//button[normalize-space()="${name}" or @aria-label="${name}"]`);
  }

  /** Types into a field; the path of a file into one for files. @param {string} path @param {string} text */
  async type(path, text) {
    await this.#post(`element/${(await this.find(path))[ELEMENT]}/value`, { text });
  }

  /** Types to whatever has the focus. @param {string} text */
  async keys(text) {
    const actions = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Taps at a place in the window. @param {number} x @param {number} y */
  async tap(x, y) {
    const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y) };
    const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    await this.#post('actions', {
      actions: [{ type: 'pointer', id: 'finger', parameters: { pointerType: 'touch' }, actions }],
    });
  }

  /** @param {string} path @returns {Promise<string>} what is seen of an element: a PNG as a data address */
  async picture(path) {
    const found = await this.find(path);
    return `data:image/png;base64,${await ask(`${this.#session}/element/${found[ELEMENT]}/screenshot`, 'GET')}`;
  }

  async close() {
    await ask(this.#session, 'DELETE').catch(() => undefined); // the programs are ended anyway
    await this.#end();
  }

  /** @param {string} path @param {object} body */
  #post(path, body) {
    return ask(`${this.#session}/${path}`, 'POST', body);
  }
}

/**
 * @param {string} url
 * @param {string} method
 * @param {object} [body]
 * @returns {Promise<any>} the value of the answer
 * @throws {Error} with what the driver says
 */
async function ask(url, method, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = /** @type {any} */ (await answer.json());
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** A program and those that it has started. @param {import('node:child_process').ChildProcess} program */
async function endGroup(program) {
  if (program.pid === undefined || program.exitCode !== null) return;
  const ended = once(program, 'exit');
  process.kill(-program.pid, 'SIGKILL');
  await ended;
}
