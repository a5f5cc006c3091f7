import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, pixelAt, settle } from './lib/grapher-page.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const state = {
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: {
    list: [
      { type: 'expression', id: '1', color: '#c74440', latex: 'y=x^{2}-2' },
      { type: 'expression', id: '2', color: '#2d70b3', latex: 'y=x' },
      { type: 'expression', id: '3', color: '#388c46', latex: 'a=3' },
    ],
  },
};

describe('points of interest', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /**
   * @param {import('playwright-core').Page} page
   * @param {number} x in plane units
   * @param {number} y
   * @returns {Promise<[number, number]>} on the screen
   */
  const place = async (page, x, y) => {
    const box = await page.locator('canvas').boundingBox();
    const [left, top] = await pixelAt(page, x, y);
    return [left + (box?.x ?? 0), top + (box?.y ?? 0)];
  };

  /** @param {import('playwright-core').Page} page @param {string[]} wanted */
  const labels = async (page, wanted) => {
    const texts = () =>
      page
        .locator('.graph-point-label')
        .evaluateAll((nodes) =>
          nodes.map((node) => [...node.children].map((child) => child.textContent).join(' ')).sort(),
        );
    for (let tries = 0; tries < 100 && JSON.stringify(await texts()) !== JSON.stringify(wanted); tries++)
      await page.waitForTimeout(50);
    assert.deepEqual(await texts(), wanted);
  };

  /** @param {import('playwright-core').Page} page */
  const said = (page) => page.locator('.graph-status').innerText();

  test('the line of a curve that is pressed comes in sight in a long list, and the plane stays where it is', async () => {
    const values = Array.from({ length: 20 }, (_, i) => ({
      type: 'expression',
      id: `v${i}`,
      color: '#388c46',
      latex: `v_{${i}}=3`,
    }));
    const { page } = await lab.page({
      state: { ...state, expressions: { list: [...values, ...state.expressions.list] } },
    });
    await page.mouse.click(...(await place(page, 2.5, 4.25)));
    await page.waitForFunction(() => {
      const [list, row] = ['.graph-list', '.graph-row[aria-current="true"]'].map((part) =>
        document.querySelector(part)?.getBoundingClientRect(),
      );
      return list && row && row.top >= list.top && row.bottom <= list.bottom + 1;
    });
    assert.equal(
      await page
        .locator('.graph-row[aria-current="true"]')
        .getByRole('button', { name: 'Delete expression 21' })
        .count(),
      1,
    );
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.close();
  });

  test('where a curve goes beneath the buttons for zooming, its coordinates can be read all the same', async () => {
    const { page } = await lab.page({ state });
    const box = await page.locator('canvas').boundingBox();
    assert.ok(box);
    const [left, top] = [box.width - 140, 90];
    const height = (box.height / 2 - top) / (Math.min(box.width, box.height) / 20);
    await page.evaluate(
      (latex) => {
        /** @type {any} */ (globalThis).probe.grapher.setState({
          version: 11,
          graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
          expressions: { list: [{ type: 'expression', id: '1', color: '#c74440', latex }] },
        });
      },
      `y=${height.toFixed(4)}`,
    );
    await settle(page);
    await page.mouse.move(box.x + left - 20, box.y + top);
    await page.mouse.down();
    await page.mouse.move(box.x + left, box.y + top, { steps: 4 });
    await page.waitForFunction(() => {
      const label = document.querySelector('.graph-point-label');
      const zoom = document.querySelector('.graph-zoom')?.getBoundingClientRect();
      if (!(label instanceof HTMLElement) || !zoom) return false;
      label.style.pointerEvents = 'auto';
      const { right, top: above, height: tall } = label.getBoundingClientRect();
      return right > zoom.left + 4 && label.contains(document.elementFromPoint(right - 2, above + tall / 2));
    });
    await page.mouse.up();
    await page.close();
  });

  test('with the mouse: a curve that is clicked shows its points, each tells where it is and stays told', async () => {
    const { page, complaints } = await lab.page({ state });
    await page.mouse.click(...(await place(page, 2.5, 4.25)));
    assert.equal(
      await page.locator('.graph-row[aria-current="true"] math-field').getAttribute('aria-label'),
      'Expression 1',
    );
    await labels(page, []);
    // The points appear when everything is at rest.
    await page.mouse.move(...(await place(page, 0, -2)));
    await labels(page, ['(0, −2)']);
    await page.mouse.move(...(await place(page, 6, 0.5)));
    await labels(page, []);
    await page.mouse.click(...(await place(page, Math.SQRT2, 0)));
    await page.mouse.click(...(await place(page, 2, 2)));
    await page.mouse.move(...(await place(page, 6, -4)));
    await labels(page, ['(2, 2)', '(√2, 0) ≈ (1.414, 0)']);
    assert.equal(await said(page), 'intersection: x 2, y 2');
    await page.mouse.click(...(await place(page, 2, 2)));
    await page.mouse.move(...(await place(page, 6, -4)));
    await labels(page, ['(√2, 0) ≈ (1.414, 0)']);
    await page.mouse.click(...(await place(page, 6, -4)));
    await labels(page, []);
    assert.equal(await page.locator('.graph-row[aria-current]').count(), 0, 'a click beside all curves puts them away');
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('with a finger: a tap on the curve, then on a point', async () => {
    const { page } = await lab.page({
      state,
      context: { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
    });
    await page.touchscreen.tap(...(await place(page, 3, 7)));
    assert.equal(await page.locator('.graph-row[aria-current="true"]').count(), 1);
    await page.touchscreen.tap(...(await place(page, 0.4, -2.2)));
    await labels(page, ['(0, −2)']);
    await page.touchscreen.tap(...(await place(page, 6, -6)));
    await labels(page, []);
    await page.close();
  });

  test('by keyboard: I goes from point to point and says each, Escape puts them away', async () => {
    const { page } = await lab.page({ state });
    await page.locator('math-field').first().focus();
    await page.locator('canvas').focus();
    await page.keyboard.press('i');
    assert.match(
      await said(page),
      /^y equals x squared minus 2\. x-intercept: x minus the square root of 2, about minus 1\.414, y 0\. 1 of 5\.$/,
    );
    await labels(page, ['(−√2, 0) ≈ (−1.414, 0)']);
    await page.keyboard.press('i');
    assert.equal(await said(page), 'intersection: x minus 1, y minus 1. 2 of 5.');
    await page.keyboard.press('i');
    assert.equal(await said(page), 'y-intercept and minimum: x 0, y minus 2. 3 of 5.');
    await page.keyboard.press('Shift+I');
    await page.keyboard.press('Shift+I');
    await page.keyboard.press('Shift+I');
    assert.equal(await said(page), 'intersection: x 2, y 2. 5 of 5.', 'it goes around');
    await page.keyboard.press('Escape');
    await labels(page, []);
    await page.close();
  });

  test('a label goes when its curve changes, and stays with its point when the plane moves', async () => {
    const { page, state: now } = await lab.page({ state });
    await page.locator('math-field').first().focus();
    await page.mouse.click(...(await place(page, 0, -2)));
    await labels(page, ['(0, −2)']);
    const label = page.locator('.graph-point-label');
    const before = await label.boundingBox();
    await page.keyboard.press('ArrowLeft');
    await settle(page);
    const after = await label.boundingBox();
    assert.ok(before && after && after.x > before.x + 20, 'it moves along');
    assert.deepEqual((await now()).expressions, state.expressions, 'looking is no edit');
    await page.locator('math-field').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.type('0');
    await labels(page, []);
    await page.close();
  });

  for (const [colorScheme, forcedColors] of /** @type {const} */ ([
    ['light', 'none'],
    ['dark', 'none'],
    ['dark', 'active'],
  ])) {
    test(`at 320 pixels, labels stay inside the plane and axe finds nothing: ${colorScheme}, forced colours ${forcedColors}`, async () => {
      const { page } = await lab.page({
        state,
        context: { viewport: { width: 320, height: 640 }, colorScheme, forcedColors, reducedMotion: 'reduce' },
      });
      await page.locator('canvas').focus();
      const plane = await page.locator('.graph-plane').boundingBox();
      assert.ok(plane);
      for (let i = 0; i < 5; i++) {
        await page.keyboard.press('i');
        const box = await page.locator('.graph-point-label').boundingBox();
        assert.ok(
          box &&
            box.x >= plane.x &&
            box.x + box.width <= plane.x + plane.width &&
            box.y >= plane.y &&
            box.y + box.height <= plane.y + plane.height,
        );
      }
      await page.evaluate(axe);
      const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
      assert.deepEqual(
        violations.flatMap((/** @type {any} */ { id, nodes }) =>
          nodes.map((/** @type {any} */ { html }) => `${id}: ${html}`),
        ),
        [],
      );
      await page.close();
    });
  }

  test('read-only, points are told too', async () => {
    const { page, edits } = await lab.page({ state, readOnly: true });
    await page.mouse.click(...(await place(page, 2.5, 4.25)));
    await page.mouse.move(...(await place(page, 0, -2)));
    await labels(page, ['(0, −2)']);
    assert.equal(await edits(), 0);
    await page.close();
  });
});
