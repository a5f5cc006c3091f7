import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, settle } from './lib/grapher-page.js';

const fixture = await readFile(new URL('../unit/graph/state/testdata/every-kind.json', import.meta.url), 'utf8');

describe('states made elsewhere', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('every kind of item is shown, gone through by keyboard, and given back as it came', async () => {
    const grapher = await lab.page({ state: JSON.parse(fixture) });
    const { page } = grapher;
    assert.equal(await page.locator('.graph-row').count(), JSON.parse(fixture).expressions.list.length);
    await page.getByRole('textbox', { name: 'Note 1' }).focus();
    for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowDown');
    await settle(page);
    assert.equal(await grapher.edits(), 0);
    assert.deepEqual(await grapher.state(), JSON.parse(fixture));
    assert.deepEqual(grapher.complaints, []);
    await page.close();
  });

  test('an edit and undo leave every key as it was', async () => {
    const grapher = await lab.page({ state: JSON.parse(fixture) });
    const { page } = grapher;
    await page.getByRole('textbox', { name: 'Note 1' }).fill('Another note');
    await page.getByRole('button', { name: 'Options of expression 2', exact: true }).click();
    await page.getByRole('radio', { name: 'blue' }).click();
    await page.keyboard.press('Escape');
    await settle(page);
    const want = JSON.parse(fixture);
    want.expressions.list[0].text = 'Another note';
    want.expressions.list[1].color = '#2d70b3';
    assert.deepEqual(await grapher.state(), want);
    for (let i = 0; i < 3; i++) await page.keyboard.press('Control+Z');
    await settle(page);
    assert.deepEqual(await grapher.state(), JSON.parse(fixture));
    await page.close();
  });

  test('a version that is not known is said to be one, and kept', async () => {
    for (const [version, words] of /** @type {const} */ ([
      [11, ''],
      [8, ''],
      [12, 'newer version'],
      [2, 'older version'],
    ])) {
      const grapher = await lab.page({
        state: { version, graph: {}, expressions: { list: [{ type: 'text', id: '1', text: 'a' }] } },
      });
      const hints = (await grapher.page.locator('.graph-hint:visible').allInnerTexts()).join(' ');
      if (words === '') assert.equal(hints, '', String(version));
      else assert.match(hints, new RegExp(words));
      assert.equal((await grapher.state()).version, version);
      await grapher.page.close();
    }
  });

  test('axes that are not drawn as the state asks are told of, and the state keeps them', async () => {
    const graph = { xAxisScale: 'linear', yAxisScale: 'logarithmic' };
    const grapher = await lab.page({
      state: { version: 11, graph, expressions: { list: [{ type: 'text', id: '1', text: 'a' }] } },
    });
    await grapher.page.getByText('This graph has logarithmic axes.').waitFor();
    assert.deepEqual((await grapher.state()).graph, graph);
    await grapher.page.close();
  });
});
