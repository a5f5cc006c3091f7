/** The main task: a student signs in, draws a curve, writes, and finds everything again, here and on another device. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchChromium } from './lib/chromium.js';
import { SKIP, startServer, until } from './lib/server.js';
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

/** @param {Visitor} visitor counts the pixels of a family's picture that differ from the background */
function ink(visitor, name = 'Square root') {
  return visitor.page
    .getByRole('link', { name: new RegExp(`^${name} \\(`) })
    .locator('canvas')
    .evaluate((element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let i = 0; i < pixels.length; i += 4) {
        const colourful =
          Math.max(pixels[i], pixels[i + 1], pixels[i + 2]) - Math.min(pixels[i], pixels[i + 1], pixels[i + 2]);
        if (pixels[i + 3] > 0 && colourful > 60) count += 1;
      }
      return count;
    });
}

/** @param {Visitor} visitor */
async function seesTheWork(visitor) {
  await visitor.page.getByRole('link', { name: 'Square root (graph and notes, completed)' }).waitFor();
  await until(
    async () => (await ink(visitor)) > 50,
    60_000,
    () => 'The curve is not drawn on the picture.',
  );
  await visitor.openTile('Square root');
  assert.equal(await visitor.notes(), 'It starts at the origin.');
  assert.equal(await visitor.page.getByRole('checkbox', { name: 'Mark as complete' }).isChecked(), true);
}

test('work is kept over a reload, a second browser and signing out', { skip: SKIP }, async () => {
  const ann = await Visitor.arrive(browser, server);
  await ann.signIn('ann@school.example');
  await ann.waitForStatus('Saved on the server');
  await ann.openTile('Square root');
  assert.equal(await ann.page.title(), 'Square root · Math Museums');
  await ann.draw('y=sqrt(x');
  await ann.write('It starts at the origin.');
  await ann.page.getByRole('checkbox', { name: 'Mark as complete' }).check();
  await ann.waitForStatus('Saved on the server');

  await ann.page.reload();
  await ann.page.getByRole('heading', { name: 'Square root', level: 1 }).waitFor();
  assert.equal(await ann.notes(), 'It starts at the origin.');
  await ann.backToMuseum();
  await seesTheWork(ann);

  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.signIn('ANN@school.example');
  await seesTheWork(elsewhere);
  await elsewhere.leave();

  await ann.backToMuseum();
  await ann.signOut();
  await ann.page.getByRole('link', { name: /^Square root \(empty/ }).waitFor();
  await ann.waitForStatus('Kept on this device only');
  await ann.leave();
});

test('what another device did arrives without a reload', { skip: SKIP }, async () => {
  const one = await Visitor.arrive(browser, server);
  await one.signIn('ben@school.example');
  const other = await Visitor.arrive(browser, server);
  await other.signIn('ben@school.example');
  await other.openTile('Cubic');
  await one.openTile('Cubic');
  await one.write('An S.');
  await one.waitForStatus('Saved on the server');
  await other.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await other.page.waitForFunction(
    () => /** @type {HTMLTextAreaElement} */ (document.getElementById('notes')).value === 'An S.',
  );
  await one.leave();
  await other.leave();
});

test("two tabs show each other's work at once", { skip: SKIP }, async () => {
  const tab = await Visitor.arrive(browser, server);
  const other = await tab.secondTab();
  await tab.openTile('Linear');
  await tab.write('A straight line.');
  await other.page.getByRole('link', { name: 'Linear (notes)' }).waitFor();
  await tab.page.getByRole('checkbox', { name: 'Mark as complete' }).check();
  await other.page.getByRole('link', { name: 'Linear (notes, completed)' }).waitFor();
  other.checkComplaints();
  await tab.leave();
});

test('a graph under a pressed pointer waits with what arrives until it is let go', { skip: SKIP }, async () => {
  const hand = await Visitor.arrive(browser, server);
  const other = await hand.secondTab();
  await hand.openTile('Linear');
  await other.openTile('Linear');
  await hand.page.waitForFunction(() => !document.documentElement.matches(':active-view-transition')); // The transition receives all presses.
  const plane = await hand.page.locator('.graph-plane').boundingBox();
  assert.ok(plane);
  await hand.page.mouse.move(plane.x + plane.width / 2, plane.y + 40);
  await hand.page.mouse.down();
  await hand.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur()); // As in Safari, where a press does not focus a button.
  const lines = () => hand.page.locator('.graph-row').count();
  const before = await lines();
  await other.draw('y=x+1');
  await other.waitForStatus('Saved on this device');
  await other.write('Both are here.');
  await hand.page.waitForFunction(
    () => /** @type {HTMLTextAreaElement} */ (document.getElementById('notes')).value === 'Both are here.',
  );
  assert.equal(await lines(), before);
  await hand.page.mouse.up();
  await hand.page.waitForFunction((count) => document.querySelectorAll('.graph-row').length > count, before);
  other.checkComplaints();
  await hand.leave();
});

