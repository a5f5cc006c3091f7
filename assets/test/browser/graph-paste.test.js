import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, settle } from './lib/grapher-page.js';

const viewport = { xmin: -10, xmax: 10, ymin: -10, ymax: 10 };

/** @param {unknown[]} list */
const stateOf = (list) => ({ version: 11, graph: { viewport }, expressions: { list } });

/** A graph as another site exports it. */
const foreign = {
  version: 9,
  randomSeed: 'ff',
  graph: { viewport: { xmin: -5, xmax: 5, ymin: -5, ymax: 5 }, degreeMode: true },
  expressions: {
    list: [
      { type: 'folder', id: '1', title: 'Arches' },
      { type: 'expression', id: '2', color: '#388c46', latex: 'y=2', folderId: '1' },
      { type: 'hologram', id: '3', layers: [1] },
    ],
  },
  more: true,
};

/** @typedef {import('./lib/grapher-page.js').GrapherPage} GrapherPage */

/** @param {GrapherPage} grapher @returns {Promise<any[]>} */
const items = async (grapher) => {
  await settle(grapher.page);
  return (await grapher.state()).expressions.list;
};

/**
 * @param {GrapherPage} grapher
 * @param {string} selector selector of the paste target
 * @param {string} text
 */
const paste = async (grapher, selector, text) => {
  await grapher.page
    .locator(selector)
    .first()
    .evaluate((node, words) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', words);
      const target = node.shadowRoot?.querySelector('[part~="keyboard-sink"]') ?? node;
      target.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
    }, text);
  await settle(grapher.page);
};

describe('pasting', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  for (const mathLive of [true, false]) {
    const field = mathLive ? 'math-field' : 'input.graph-formula';
    test(`several lines become rows, each with its colour, in one step${mathLive ? '' : ', without MathLive'}`, async () => {
      const grapher = await lab.page({ state: stateOf([{ type: 'expression', id: '1', color: '#c74440' }]), mathLive });
      await paste(grapher, field, 'y = 2x^2 + 1\n\ny = 4\n"a note');
      const list = await items(grapher);
      assert.deepEqual(
        list.map(({ type, latex, text }) => [type, latex ?? text]),
        [
          ['expression', 'y=2x^{2}+1'],
          ['expression', 'y=4'],
          ['text', 'a note'],
        ],
      );
      assert.notEqual(list[0].color, list[1].color);
      assert.ok(isColor(await grapher.colorAt(4.5, 4), list[1].color));
      assert.match(await grapher.page.locator('.graph-notice').innerText(), /Pasted: 3 lines/);
      await grapher.page.locator('.graph-notice').getByRole('button', { name: 'Undo' }).click();
      assert.deepEqual(await items(grapher), [{ type: 'expression', id: '1', color: '#c74440' }]);
      await grapher.page.close();
    });
  }

  test('a graph takes the place of an empty list, view and settings too, and undo gives it back', async () => {
    const before = stateOf([{ type: 'expression', id: '1', color: '#c74440' }]);
    const grapher = await lab.page({ state: before });
    await paste(grapher, 'math-field', JSON.stringify(foreign));
    assert.deepEqual(await grapher.state(), foreign);
    assert.ok(isColor(await grapher.colorAt(2.2, 2), '#388c46'));
    await grapher.page.locator('.graph-notice').getByRole('button', { name: 'Undo' }).click();
    await settle(grapher.page);
    assert.deepEqual(await grapher.state(), before);
    await grapher.page.close();
  });

  test('a graph is added to a list that has lines, which stay as they are', async () => {
    const mine = [
      { type: 'expression', id: '1', color: '#c74440', latex: 'y=3' },
      { type: 'expression', id: '2', color: '#2d70b3' },
    ];
    const grapher = await lab.page({ state: stateOf(mine) });
    await paste(grapher, 'math-field >> nth=1', JSON.stringify(foreign));
    const list = await items(grapher);
    assert.deepEqual(list.slice(0, 2), mine);
    assert.equal(list[3].folderId, list[2].id);
    assert.deepEqual({ ...list[4], id: '3' }, foreign.expressions.list[2]);
    assert.equal(new Set(list.map(({ id }) => id)).size, 5);
    assert.deepEqual((await grapher.state()).graph, { viewport });
    assert.match(await grapher.page.locator('.graph-notice').innerText(), /Below your own lines: 3 lines/);
    await grapher.page.close();
  });

  test('pasted on the plane, formulas come into the list; a link says what it is; a note keeps its text', async () => {
    const grapher = await lab.page({ state: stateOf([{ type: 'text', id: '1', text: 'a' }]) });
    await grapher.page.locator('canvas').focus();
    await paste(grapher, 'canvas', 'y = 5');
    assert.deepEqual(
      (await items(grapher)).map(({ latex, text }) => latex ?? text),
      ['a', 'y=5'],
    );
    await grapher.page.locator('canvas').focus();
    await paste(grapher, 'canvas', 'https://example.org/abc');
    assert.match(await grapher.page.locator('.graph-notice').innerText(), /That is a link/);
    assert.equal(await grapher.page.locator('.graph-notice').getByRole('button', { name: 'Undo' }).isVisible(), false);
    await grapher.page.locator('textarea').focus();
    await paste(grapher, 'textarea', JSON.stringify(foreign));
    assert.equal((await items(grapher)).length, 2);
    await grapher.page.close();
  });

  test('what counts is where the focus is, also in Firefox, which pastes at the page or at the formula that was left', async () => {
    const grapher = await lab.page({ state: stateOf([{ type: 'expression', id: '1', latex: 'y=1' }]) });
    for (const [at, text] of [
      ['body', 'y = 2'],
      ['math-field', 'y = 3'],
    ]) {
      await grapher.page.locator('math-field').first().focus();
      await grapher.page.locator('canvas').focus();
      await paste(grapher, at, text);
    }
    assert.deepEqual((await items(grapher)).map(({ latex }) => latex).sort(), ['y=1', 'y=2', 'y=3']);
    await grapher.page.close();
  });

  test('rows are copied as text', async () => {
    const list = [
      { type: 'folder', id: 'F', title: 'Arches' },
      { type: 'expression', id: '1', color: '#c74440', latex: 'y=\\sqrt{x}', folderId: 'F' },
      { type: 'expression', id: '2', color: '#2d70b3', latex: 'y=2' },
    ];
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    const grapher = await lab.page({ state: stateOf(list), context });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Options of folder Arches' }).click();
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await page.getByText('Copied as text.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '# Arches\n  y = sqrt(x)');
    await page.getByRole('button', { name: 'Settings of the graph' }).click();
    await page.getByRole('button', { name: 'Copy the list as text' }).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).endsWith('y = 2'));
    assert.equal(await grapher.edits(), 0);
    await page.close();
  });
});
