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
    assert.deepEqual((await items(grapher)).map((item) => item.latex ?? item.text), ['The arch\nis 12 m wide', 'y=2']);
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
    // As keyboards on a screen type: text without keys.
    await grapher.page.keyboard.insertText('“');
    await grapher.page.keyboard.insertText('Sunday');
    const [note] = await items(grapher);
    assert.deepEqual(note, { type: 'text', id: note.id, text: 'Sunday' });
    await grapher.page.close();
  });

  test('Backspace in an empty note takes it away, and undo brings the text back', async () => {
    const grapher = await lab.page({ state });
    const note = grapher.page.getByRole('textbox', { name: 'Note 4' });
    await note.press('Control+A');
    await note.press('Backspace');
    await grapher.page.waitForTimeout(1000); // a pause is where undo stops
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
    assert.equal(await inside.isVisible(), false);
    assert.equal((await items(grapher))[1].collapsed, true);
    await page.getByRole('button', { name: 'Open Arches', expanded: false }).press('Enter');
    assert.equal(await inside.isVisible(), true);
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
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Title of folder 6', 'not into what is not seen');
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
    assert.deepEqual((await items(grapher)).map(({ id }) => id), ['a', 'G', 'c']);
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
    assert.deepEqual(list.map(({ id }) => id), ['a', 'b', 'n', 'G', 'c']);
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
