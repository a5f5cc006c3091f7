/** A work that was changed on two devices: both versions are shown, and the student chooses. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { checkLooks } from './lib/looks.js';
import { SKIP, startServer } from './lib/server.js';
import { EXPECTED, Visitor } from './lib/visitor.js';

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  if (!SKIP) [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

const BEGUN = 'It doubles with each step.';
const PHONE = 'It triples with each step.';
const LAPTOP = 'It doubles with each long step.';

/**
 * Writes on the laptop while it is offline, and meanwhile on the phone.
 *
 * @param {string} email
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function writeOnTwoDevices(email, options = {}) {
  const laptop = await Visitor.arrive(browser, server, options);
  laptop.expect(EXPECTED.offline);
  await laptop.signIn(email);
  await laptop.openTile('Exponential');
  await laptop.draw('y=2^x');
  await laptop.write(BEGUN);
  await laptop.waitForStatus('Saved on the server');
  const phone = await Visitor.arrive(browser, server);
  await phone.signIn(email);
  await phone.openTile('Exponential');
  await phone.page.waitForFunction(
    (text) => /** @type {HTMLTextAreaElement} */ (document.getElementById('notes')).value === text,
    BEGUN,
  );
  await laptop.page.context().setOffline(true);
  await laptop.write(LAPTOP);
  await laptop.draw('y=x');
  await laptop.waitForStatus('Offline. Saved on this device.');
  await phone.write(PHONE);
  await phone.waitForStatus('Saved on the server');
  await laptop.page.context().setOffline(false);
  await notice(laptop).waitFor({ timeout: 60_000 });
  return { laptop, phone };
}

/** @param {Visitor} visitor */
function notice({ page }) {
  return page.getByText('You changed this on two devices.');
}

/** @param {Visitor} visitor */
async function lookAtBoth({ page }) {
  await page.getByRole('button', { name: 'Look at both' }).click();
  const dialog = page.getByRole('dialog', { name: 'Changed on two devices' });
  await dialog.getByRole('button', { name: 'Keep both' }).waitFor();
  return dialog;
}

/**
 * Checks the notes on all devices after the conflict is settled.
 *
 * @param {{laptop: Visitor, phone: Visitor}} people
 * @param {string} notes
 */
async function settledEverywhere({ laptop, phone }, notes) {
  for (const visitor of [laptop, phone]) {
    await notice(visitor).waitFor({ state: 'hidden', timeout: 60_000 });
    await visitor.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur()); // So that the notes are not being edited.
    await visitor.page.waitForFunction(
      (text) => /** @type {HTMLTextAreaElement} */ (document.getElementById('notes')).value === text,
      notes,
    );
    await visitor.waitForStatus('Saved on the server');
  }
  await laptop.leave();
  await phone.leave();
}

test('both sides are shown, with their differences marked', { skip: SKIP }, async () => {
  const people = await writeOnTwoDevices('ann@school.example');
  const { laptop } = people;
  const dialog = await lookAtBoth(laptop);
  const [mine, theirs] = [
    dialog.getByRole('region', { name: 'This one' }),
    dialog.getByRole('region', { name: 'The other one' }),
  ];
  assert.match(`${await theirs.textContent()}`, /Written on Chrome on Linux, today at /);
  assert.deepEqual(
    await mine
      .locator('.version-panel__notes mark')
      .evaluateAll((all) => all.map((each) => each.childNodes[1].textContent)),
    ['doubles', 'long'],
  );
  assert.deepEqual(
    await theirs
      .locator('.version-panel__notes mark')
      .evaluateAll((all) => all.map((each) => each.childNodes[1].textContent)),
    ['triples'],
  );
  assert.deepEqual(
    await mine
      .locator('.version-panel__lines li')
      .evaluateAll((all) => all.map((each) => Boolean(each.querySelector('mark')))),
    [false, true],
  );
  for (const side of [mine, theirs]) {
    const inked = await side.locator('canvas').evaluate((canvas) => {
      const { data } = /** @type {any} */ (/** @type {HTMLCanvasElement} */ (canvas).getContext('2d')).getImageData(
        0,
        0,
        canvas.clientWidth,
        canvas.clientHeight,
      );
      return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3).join())).size;
    });
    assert.ok(inked > 10, 'the graph is drawn');
  }
  await dialog.getByRole('button', { name: 'Keep this one' }).click();
  await settledEverywhere(people, LAPTOP);
});

