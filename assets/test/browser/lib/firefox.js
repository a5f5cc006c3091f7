import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const EXECUTABLE = '/usr/bin/firefox-esr';

/** Why the tests in Firefox cannot run here, or false. */
export const NO_FIREFOX = existsSync(EXECUTABLE)
  ? false
  : `there is no ${EXECUTABLE}: install Debian's package firefox-esr`;

/** Milliseconds, generous for busy machines. */
const WITHIN = 60_000;

/**
 * Starts Debian's Firefox. Playwright only drives its own build, so this uses Puppeteer.
 *
 * @returns {Promise<import('puppeteer-core').Browser>}
 */
export function launchFirefox() {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: EXECUTABLE,
    timeout: WITHIN,
    protocolTimeout: 2 * WITHIN,
  });
}

/**
 * @param {import('puppeteer-core').Browser} browser
 * @returns {Promise<{page: import('puppeteer-core').Page, complaints: string[]}>} a page, and the messages of its
 *   console and content security policy
 */
export async function openPage(browser) {
  const page = await browser.newPage();
  page.setDefaultTimeout(WITHIN);
  await page.setViewport({ width: 1280, height: 900 });
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  await page.evaluateOnNewDocument(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`refused by ${violatedDirective}: ${blockedURI}`),
    );
  });
  return { page, complaints };
}
