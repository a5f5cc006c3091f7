import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, settle } from './lib/grapher-page.js';

/** a, folder Arches with b and a note, closed folder Towers with c. */
const state = {
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: {
    list: [
      { type: 'expression', id: 'a', color: '#c74440', latex: 'y=1' },
      { type: 'folder', id: 'F', title: 'Arches' },
      { type: 'expression', id: 'b', color: '#2d70b3', latex: 'y=3', folderId: 'F' },
      { type: 'text', id: 'n', text: 'A note', folderId: 'F' },
      { type: 'folder', id: 'G', title: 'Towers', collapsed: true },
      { type: 'expression', id: 'c', color: '#388c46', latex: 'y=5', folderId: 'G' },
    ],
  },
};

/** @typedef {import('./lib/grapher-page.js').GrapherPage} GrapherPage */

/** @param {GrapherPage} grapher @returns {Promise<any[]>} */
const items = async (grapher) => {
  await settle(grapher.page);
  return (await grapher.state()).expressions.list;
};

describe('notes and folders', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('a quotation mark in an empty row begins a note, which has lines', async () => {
    const grapher = await lab.page({ state: { ...state, expressions: { list: [] } } });
    const { keyboard } = grapher.page;
    await grapher.page.getByRole('button', { name: 'Add expression' }).click();
    await keyboard.type('"The arch');
    await keyboard.press('Enter');
    await keyboard.type('is 12 m wide');
    const [note] = await items(grapher);
    assert.deepEqual(note, { type: 'text', id: note.id, text: 'The arch\nis 12 m wide' });
    await keyboard.press('Control+Enter');
    await keyboard.type('y=2');
    assert.deepEqual(
      (await items(grapher)).map((item) => item.latex ?? item.text),
      ['The arch\nis 12 m wide', 'y=2'],
    );
    await keyboard.press('ArrowUp');
    await keyboard.type('!');
    assert.match((await items(grapher))[0].text, /!/, 'the arrow went into the note');
    for (let i = 0; i < 3; i++) await keyboard.press('ArrowDown');
    await keyboard.press('End');
    await keyboard.type('1');
    assert.equal((await items(grapher))[1].latex, 'y=21', 'and from its end out of it');
    assert.deepEqual(grapher.complaints, []);
    await grapher.page.close();
  });

  test('a formula with a quotation mark before it stays a formula', async () => {
    const grapher = await lab.page({ state, mathLive: false });
    const field = grapher.page.getByRole('textbox', { name: 'Expression 1' });
    await field.press('Home');
    await field.pressSequentially('"');
    assert.equal((await items(grapher))[0].type, 'expression');
    await grapher.page.close();
  });

  test('by touch, a quotation mark begins a note too', async () => {
    const context = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
    const grapher = await lab.page({ state: { ...state, expressions: { list: [] } }, context });
    await grapher.page.getByRole('button', { name: 'Add expression' }).tap();
    // Like on-screen keyboards: text without key events.
    await grapher.page.keyboard.insertText('“');
    await grapher.page.keyboard.insertText('Sunday');
    const [note] = await items(grapher);
    assert.deepEqual(note, { type: 'text', id: note.id, text: 'Sunday' });
    await grapher.page.close();
  });

  test('Backspace in an empty note takes it away, and undo brings the text back', async () => {
    const grapher = await lab.page({ pause: 500, state });
    const note = grapher.page.getByRole('textbox', { name: 'Note 4' });
    await note.press('Control+A');
    await note.press('Backspace');
    await grapher.page.waitForTimeout(1000); // A pause ends an undo step.
    await note.press('Backspace');
    assert.equal((await items(grapher)).length, 5);
    await grapher.page.keyboard.press('Control+Z');
    await grapher.page.keyboard.press('Control+Z');
    assert.deepEqual(await items(grapher), state.expressions.list);
    await grapher.page.close();
  });

  test('a folder is opened and closed, named, and hides what is in it', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    const inside = page.locator('math-field').nth(1);
    await page.getByRole('button', { name: 'Open Arches', expanded: true }).click();
    await inside.waitFor({ state: 'hidden' });
    assert.equal((await items(grapher))[1].collapsed, true);
    await page.getByRole('button', { name: 'Open Arches', expanded: false }).press('Enter');
    await inside.waitFor();
    assert.ok(!('collapsed' in (await items(grapher))[1]));
    await page.getByRole('textbox', { name: 'Title of folder 2' }).fill('Bows');
    await page.getByRole('button', { name: 'Folder 2, shown' }).click();
    assert.deepEqual((await items(grapher))[1], { type: 'folder', id: 'F', title: 'Bows', hidden: true });
    assert.ok(!isColor(await grapher.colorAt(4.5, 3), '#2d70b3'));
    await page.getByRole('button', { name: 'Expression 3, blue, hidden with its folder' }).click();
    assert.ok(isColor(await grapher.colorAt(4.5, 3), '#2d70b3'), 'a line of a hidden folder comes out');
    assert.ok(!('hidden' in (await items(grapher))[1]));
    await page.close();
  });

  test('arrows and Enter go through folders', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    await page.locator('math-field').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('y=2');
    const added = (await items(grapher))[2];
    assert.equal(added.folderId, 'F', 'a line begun in a folder is in it');
    assert.equal(added.latex, 'y=2');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Title of folder 6');
    await page.keyboard.press('ArrowDown');
    assert.equal(
      await page.evaluate(() => document.activeElement?.ariaLabel),
      'Title of folder 6',
      'not into what is not seen',
    );
    await page.keyboard.press('Enter');
    await page.keyboard.type('y=7');
    const last = (await items(grapher)).at(-1);
    assert.equal(last.latex, 'y=7');
    assert.ok(!('folderId' in last), 'below a closed folder is not in it');
    await page.close();
  });

  test('a folder is deleted with what is in it, which is said, and comes back', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Delete folder Arches' }).click();
    assert.deepEqual(
      (await items(grapher)).map(({ id }) => id),
      ['a', 'G', 'c'],
    );
    const notice = page.locator('.graph-notice');
    assert.match(await notice.innerText(), /The folder is deleted, with 2 lines in it/);
    await notice.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await items(grapher), state.expressions.list);
    assert.equal(await notice.getByRole('button', { name: 'Undo' }).isVisible(), false);
    await page.close();
  });

  test('Backspace in an empty title takes the folder away and leaves what is in it', async () => {
    const grapher = await lab.page({ state });
    const title = grapher.page.getByRole('textbox', { name: 'Title of folder 2' });
    await title.fill('');
    await title.press('Backspace');
    const list = await items(grapher);
    assert.deepEqual(
      list.map(({ id }) => id),
      ['a', 'b', 'n', 'G', 'c'],
    );
    assert.ok(list.slice(0, 3).every((item) => !('folderId' in item)));
    await grapher.page.close();
  });

  test('read-only, folders are open and notes cannot be written', async () => {
    const grapher = await lab.page({ state, readOnly: true });
    const { page } = grapher;
    assert.equal(await page.locator('math-field').nth(2).isVisible(), true);
    assert.equal(await page.getByRole('button', { name: /Open|Delete/ }).count(), 0);
    await page.getByRole('textbox', { name: 'Note 4' }).press('x');
    await page.getByRole('textbox', { name: 'Title of folder 2' }).press('Enter');
    assert.equal(await grapher.edits(), 0);
    assert.deepEqual(await grapher.state(), state);
    await page.close();
  });
});

