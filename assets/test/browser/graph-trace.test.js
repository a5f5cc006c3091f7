import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, pixelAt } from './lib/grapher-page.js';

const VIEW = { xmin: -10, xmax: 10, ymin: -10, ymax: 10 };

/** @param {...string} formulas */
const stateOf = (...formulas) => ({
  version: 11,
  graph: { viewport: VIEW },
  expressions: { list: formulas.map((latex, i) => ({ type: 'expression', id: String(i), color: '#c74440', latex })) },
});

describe('tracing', { skip: NO_BROWSER }, () => {
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
   * @returns {Promise<{x: number, y: number}>} on the screen
   */
  const place = async (page, x, y) => {
    const box = await page.locator('canvas').boundingBox();
    const [left, top] = await pixelAt(page, x, y);
    return { x: left + (box?.x ?? 0), y: top + (box?.y ?? 0) };
  };

  /** @param {import('playwright-core').Page} page @param {RegExp} wanted */
  const says = async (page, wanted) => {
    const said = () => page.locator('.graph-status').innerText();
    for (let tries = 0; tries < 100 && !wanted.test(await said()); tries++) await page.waitForTimeout(50);
    assert.match(await said(), wanted);
  };

  /** @param {import('playwright-core').Page} page */
  const label = (page) => page.locator('.graph-point-label').last().innerText();

  test('with the mouse: a curve that is pressed and dragged shows where it is, and the plane stays', async () => {
    const { page, state, edits, complaints } = await lab.page({ state: stateOf('y=x^{2}-4') });
    const [from, to] = [await place(page, 3, 5), await place(page, 2.5, -1)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    const [x, y] = (await label(page)).replaceAll('−', '-').slice(1, -1).split(', ').map(Number);
    assert.ok(
      Math.abs(x - 2.5) < 0.05 && Math.abs(y - (x * x - 4)) < 0.03,
      `${x}, ${y} is on the curve, below the mouse`,
    );
    const zero = await place(page, 2.05, 1);
    await page.mouse.move(zero.x, zero.y, { steps: 3 });
    // Points of interest are known some time after the curve was grabbed.
    for (let tries = 0; tries < 100 && (await label(page)) !== '(2, 0)'; tries++)
      await page.mouse.move(zero.x - (tries % 2), zero.y);
    assert.equal(await label(page), '(2, 0)', 'it is drawn to a point of interest');
    await page.mouse.up();
    await says(page, /^x-intercept: x 2, y 0$/);
    assert.deepEqual((await state()).graph.viewport, VIEW);
    assert.equal(await edits(), 0);
    const beside = await place(page, 6, -6);
    await page.mouse.click(beside.x, beside.y);
    assert.equal(await page.locator('.graph-point-label').count(), 0);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('with a finger: likewise; beside all curves the plane moves', async () => {
    const { page, state } = await lab.page({
      state: stateOf('y=x'),
      context: { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
    });
    const session = await page.context().newCDPSession(page);
    /** @param {[number, number][]} way in plane units */
    const drag = async (way) => {
      const points = [];
      for (const [x, y] of way) points.push(await place(page, x, y));
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [points[0]] });
      for (const point of points.slice(1))
        await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] });
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await drag([
      [4, 4],
      [5, 4],
      [6.5, 4],
    ]);
    const [x, y] = (await label(page)).slice(1, -1).split(', ').map(Number);
    assert.ok(Math.abs(x - 6.5) < 0.1 && x === y);
    assert.deepEqual((await state()).graph.viewport, VIEW);
    await drag([
      [5, -5],
      [4, -5],
      [2, -5],
    ]);
    assert.notDeepEqual((await state()).graph.viewport, VIEW);
    await page.close();
  });

  test('by keyboard: T begins, arrows go along and to other curves, Escape ends', async () => {
    const { page, state } = await lab.page({
      state: stateOf('y=2x', 'y=\\sqrt{x}', 'x^{2}+y^{2}=25', '\\left(3\\cos t,3\\sin t\\right)'),
    });
    await page.locator('canvas').focus();
    await page.keyboard.press('t');
    await says(page, /^Tracing y equals 2 x\. x 0, y 0\. Left and right/);
    await page.keyboard.press('ArrowRight');
    await says(page, /^x 0\.\d+, y 0\.\d+$/);
    const before = await label(page);
    await page.keyboard.press('Shift+ArrowRight');
    assert.notEqual(await label(page), before);
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
    await says(page, /^x minus \d\.\d+, y minus \d\.\d+$/);
    await page.keyboard.press('ArrowDown');
    await says(page, /^y equals the square root of x\. x minus \d\.\d+, not defined here$/);
    assert.equal(await label(page), 'not defined here');
    for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
    await says(page, /^x \d\.\d+, y \d\.\d+$/);
    await page.keyboard.press('ArrowDown');
    await says(page, /^x squared plus y squared equals 25\. x /);
    const onCircle = async () => {
      const [x, y] = (await label(page)).replaceAll('−', '-').slice(1, -1).split(', ').map(Number);
      return Math.hypot(x, y);
    };
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('ArrowRight');
      assert.ok(Math.abs((await onCircle()) - 5) < 0.01);
    }
    await page.keyboard.press('ArrowDown');
    await says(page, /^the point 3 cosine of t, 3 sine of t\. /);
    await page.keyboard.press('ArrowRight');
    assert.ok(Math.abs((await onCircle()) - 3) < 0.01);
    await page.keyboard.press('Escape');
    await says(page, /^Tracing ended\.$/);
    assert.equal(await page.locator('.graph-point-label').count(), 0);
    assert.deepEqual((await state()).graph.viewport, VIEW, 'the arrow keys were for the point');
    await page.keyboard.press('ArrowRight');
    assert.notDeepEqual((await state()).graph.viewport, VIEW, 'and are for the plane again');
    await page.close();
  });

  test('a tone follows the height if it is wanted', async () => {
    const { page } = await lab.page({ state: stateOf('y=x', 'y=\\sqrt{x}') });
    await page.evaluate(() => {
      /** @type {number[]} */
      const heard = [];
      const original = AudioParam.prototype.setTargetAtTime;
      AudioParam.prototype.setTargetAtTime = function setTargetAtTime(value, ...rest) {
        heard.push(value);
        return original.call(this, value, ...rest);
      };
      Object.assign(globalThis, { heard });
    });
    const tones = async () => /** @type {number[]} */ (await page.evaluate('heard')).filter((value) => value > 100);
    await page.locator('canvas').focus();
    await page.keyboard.press('t');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await tones(), [], 'none unless it is asked for');
    await page.keyboard.press('s');
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    const rising = await tones();
    assert.ok(rising.length >= 6 && rising.every((hertz, i) => i === 0 || hertz > rising[i - 1]), rising.join(' '));
    await page.keyboard.press('s');
    await page.keyboard.press('ArrowRight');
    assert.equal((await tones()).length, rising.length);
    await page.close();
  });

  test('the loudspeaker is begun by the press that wants a tone, as Safari asks, and kept from one curve to the next', async () => {
    const { page } = await lab.page({ state: stateOf('y=x') });
    await page.evaluate(() => {
      /** @type {AudioContext[]} */
      const begun = [];
      const Original = AudioContext;
      class Counted extends Original {
        constructor() {
          super();
          begun.push(this);
        }
      }
      Object.assign(globalThis, { AudioContext: Counted, begun });
    });
    const states = () => /** @type {Promise<string[]>} */ (page.evaluate('begun.map(({ state }) => state)'));
    const isIn = (/** @type {string} */ wanted) =>
      page.waitForFunction((state) => /** @type {any} */ (globalThis).begun[0].state === state, wanted);
    await page.locator('canvas').focus();
    await page.keyboard.press('t');
    await page.keyboard.press('s');
    assert.equal((await states()).length, 1);
    await page.keyboard.press('Escape');
    await isIn('suspended');
    await page.keyboard.press('t');
    await isIn('running');
    await page.keyboard.press('s');
    await isIn('closed');
    assert.equal((await states()).length, 1);
    await page.close();
  });
});
