/** Polygons on the plane: their inside, edges and options. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab } from './lib/grapher-page.js';

describe('polygons', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('the inside is shaded as a slider moves a corner, until it is switched off', async () => {
    const list = [
      {
        type: 'expression',
        id: '1',
        color: '#c74440',
        fillOpacity: '1',
        latex: '\\operatorname{polygon}\\left(\\left(-6,-6\\right),\\left(a,-6\\right),\\left(-6,6\\right)\\right)',
      },
      { type: 'expression', id: '2', latex: 'a=4' },
    ];
    const grapher = await lab.page({
      state: { version: 11, graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } }, expressions: { list } },
    });
    const { page, colorAt } = grapher;
    /** @param {number} x @param {number} y */
    const isShaded = async (x, y) => {
      const [red, green, blue] = await colorAt(x, y);
      return red > green + 60 && red > blue + 60;
    };
    assert.deepEqual(
      [await isShaded(-4.5, -4.5), await isShaded(1.5, -4.5), await isShaded(1.5, 4.5)],
      [true, true, false],
    );
    await page.getByRole('slider', { name: 'Slider for a' }).fill('-3');
    assert.deepEqual([await isShaded(-4.5, -4.5), await isShaded(1.5, -4.5)], [true, false]);
    await page.getByRole('button', { name: 'Options of expression 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Options of expression 1' });
    assert.equal(await dialog.getByRole('textbox', { name: 't from' }).count(), 0, 'a polygon has no parameter to set');
    await dialog.getByRole('checkbox', { name: 'Fill' }).click();
    assert.equal(await isShaded(-4.5, -4.5), false);
    assert.equal(await isShaded(-6, 1.5), true, 'its edge stays');
    await dialog.getByRole('checkbox', { name: 'Edge' }).click();
    assert.equal(await isShaded(-6, 1.5), false);
    assert.deepEqual((await grapher.state()).expressions.list[0], { ...list[0], fill: false, lines: false });
    assert.deepEqual(grapher.complaints, []);
    await page.close();
  });
});