test('what is done on a graph takes nothing away that arrives before the next frame', { skip: SKIP }, async () => {
  const hand = await Visitor.arrive(browser, server);
  const other = await hand.secondTab();
  await hand.openTile('Linear');
  await other.openTile('Linear');
  await other.draw('y=x+1');
  const shown = hand.page.getByRole('button', { name: /^Expression 1, .*shown$/ });
  await shown.waitFor();
  await hand.page.evaluate(() => {
    Object.assign(window, { nextFrame: window.requestAnimationFrame, requestAnimationFrame: () => 1 }); // What arrives comes first.
    /** @type {HTMLElement} */ (document.querySelector('.graph-swatch')).click(); // Hides the line without focusing it.
  });
  await other.draw('y=2x');
  const lines = () => hand.page.locator('.graph-row').count();
  await until(
    async () => (await lines()) === 2,
    30_000,
    () => 'The line that arrived is not shown.',
  );
  await hand.page.evaluate(() =>
    Object.assign(window, { requestAnimationFrame: /** @type {any} */ (window).nextFrame }),
  );
  await other.backToMuseum();
  await hand.backToMuseum(); // Leaving the page reports and writes everything.
  await hand.openTile('Linear');
  await hand.page.getByRole('button', { name: /^Expression 1, .*hidden$/ }).waitFor();
  assert.equal(await lines(), 2);
  other.checkComplaints();
  await hand.leave();
});

test('a wrong code is explained, a code is pasted with spaces, and the address can be changed', {
  skip: SKIP,
}, async () => {
  const cleo = await Visitor.arrive(browser, server);
  cleo.expect(EXPECTED.refused);
  const { page } = cleo;
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Your e-mail address').fill('cleo');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'full e-mail address' }).waitFor();
  await page.getByLabel('Your e-mail address').fill('cleo@scool.example');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Send a new code \(\d+ s\)/ }).waitFor();
  await page.getByRole('button', { name: 'Change the address' }).click();
  await page.getByLabel('Your e-mail address').fill('cleo@school.example');
  await page.keyboard.press('Enter');
  const code = await server.code('cleo@school.example');
  const field = page.getByLabel('Six-digit code');
  await field.fill(code === '000000' ? '000001' : '000000');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'wrong or too old' }).waitFor();
  await field.fill('');
  await field.pressSequentially(`${code.slice(0, 3)} ${code.slice(3)}`);
  assert.equal(await field.inputValue(), code);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Your account: cleo@school.example' }).waitFor();
  await cleo.leave();
});

