/** Nothing is lost when the network, the server or the session goes away. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
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

/**
 * Returns the notes of a tile as shown in a second browser.
 *
 * @param {string} email
 * @param {string} family
 */
async function notesElsewhere(email, family) {
  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn(email);
  await elsewhere.page.getByRole('link', { name: new RegExp(`^${family} \\((?!empty)`) }).waitFor();
  await elsewhere.openTile(family);
  const notes = await elsewhere.notes();
  await elsewhere.leave();
  return notes;
}

/**
 * Returns an export that contains only accounts.
 *
 * @param {number} count
 */
function manyStudents(count) {
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      kind: 'user',
      id: 10_000 + i,
      email: `student${i}@school.example`,
      display_name: 'A student with a long name'.repeat(20),
      is_active: true,
      is_staff: false,
      is_superuser: false,
      date_joined: '2026-11-28T10:00:00Z',
      last_login: null,
      photos: [],
    }),
  );
  return ['{"kind":"math-museums","format":1}', ...lines, '{"kind":"end"}', ''].join('\n');
}

test('typing goes on while offline and is sent when the network is back', { skip: SKIP }, async () => {
  const ann = await Visitor.arrive(browser, server);
  ann.expect(EXPECTED.offline);
  await ann.signIn('ann@school.example');
  await ann.openTile('Exponential');
  await ann.write('It doubles.');
  await ann.waitForStatus('Saved on the server');
  await ann.page.context().setOffline(true);
  await ann.write('It doubles with each step.');
  await ann.waitForStatus('Offline. Saved on this device.');
  await ann.page.context().setOffline(false);
  await ann.waitForStatus('Saved on the server');
  await ann.leave();
  assert.equal(await notesElsewhere('ann@school.example', 'Exponential'), 'It doubles with each step.');
});

test('a server that stops and starts again gets what was written meanwhile', { skip: SKIP }, async () => {
  const ben = await Visitor.arrive(browser, server);
  ben.expect(EXPECTED.offline);
  await ben.signIn('ben@school.example');
  await ben.openTile('Linear');
  await ben.waitForStatus('Saved on the server');
  await server.stop();
  await ben.write('Written without a server.');
  await ben.waitForStatus('Could not send: the museum does not answer. Saved on this device');
  await server.start();
  await ben.waitForStatus('Saved on the server');
  await ben.leave();
  assert.equal(await notesElsewhere('ben@school.example', 'Linear'), 'Written without a server.');
});

test('what is written while an import has the museum stays on the device, and is sent when that is done', {
  skip: SKIP,
}, async () => {
  const eva = await Visitor.arrive(browser, server);
  eva.expect(EXPECTED.busy);
  await eva.signIn('eva@school.example');
  await eva.openTile('Quadratic');
  await eva.waitForStatus('Saved on the server');
  const letEnd = await server.importHalf(manyStudents(5_000));
  await eva.write('Written during an import.');
  await eva.waitForStatus('Could not send: the museum is busy. Saved on this device');
  await eva.page.reload();
  assert.equal(await eva.notes(), 'Written during an import.');
  await letEnd();
  await eva.waitForStatus('Saved on the server');
  await eva.leave();
  assert.equal(await notesElsewhere('eva@school.example', 'Quadratic'), 'Written during an import.');
});

test('a session that has ended keeps the work and sends it after signing in again', { skip: SKIP }, async () => {
  const cleo = await Visitor.arrive(browser, server);
  cleo.expect(EXPECTED.refused);
  await cleo.signIn('cleo@school.example');
  await cleo.openTile('Cubic');
  await cleo.waitForStatus('Saved on the server');
  await cleo.page.context().clearCookies();
  await cleo.write('Written after the session ended.');
  await cleo.waitForStatus('Please sign in again. Your work is kept on this device.');
  await cleo.page.reload();
  assert.equal(await cleo.notes(), 'Written after the session ended.');
  await cleo.signIn('cleo@school.example');
  await cleo.waitForStatus('Saved on the server');
  await cleo.leave();
  assert.equal(await notesElsewhere('cleo@school.example', 'Cubic'), 'Written after the session ended.');
});

test('the last letters before the page is closed are kept', { skip: SKIP }, async () => {
  const dora = await Visitor.arrive(browser, server);
  await dora.openTile('Piecewise');
  await dora.page.getByLabel('Notes', { exact: true }).pressSequentially('One rule here, another there.');
  await dora.page.goto('about:blank');
  await dora.page.goto(`${server.url}#/tile/piecewise`);
  await dora.page.getByRole('heading', { name: 'Piecewise', level: 1 }).waitFor();
  assert.equal(await dora.notes(), 'One rule here, another there.');
  await dora.leave();
});

