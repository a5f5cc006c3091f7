/** Placing photos on the plane: move, resize, rotate, fade and lock, by mouse, touch and keyboard. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, pixelAt, settle } from './lib/grapher-page.js';

/** @typedef {import('./lib/grapher-page.js').GrapherPage} GrapherPage */

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Two pixels, red and blue. */
const PICTURE = 'data:image/gif;base64,R0lGODlhAgABAPAAAP8AAAAA/yH5BAAAAAAALAAAAAACAAEAAAICRAoAOw==';

const PHOTO = {
  type: 'image',
  id: '1',
  image_url: PICTURE,
  name: 'arch.jpg',
  center: '\\left(0,0\\right)',
  width: '8',
  height: '4',
  draggable: true,
};

/** @param {object} [photo] @param {object} [graph] */
function stateOf(photo = {}, graph = {}) {
  return {
    version: 11,
    graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 }, degreeMode: true, ...graph },
    expressions: {
      list: [
        { type: 'expression', id: '0', color: '#c74440', latex: 'y=x' },
        { ...PHOTO, ...photo },
      ],
    },
  };
}

/** @param {GrapherPage} grapher */
async function photo({ state }) {
  const { center, width, height, angle, draggable, opacity } = (await state()).expressions.list[1];
  const [x, y] = center.match(/-?[\d.]+/g).map(Number);
  return { x, y, width: Number(width), height: Number(height), angle: Number(angle ?? 0), draggable, opacity };
}

/** @param {number} actual @param {number} expected @param {number} [by] */
function near(actual, expected, by = 0.1) {
  assert.ok(Math.abs(actual - expected) <= by, `${actual} is not ${expected}`);
}

/**
 * @param {GrapherPage} grapher
 * @param {number} x
 * @param {number} y
 * @returns {Promise<[number, number]>} on the page
 */
async function at({ page }, x, y) {
  const box = /** @type {{x: number, y: number}} */ (await page.locator('canvas').boundingBox());
  const [px, py] = await pixelAt(page, x, y);
  return [box.x + px, box.y + py];
}

/**
 * @param {GrapherPage} grapher
 * @param {[number, number]} from on the page
 * @param {[number, number]} to
 */
async function drag({ page }, from, to) {
  await page.mouse.move(...from);
  await page.mouse.down();
  for (let i = 1; i <= 5; i++)
    await page.mouse.move(from[0] + ((to[0] - from[0]) * i) / 5, from[1] + ((to[1] - from[1]) * i) / 5);
  await page.mouse.up();
  await settle(page);
}

/**
 * @param {GrapherPage} grapher
 * @returns {Promise<(type: string, ...fingers: [number, number][]) => Promise<unknown>>}
 */
async function touching({ page }) {
  const session = await page.context().newCDPSession(page);
  return (type, ...fingers) =>
    session.send('Input.dispatchTouchEvent', {
      type: /** @type {any} */ (type),
      touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
    });
}

/** @param {GrapherPage} grapher */
async function isShown({ page }) {
  await page.waitForFunction(
    () => /** @type {HTMLElement | null} */ (document.querySelector('.graph-plane img'))?.style.transform,
  );
}

/** @param {GrapherPage} grapher */
const viewport = async ({ state }) => (await state()).graph.viewport;