describe('the order of the list', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @param {GrapherPage} grapher @returns {Promise<string>} ids, with the members of folders in parentheses */
  const order = async (grapher) =>
    (await items(grapher)).map(({ id, folderId }) => (folderId ? `(${id})` : id)).join(' ');

  /**
   * @param {GrapherPage} grapher
   * @param {number} row from 0
   * @param {number} part fraction of its height
   */
  const tab = async (grapher, row, part) => {
    const box = await grapher.page.locator('.graph-row:visible .graph-tab').nth(row).boundingBox();
    if (!box) throw new Error('no such row');
    return { x: box.x + box.width / 2, y: box.y + box.height * part };
  };

  /**
   * Presses and moves at once: a press that rests for half a second, as it may on a slow machine, does not start a
   * drag.
   *
   * @param {GrapherPage} grapher
   * @param {{x: number, y: number}} to
   */
  const begin = ({ page: { mouse } }, { x, y }) => Promise.all([mouse.down(), mouse.move(x, y)]);

  test('a row is dragged by its tab, disc and all, where the line shows', async () => {
    const grapher = await lab.page({ state });
    const { mouse } = grapher.page;
    const [from, to] = [await tab(grapher, 0, 0.5), await tab(grapher, 3, 0.8)];
    await mouse.move(from.x, from.y);
    await begin(grapher, { x: from.x, y: from.y + 20 });
    await mouse.move(to.x, to.y);
    const line = grapher.page.locator('.graph-drop-line');
    await line.waitFor();
    const box = await line.boundingBox();
    const row = await grapher.page.locator('.graph-row').nth(3).boundingBox();
    assert.ok(box && row && Math.abs(box.y + 2 - row.y - row.height) < 1.5);
    await mouse.up();
    assert.equal(await order(grapher), 'F (b) (n) (a) G (c)');
    assert.ok(!('hidden' in (await items(grapher))[3]), 'the disc was dragged, not clicked');
    assert.match(await grapher.page.locator('.graph-status').innerText(), /Moved to place 4 of 6, in folder Arches/);
    await grapher.page.keyboard.press('Control+Z');
    assert.deepEqual(await items(grapher), state.expressions.list);
    await grapher.page.close();
  });

  test('a folder is dragged with what is in it, and Escape calls a drag off', async () => {
    const grapher = await lab.page({ state });
    const { mouse, keyboard } = grapher.page;
    const [from, to] = [await tab(grapher, 1, 0.5), await tab(grapher, 0, 0.2)];
    for (const isCalledOff of [true, false]) {
      await mouse.move(from.x, from.y);
      await begin(grapher, { x: from.x, y: from.y - 20 });
      await mouse.move(to.x, to.y);
      await grapher.page.locator('.graph-drop-line').waitFor();
      if (isCalledOff) await keyboard.press('Escape');
      await mouse.up();
      assert.equal(await order(grapher), isCalledOff ? 'a F (b) (n) G (c)' : 'F (b) (n) a G (c)');
    }
    assert.ok(!('hidden' in (await items(grapher))[0]));
    await grapher.page.close();
  });

  test('by finger, a row is dragged by its tab, and the list scrolls along', async () => {
    const list = Array.from({ length: 30 }, (_, i) => ({
      type: 'expression',
      id: `${i}`,
      color: '#c74440',
      latex: `y=${i}`,
    }));
    const context = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
    const grapher = await lab.page({ state: { ...state, expressions: { list } }, context });
    const session = await grapher.page.context().newCDPSession(grapher.page);
    const from = await tab(grapher, 0, 0.5);
    const scroller = grapher.page.locator('.graph-list');
    const box = await scroller.boundingBox();
    assert.ok(box);
    /** @param {string} type @param {{x: number, y: number}[]} touchPoints */
    const touch = (type, touchPoints) =>
      session.send('Input.dispatchTouchEvent', { type: /** @type {any} */ (type), touchPoints });
    await Promise.all([touch('touchStart', [from]), touch('touchMove', [{ x: from.x, y: from.y + 30 }])]);
    await touch('touchMove', [{ x: from.x, y: box.y + box.height - 10 }]);
    await grapher.page.waitForFunction(() => {
      const node = document.querySelector('.graph-list');
      return node !== null && node.scrollTop > 400;
    });
    await touch('touchEnd', []);
    const place = (await items(grapher)).findIndex(({ id }) => id === '0');
    assert.ok(place > 8, `it came to place ${place}`);
    assert.ok(!('hidden' in (await items(grapher))[place]));
    await grapher.page.close();
  });

  test('Alt with an arrow moves the row of the cursor, which stays in it, and it is said', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    const status = page.locator('.graph-status');
    await page.locator('math-field').first().focus();
    await page.keyboard.press('Alt+ArrowUp');
    assert.equal(await status.innerText(), 'This is the first place.');
    await page.keyboard.press('Alt+ArrowDown');
    assert.equal(await order(grapher), 'F (a) (b) (n) G (c)');
    assert.equal(await status.innerText(), 'Moved to place 2 of 6, in folder Arches.');
    await page.keyboard.press('End');
    await page.keyboard.type('0');
    assert.equal((await items(grapher))[1].latex, 'y=10');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Alt+ArrowDown');
    assert.equal(await order(grapher), 'G (c) F (a) (b) (n)');
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Title of folder 3');
    await page.close();
  });
});