test('a tile that the server does not take does not hold up the others', { skip: SKIP }, async () => {
  const eve = await Visitor.arrive(browser, server);
  eve.expect(EXPECTED.refused);
  await eve.signIn('eve@school.example');
  await eve.openTile('Cubic');
  await eve.write('Longer than a text may be. '.repeat(40_000));
  await eve.waitForStatus('Could not send Cubic. The text is too long to save');
  await eve.backToMuseum();
  await eve.openTile('Linear');
  const sent = eve.page.waitForResponse(
    (response) => response.ok() && response.request().postData()?.includes('Still sent.') === true,
  );
  await eve.write('Still sent.');
  await sent;
  await eve.waitForStatus('Could not send Cubic');
  assert.equal(await notesElsewhere('eve@school.example', 'Linear'), 'Still sent.');
  await eve.backToMuseum();
  await eve.openTile('Cubic');
  await eve.write('Without it.');
  await eve.waitForStatus('Saved on the server');
  await eve.leave();
});

test('two devices that make the same tile at the same moment both keep their part', { skip: SKIP }, async () => {
  const phone = await Visitor.arrive(browser, server);
  await phone.signIn('ida@school.example');
  const laptop = await Visitor.arrive(browser, server);
  await laptop.signIn('ida@school.example');
  await laptop.openTile('Cubic');
  await laptop.waitForStatus('Saved on the server');
  let first = true;
  await laptop.page.route('**/api/sync/', async (route) => {
    if (first && route.request().postData()?.includes('From the laptop.')) {
      first = false;
      await phone.openTile('Cubic');
      await phone.page.getByRole('checkbox', { name: 'Mark as complete' }).check();
      await phone.waitForStatus('Saved on the server');
    }
    await route.continue();
  });
  await laptop.write('From the laptop.');
  await laptop.waitForStatus('Saved on the server');
  await laptop.backToMuseum();
  await laptop.page.getByRole('link', { name: 'Cubic (notes, completed)' }).waitFor();
  await laptop.leave();
  await phone.leave();
  assert.equal(await notesElsewhere('ida@school.example', 'Cubic'), 'From the laptop.');
});

test('only what changed is sent', { skip: SKIP }, async () => {
  const finn = await Visitor.arrive(browser, server);
  await finn.signIn('finn@school.example');
  await finn.openTile('Linear');
  await finn.write('First.');
  await finn.waitForStatus('Saved on the server');
  /** @type {string[]} */
  const sent = [];
  finn.page.on('request', (request) => {
    if (!['GET', 'HEAD'].includes(request.method())) sent.push(`${request.method()} ${request.postData()}`);
  });
  const saved = finn.page.waitForResponse((response) => response.request().postData()?.includes('Second.') === true);
  await finn.write('Second.');
  await saved;
  await finn.waitForStatus('Saved on the server');
  assert.equal(sent.length, 1);
  assert.match(
    sent[0],
    /^POST \{"cursor":1,"epoch":"\w+","changes":\[\{"change_id":"\w+","concept_type":"linear","base_version":1,"fields":\{"description":"Second\."\}\}\]\}$/,
  );
  await finn.leave();
});

test('a browser that keeps nothing says so, and still sends', { skip: SKIP }, async () => {
  const gus = await Visitor.arrive(browser, server);
  await gus.page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      value: {
        open() {
          throw new DOMException('No.', 'SecurityError');
        },
      },
    });
  });
  await gus.page.reload();
  await gus.waitForStatus('This browser keeps nothing when you close it. Sign in to keep your work.');
  await gus.signIn('gus@school.example');
  await gus.openTile('Linear');
  await gus.write('Kept by the server alone.');
  await gus.waitForStatus('Saved on the server');
  await gus.leave();
  assert.equal(await notesElsewhere('gus@school.example', 'Linear'), 'Kept by the server alone.');
});

test('a device without room says so, and saves once there is some', { skip: SKIP }, async () => {
  const jane = await Visitor.arrive(browser, server);
  await jane.openTile('Linear');
  await jane.page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    const full = /** @type {any} */ (window);
    full.makeRoom = () => {
      IDBObjectStore.prototype.put = put;
    };
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('No room.', 'QuotaExceededError');
    };
  });
  await jane.write('Too much.');
  await jane.waitForStatus('Not saved: this device has no room left.');
  await jane.write('Too much, and more.');
  await jane.page.evaluate(() => /** @type {any} */ (window).makeRoom());
  await jane.waitForStatus('Saved on this device.');
  await jane.page.reload();
  assert.equal(await jane.notes(), 'Too much, and more.');
  await jane.leave();
});