describe('placing photos', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('by mouse: moved, sized by a corner, turned by its handle; each is one step of undo', async () => {
    const grapher = await lab.page({ state: stateOf() });
    await isShown(grapher);
    const { page } = grapher;
    await drag(grapher, await at(grapher, 1, 1), await at(grapher, 3, -1));
    let now = await photo(grapher);
    near(now.x, 2);
    near(now.y, -2);

    await drag(grapher, await at(grapher, 6, 0), await at(grapher, 10, 2)); // The top right corner.
    now = await photo(grapher);
    near(now.width, 12);
    near(now.height, 6);
    near(now.x - now.width / 2, -2); // The opposite corner stays.
    near(now.y - now.height / 2, -4);

    const [x, y] = await at(grapher, now.x, now.y + now.height / 2);
    const [, middle] = await at(grapher, now.x, now.y);
    await drag(grapher, [x, y - 34], [x - (middle - y + 34), middle]); // From the top to the left.
    assert.equal((await photo(grapher)).angle, 90);

    for (const expected of [
      { angle: 0, width: 12 },
      { width: 8, x: 2 },
      { x: 0, y: 0 },
    ]) {
      await page.getByRole('button', { name: 'Undo' }).click();
      await settle(page);
      const before = await photo(grapher);
      for (const [name, value] of Object.entries(expected)) near(/** @type {any} */ (before)[name], value);
    }
    assert.deepEqual(await viewport(grapher), stateOf().graph.viewport, 'the plane has not moved');
    await page.close();
  });

  test('with the shift key a corner goes where it is pulled, and turns are steps', async () => {
    const grapher = await lab.page({ state: stateOf() });
    await isShown(grapher);
    await grapher.page.mouse.click(...(await at(grapher, 1, 1)));
    await grapher.page.keyboard.down('Shift');
    await drag(grapher, await at(grapher, 4, 2), await at(grapher, 5, 5));
    const { width, height } = await photo(grapher);
    near(width, 9);
    near(height, 7);
    await grapher.page.close();
  });

  test('a drag beside the photo moves the plane; once it is locked, everywhere', async () => {
    const grapher = await lab.page({ state: stateOf() });
    await isShown(grapher);
    const { page } = grapher;
    await drag(grapher, await at(grapher, 0, 8), await at(grapher, 1, 8));
    const { xmin } = await viewport(grapher);
    assert.notEqual(xmin, -10);
    near((await photo(grapher)).x, 0);

    await page.mouse.click(...(await at(grapher, 1, 1)));
    await page.getByRole('button', { name: /^Done/ }).click();
    assert.equal((await photo(grapher)).draggable, false);
    assert.equal(await page.getByRole('button', { name: /^Done/ }).isVisible(), false);
    await drag(grapher, await at(grapher, 1, -1), await at(grapher, 3, -1));
    near((await viewport(grapher)).xmin, xmin - 2);
    near((await photo(grapher)).x, 0);

    await page.getByRole('button', { name: 'Move photo 2' }).click();
    await drag(grapher, await at(grapher, 1, -1), await at(grapher, 3, -1));
    near((await photo(grapher)).x, 2);
    await page.close();
  });

  test('by touch: one finger moves it, two size and turn it at once', async () => {
    const context = { viewport: { width: 400, height: 800 }, hasTouch: true, isMobile: true };
    const grapher = await lab.page({ state: stateOf(), context });
    await isShown(grapher);
    const touch = await touching(grapher);
    const [x, y] = await at(grapher, 0, 0);
    const unit = (await at(grapher, 1, 0))[0] - x;
    await touch('touchStart', [x, y]);
    for (let i = 1; i <= 5; i++) await touch('touchMove', [x + (2 * unit * i) / 5, y]);
    await touch('touchEnd');
    await settle(grapher.page);
    near((await photo(grapher)).x, 2);

    // Two fingers on its centre line, then one and a half times as far apart, and a quarter turn clockwise.
    const center = x + 2 * unit;
    await touch('touchStart', [center - 20, y]);
    await touch('touchStart', [center - 20, y], [center + 20, y]);
    for (let i = 0; i <= 10; i++) {
      const [angle, length] = [(Math.PI / 2) * (i / 10), 20 + i];
      const [dx, dy] = [length * Math.cos(angle), length * Math.sin(angle)];
      await touch('touchMove', [center - dx, y - dy], [center + dx, y + dy]);
    }
    await touch('touchEnd');
    await settle(grapher.page);
    const now = await photo(grapher);
    near(now.x, 2, 0.3);
    near(now.y, 0, 0.3);
    // The first few pixels distinguish a pinch from a tap, and move nothing.
    near(now.width, 11.6, 0.8);
    near(now.height, 5.8, 0.4);
    near(now.angle, -82, 10);
    assert.deepEqual(await viewport(grapher), stateOf().graph.viewport, 'the plane has not moved');
    await grapher.page.close();
  });

  test('a fingertip beside a corner has hold of it', async () => {
    const context = { viewport: { width: 400, height: 800 }, hasTouch: true, isMobile: true };
    const grapher = await lab.page({ state: stateOf(), context });
    await isShown(grapher);
    const [x, y] = await at(grapher, 4, 2);
    await grapher.page.touchscreen.tap(x - 30, y + 20);
    const touch = await touching(grapher);
    await touch('touchStart', [x + 14, y - 14]);
    for (let i = 1; i <= 5; i++) await touch('touchMove', [x + 14 + 8 * i, y - 14 - 4 * i]);
    await touch('touchEnd');
    await settle(grapher.page);
    assert.ok((await photo(grapher)).width > 9);
    await grapher.page.close();
  });

  test('by keyboard: arrows, plus and minus, brackets, Enter; and it is said', async () => {
    const grapher = await lab.page({ state: stateOf() });
    await isShown(grapher);
    const { page } = grapher;
    await page.getByRole('textbox', { name: /Description of photo 2/ }).focus();
    await page.locator('canvas').focus();
    const said = () => page.locator('.graph-status').textContent();
    await page.keyboard.press('ArrowRight');
    const { x } = await photo(grapher);
    assert.ok(x > 0);
    assert.match(String(await said()), /^Photo at /);
    await page.keyboard.press('Shift+ArrowLeft');
    const fine = (await photo(grapher)).x;
    assert.ok(fine < x && fine > x / 2);
    await page.keyboard.press('ArrowUp');
    assert.ok((await photo(grapher)).y > 0);
    await page.keyboard.press('+');
    near((await photo(grapher)).width, 8.8);
    await page.keyboard.press('-');
    near((await photo(grapher)).width, 8);
    await page.keyboard.press('[');
    assert.equal((await photo(grapher)).angle, 5);
    assert.match(String(await said()), /turned 5 degrees to the left/);
    await page.keyboard.press(']');
    assert.equal((await photo(grapher)).angle, 0);
    await page.keyboard.press('Enter');
    assert.equal((await photo(grapher)).draggable, false);
    assert.match(String(await said()), /locked/);
    await page.keyboard.press('ArrowRight');
    assert.notEqual((await viewport(grapher)).xmin, -10, 'from now on keys move the plane');
    await page.close();
  });

  test('its row fades, hides, describes, replaces and deletes it', async () => {
    const grapher = await lab.page({ state: stateOf({ draggable: undefined, future: { kept: 1 } }) });
    await isShown(grapher);
    const { page, state } = grapher;
    const image = page.locator('.graph-plane img');
    await page.getByRole('slider', { name: 'Opacity of photo 2' }).fill('0.4');
    await settle(page);
    assert.equal((await photo(grapher)).opacity, '0.4');
    assert.equal(await image.evaluate((node) => node.style.opacity), '0.4');

    await page.getByRole('textbox', { name: /Description of photo 2/ }).fill('An old stone arch');
    await page.waitForFunction(() =>
      document.querySelector('canvas')?.ariaLabel?.includes('With a photo: An old stone arch.'),
    );

    await page.getByRole('button', { name: 'Photo 2, shown' }).click();
    await image.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Photo 2, hidden' }).click();
    await isShown(grapher);

    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Replace photo 2' }).click(),
    ]);
    const bytes = Buffer.from(PICTURE.split(',')[1], 'base64');
    await chooser.setFiles({ name: 'bridge.gif', mimeType: 'image/gif', buffer: bytes });
    await page.getByText('bridge.gif').waitFor();
    const item = (await state()).expressions.list[1];
    assert.match(item.image_url, /^data:image\/webp/);
    assert.deepEqual(
      [item.width, item.height, item.future, item.description],
      ['8', '4', { kept: 1 }, 'An old stone arch'],
    );

    await page.getByRole('button', { name: 'Delete photo 2' }).click();
    await image.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await isShown(grapher);
    await page.close();
  });

  test('what follows a formula is not moved by hand', async () => {
    const grapher = await lab.page({ state: stateOf({ center: '\\left(\\frac{1}{2},0\\right)', angle: '2\\cdot15' }) });
    await isShown(grapher);
    await drag(grapher, await at(grapher, 1, 0), await at(grapher, 3, 1));
    const { center, angle } = (await grapher.state()).expressions.list[1];
    assert.deepEqual([center, angle], ['\\left(\\frac{1}{2},0\\right)', '2\\cdot15']);
    await grapher.page.close();
  });

  test('who may only look has no handles, and no way to add', async () => {
    const grapher = await lab.page({ state: stateOf(), readOnly: true });
    await isShown(grapher);
    const { page } = grapher;
    assert.equal(await page.getByRole('button', { name: 'Add a photo' }).isVisible(), false);
    await drag(grapher, await at(grapher, 1, 1), await at(grapher, 3, 1));
    near((await photo(grapher)).x, 0);
    assert.equal(await page.locator('.graph-photo-handles').isVisible(), false);
    await page.close();
  });

  test('the photo lies beneath the curves, or above them where the state says so', async () => {
    for (const foreground of [false, true]) {
      const grapher = await lab.page({ state: stateOf({ foreground, draggable: false }) });
      await isShown(grapher);
      const { page } = grapher;
      const [x, y] = await at(grapher, 1, 1);
      const shot = await page.screenshot({ clip: { x: x - 1, y: y - 1, width: 3, height: 3 } });
      const [red, green, blue] = await page.evaluate(async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(3, 3).getContext('2d'));
        context.drawImage(image, 0, 0);
        return [...context.getImageData(1, 1, 1, 1).data];
      }, shot.toString('base64'));
      const isCurve = red > 150 && blue < 130 && green > 30;
      assert.equal(isCurve, !foreground, `${[red, green, blue]}`);
      await page.close();
    }
  });

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const [device, screen] of /** @type {const} */ ([
      ['desk', { viewport: { width: 1280, height: 800 } }],
      ['narrow', { viewport: { width: 320, height: 640 } }],
      ['phone', { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true }],
    ])) {
      test(`axe finds nothing while a photo is placed: ${device}, ${colorScheme}`, async () => {
        const grapher = await lab.page({ state: stateOf(), context: { colorScheme, ...screen } });
        await isShown(grapher);
        const { page } = grapher;
        await page.getByRole('textbox', { name: /Description of photo 2/ }).focus();
        await page.getByRole('button', { name: 'Add a photo' }).click();
        await page.getByRole('group', { name: 'Add a photo' }).waitFor();
        if (process.env.TEST_PICTURES)
          await page.screenshot({ path: join(process.env.TEST_PICTURES, `photo-${device}-${colorScheme}.png`) });
        await page.evaluate(axe);
        const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
        assert.deepEqual(
          violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`),
          [],
        );
        const boxes = await page
          .locator('.graph button, .graph input')
          .evaluateAll((nodes) =>
            nodes
              .filter((node) => node.checkVisibility())
              .map((node) => ({ name: node.ariaLabel ?? node.textContent, ...node.getBoundingClientRect().toJSON() })),
          );
        const least = device === 'phone' ? 43.9 : 23.9;
        assert.deepEqual(
          boxes.filter(({ width, height }) => Math.min(width, height) < least),
          [],
        );
        await page.close();
      });
    }
  }
});
