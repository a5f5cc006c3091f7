import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, settle } from './lib/grapher-page.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const state = {
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 }, userLockedViewport: true },
  expressions: {
    list: [
      { type: 'expression', id: '1', color: '#c74440', latex: 'y=3' },
      { type: 'folder', id: 'F', title: 'Arches' },
      { type: 'expression', id: '2', color: '#2d70b3', latex: 'y=4', folderId: 'F' },
    ],
  },
};

/** @typedef {import('./lib/grapher-page.js').GrapherPage} GrapherPage */

/** @param {GrapherPage} grapher @returns {Promise<any>} */
const graphOf = async (grapher) => {
  await settle(grapher.page);
  return (await grapher.state()).graph;
};

/** @param {GrapherPage} grapher @returns {Promise<any[]>} */
const items = async (grapher) => {
  await settle(grapher.page);
  return (await grapher.state()).expressions.list;
};

/** @param {GrapherPage} grapher @returns {Promise<string>} the name of the focused element */
const focused = (grapher) =>
  grapher.page.evaluate(() => document.activeElement?.ariaLabel || document.activeElement?.textContent || '');

describe('the buttons above the list', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('the menu adds a note below the line at hand, and a folder outside of folders', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    await page.locator('math-field').nth(1).focus();
    await page.getByRole('button', { name: 'Add…' }).click();
    await page.getByRole('dialog', { name: 'Add to the list' }).getByRole('button', { name: 'Note' }).click();
    await page.keyboard.type('Hello');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.getByRole('button', { name: 'Add…' }).press('Enter');
    await page.keyboard.press('Escape');
    assert.equal(await focused(grapher), 'Add…');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Folder', exact: true }).press('Enter');
    await page.keyboard.type('Towers');
    const list = await items(grapher);
    assert.deepEqual(
      list.map(({ type, text, title, folderId }) => [type, text ?? title, folderId]),
      [
        ['expression', undefined, undefined],
        ['folder', 'Arches', undefined],
        ['expression', undefined, 'F'],
        ['text', 'Hello', 'F'],
        ['folder', 'Towers', undefined],
      ],
    );
    await page.getByRole('button', { name: 'Add…' }).click();
    await page.getByRole('button', { name: 'Photo', exact: true }).click();
    await page.getByRole('button', { name: 'Choose a picture' }).waitFor();
    assert.equal(await focused(grapher), 'Choose a picture');
    await page.close();
  });

  test('settings of the graph are written as the format has them, drawn, and undone', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Settings of the graph' }).click();
    const dialog = page.getByRole('dialog', { name: 'Settings of the graph' });
    await dialog.getByRole('radio', { name: 'Degrees' }).click();
    await dialog.getByRole('checkbox', { name: 'Grid', exact: true }).uncheck();
    await dialog.getByRole('checkbox', { name: 'Polar grid' }).check();
    await dialog.getByRole('textbox', { name: 'Name of the x-axis' }).fill('metres');
    await dialog.getByRole('textbox', { name: 'Step on the y-axis' }).fill('2,5');
    await page.keyboard.press('Enter');
    const want = {
      ...state.graph,
      degreeMode: true,
      showGrid: false,
      polarMode: true,
      xAxisLabel: 'metres',
      yAxisStep: 2.5,
    };
    assert.deepEqual(await graphOf(grapher), want);
    await dialog.getByRole('checkbox', { name: 'Polar grid' }).uncheck();
    const { polarMode, ...rest } = want;
    assert.deepEqual(await graphOf(grapher), rest, 'what is usual is left out');
    for (let i = 0; i < 7; i++) await page.keyboard.press('Control+Z');
    assert.deepEqual(await graphOf(grapher), state.graph);
    assert.equal(await dialog.getByRole('radio', { name: 'Radians' }).isChecked(), true, 'the dialog follows');
    await page.close();
  });

  test('what is seen is typed in, with a word where the numbers make no sense', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Settings of the graph' }).click();
    const dialog = page.getByRole('dialog', { name: 'Settings of the graph' });
    await dialog.getByRole('textbox', { name: 'y to' }).fill('-20');
    await page.keyboard.press('Tab');
    assert.match(await dialog.innerText(), /has to be smaller/);
    assert.deepEqual(await graphOf(grapher), state.graph);
    await dialog.getByRole('textbox', { name: 'y to' }).fill('30');
    await page.keyboard.press('Tab');
    const graph = await graphOf(grapher);
    assert.equal(graph.viewport.ymax, 30);
    assert.equal(graph.squareAxes, false);
    assert.doesNotMatch(await dialog.innerText(), /has to be smaller/);
    await page.keyboard.press('Control+Z');
    assert.deepEqual(await graphOf(grapher), state.graph);
    await page.close();
  });

  test('the keys that students know', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    await page.locator('math-field').first().focus();
    await page.keyboard.press('Control+Alt+o');
    await page.keyboard.type('A note');
    await page.keyboard.press('Control+Alt+f');
    await page.keyboard.type('F2');
    assert.deepEqual(
      (await items(grapher)).map(({ text, title, latex }) => text ?? title ?? latex),
      ['y=3', 'A note', 'F2', 'Arches', 'y=4'],
    );
    await page.locator('math-field').first().focus();
    await page.keyboard.press('Control+Shift+d');
    await page.keyboard.press('Control+Alt+h');
    let list = await items(grapher);
    assert.deepEqual({ ...list[0], id: list[1].id, hidden: true }, list[1]);
    await page.keyboard.press('Control+d');
    list = await items(grapher);
    assert.equal(list.length, 5);
    assert.ok(isColor(await grapher.colorAt(4.5, 3), '#c74440'));
    await page.close();
  });

  test('the sheet of keys is a dialog: opened by key and button, read by keyboard, closed', async () => {
    const grapher = await lab.page({ state, context: { viewport: { width: 700, height: 500 } } });
    const { page } = grapher;
    const sheet = page.getByRole('dialog', { name: 'Shortcuts and gestures' });
    await page.locator('math-field').first().focus();
    await page.keyboard.press('Control+/');
    await sheet.waitFor();
    assert.match(await sheet.innerText(), /Alt \+ Up/);
    await page.keyboard.press('Tab');
    const body = page.locator('.graph-help-body');
    assert.ok(
      await body.evaluate((node) => node === document.activeElement),
      'what scrolls can be reached by keyboard',
    );
    await page.evaluate(axe);
    const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
    assert.deepEqual(
      violations.map((/** @type {any} */ violation) => violation.id),
      [],
    );
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    assert.equal(await focused(grapher), 'Expression 1');
    await page.locator('canvas').focus();
    await page.keyboard.press('?');
    await sheet.waitFor();
    await sheet.getByRole('button', { name: 'Close' }).click();
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Help' }).click();
    await sheet.waitFor();
    assert.equal(await grapher.edits(), 0);
    await page.close();
  });

  test('on a phone the sheet begins with what fingers do', async () => {
    const { page } = await lab.page({
      state,
      context: { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
    });
    await page.getByRole('button', { name: 'Help' }).tap();
    const sheet = page.getByRole('dialog', { name: 'Shortcuts and gestures' });
    await sheet.waitFor();
    assert.equal(await sheet.getByRole('heading', { level: 3 }).first().innerText(), 'By finger or mouse');
    assert.ok(await sheet.evaluate((node) => node.scrollWidth <= node.clientWidth), 'nothing sticks out');
    await page.close();
  });

  test('read-only, help alone is there', async () => {
    const grapher = await lab.page({ state, readOnly: true });
    const { page } = grapher;
    for (const name of ['Add…', 'Undo', 'Redo', 'Settings of the graph']) {
      assert.equal(await page.getByRole('button', { name }).count(), 0, name);
    }
    await page.locator('math-field').first().focus();
    for (const key of ['Control+d', 'Control+Alt+o', 'Control+Alt+h']) await page.keyboard.press(key);
    assert.deepEqual(await grapher.state(), state);
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByRole('dialog', { name: 'Shortcuts and gestures' }).waitFor();
    await page.close();
  });

  for (const [device, context] of /** @type {const} */ ([
    ['a desk', { viewport: { width: 1280, height: 800 } }],
    ['a phone, dark', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, colorScheme: 'dark' }],
  ])) {
    test(`axe finds nothing in the dialogs, and nothing is too small or cut off: ${device}`, async () => {
      const { page } = await lab.page({ state, context });
      await page.evaluate(axe);
      for (const name of ['Settings of the graph', 'Add…']) {
        await page.getByRole('button', { name }).click();
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
        assert.deepEqual(
          violations.map((/** @type {any} */ violation) => `${violation.id} ${violation.nodes[0].html}`),
          [],
          name,
        );
        const box = await dialog.boundingBox();
        assert.ok(
          box &&
            box.x >= 0 &&
            box.y >= 0 &&
            box.x + box.width <= context.viewport.width &&
            box.y + box.height <= context.viewport.height,
        );
        assert.equal(await dialog.evaluate((node) => node.scrollWidth - node.clientWidth), 0);
        await page.keyboard.press('Escape');
      }
      await page.close();
    });
  }
});
