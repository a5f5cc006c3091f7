import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, pixelAt, settle } from './lib/grapher-page.js';

/** @typedef {import('playwright-core').Page} Page */

/** Taps along an arch from (-6, 0) to (6, 0) with a height of 8. */
const ARCH = [
  [-6, 0.1],
  [-4.6, 3.3],
  [-3, 6],
  [-1, 7.8],
  [1, 7.7],
  [2.8, 6.3],
  [4.4, 3.6],
  [6, -0.1],
];

const RED = '#c74440';

/**
 * Converts a point of the plane to window coordinates.
 *
 * @param {Page} page
 * @param {readonly number[]} point
 */
async function windowAt(page, [x, y]) {
  const [px, py] = await pixelAt(page, x, y);
  const box = await page.locator('canvas').boundingBox();
  return { x: (box?.x ?? 0) + px, y: (box?.y ?? 0) + py };
}

/** @param {Page} page */
async function tapArch(page) {
  await page.getByRole('button', { name: 'Fit a curve to points' }).click();
  await page.getByRole('region', { name: 'Fit a curve' }).waitFor();
  for (const point of ARCH) {
    const { x, y } = await windowAt(page, point);
    await page.mouse.click(x, y);
  }
  await page.getByText('8 points. Drag').waitFor();
}

/**
 * @param {(x: number, y: number) => Promise<any>} colorAt
 * @returns {Promise<boolean>} whether the parabola continues to the right of the last point
 */
async function isDrawnBeyond(colorAt) {
  for (let y = -3; y < -0.6; y += 0.02) if (isColor(await colorAt(6.6, y), RED)) return true;
  return false;
}

