import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor, pixelAt, settle } from './lib/grapher-page.js';

/** @param {unknown[]} list */
const stateOf = (list) => ({
  version: 11,
  randomSeed: '00',
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: { list },
});

/** @param {string} id @param {string} latex @param {object} [more] */
const line = (id, latex, more) => ({ type: 'expression', id, color: '#c74440', latex, ...more });

describe('points that move', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @typedef {Awaited<ReturnType<GrapherLab['page']>>} Grapher */

  /** @param {Grapher} grapher @returns {Promise<string[]>} */
  const formulas = async (grapher) => {
    await settle(grapher.page);
    return (await grapher.state()).expressions.list.map((/** @type {{latex: string}} */ item) => item.latex);
  };

  /** @param {Grapher} grapher @param {number} x @param {number} y @returns {Promise<[number, number]>} on the screen */
  const onScreen = async ({ page }, x, y) => {
    const box = await page.locator('canvas').boundingBox();
    const [u, v] = await pixelAt(page, x, y);
    return [(box?.x ?? 0) + u, (box?.y ?? 0) + v];
  };

  /** The numbers in a formula. @param {string} latex */
  const numbers = (latex) => (latex.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

  /** A hand aims to within a pixel. @param {string} latex @param {readonly number[]} want */
  const assertNear = (latex, want) => {
    const got = numbers(latex);
    assert.equal(got.length, want.length, latex);
    assert.ok(
      got.every((value, i) => Math.abs(value - want[i]) < 0.1),
      `${latex} is not near ${want}`,
    );
  };

  test('the mouse drags a point; a whole drag is one step of undo', async () => {
    const grapher = await lab.page({ pause: 500, state: stateOf([line('1', '\\left(1,2\\right)'), line('2', 'y=x')]) });
    const { mouse } = grapher.page;
    await mouse.move(...(await onScreen(grapher, 1, 2)));
    assert.equal(await grapher.page.locator('canvas').evaluate((canvas) => canvas.style.cursor), 'move');
    await mouse.down();
    for (const [x, y] of [
      [2, 3],
      [4, 6],
      [5, -3],
    ]) {
      await mouse.move(...(await onScreen(grapher, x, y)));
      await settle(grapher.page);
    }
    assertNear((await formulas(grapher))[0], [5, -3]);
    // Longer than the pause that ends an undo step.
    await grapher.page.waitForTimeout(1000);
    await mouse.move(...(await onScreen(grapher, 5, -4)));
    await mouse.up();
    assertNear((await formulas(grapher))[0], [5, -4]);
    assert.ok(
      isColor(
        await grapher.colorAt(.../** @type {[number, number]} */ (numbers((await formulas(grapher))[0]))),
        '#c74440',
      ),
    );
    await grapher.page.keyboard.press('Control+z');
    assert.equal((await formulas(grapher))[0], '\\left(1,2\\right)');
    await grapher.page.keyboard.press('Control+Shift+z');
    assertNear((await formulas(grapher))[0], [5, -4]);
    assert.deepEqual(
      (await grapher.state()).graph.viewport,
      stateOf([]).graph.viewport,
      'the plane itself did not move',
    );
    await grapher.page.close();
  });

  test('a finger needs not hit the point, and two fingers zoom', async () => {
    const context = { viewport: { width: 400, height: 800 }, hasTouch: true, isMobile: true };
    const list = [line('1', '\\left(a,b\\right)'), line('2', 'a=1'), line('3', 'b=2')];
    const grapher = await lab.page({ state: stateOf(list), context });
    const session = await grapher.page.context().newCDPSession(grapher.page);
    const [u, v] = await onScreen(grapher, 1, 2);
    const [endU, endV] = await onScreen(grapher, -4, 5);
    /** @param {string} type @param {...[number, number]} fingers */
    const touch = (type, ...fingers) =>
      session.send('Input.dispatchTouchEvent', {
        type: /** @type {any} */ (type),
        touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
      });
    await touch('touchStart', [u + 14, v + 14]);
    for (let i = 1; i <= 5; i++)
      await touch('touchMove', [u + 14 + ((endU - u) * i) / 5, v + 14 + ((endV - v) * i) / 5]);
    await touch('touchEnd');
    const [point, a, b] = await formulas(grapher);
    assert.equal(point, '\\left(a,b\\right)');
    assert.ok(Math.abs(numbers(a)[0] + 4) < 0.2 && Math.abs(numbers(b)[0] - 5) < 0.2, `${a} ${b}`);
    const [pu, pv] = await onScreen(grapher, -4, 5);
    await touch('touchStart', [pu, pv]);
    await touch('touchStart', [pu, pv], [pu + 60, pv]);
    await touch('touchMove', [pu, pv], [pu + 120, pv]);
    await touch('touchEnd');
    assert.deepEqual((await formulas(grapher)).slice(1), [a, b], 'the point stays where it was');
    const { xmin, xmax } = (await grapher.state()).graph.viewport;
    assert.ok(xmax - xmin < 15);
    await grapher.page.close();
  });

  test('by keys: P goes to a point, arrows move it and are heard, Escape goes back', async () => {
    const grapher = await lab.page({
      state: stateOf([line('1', '(1,2)'), line('2', '(a,a^{2})', { label: 'Q' }), line('3', 'a=1')]),
    });
    const { keyboard } = grapher.page;
    const handle = grapher.page.locator('.graph-handle');
    await grapher.page.locator('canvas').focus();
    await keyboard.press('p');
    assert.equal(await handle.evaluate((node) => node === document.activeElement), true);
    assert.match((await handle.getAttribute('aria-label')) ?? '', /^Point, x 1, y 2; arrow keys move it, 1 of 2/);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowUp');
    assert.deepEqual((await formulas(grapher))[0], '(1.1,2.1)');
    assert.equal(await grapher.page.locator('.graph-status').innerText(), 'x 1.1, y 2.1');
    await keyboard.press('Shift+ArrowLeft');
    assert.equal((await formulas(grapher))[0], '(1.09,2.1)');
    await keyboard.press('p');
    assert.match((await handle.getAttribute('aria-label')) ?? '', /^Point Q, x 1, y 1;/);
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowUp');
    assert.deepEqual(await formulas(grapher), ['(1.09,2.1)', '(a,a^{2})', 'a=0.9']);
    await settle(grapher.page);
    const [box, at] = [await handle.boundingBox(), await onScreen(grapher, 0.9, 0.81)];
    assert.ok(
      box && Math.hypot(box.x + box.width / 2 - at[0], box.y + box.height / 2 - at[1]) < 2,
      'the handle is where the point is',
    );
    await keyboard.press('Escape');
    assert.equal(await grapher.page.locator('canvas').evaluate((node) => node === document.activeElement), true);
    await grapher.page.close();
  });

  test('what may not move does not', async () => {
    const list = [line('1', '(1,2)', { dragMode: 'NONE' }), line('2', '(-4,-4)', { dragMode: 'X' })];
    const grapher = await lab.page({ state: stateOf(list) });
    const { mouse } = grapher.page;
    await mouse.move(...(await onScreen(grapher, -4, -4)));
    await mouse.down();
    await mouse.move(...(await onScreen(grapher, -6, 3)), { steps: 3 });
    await mouse.up();
    assertNear((await formulas(grapher))[1], [-6, -4]);
    await mouse.move(...(await onScreen(grapher, 1, 2)));
    await mouse.down();
    await mouse.move(...(await onScreen(grapher, 3, 2)), { steps: 3 });
    await mouse.up();
    assert.equal((await formulas(grapher))[0], '(1,2)');
    await grapher.page.close();
  });

  test('points of a table are dragged where their column says so, in one step', async () => {
    const columns = [
      { id: '2', color: '#c74440', latex: 'x_{1}', hidden: true, values: ['1', '-4'] },
      { id: '3', color: '#c74440', latex: 'y_{1}', values: ['2', '-4'], dragMode: 'XY' },
    ];
    const grapher = await lab.page({ state: stateOf([{ type: 'table', id: '1', columns }]) });
    const { mouse } = grapher.page;
    await mouse.move(...(await onScreen(grapher, -4, -4)));
    await mouse.down();
    await mouse.move(...(await onScreen(grapher, -6, 3)), { steps: 4 });
    await mouse.up();
    await settle(grapher.page);
    const values = async () =>
      (await grapher.state()).expressions.list[0].columns.map((/** @type {any} */ column) => column.values);
    const [xs, ys] = await values();
    assert.deepEqual([xs[0], ys[0]], ['1', '2']);
    assertNear(`${xs[1]} ${ys[1]}`, [-6, 3]);
    await grapher.page.keyboard.press('Control+z');
    await settle(grapher.page);
    assert.deepEqual(await values(), [
      ['1', '-4'],
      ['2', '-4'],
    ]);
    await grapher.page.close();
  });

  test('who only looks moves nothing', async () => {
    const grapher = await lab.page({ state: stateOf([line('1', '(1,2)')]), readOnly: true });
    const { mouse } = grapher.page;
    await mouse.move(...(await onScreen(grapher, 1, 2)));
    await mouse.down();
    await mouse.move(...(await onScreen(grapher, 3, 2)), { steps: 3 });
    await mouse.up();
    assert.deepEqual(await formulas(grapher), ['(1,2)']);
    assert.equal(await grapher.page.locator('.graph-handle').isVisible(), false);
    assert.equal(await grapher.edits(), 0);
    await grapher.page.close();
  });
});
