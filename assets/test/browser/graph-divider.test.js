/** The divider between list and plane, by mouse, touch and keyboard. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER, launchChromium } from './lib/chromium.js';
import { GrapherLab, settle } from './lib/grapher-page.js';
import { SKIP, startServer } from './lib/server.js';
import { Visitor } from './lib/visitor.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const state = {
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: { list: [{ type: 'expression', id: '1', color: '#c74440', latex: 'y=x^{2}' }] },
};

describe('the border between list and plane', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @typedef {import('playwright-core').Page} Page */

  /** @param {Page} page */
  const border = (page) => page.getByRole('separator', { name: 'Width of the list' });

  /** @param {Page} page @returns {Promise<number>} of the list, in pixels */
  const width = async (page) => {
    await settle(page);
    return (await page.locator('.graph-list').boundingBox())?.width ?? 0;
  };

  /** Where the divider can be grabbed. @param {Page} page @returns {Promise<[number, number]>} */
  const grip = async (page) => {
    const box = await border(page).boundingBox();
    assert.ok(box && box.width >= 24 && box.height >= 24, 'large enough to be hit');
    return [box.x + box.width - 1, box.y + box.height / 2];
  };

  /** @param {Page} page @param {string} name @returns {Promise<number>} */
  const percent = async (page, name) => Number(await border(page).getAttribute(`aria-value${name}`));

  test('it is dragged, and kept on the device, not in the graph', async () => {
    const grapher = await lab.page({ state });
    const { page, complaints } = grapher;
    const usual = await width(page);
    const edits = await grapher.edits();
    const [x, y] = await grip(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y + 5, { steps: 4 });
    await page.mouse.move(x + 150, y + 5, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs((await width(page)) - usual - 150) <= 1, `${await width(page)}`);
    assert.equal(
      await percent(page, 'now'),
      Math.round((100 * (usual + 150)) / ((await page.locator('.graph-layout').boundingBox())?.width ?? 0)),
    );
    assert.equal(await grapher.edits(), edits, 'that is no edit');
    assert.deepEqual(await grapher.state(), state);
    await page.reload();
    await page.waitForFunction(() => 'probe' in globalThis);
    assert.ok(Math.abs((await width(page)) - usual - 150) <= 1);
    await page.mouse.dblclick(...(await grip(page)));
    assert.equal(await width(page), usual);
    await page.reload();
    await page.waitForFunction(() => 'probe' in globalThis);
    assert.equal(await width(page), usual);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('both sides keep the room they need, whatever is dragged or kept', async () => {
    const { page } = await lab.page({ state });
    await page.setViewportSize({ width: 1000, height: 700 });
    const usual = await width(page);
    for (const [to, least, most] of [
      [5, 18 * 16, 18 * 16],
      [995, 500, 1000 - 20 * 16],
    ]) {
      const [x, y] = await grip(page);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(to, y, { steps: 5 });
      await page.mouse.up();
      const found = await width(page);
      assert.ok(found >= least && found <= most, `${found}`);
    }
    assert.equal(await percent(page, 'now'), await percent(page, 'max'));
    await page.setViewportSize({ width: 800, height: 700 });
    const plane = await page.locator('.graph-plane').boundingBox();
    assert.ok(plane && plane.width >= 319, `${plane?.width}`);
    await page.setViewportSize({ width: 600, height: 700 });
    assert.equal(await border(page).isVisible(), false, 'one above the other there is nothing to drag');
    const [list, narrow] = [await width(page), await page.locator('.graph-layout').boundingBox()];
    assert.equal(list, narrow?.width);
    await page.evaluate(() => localStorage.setItem('graph-list-width', 'nonsense'));
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.reload();
    await page.waitForFunction(() => 'probe' in globalThis);
    assert.equal(await width(page), usual);
    await page.close();
  });

  test('it is moved by keys, and says where it is', async () => {
    const grapher = await lab.page({ state });
    const { page } = grapher;
    const usual = await width(page);
    await page.getByRole('button', { name: 'Add expression' }).focus();
    await page.keyboard.press('Tab');
    assert.ok(await border(page).evaluate((node) => node === document.activeElement), 'it comes after the list');
    await page.keyboard.press('ArrowRight');
    assert.ok(Math.abs((await width(page)) - usual - 32) <= 1);
    await page.keyboard.press('Shift+ArrowLeft');
    assert.ok(Math.abs((await width(page)) - usual - 24) <= 1);
    assert.match((await border(page).getAttribute('aria-valuetext')) ?? '', /^\d+ percent$/);
    await page.keyboard.press('End');
    assert.equal(await percent(page, 'now'), await percent(page, 'max'));
    await page.keyboard.press('ArrowRight');
    assert.equal(await percent(page, 'now'), await percent(page, 'max'));
    await page.keyboard.press('Home');
    assert.equal(await width(page), 18 * 16);
    assert.equal(await percent(page, 'now'), await percent(page, 'min'));
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    assert.equal(await width(page), usual);
    assert.deepEqual((await grapher.state()).graph, state.graph, 'the plane has not been moved');
    await page.evaluate(axe);
    const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
    assert.deepEqual(
      violations.map((/** @type {any} */ { id, nodes }) => [id, nodes[0].html]),
      [],
    );
    await page.close();
  });

  test('it is dragged by a finger', async () => {
    const { page } = await lab.page({
      state,
      context: { viewport: { width: 1000, height: 700 }, hasTouch: true, isMobile: true },
    });
    const usual = await width(page);
    const [x, y] = await grip(page);
    const client = await page.context().newCDPSession(page);
    /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {number} [at] */
    const touch = (type, at) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x: at, y }] });
    await touch('touchStart', x);
    for (let step = 1; step <= 10; step++) await touch('touchMove', x + 10 * step);
    await touch('touchEnd');
    assert.ok(Math.abs((await width(page)) - usual - 100) <= 1, `${await width(page)}`);
    await page.close();
  });

  test('where the browser keeps nothing, it moves all the same', async () => {
    const { page, complaints } = await lab.page({ state });
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new Error('denied');
        },
      }),
    );
    await page.reload();
    await page.waitForFunction(() => 'probe' in globalThis);
    const usual = await width(page);
    await border(page).focus();
    await page.keyboard.press('ArrowRight');
    assert.ok(Math.abs((await width(page)) - usual - 32) <= 1);
    assert.deepEqual(complaints, []);
    await page.close();
  });
});

test('in the museum all works share the width, and none of them is changed by it', { skip: SKIP }, async () => {
  const [server, browser] = await Promise.all([startServer(), launchChromium()]);
  try {
    const ann = await Visitor.arrive(browser, server);
    const list = async () => (await ann.page.locator('.graph-list').boundingBox())?.width;
    await ann.page.setViewportSize({ width: 1280, height: 800 });
    await ann.openTile('Square root');
    const border = ann.page.getByRole('separator', { name: 'Width of the list' });
    await border.focus();
    await ann.page.keyboard.press('End');
    await settle(ann.page);
    const wide = await list();
    assert.ok(wide !== undefined && wide > 450, `${wide}`);
    await ann.backToMuseum();
    await ann.page.getByRole('link', { name: /^Square root \(empty/ }).waitFor();
    await ann.openTile('Quadratic');
    await border.waitFor();
    assert.equal(await list(), wide);
  } finally {
    await browser.close();
    await server.remove();
  }
});