describe('fitting a curve', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('an arch: eight points tapped, the parabola is offered first, drawn, and put into the list; one undo takes it back', async () => {
    const { page, state, edits, colorAt, complaints } = await lab.page();
    await tapArch(page);
    const first = page.getByRole('radio').first();
    await page.getByRole('radio', { name: /^Quadratic y = −0\.2\d*\(x/ }).waitFor();
    assert.match(await first.evaluate((radio) => radio.closest('label')?.textContent ?? ''), /^Quadratic/);
    assert.ok(await first.isChecked());
    assert.ok(isColor(await colorAt(-3.8, 8 * (1 - (3.8 / 6) ** 2)), RED), 'drawn on trial');
    assert.equal(await edits(), 0, 'nothing is in the graph yet');
    await page.getByRole('button', { name: 'Add to the list' }).click();
    await settle(page);
    const { list } = (await state()).expressions;
    assert.deepEqual(
      list.map((/** @type {any} */ { type }) => type),
      ['table', 'expression', 'expression', 'expression', 'expression'],
    );
    assert.equal(list[0].columns[0].values.length, 8);
    assert.equal(list[1].latex, 'y=a\\left(x-h\\right)^{2}+k');
    assert.ok(isColor(await colorAt(-3.8, 8 * (1 - (3.8 / 6) ** 2)), RED), 'and drawn from the list');
    assert.ok(await isDrawnBeyond(colorAt), 'beyond the points too, as on trial');
    assert.equal(await page.getByRole('slider').count(), 3);
    const steep = page.getByRole('slider').first();
    const value = Number(await steep.inputValue());
    await steep.press('ArrowRight');
    const changed = Number(await steep.inputValue());
    assert.ok(
      changed > value && changed - value <= 0.02 * Math.abs(value),
      `one press goes from ${value} to ${changed}`,
    );
    await steep.press('ArrowLeft');
    assert.equal(Number(await steep.inputValue()), value, 'and one back to what was fitted');
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await page.getByRole('region', { name: 'Fit a curve' }).count(), 0);
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual((await state()).expressions.list, []);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('a restriction to the points is offered by name, and drawn on trial as it is added', async () => {
    const { page, state, colorAt } = await lab.page();
    await tapArch(page);
    await page.getByRole('radio', { name: /^Quadratic/ }).waitFor();
    assert.ok(await isDrawnBeyond(colorAt), 'the whole parabola is on trial');
    await page.getByRole('checkbox', { name: /regression/ }).check();
    const span = page.getByRole('checkbox', { name: 'Only from the first point to the last' });
    await span.check();
    await settle(page);
    assert.ok(!(await page.getByRole('checkbox', { name: /regression/ }).isChecked()), 'one or the other');
    assert.ok(!(await isDrawnBeyond(colorAt)), 'a part of it is on trial');
    await page.getByRole('button', { name: 'Add to the list' }).click();
    await settle(page);
    assert.equal(
      (await state()).expressions.list[1].latex,
      'y=a\\left(x-h\\right)^{2}+k\\left\\{-6\\le x\\le6\\right\\}',
    );
    assert.ok(!(await isDrawnBeyond(colorAt)), 'and a part of it is in the list');
    await page.close();
  });

  test('as a regression, the curve follows its points, and what was found is in the state', async () => {
    const { page, state, colorAt } = await lab.page();
    await tapArch(page);
    await page.getByRole('checkbox', { name: /regression/ }).check();
    await page.getByRole('button', { name: 'Add to the list' }).click();
    await page.getByText(/a = −0\.2\d+, h = .*, k = 7\.9\d*, R² = 0\.99/).waitFor();
    const { list } = (await state()).expressions;
    assert.equal(list[1].latex, 'y_{1}\\sim a\\left(x_{1}-h\\right)^{2}+k');
    assert.deepEqual(Object.keys(list[1].regressionParameters), ['a', 'h', 'k']);
    assert.ok(isColor(await colorAt(-3.8, 8 * (1 - (3.8 / 6) ** 2)), RED), 'the curve of the regression is drawn');
    await page
      .getByRole('button', { name: /red, shown/ })
      .last()
      .click();
    assert.ok(!isColor(await colorAt(-3.8, 8 * (1 - (3.8 / 6) ** 2)), RED), 'and hidden like any other');
    await page.close();
  });

  test('all by keyboard: cross-hair, points, the next best, into the list', async () => {
    const { page, state } = await lab.page();
    const fit = page.getByRole('button', { name: 'Fit a curve to points' });
    await fit.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Fit a curve' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /^Point 1: x /.test(document.querySelector('.graph-status')?.textContent ?? ''));
    for (let i = 0; i < 3; i++) {
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Shift+ArrowUp', 'Enter'])
        await page.keyboard.press(key);
    }
    await page.getByText('4 points.', { exact: false }).first().waitFor();
    await page.keyboard.press('Delete');
    await page.getByText('3 points. Drag').waitFor();
    await page.getByRole('radio', { name: /^Linear/ }).waitFor();
    await page.waitForFunction(() =>
      /^3 points\. Linear: y = /.test(document.querySelector('.graph-status')?.textContent ?? ''),
    );
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Add to the list' }).focus();
    await page.keyboard.press('Enter');
    await settle(page);
    const { list } = (await state()).expressions;
    assert.equal(list[1].latex, 'y=mx+b');
    assert.ok(await page.evaluate(() => document.activeElement !== document.body), 'the cursor is somewhere');
    await page.close();
  });

  test('points are dragged and taken away; a family can be picked; Escape leaves, and the points stay for another time', async () => {
    const { page, edits } = await lab.page();
    await tapArch(page);
    const region = page.getByRole('region', { name: 'Fit a curve' });
    const [from, to] = [await windowAt(page, ARCH[3]), await windowAt(page, [-1, 2])];
    const before = await page
      .getByRole('radio')
      .first()
      .evaluate((radio) => radio.closest('label')?.textContent);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction((text) => document.querySelector('.graph-fit-offer')?.textContent !== text, before);
    await page.keyboard.press('Control+z');
    await page.waitForFunction((text) => document.querySelector('.graph-fit-offer')?.textContent === text, before);
    await region.getByRole('button', { name: 'Remove point' }).click();
    await page.getByText('7 points. Drag').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('8 points. Drag').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await page.getByText('7 points. Drag').waitFor();
    await page.getByRole('combobox').selectOption({ label: 'Absolute value' });
    await page.waitForFunction(() => document.querySelectorAll('.graph-fit-offer').length === 1);
    await page.getByRole('radio', { name: /^Absolute value y = .*\|x/ }).waitFor();
    await page.keyboard.press('Escape');
    await region.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Fit a curve to points' }).click();
    await page.getByText('7 points. Drag').waitFor();
    await region.getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('Tap points along the shape. Five').waitFor();
    assert.equal(await edits(), 0);
    await page.close();
  });

  test("on a phone, by touch: the plane stays in sight, targets are large, the work's own family comes first", async () => {
    const { page, state } = await lab.page({
      family: 'absolute_value',
      context: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
    });
    await page.getByRole('button', { name: 'Fit a curve to points' }).tap();
    const region = page.getByRole('region', { name: 'Fit a curve' });
    await region.waitFor();
    for (const point of ARCH) {
      const { x, y } = await windowAt(page, point);
      await page.touchscreen.tap(x, y);
    }
    await page.getByText('8 points. Drag').waitFor();
    await page.getByRole('radio', { name: /^Absolute value/ }).waitFor();
    assert.ok(await page.getByRole('radio', { name: /^Absolute value/ }).isChecked());
    const [plane, panel] = [await page.locator('canvas').boundingBox(), await region.boundingBox()];
    assert.ok(
      plane && panel && plane.height >= 200 && panel.y >= plane.y + plane.height - 1,
      'the panel lies below the plane',
    );
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    for (const name of ['Fit a curve to points', 'Remove point', 'Close']) {
      const box = await page.getByRole('button', { name }).boundingBox();
      assert.ok(box && box.height >= 43.5, name);
    }
    await page.getByRole('radio', { name: /^Quadratic/ }).tap();
    await page.getByRole('button', { name: 'Add to the list' }).tap();
    await settle(page);
    assert.match((await state()).expressions.list[1].latex, /^y=a\\left\(x-h\\right\)\^\{2\}\+k/);
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Expression 2, '));
    assert.equal(
      await page.getByRole('region', { name: 'Keypad', exact: true }).count(),
      0,
      'the curve is looked at, not typed in',
    );
    await page.close();
  });

  test("the work's own family does not come first where the points have another shape", async () => {
    const { page } = await lab.page({ family: 'linear' });
    await tapArch(page);
    await page.getByRole('radio', { name: /^Quadratic/ }).waitFor();
    await page.waitForFunction(() =>
      /** @type {HTMLInputElement | null} */ (document.querySelector('input[type="radio"]'))
        ?.closest('label')
        ?.textContent?.startsWith('Quadratic'),
    );
    await page.close();
  });

  test('the points of a table are used where they are', async () => {
    const [x, y] = [ARCH.map(([value]) => String(value)), ARCH.map(([, value]) => String(value))];
    const table = {
      type: 'table',
      id: '1',
      columns: [
        { id: '2', latex: 'x_1', values: [...x, ''] },
        { id: '3', latex: 'y_1', values: y, color: RED },
      ],
    };
    const { page, state } = await lab.page({
      state: {
        version: 11,
        graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
        expressions: { list: [table] },
      },
    });
    await page.getByRole('button', { name: 'Fit a curve to points' }).click();
    await page.getByRole('button', { name: 'Use the points of the table' }).click();
    await page.getByText('8 points. Drag').waitFor();
    await page.getByRole('radio', { name: /^Quadratic y/ }).waitFor();
    await page.getByRole('checkbox', { name: /regression/ }).check();
    await page.getByRole('button', { name: 'Add to the list' }).click();
    await page.getByText(/R² = 0\.99/).waitFor();
    const { list } = (await state()).expressions;
    assert.deepEqual(list[0], table);
    assert.deepEqual(
      list.map((/** @type {any} */ { latex }) => latex),
      [undefined, 'y_1\\sim a\\left(x_1-h\\right)^{2}+k'],
    );
    await page.close();
  });

  test('nobody fits a curve in a graph that is only looked at', async () => {
    const { page } = await lab.page({ readOnly: true });
    assert.equal(await page.getByRole('button', { name: 'Fit a curve to points' }).count(), 0);
    await page.close();
  });
});
