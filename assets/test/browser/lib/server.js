/**
 * Starts the museum's program for the browser tests, with an empty data folder and a free port, and reads sign-in codes
 * from its output.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_BROWSER } from './chromium.js';

const BINARY = process.env.MATHMUSEUMS_BINARY;

/** Why tests of the program cannot run here, or false. */
export const NO_BINARY = BINARY ? false : 'MATHMUSEUMS_BINARY does not name the program to test';

/** Why the browser tests cannot run here, or false. */
export const SKIP = NO_BINARY || NO_BROWSER;

/** Whether the program has a clock that tests can set, undefined until known. @type {boolean | undefined} */
let hasClock;

const START_WITHIN = 60_000;
const CODE_WITHIN = 60_000;

/** Tests sign in more often than people do. */
const LIMITS = {
  MATHMUSEUMS_CODES_PER_HOUR: '1000',
  MATHMUSEUMS_MAILS_PER_HOUR_AND_NETWORK: '10000',
  MATHMUSEUMS_MAILS_PER_HOUR: '10000',
  MATHMUSEUMS_SIGNIN_REQUESTS_PER_MINUTE: '1000',
};

/** Bytes in SQLite's log at which an import is paused: it begins to write there when its page cache is full. */
const IMPORTED = 1_000_000;

/**
 * @typedef {object} Server
 * @property {string} url address of the museum's page, with a slash at its end
 * @property {(email: string) => Promise<string>} code waits for the newest code for an address
 * @property {(email: string, password: string) => Promise<void>} addSuperuser
 * @property {() => Promise<void>} stop stops the program; its data stay
 * @property {() => Promise<void>} kill kills the program
 * @property {() => Promise<() => Promise<void>>} backUp copies its data; the result restores the copy
 * @property {(text: string) => Promise<() => Promise<void>>} importHalf begins an import and pauses it while it holds
 *   the database; the result resumes it
 * @property {(milliseconds: number) => Promise<void>} shiftClock sets the offset of the program's clock, which may be
 *   negative; requires "-tags testclock"
 * @property {() => Promise<void>} start starts it again on the same port and data
 * @property {() => Promise<void>} remove stops the program and removes its data
 */

/**
 * @param {{demo?: boolean, dev?: boolean}} [options] demo: with a demo class; dev: serves the front end from this
 *   source tree
 * @returns {Promise<Server>}
 */
export async function startServer({ demo = false, dev = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'mathmuseums-browser-'));
  if (demo) await run(['demo', '--into', folder]);
  const clock = `${folder}.clock`;
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}/`;
  let log = '';
  let copies = 0;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let program;

  async function start() {
    program = spawn(
      /** @type {string} */ (BINARY),
      ['serve', '--data-dir', folder, '--addr', address, ...(dev ? ['--dev'] : [])],
      {
        cwd: new URL('../../../..', import.meta.url),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...LIMITS, MATHMUSEUMS_TEST_CLOCK: clock },
      },
    );
    for (const stream of [program.stdout, program.stderr])
      stream?.on('data', (data) => {
        log += data;
      });
    await until(
      () => answers(url),
      START_WITHIN,
      () => `The museum did not start:\n${log}`,
    );
  }

  /** @param {NodeJS.Signals} signal */
  async function end(signal) {
    if (!program || program.exitCode !== null || program.signalCode !== null) return;
    const ended = once(program, 'exit');
    program.kill(signal);
    await ended;
  }

  const stop = () => end('SIGTERM');
  const kill = () => end('SIGKILL');

  async function backUp() {
    const copy = `${folder}.${++copies}`;
    await stop();
    await cp(folder, copy, { recursive: true });
    await start();
    return async () => {
      await stop();
      await rm(folder, { recursive: true });
      await cp(copy, folder, { recursive: true });
      await start();
    };
  }

  /** @param {string} text */
  async function importHalf(text) {
    const file = `${folder}.${++copies}`;
    const log = join(folder, 'museum.db-wal');
    await writeFile(file, text);
    const grown = (await size(log)) + IMPORTED;
    const importer = spawn(/** @type {string} */ (BINARY), ['import', file, '--data-dir', folder], { stdio: 'ignore' });
    const ended = once(importer, 'exit');
    await until(
      async () => importer.exitCode !== null || (await size(log)) > grown,
      START_WITHIN,
      () => 'The import does not write.',
    );
    importer.kill('SIGSTOP');
    return async () => {
      importer.kill('SIGCONT');
      const [code] = await ended;
      if (code !== 0) throw new Error(`The import ended with ${code}.`);
    };
  }

  async function remove() {
    await stop();
    for (const each of [folder, clock, ...Array.from({ length: copies }, (_, i) => `${folder}.${i + 1}`)])
      await rm(each, { recursive: true, force: true });
  }

  /** @param {number} milliseconds */
  async function shiftClock(milliseconds) {
    hasClock ??= (await readFile(/** @type {string} */ (BINARY))).includes('MATHMUSEUMS_TEST_CLOCK');
    if (!hasClock)
      throw new Error('The clock of this program cannot be moved. Build it with "go build -tags testclock".');
    await writeFile(`${clock}.next`, `${milliseconds}ms`);
    await rename(`${clock}.next`, clock); // atomic, so that the program never reads half a file
  }

  /** @param {string} email */
  async function code(email) {
    const pattern = new RegExp(`code (?:to delete the account )?for ${email.replaceAll('.', '\\.')}: (\\d{6})`, 'gi');
    const newest = () => [...log.matchAll(pattern)].at(-1)?.[1];
    await until(
      async () => newest() !== undefined,
      CODE_WITHIN,
      () => `No code for ${email}:\n${log}`,
    );
    const found = /** @type {string} */ (newest());
    log = log.replaceAll(pattern, 'code used');
    return found;
  }

  /**
   * @param {string} email
   * @param {string} password
   */
  async function addSuperuser(email, password) {
    await run(['createsuperuser', '--noinput', '--email', email, '--data-dir', folder], {
      MATHMUSEUMS_SUPERUSER_PASSWORD: password,
    });
  }

  await start();
  return { url, code, addSuperuser, shiftClock, start, stop, kill, backUp, importHalf, remove };
}

/**
 * Runs a command of the program.
 *
 * @param {string[]} args
 * @param {Record<string, string>} [env] additional environment
 */
async function run(args, env = {}) {
  const program = spawn(/** @type {string} */ (BINARY), args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const [code] = await once(program, 'exit');
  if (code !== 0) throw new Error(`“${args.join(' ')}” failed: exit code ${code}.`);
}

/**
 * @param {() => Promise<boolean>} holds
 * @param {number} within milliseconds
 * @param {() => string} complaint
 */
export async function until(holds, within, complaint) {
  const end = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(complaint());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Returns the size of a file in bytes, 0 if it does not exist. @param {string} path */
async function size(path) {
  return stat(path).then(
    (file) => file.size,
    () => 0,
  );
}

/** @param {string} url */
async function answers(url) {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

/** @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
