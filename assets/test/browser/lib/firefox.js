import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const EXECUTABLE = '/usr/bin/firefox-esr';

/** Why the tests in Firefox cannot run here, or false. */
export const NO_FIREFOX = existsSync(EXECUTABLE) ? false : `there is no ${EXECUTABLE}: install Debian's package firefox-esr`;

/** On a machine that does much else. */
const WITHIN = 60_000;

/**
 * A Firefox as Debian has it. Playwright drives only one of its own making, so this is done with Puppeteer.
 *
 * @returns {Promise<import('puppeteer-core').Browser>}
 */
export function launchFirefox() {
  return puppeteer.launch({ browser: 'firefox', executablePath: EXECUTABLE, timeout: WITHIN, protocolTimeout: 2 * WITHIN });
}

/**
 * @param {import('puppeteer-core').Browser} browser
 * @returns {Promise<{page: import('puppeteer-core').Page, complaints: string[]}>} a page, and what its console and its
 *   content security policy will have to say
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
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(`refused by ${violatedDirective}: ${blockedURI}`));
  });
  return { page, complaints };
}
