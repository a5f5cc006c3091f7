import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, settle } from './lib/grapher-page.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param {unknown[]} list */
const stateOf = (list) => ({
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: { list },
});

/** @param {string} id @param {string} latex @param {object} [more] */
const line = (id, latex, more) => ({ type: 'expression', id, color: '#c74440', latex, ...more });

/** @param {import('./lib/grapher-page.js').GrapherPage} grapher @returns {Promise<any[]>} */
const items = async (grapher) => {
  await settle(grapher.page);
  return (await grapher.state()).expressions.list;
};

describe('the options of a row', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('colour and style of a curve, by mouse, as the format has them', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=3', { colorLatex: 'c' })]) });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Options of expression 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Options of expression 1' });
    await dialog.getByRole('radio', { name: 'blue' }).click();
    assert.ok(isColor(await grapher.colorAt(4.5, 3), '#2d70b3'));
    await dialog.getByRole('radio', { name: 'Dashed' }).click();
    await dialog.getByRole('slider', { name: 'Width' }).fill('6');
    await dialog.getByRole('textbox', { name: 'Line opacity' }).fill('1');
    await dialog.getByRole('textbox', { name: 'Line opacity' }).press('Enter');
    assert.deepEqual(await items(grapher), [
      line('1', 'y=3', { color: '#2d70b3', lineStyle: 'DASHED', lineWidth: '6', lineOpacity: '1' }),
    ]);
    await dialog.getByRole('radio', { name: 'Solid' }).click();
    await dialog.getByRole('textbox', { name: 'Width' }).fill('2.5');
    await page.keyboard.press('Tab');
    assert.deepEqual(
      await items(grapher),
      [line('1', 'y=3', { color: '#2d70b3', lineOpacity: '1' })],
      'defaults are left out',
    );
    await dialog.getByLabel('Another colour').fill('#123456');
    assert.equal((await items(grapher))[0].color, '#123456');
    await page.locator('canvas').click({ position: { x: 560, y: 500 } });
    assert.equal(await dialog.isVisible(), false, 'a press elsewhere closes it');
    await page.locator('math-field').focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press('Control+Z');
    assert.deepEqual(await items(grapher), [line('1', 'y=3', { colorLatex: 'c' })]);
    await page.close();
  });

  test('by keyboard: opened, gone through, undone, closed, and the focus is back', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', 'y=3'), line('2', 'y=4')]) });
    const { page } = grapher;
    const button = page.getByRole('button', { name: 'Options of expression 1' });
    await button.focus();
    await page.keyboard.press('Enter');
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('ArrowRight');
    assert.equal((await items(grapher))[0].color, '#2d70b3');
    await page.keyboard.press('Control+Z');
    assert.equal((await items(grapher))[0].color, '#c74440');
    assert.equal(await page.getByRole('radio', { name: 'red' }).isChecked(), true, 'the options follow');
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Options of expression 1');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Move down' }).press('Enter');
    assert.deepEqual(
      (await items(grapher)).map(({ id }) => id),
      ['2', '1'],
    );
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent),
      'Move down',
      'it can be pressed again',
    );
    await page.close();
  });

  /** @type {[string, string, string[], string[]][]} */
  const kinds = [
    ['a circle', 'x^{2}+y^{2}=4', ['Width', 'Line opacity'], ['Fill', 'Label', 't from']],
    ['a shaded region', 'y>x', ['Fill', 'Fill opacity', 'Edge', 'Width'], ['Label', 't from']],
    ['a path', '\\left(\\cos t,\\sin t\\right)', ['Width', 'Fill', 't from', 't to'], ['Label', 'Size']],
    ['a polar curve', 'r=\\theta', ['Width', 'Fill', '\u03b8 from'], ['Label', 'Size']],
    [
      'a point',
      '\\left(1,2\\right)',
      ['Size', 'Point opacity', 'Label', 'Show the label'],
      ['Width', 'Fill', 'Join the points'],
    ],
    ['points', '\\left(\\left[1,2\\right],3\\right)', ['Size', 'Join the points', 'Label'], ['Fill', 't from']],
    ['a number', 'a=2', [], ['Width', 'Size', 'Fill', 'Label']],
  ];
  test('each kind has what applies to it, and no more', async () => {
    const grapher = await lab.page({ state: stateOf(kinds.map(([, latex], i) => line(String(i + 1), latex))) });
    const { page } = grapher;
    for (const [i, [name, , has, lacks]] of kinds.entries()) {
      await page.getByRole('button', { name: `Options of expression ${i + 1}` }).click();
      const dialog = page.getByRole('dialog');
      for (const label of has)
        assert.ok((await dialog.getByLabel(label, { exact: true }).count()) > 0, `${name}: ${label}`);
      for (const label of lacks)
        assert.equal(await dialog.getByLabel(label, { exact: true }).count(), 0, `${name}: ${label}`);
      assert.equal(await dialog.getByRole('radio', { name: 'red' }).count(), 1);
      await page.keyboard.press('Escape');
    }
    assert.equal(await grapher.edits(), 0, 'looking at them is no edit');
    await page.close();
  });

  test('ends of a parameter, label and the way a point moves', async () => {
    const grapher = await lab.page({
      state: stateOf([line('1', '\\left(t,3\\right)'), line('2', '\\left(1,2\\right)')]),
    });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Options of expression 1' }).click();
    await page.getByRole('textbox', { name: 't from' }).fill('-2');
    await page.getByRole('textbox', { name: 't to' }).fill('2pi');
    await page.keyboard.press('Enter');
    assert.deepEqual(
      (await items(grapher))[0],
      line('1', '\\left(t,3\\right)', { parametricDomain: { min: '-2', max: '2\\pi' } }),
    );
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Options of expression 2' }).click();
    await page.getByRole('textbox', { name: 'Label' }).fill('Top of the arch');
    await page.getByRole('radio', { name: 'Left and right' }).click();
    assert.deepEqual(
      (await items(grapher))[1],
      line('2', '\\left(1,2\\right)', { label: 'Top of the arch', showLabel: true, dragMode: 'X' }),
    );
    await page.close();
  });

  test('the disc, held or pressed with the other button, opens them; tapped, it hides the curve', async () => {
    const context = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
    const grapher = await lab.page({ state: stateOf([line('1', 'y=3')]), context });
    const { page } = grapher;
    const disc = await page.getByRole('button', { name: 'Expression 1, red, shown' }).boundingBox();
    assert.ok(disc);
    const at = { x: disc.x + disc.width / 2, y: disc.y + disc.height / 2 };
    const session = await page.context().newCDPSession(page);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await page.getByRole('dialog').waitFor();
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await settle(page);
    assert.equal(await page.getByRole('dialog').isVisible(), true, 'it stays when the finger is lifted');
    assert.equal(await grapher.edits(), 0);
    const sizes = await page
      .getByRole('dialog')
      .locator('button, label, input:not([type="radio"], [type="color"], [type="checkbox"])')
      .evaluateAll((nodes) =>
        nodes.map((node) => node.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
      );
    assert.ok(Math.min(...sizes) >= 43.9, `${sizes}`);
    await page.touchscreen.tap(200, 780);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Expression 1, red, shown' }).tap();
    assert.equal((await items(grapher))[0].hidden, true);
    await page.close();
  });

  test('a row is duplicated, put in a folder, and deleted', async () => {
    const table = { type: 'table', id: '2', columns: [{ id: '3', latex: 'x_{1}', values: ['1'] }] };
    const grapher = await lab.page({ state: stateOf([line('1', 'y=3', { lineWidth: '4' }), table]) });
    const { page } = grapher;
    await page.getByRole('button', { name: 'Options of expression 1' }).click();
    await page.getByRole('button', { name: 'Duplicate' }).click();
    let list = await items(grapher);
    assert.deepEqual({ ...list[1], id: '1' }, list[0]);
    await page.getByRole('button', { name: 'Options of table 3' }).click();
    await page.getByRole('button', { name: 'Duplicate' }).click();
    list = await items(grapher);
    assert.equal(
      new Set(list.flatMap(({ id, columns = [] }) => [id, ...columns.map((/** @type {any} */ column) => column.id)]))
        .size,
      6,
    );
    await page.getByRole('button', { name: 'Options of expression 2' }).click();
    await page.getByRole('button', { name: 'Put in a new folder' }).click();
    await page.keyboard.type('Arches');
    list = await items(grapher);
    assert.deepEqual(
      list.map(({ type, folderId }) => [type, folderId]),
      [
        ['expression', undefined],
        ['folder', undefined],
        ['expression', list[1].id],
        ['table', undefined],
        ['table', undefined],
      ],
    );
    assert.equal(list[1].title, 'Arches');
    await page.getByRole('button', { name: 'Options of folder Arches' }).click();
    await page.getByRole('button', { name: 'Delete with its lines' }).click();
    assert.equal((await items(grapher)).length, 3);
    await page.close();
  });

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`axe finds nothing in the options, and they fit on a phone: ${colorScheme}`, async () => {
      const context = { viewport: { width: 320, height: 640 }, colorScheme };
      const grapher = await lab.page({
        state: stateOf([line('1', '\\left(\\cos t,\\sin t\\right)'), line('2', '\\left(1,2\\right)')]),
        context,
      });
      const { page } = grapher;
      await page.evaluate(axe);
      for (const name of ['Options of expression 1', 'Options of expression 2']) {
        await page.getByRole('button', { name }).click();
        const dialog = page.getByRole('dialog');
        const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
        assert.deepEqual(
          violations.map((/** @type {any} */ violation) => `${violation.id} ${violation.nodes[0].html}`),
          [],
          name,
        );
        const box = await dialog.boundingBox();
        assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 640);
        assert.equal(await dialog.evaluate((node) => node.scrollWidth - node.clientWidth), 0);
        await page.keyboard.press('Escape');
      }
      await page.close();
    });
  }
});