test('work made before signing in moves into the account', { skip: SKIP }, async () => {
  const dora = await Visitor.arrive(browser, server);
  await dora.openTile('Rational');
  await dora.write('Two branches.');
  await dora.waitForStatus('Saved on this device. Sign in to keep it safe.');
  await dora.backToMuseum();
  await dora.signIn('dora@school.example');
  await dora.page.getByText('now hangs in your museum: Rational.').waitFor();
  await dora.waitForStatus('Saved on the server');
  await dora.signOut();
  await dora.page.getByRole('link', { name: /^Rational \(empty/ }).waitFor();
  await dora.leave();

  const elsewhere = await Visitor.arrive(browser, server);
  await elsewhere.openTile('Rational');
  await elsewhere.write('Something else.');
  await elsewhere.backToMuseum();
  await elsewhere.signIn('dora@school.example');
  await elsewhere.page.getByText('Nothing was replaced').waitFor();
  await elsewhere.waitForStatus('Saved on the server');
  assert.deepEqual(await keptTexts(elsewhere), [
    ['Something else.', 'none'],
    ['Two branches.', 'open'],
  ]);
  await elsewhere.openTile('Rational');
  assert.equal(await elsewhere.notes(), 'Something else.');
  await elsewhere.signOut();
  assert.equal(await elsewhere.notes(), '');
  await elsewhere.leave();
});

/**
 * Returns the versions of a visitor's only tile, newest first: the notes, and whether they are in conflict.
 *
 * @param {Visitor} visitor
 */
async function keptTexts(visitor) {
  const get = (/** @type {string} */ path) =>
    visitor.page.evaluate((from) => fetch(from).then((response) => response.json()), path);
  const [{ id }] = await get('api/tiles/');
  return (await get(`api/tiles/${id}/versions/`)).map((/** @type {any} */ version) => [
    version.description,
    version.conflict,
  ]);
}

test('a second person on the same computer sees nothing of the first', { skip: SKIP }, async () => {
  const laptop = await Visitor.arrive(browser, server);
  await laptop.signIn('eve@school.example');
  await laptop.openTile('Linear');
  await laptop.write('Eve was here.');
  await laptop.waitForStatus('Saved on the server');
  await laptop.signOut();
  assert.equal(await laptop.notes(), '');
  await laptop.signIn('finn@school.example');
  assert.equal(await laptop.notes(), '');
  await laptop.signOut();
  await laptop.signIn('eve@school.example');
  await laptop.page.waitForFunction(
    () => /** @type {HTMLTextAreaElement} */ (document.getElementById('notes')).value === 'Eve was here.',
  );
  await laptop.leave();
});

test("what is typed for one account never goes into another's", { skip: SKIP }, async () => {
  const gina = await Visitor.arrive(browser, server);
  gina.expect(EXPECTED.offline);
  await gina.page.route('**/api/events/', (route) => route.abort()); // It would be notified there.
  await gina.signIn('gina@school.example');
  await gina.openTile('Linear');
  await gina.waitForStatus('Saved on the server');
  await gina.page.evaluate(() =>
    fetch('auth/logout/', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }),
  );
  await signInBehindThePage(gina, 'hugo@school.example');
  await gina.write('This is for Gina alone.');
  await gina.page.getByRole('button', { name: 'Your account: hugo@school.example' }).waitFor();
  assert.equal(await gina.notes(), '');
  assert.deepEqual(await gina.page.evaluate(() => fetch('api/tiles/').then((response) => response.json())), []);
  await gina.signOut();
  await gina.signIn('gina@school.example');
  await gina.waitForStatus('Saved on the server');
  assert.equal(await gina.notes(), 'This is for Gina alone.');
  await gina.leave();
});

/**
 * Signs in as if in another tab, without notifying this page.
 *
 * @param {Visitor} visitor
 * @param {string} email
 */
async function signInBehindThePage(visitor, email) {
  /** @param {string} path @param {object} body */
  const post = (path, body) =>
    visitor.page.evaluate(
      ({ to, text }) =>
        fetch(to, { method: 'POST', body: text, headers: { 'Content-Type': 'application/json' } }).then(
          (response) => response.ok,
        ),
      { to: path, text: JSON.stringify(body) },
    );
  assert.ok(await post('auth/request-otp/', { email }));
  assert.ok(await post('auth/verify-otp/', { email, otp_code: await server.code(email) }));
}
