/**
 * A device that has installed the authority of `serve --tls lan` can open the museum offline, and trusts the authority
 * for nothing else.
 */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { OPTIONS } from './lib/chromium.js';
import { SKIP, until } from './lib/server.js';

const BINARY = `${process.env.MATHMUSEUMS_BINARY}`;
const NO_CERTUTIL = existsSync('/usr/bin/certutil') ? false : 'certutil is missing: install the package libnss3-tools';

/** @type {string} */
let folder;
/** @type {import('node:child_process').ChildProcess} */
let program;
/** @type {string} */
let port;

before(async () => {
  if (SKIP || NO_CERTUTIL) return;
  folder = await mkdtemp(join(tmpdir(), 'mathmuseums-lan-'));
  program = spawn(BINARY, ['serve', '--tls', 'lan', '--addr', '127.0.0.1:0', '--data-dir', join(folder, 'museum')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  program.stdout?.on('data', (data) => {
    log += data;
  });
  await until(
    async () => log.includes('Ctrl+C closes it'),
    60_000,
    () => `The museum did not start:\n${log}`,
  );
  port = /https:\/\/localhost:(\d+)\//.exec(log)?.[1] ?? '';
});
after(async () => {
  program?.kill();
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/**
 * Starts a browser with its own home folder, with or without the authority installed as a user would do it.
 *
 * @param {string} name
 * @param {boolean} installs
 */
async function device(name, installs) {
  const home = join(folder, name);
  const store = join(home, '.pki', 'nssdb');
  await mkdir(store, { recursive: true });
  if (installs) {
    const file = join(home, 'math-museums.crt');
    await writeFile(file, await (await fetch(`http://127.0.0.1:${port}/math-museums.crt`)).text());
    execFileSync('certutil', ['-N', '-d', `sql:${store}`, '--empty-password']);
    execFileSync('certutil', ['-A', '-d', `sql:${store}`, '-n', 'museum', '-t', 'C,,', '-i', file]);
  }
  return chromium.launchPersistentContext(join(home, 'profile'), { ...OPTIONS, env: { ...process.env, HOME: home } });
}

test('a device that trusts the authority keeps the museum, and opens it without the network', {
  skip: SKIP || NO_CERTUTIL,
}, async () => {
  const browser = await device('with', true);
  const page = await browser.newPage();
  await page.goto(`https://127.0.0.1:${port}/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
    timeout: 60_000,
  });
  await browser.setOffline(true);
  await page.reload();
  await page.getByRole('link', { name: 'Linear' }).or(page.getByText('Linear')).first().waitFor();
  await browser.close();
});

test('a device that does not is refused, and finds by http how to install it', {
  skip: SKIP || NO_CERTUTIL,
}, async () => {
  const browser = await device('without', false);
  const refused = await browser.newPage();
  await assert.rejects(refused.goto(`https://127.0.0.1:${port}/`), /ERR_CERT_AUTHORITY_INVALID/);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.getByRole('heading', { name: 'Let this device trust the museum' }).waitFor();
  assert.equal(
    await page.getByRole('link', { name: 'Open the museum' }).getAttribute('href'),
    `https://127.0.0.1:${port}/`,
  );
  await browser.close();
});
