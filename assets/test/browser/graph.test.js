import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, pixelAt, settle } from './lib/grapher-page.js';

const RED = '#c74440';
const BLUE = '#2d70b3';

/**
 * @param {object[]} list
 * @param {object} [graph]
 */
function stateOf(list, graph = {}) {
  const viewport = { xmin: -10, xmax: 10, ymin: -10, ymax: 10 };
  return { version: 11, randomSeed: '00', graph: { viewport, ...graph }, expressions: { list } };
}

/** @param {string} id @param {string} latex @param {object} [more] */
const line = (id, latex, more) => ({ type: 'expression', id, color: RED, latex, ...more });

describe('the plane', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('y=sqrt(x), typed on the keyboard, is drawn where it must be and nowhere else', async () => {
    const { page, state, colorAt, complaints } = await lab.page();
    await page.getByRole('button', { name: 'Add expression' }).click();
    await page.keyboard.type('y=sqrt(x)');
    await settle(page);
    const [item] = (await state()).expressions.list;
    assert.equal(item.latex, String.raw`y=\sqrt{x}`);
    for (const x of [0.5, 1, 4, 9]) assert.ok(isColor(await colorAt(x, Math.sqrt(x)), RED), `on the curve at ${x}`);
    for (const x of [-4, -1]) assert.ok(!isColor(await colorAt(x, Math.sqrt(-x)), RED), `no curve at ${x}`);
    assert.ok(!isColor(await colorAt(4, -2), RED), 'no second branch');
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('curves of x and of y, points, styles; what is hidden is not drawn', async () => {
    const { page, colorAt } = await lab.page({
      state: stateOf([
        line('1', 'x=\\frac{y^{2}}{4}'),
        line('2', '\\left(-5,5\\right)', { color: BLUE, pointSize: '20' }),
        line('3', '\\left(-5,-5\\right)', { color: BLUE, pointSize: '20', pointStyle: 'OPEN' }),
        line('4', 'y=-8', { lineWidth: 'w' }),
        line('5', 'w=12'),
        line('6', 'y=8', { hidden: true }),
        { type: 'folder', id: '7', hidden: true },
        line('8', 'y=7', { folderId: '7' }),
      ]),
    });
    assert.ok(isColor(await colorAt(4, 4), RED));
    assert.ok(isColor(await colorAt(4, -4), RED));
    assert.ok(isColor(await colorAt(-5, 5), BLUE));
    assert.ok(!isColor(await colorAt(-5, -5), BLUE), 'an open point is open');
    assert.ok(isColor(await colorAt(2.5, -8.1), RED), 'a width given by a name');
    assert.ok(!isColor(await colorAt(2.5, 8), RED), 'hidden');
    assert.ok(!isColor(await colorAt(2.5, 7), RED), 'hidden with its folder');
    await page.close();
  });

  test('equations: a circle, a line through a point, and no line where there is a pole', async () => {
    const { page, colorAt, complaints } = await lab.page({
      state: stateOf([
        line('1', 'x^{2}+y^{2}=25'),
        line('2', 'y-1=2\\left(x-7\\right)', { color: BLUE }),
        line('3', '\\frac{1}{x+8}-y=0', { color: BLUE }),
      ]),
    });
    for (const angle of [0.3, 1.2, 2.5, 4, 5.5]) {
      assert.ok(isColor(await colorAt(5 * Math.cos(angle), 5 * Math.sin(angle)), RED), `on the circle at ${angle}`);
      assert.ok(!isColor(await colorAt(4.6 * Math.cos(angle), 4.6 * Math.sin(angle)), RED), 'not within');
    }
    for (const x of [6.5, 7.5, 9]) assert.ok(isColor(await colorAt(x, 1 + 2 * (x - 7)), BLUE), `on the line at ${x}`);
    assert.ok(isColor(await colorAt(-7.5, 2), BLUE));
    assert.ok(!isColor(await colorAt(-8, 0.7), BLUE), 'nothing along the pole');
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('regions: a tone, and an edge that is solid if it belongs to them and dashed if not', async () => {
    const { page, colorAt } = await lab.page({
      state: stateOf(
        [
          line('1', 'y<-4.3'),
          line('2', 'y\\ge x+9', { color: BLUE }),
          line('3', 'x^{2}+y^{2}<4', { fillOpacity: '1', lineOpacity: '0' }),
        ],
        { showGrid: false, showXAxis: false, showYAxis: false },
      ),
    });
    const paper = await colorAt(4.3, 4.3);
    const tone = await colorAt(4.3, -7.3);
    // 0.4 of the colour over paper.
    [0xc7, 0x44, 0x40].forEach((part, i) =>
      assert.ok(Math.abs(tone[i] - (0.4 * part + 0.6 * paper[i])) < 4, `${tone}`),
    );
    const along = async (/** @type {(t: number) => [number, number]} */ edge, /** @type {string} */ color) => {
      let on = 0;
      for (let i = 0; i < 40; i++) if (isColor(await colorAt(...edge(i / 40)), color)) on += 1;
      return on;
    };
    const dashed = await along((t) => [-9 + 7 * t, -4.3], RED);
    assert.ok(dashed > 8 && dashed < 34, `${dashed} of 40 points of a strict edge are drawn`);
    assert.equal(await along((t) => [-8.5 + 7 * t, 0.5 + 7 * t], BLUE), 40, 'a weak edge is whole');
    assert.ok(isColor(await colorAt(0.7, 0.7), RED), 'as opaque as the item says');
    // It consists of many tiles; none of their seams is visible, neither along a row nor along a column. The browser
    // itself may get a pixel wrong where a polygon leaves the canvas.
    const [left, top] = await pixelAt(page, -9.9, -5);
    const odd = await page.evaluate(
      ([left, top]) => {
        const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
        const [width, height] = [Math.floor(canvas.width - 2 * left), Math.floor(canvas.height - top)];
        const copy = /** @type {OffscreenCanvasRenderingContext2D} */ (
          new OffscreenCanvas(width, height).getContext('2d')
        );
        copy.drawImage(canvas, left, top, width, height, 0, 0, width, height);
        const { data } = copy.getImageData(0, 0, width, height);
        const middle = data[4 * (Math.floor(height / 2) * width + Math.floor(width / 2)) + 1];
        let count = 0;
        for (let i = 1; i < data.length; i += 4) if (Math.abs(data[i] - middle) > 1) count += 1;
        return count;
      },
      [Math.max(0, Math.round(left)), Math.round(top)],
    );
    assert.ok(odd < 5, `${odd} pixels have another tone`);
    await page.close();
  });

  test('polar and parametric curves, as far as their parameters go', async () => {
    const { page, colorAt } = await lab.page({
      state: stateOf(
        [
          line('1', 'r=8\\cos\\left(3\\theta\\right)'),
          line('2', '\\left(9\\cos t,9\\sin t\\right)', { color: BLUE, parametricDomain: { min: '0', max: '\\pi' } }),
        ],
        { showXAxis: false },
      ),
    });
    for (const angle of [0, 0.2, 2.3, 4.1]) {
      const r = 8 * Math.cos(3 * angle);
      assert.ok(isColor(await colorAt(r * Math.cos(angle), r * Math.sin(angle)), RED), `on the rose at ${angle}`);
    }
    assert.ok(!isColor(await colorAt(-7.9, 0.3), RED), 'three petals');
    assert.ok(isColor(await colorAt(9 * Math.cos(1), 9 * Math.sin(1)), BLUE));
    assert.ok(!isColor(await colorAt(9 * Math.cos(1), -9 * Math.sin(1)), BLUE), 'half a circle');
    await page.close();
  });

  test('what takes long is drawn over several pictures, and then no more', async () => {
    const { page } = await lab.page({
      state: stateOf([line('1', '\\sin\\left(x^{2}+y^{2}\\right)=\\cos\\left(xy\\right)')]),
    });
    const pictures = await page.evaluate(async () => {
      let count = 0;
      const { fillRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
        if (width > this.canvas.width - 1 && height > this.canvas.height - 1) count++;
        fillRect.call(this, x, y, width, height);
      };
      // Ends only if no more frames are drawn.
      const rest = async () => {
        for (let before = -1; before !== count; ) {
          before = count;
          await new Promise((done) => setTimeout(done, 1000));
        }
      };
      await rest();
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
      canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -800, cancelable: true }));
      const start = count;
      for (let tries = 0; count - start < 2 && tries < 300; tries++) await new Promise((done) => setTimeout(done, 100));
      await rest();
      return count - start;
    });
    assert.ok(pictures > 1, `${pictures} pictures after a zoom`);
    await page.close();
  });

  test('ends of curves are full or empty circles; asymptotes are seen of the curve at hand', async () => {
    const bare = { showGrid: false, showXAxis: false, showYAxis: false };
    const { page, colorAt } = await lab.page({
      state: stateOf(
        [
          line('1', 'y=x\\left\\{-2<x\\le2\\right\\}', { lineWidth: '6' }),
          line('2', 'y=\\frac{\\left(x+5\\right)\\left(x+7\\right)}{x+5}', { color: BLUE, lineWidth: '6' }),
          line('3', 'y=6+\\frac{1}{x-6}', { color: BLUE }),
        ],
        bare,
      ),
    });
    const scale = (await pixelAt(page, 1, 0))[0] - (await pixelAt(page, 0, 0))[0];
    const paper = await colorAt(0, 8);
    assert.deepEqual(await colorAt(-2, -2), paper, 'an end that does not belong to it is empty');
    assert.deepEqual(await colorAt(-5, 2), paper, 'a hole');
    assert.ok(isColor(await colorAt(2 + 4 / scale, 2 + 4 / scale), RED), 'an end that belongs to it is full');
    const along = async () => {
      let seen = 0;
      for (let y = -9; y < 0; y += 0.3)
        if ((await colorAt(6, y)).some((part, i) => Math.abs(part - paper[i]) > 20)) seen += 1;
      return seen;
    };
    assert.equal(await along(), 0, 'no asymptote while nothing is at hand');
    await page.locator('.graph-row').nth(2).locator('math-field, input').first().click();
    const seen = await along();
    assert.ok(seen > 5 && seen < 28, `${seen} of 30 points of the asymptote are drawn`);
    await page.close();
  });

  test('degrees, grid and axes are as the state says', async () => {
    const bare = { degreeMode: true, showGrid: false, showXAxis: false, showYAxis: false };
    const { page, colorAt } = await lab.page({ state: stateOf([line('1', 'y=9\\sin\\left(18x\\right)')], bare) });
    assert.ok(isColor(await colorAt(5, 9), RED), 'sin 90 degrees is 1');
    const paper = await colorAt(7.3, 9.1);
    for (const [x, y] of [
      [0, 5.5],
      [-3.3, 0],
      [2, 1.3],
      [4, 1.3],
    ])
      assert.deepEqual(await colorAt(x, y), paper);
    await page.close();
  });

  test('the wheel zooms about the pointer, dragging pans, and both are kept', async () => {
    const { page, state, edits } = await lab.page({ state: stateOf([line('1', 'y=x+8')]) });
    const box = await page.locator('canvas').boundingBox();
    assert.ok(box);
    const [px, py] = await pixelAt(page, 5, 5);
    await page.mouse.move(box.x + px, box.y + py);
    await page.mouse.wheel(0, -300);
    await settle(page);
    const zoomed = (await state()).graph.viewport;
    assert.ok(zoomed.xmax - zoomed.xmin < 20, 'closer');
    const [qx, qy] = await pixelAt(page, 5, 5);
    assert.ok(Math.hypot(qx - px, qy - py) < 0.5, 'what was under the pointer still is');
    await page.mouse.down();
    await page.mouse.move(box.x + px - 60, box.y + py + 40, { steps: 4 });
    await page.mouse.up();
    const [rx, ry] = await pixelAt(page, 5, 5);
    assert.ok(Math.hypot(rx - px + 60, ry - py - 40) < 0.5, 'the plane follows the hand');
    assert.ok((await edits()) >= 2);
    await page.close();
  });

  test('a pinch on the touchpad zooms in Safari too, once where fingers are told of as well, and never the page', async () => {
    const { page, state } = await lab.page({ state: stateOf([]) });
    /** @param {readonly number[]} scales as Safari tells them @param {boolean} isTouch */
    const pinch = (scales, isTouch) =>
      page.locator('canvas').evaluate(
        (canvas, [scales, isTouch]) => {
          const { left, top, width, height } = canvas.getBoundingClientRect();
          const at = { clientX: left + width / 2, clientY: top + height / 2, cancelable: true };
          const press = (/** @type {string} */ type) =>
            canvas.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 7, pointerType: 'touch' }));
          if (isTouch) press('pointerdown');
          const isPrevented = scales.map(
            (scale, index) =>
              !canvas.dispatchEvent(
                Object.assign(new MouseEvent(index === 0 ? 'gesturestart' : 'gesturechange', at), { scale }),
              ),
          );
          if (isTouch) press('pointerup');
          return isPrevented.every(Boolean);
        },
        /** @type {const} */ ([scales, isTouch]),
      );
    const width = async () => {
      await settle(page);
      const { xmin, xmax } = (await state()).graph.viewport;
      return xmax - xmin;
    };
    assert.ok(await pinch([1, 0.8], false));
    const far = await width();
    assert.ok(await pinch([1, 1.25, 2], false));
    assert.ok(Math.abs((await width()) / far - 0.5) < 1e-9, 'twice as near');
    assert.ok(await pinch([1, 0.5], false));
    assert.ok(Math.abs((await width()) / far - 1) < 1e-9, 'each pinch counts from its own start');
    assert.ok(await pinch([1, 3], true));
    assert.ok(Math.abs((await width()) / far - 1) < 1e-9, 'left to the fingers');
    await page.close();
  });

  test('two fingers zoom, one pans', async () => {
    const context = { viewport: { width: 400, height: 800 }, hasTouch: true, isMobile: true };
    const { page, state } = await lab.page({ state: stateOf([line('1', 'y=x+8')]), context });
    const box = await page.locator('canvas').boundingBox();
    assert.ok(box);
    const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
    const session = await page.context().newCDPSession(page);
    /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {[number, number][]} fingers */
    const touch = (type, fingers) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
      });
    await touch('touchStart', [
      [cx - 30, cy],
      [cx + 30, cy],
    ]);
    for (const reach of [40, 50, 60])
      await touch('touchMove', [
        [cx - reach, cy],
        [cx + reach, cy],
      ]);
    await touch('touchEnd', []);
    await settle(page);
    const pinched = (await state()).graph.viewport;
    assert.ok(Math.abs((pinched.xmax - pinched.xmin) / 20 - 0.5) < 0.03, 'twice as near');
    assert.ok(Math.abs(pinched.xmin + pinched.xmax) < 0.2, 'about the middle of the fingers');
    await touch('touchStart', [[cx, cy]]);
    for (const step of [10, 20, 40]) await touch('touchMove', [[cx + step, cy]]);
    await touch('touchEnd', []);
    await settle(page);
    assert.ok((await state()).graph.viewport.xmin < pinched.xmin - 0.5, 'moved along');
    await page.close();
  });

  test('keys pan, zoom and go home', async () => {
    const { page, state } = await lab.page({ state: stateOf([]) });
    await page.locator('canvas').focus();
    const viewport = async () => (await state()).graph.viewport;
    await page.keyboard.press('ArrowRight');
    const panned = await viewport();
    assert.ok(panned.xmin > -9 && panned.ymin === -10 && panned.ymax === 10);
    await page.keyboard.press('+');
    const near = await viewport();
    assert.ok(Math.abs((near.ymax - near.ymin) * 1.5 - 20) < 1e-9);
    await page.keyboard.press('-');
    await page.keyboard.press('ArrowLeft');
    const back = await viewport();
    assert.ok(Math.abs(back.xmin + back.xmax) < 1e-9);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    const home = await viewport();
    assert.ok(home.xmin <= -10 && home.xmax >= 10 && Math.abs(home.ymin + home.ymax) < 1e-9);
    await page.close();
  });

  test('buttons zoom about the middle and go home', async () => {
    const { page, state } = await lab.page({ state: stateOf([]) });
    const span = async () => {
      const { ymin, ymax } = (await state()).graph.viewport;
      assert.ok(Math.abs(ymin + ymax) < 1e-9, 'about the middle');
      return ymax - ymin;
    };
    await page.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok(Math.abs((await span()) - 20 / 1.5) < 1e-9);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.getByRole('button', { name: 'Zoom out' }).click();
    assert.ok(Math.abs((await span()) - 30) < 1e-9);
    await page.getByRole('button', { name: 'Back to the start view' }).click();
    const { xmin, xmax } = (await state()).graph.viewport;
    assert.deepEqual([xmin, xmax], [-10, 10]);
    await page.close();
  });

  test('opening, clicking and resizing are no edits', async () => {
    const state = stateOf([line('1', 'y=x^2')]);
    const grapher = await lab.page({ state });
    const { page } = grapher;
    await page.locator('canvas').click();
    await page.setViewportSize({ width: 600, height: 900 });
    await settle(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await settle(page);
    assert.equal(await grapher.edits(), 0);
    assert.deepEqual(await grapher.state(), state);
    assert.ok(isColor(await grapher.colorAt(2, 4), RED), 'and it is drawn anew');
    await page.close();
  });

  test('nothing is drawn while nothing changes, and once a frame while much does', async () => {
    const { page } = await lab.page({ state: stateOf([line('1', 'y=x')]) });
    const counts = await page.evaluate(async () => {
      let drawings = 0;
      const { fillRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
        // Only the background covers the whole canvas.
        if (width > this.canvas.width - 1 && height > this.canvas.height - 1) drawings++;
        fillRect.call(this, x, y, width, height);
      };
      await new Promise((done) => setTimeout(done, 500));
      const idle = drawings;
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
      for (let i = 0; i < 50; i++) canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, cancelable: true }));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return [idle, drawings];
    });
    assert.deepEqual(counts, [0, 1]);
    await page.close();
  });

  test('the canvas is as sharp as the screen', async () => {
    const { page } = await lab.page({ context: { deviceScaleFactor: 2 } });
    const [bitmap, box] = await page
      .locator('canvas')
      .evaluate((canvas) => [/** @type {HTMLCanvasElement} */ (canvas).width, canvas.getBoundingClientRect().width]);
    assert.equal(bitmap, Math.round(box * 2));
    await page.close();
  });

  test('its name follows what it shows', async () => {
    const { page } = await lab.page({ state: stateOf([line('1', 'y=\\sqrt{x}'), line('2', 'y=2', { hidden: true })]) });
    await page.waitForFunction(() =>
      document.querySelector('canvas')?.ariaLabel?.startsWith('Graph of y equals the square root of x.'),
    );
    const name = await page.locator('canvas').getAttribute('aria-label');
    assert.match(
      String(name),
      /^Graph of y equals the square root of x\. x from −[\d.]+ to [\d.]+, y from −10 to 10\.$/,
    );
    await page.close();
  });
});