test('keeping the other one', { skip: SKIP }, async () => {
  const people = await writeOnTwoDevices('ben@school.example');
  await (await lookAtBoth(people.laptop)).getByRole('button', { name: 'Keep the other' }).click();
  await settledEverywhere(people, PHONE);
});

test('keeping both, from the other device', { skip: SKIP }, async () => {
  const people = await writeOnTwoDevices('cleo@school.example');
  await notice(people.phone).waitFor({ timeout: 60_000 });
  await (await lookAtBoth(people.phone)).getByRole('button', { name: 'Keep both' }).click();
  await settledEverywhere(people, `${LAPTOP}\n\n${PHONE}`);
});

test('nothing waits for the choice, and the poster says it discreetly', { skip: SKIP }, async () => {
  const { laptop, phone } = await writeOnTwoDevices('dora@school.example');
  await laptop.write('Going on meanwhile.');
  await laptop.waitForStatus('Saved on the server');
  await laptop.backToMuseum();
  await laptop.page.getByRole('link', { name: 'Exponential (graph and notes, changed on two devices)' }).waitFor();
  await laptop.page.reload();
  await laptop.openTile('Exponential');
  const dialog = await lookAtBoth(laptop);
  assert.match(`${await dialog.getByRole('region', { name: 'This one' }).textContent()}`, /Going on meanwhile/);
  await laptop.page.keyboard.press('Escape');
  await notice(laptop).waitFor();
  await phone.leave();
  await laptop.leave();
});

test('by keyboard alone, and what is chosen offline is sent later', { skip: SKIP }, async () => {
  const people = await writeOnTwoDevices('eve@school.example');
  const { page } = people.laptop;
  await page.getByRole('button', { name: 'Look at both' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Changed on two devices' });
  await dialog.getByRole('button', { name: 'Keep both' }).waitFor();
  await page.context().setOffline(true);
  const pressed = [];
  for (let i = 0; i < 4; i += 1) {
    await page.keyboard.press('Tab');
    pressed.push(
      await page.evaluate(
        () => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label'),
      ),
    );
  }
  assert.deepEqual(pressed.slice(0, 4), ['Close', 'Keep this one', 'Keep the other', 'Keep both']);
  await page.keyboard.press('Enter');
  await notice(people.laptop).waitFor({ state: 'hidden' });
  assert.equal(
    await page.evaluate(() => document.activeElement?.textContent),
    'Earlier versions',
    'the focus is where the choice can be looked up',
  );
  await people.laptop.waitForStatus('Offline. Saved on this device.');
  await page.context().setOffline(false);
  await settledEverywhere(people, `${LAPTOP}\n\n${PHONE}`);
});

test('offline it is said where the other side is', { skip: SKIP }, async () => {
  const { laptop, phone } = await writeOnTwoDevices('finn@school.example');
  await laptop.page.context().setOffline(true);
  await laptop.page.getByRole('button', { name: 'Look at both' }).click();
  const dialog = laptop.page.getByRole('dialog', { name: 'Changed on two devices' });
  await dialog.getByText('kept on the server, and it does not answer. Your work is safe').waitFor();
  await laptop.page.context().setOffline(false);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('button', { name: 'Keep both' }).waitFor();
  await laptop.leave();
  await phone.leave();
});

for (const [width, colorScheme] of /** @type {const} */ ([
  [320, 'light'],
  [1280, 'light'],
  [320, 'dark'],
  [1280, 'dark'],
])) {
  test(`the choice at ${width} px, ${colorScheme}`, { skip: SKIP }, async () => {
    const { laptop, phone } = await writeOnTwoDevices(`gus.${width}.${colorScheme}@school.example`, {
      viewport: { width, height: 800 },
      colorScheme,
      bypassCSP: true,
    });
    await checkLooks(laptop, 'the word on the page');
    await lookAtBoth(laptop);
    await checkLooks(laptop, 'both sides');
    await laptop.leave();
    await phone.leave();
  });
}
