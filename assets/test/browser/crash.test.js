/**
 * Browsers that die while saving, and browsers without free space: what was reported as saved is there, and nothing
 * typed is lost silently.
 */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Profile } from './lib/profile.js';
import { SKIP, startServer, until } from './lib/server.js';
import { EXPECTED } from './lib/visitor.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./lib/visitor.js').Visitor} Visitor */

/** Number of kills of each kind. */
const KILLS = 8;

/**
 * Milliseconds after the first letter within which the browser may be killed: some writes are done by then, some are
 * not.
 */
const KILLED_WITHIN = 1_200;

const SAVED = 'Saved on this device';
const FULL = 'Not saved: this device has no room left.';

/** @type {import('./lib/server.js').Server} */
let server;
/** @type {Profile} */
let profile;

before(async () => {
  if (!SKIP) [server, profile] = await Promise.all([startServer(), Profile.make()]);
});
after(async () => {
  await profile?.remove();
  await server?.remove();
});

/**
 * Records each time the page reports that something is saved, with the notes at that moment.
 *
 * @param {string[]} heard
 */
function hearing(heard) {
  return async (/** @type {Page} */ page) => {
    await page.exposeBinding('saved', (_, text) => {
      heard.push(text);
    });
    await page.addInitScript(report, SAVED);
  };
}

/** Runs in the page. @param {string} words */
function report(words) {
  document.addEventListener('DOMContentLoaded', () => {
    const status = /** @type {HTMLElement} */ (document.getElementById('status'));
    new MutationObserver(() => {
      const notes = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('notes'));
      if (notes && status.textContent?.startsWith(words)) /** @type {any} */ (window).saved(notes.value);
    }).observe(status, { childList: true, characterData: true, subtree: true });
  });
}

/**
 * Types until the browser is killed, and checks what is left.
 *
 * @param {'killTabs' | 'kill'} kill
 */
async function typeAndDie(kill) {
  /** @type {string[]} */
  const heard = [];
  const visitor = await profile.open(server, '#/tile/cubic', hearing(heard));
  visitor.expect(/./);
  const before = await visitor.notes();
  const notes = visitor.page.getByLabel('Notes', { exact: true });
  await notes.press('Control+End');
  let typed = before;
  let dead = false;
  const typing = (async () => {
    for (let i = 0; !dead; i++) {
      typed += `${i % 10}`;
      await notes.press(`${i % 10}`, { timeout: 5_000 });
    }
  })().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * KILLED_WITHIN));
  await profile[kill]();
  dead = true;
  await typing;
  if (kill === 'killTabs') await visitor.page.close().catch(() => undefined);
  const again = await profile.open(server, '#/tile/cubic');
  const kept = await again.notes();
  await again.page.close();
  return { typed, heard: heard.at(-1) ?? before, kept };
}

for (const [kill, what] of /** @type {const} */ ([
  ['killTabs', 'tab'],
  ['kill', 'browser'],
])) {
  test(`a ${what} that is killed while it saves has kept what it said is saved`, { skip: SKIP }, async (context) => {
    const lost = [];
    let saved = 0;
    for (let i = 0; i < KILLS; i++) {
      const { typed, heard, kept } = await typeAndDie(kill);
      assert.ok(kept.startsWith(heard), `${heard} was saved, ${kept} is there`);
      assert.ok(typed.startsWith(kept), `${typed} was typed, ${kept} is there`);
      lost.push(typed.length - kept.length);
      saved = kept.length;
    }
    assert.ok(saved > 0, 'it was killed before it did anything');
    context.diagnostic(`letters that were typed and not yet said to be saved, and are gone: ${lost.join(', ')}`);
  });
}

test('what was typed into a tab that died before it was sent is sent when it is opened again', {
  skip: SKIP,
}, async () => {
  const visitor = await profile.open(server);
  visitor.expect(EXPECTED.offline);
  await visitor.signIn('fay@school.example');
  await visitor.openTile('Rational');
  await visitor.waitForStatus('Saved on the server');
  await visitor.page.route('**/api/sync/', (route) => route.abort());
  await visitor.write('Typed, kept, and cut off.');
  await visitor.waitForStatus('Could not send');
  visitor.checkComplaints();
  await profile.killTabs();
  await visitor.page.close();
  const again = await profile.open(server);
  await again.waitForStatus('Saved on the server');
  const tiles = await again.page.evaluate(() => fetch('api/tiles/').then((response) => response.json()));
  const rational = tiles.find((/** @type {{concept_type: string}} */ tile) => tile.concept_type === 'rational');
  assert.equal(rational.description, 'Typed, kept, and cut off.');
  await again.signOut();
  again.checkComplaints();
  await again.page.close();
});

/**
 * Leaves the museum no space on the device, and writes until it notices: the browser checks the quota only now and
 * then.
 *
 * @param {Visitor} visitor
 * @returns {Promise<{words: string, makeRoom: () => Promise<void>}>} `words` is the current text of the notes
 */
async function fillUp(visitor) {
  const session = await visitor.page.context().newCDPSession(visitor.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 1 });
  const status = visitor.page.locator('#status');
  let words = '';
  await until(
    async () => {
      words = noise(100_000);
      await visitor.write(words);
      await status.filter({ hasText: /^(Not saved|Saved)/ }).waitFor();
      return (await status.textContent())?.startsWith(FULL) === true;
    },
    120_000,
    () => 'There is still room.',
  );
  return { words, makeRoom: () => session.detach() };
}

/** Returns text that compression hardly reduces. @param {number} length */
function noise(length) {
  let text = '';
  while (text.length < length) text += Math.random().toString(36).slice(2);
  return text.slice(0, length);
}

/** @param {Visitor} visitor @param {string} where */
async function picture({ page }, where) {
  const folder = process.env.TEST_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${where}.png`) });
}

test('a full device says so, at once and at the tile, and saves when there is room', { skip: SKIP }, async () => {
  const visitor = await profile.open(server, '#/tile/linear');
  const { words, makeRoom } = await fillUp(visitor);
  await visitor.page.locator('.placard__status').filter({ hasText: FULL }).waitFor();
  await picture(visitor, 'quota-full');
  await visitor.write(`${words} and more`);
  await visitor.waitForStatus(FULL);
  await makeRoom();
  await visitor.waitForStatus(SAVED);
  await visitor.page.reload();
  await visitor.page.locator('html[data-ready]').waitFor();
  assert.equal(await visitor.notes(), `${words} and more`);
  visitor.checkComplaints();
  await visitor.page.close();
});

test('what was typed on a full device is there again when the page was closed all the same', {
  skip: SKIP,
}, async () => {
  const visitor = await profile.open(server, '#/tile/rational');
  const { words } = await fillUp(visitor);
  let asked = false;
  visitor.page.on('dialog', (dialog) => {
    asked = dialog.type() === 'beforeunload';
    void dialog.accept();
  });
  const closed = visitor.page.waitForEvent('close');
  await visitor.page.close({ runBeforeUnload: true });
  await closed;
  assert.ok(asked, 'the browser asks before it closes');
  const again = await profile.open(server, '#/tile/rational');
  assert.equal(await again.notes(), words);
  await again.page.close();
});
