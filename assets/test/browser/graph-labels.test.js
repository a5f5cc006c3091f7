/** Labels beside points, on the plane and in exports. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, pixelAt, settle } from './lib/grapher-page.js';

/** @param {string} id @param {string} latex @param {object} [more] */
const line = (id, latex, more) => ({ type: 'expression', id, color: '#2d70b3', latex, ...more });

describe('labels of points', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @param {unknown[]} list */
  const open = (list) =>
    lab.page({
      state: { version: 11, graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } }, expressions: { list } },
    });

  /**
   * @param {Awaited<ReturnType<typeof open>>} grapher
   * @param {number} x
   * @param {number} y
   * @returns {Promise<number>} number of pixels in the label's colour, to the right of a point
   */
  const written = async ({ page }, x, y) => {
    await settle(page);
    const at = await pixelAt(page, x, y);
    return page.locator('canvas').evaluate((element, [left, middle]) => {
      const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(80, 24).getContext('2d'));
      copy.drawImage(
        /** @type {HTMLCanvasElement} */ (element),
        Math.round(left) + 8,
        Math.round(middle) - 12,
        80,
        24,
        0,
        0,
        80,
        24,
      );
      const { data } = copy.getImageData(0, 0, 80, 24);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) count += Number(data[i + 2] - data[i] > 60);
      return count;
    }, at);
  };

  test('a label is typed among the options of a point, and stands beside it until it is switched off', async () => {
    const grapher = await open([line('1', '\\left(-3,5.5\\right)', { dragMode: 'NONE' })]);
    const { page } = grapher;
    assert.equal(await written(grapher, -3, 5.5), 0);
    await page.getByRole('button', { name: 'Options of expression 1' }).click();
    await page.getByRole('textbox', { name: 'Label' }).fill('keystone');
    assert.ok((await written(grapher, -3, 5.5)) > 60);
    const [{ label, showLabel }] = (await grapher.state()).expressions.list;
    assert.deepEqual([label, showLabel], ['keystone', true]);
    await page.getByRole('checkbox', { name: 'Show the label' }).click();
    assert.equal(await written(grapher, -3, 5.5), 0);
    assert.deepEqual(grapher.complaints, []);
    await page.close();
  });

  test('a label stays when its point is hidden, and is turned by its angle', async () => {
    const label = { showLabel: true, label: 'keystone', dragMode: 'NONE' };
    const grapher = await open([
      line('1', '\\left(-3,5.5\\right)', label),
      line('2', '\\left(-3,-5.5\\right)', { ...label, labelAngle: '\\frac{\\pi}{2}', labelOrientation: 'center' }),
    ]);
    const level = await written(grapher, -3, 5.5);
    assert.ok(level > 60);
    assert.ok((await written(grapher, -3, -5.5)) < level / 4, 'this one stands upright');
    await grapher.page.getByRole('button', { name: 'Expression 1, blue, shown' }).click();
    assert.ok((await written(grapher, -3, 5.5)) > 60);
    await grapher.page.close();
  });

  test('a value in a label follows its slider', async () => {
    const grapher = await open([
      line('1', '\\left(-3,5.5\\right)', { showLabel: true, label: '${a}', dragMode: 'NONE' }),
      line('2', 'a=1'),
    ]);
    const one = await written(grapher, -3, 5.5);
    await grapher.page.getByRole('slider', { name: 'Slider for a' }).fill('-8.8');
    const more = await written(grapher, -3, 5.5);
    assert.ok(one > 5 && more > 2 * one, `${one} pixels of 1, ${more} of −8.8`);
    await grapher.page.close();
  });
});
