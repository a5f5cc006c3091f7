import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';

/** Why the browser tests cannot run here, or false if they can. */
export const NO_BROWSER = existsSync(EXECUTABLE) ? false : `there is no ${EXECUTABLE}`;

export const OPTIONS = {
  executablePath: EXECUTABLE,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** @returns {Promise<import('playwright-core').Browser>} a browser without background requests */
export function launchChromium() {
  return chromium.launch(OPTIONS);
}
