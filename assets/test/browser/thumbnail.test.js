import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, isColor } from './lib/grapher-page.js';

describe('a thumbnail', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  /** @type {import('playwright-core').Page} */
  let page;
  before(async () => {
    lab = await GrapherLab.open();
    page = (await lab.page({ mathLive: false })).page;
  });
  after(() => lab.close());

  /**
   * Draws a state at 200 by 100 pixels.
   *
   * @param {unknown} state
   * @param {number[][]} points pixels to check
   * @returns {Promise<{size: number[], colors: number[][]}>}
   */
  const draw = (state, points) =>
    page.evaluate(
      async ([state, points]) => {
        const path = new URL('/js/graph/thumbnail.js', location.href).href;
        const { drawThumbnail } = await import(path);
        const canvas = document.createElement('canvas');
        await drawThumbnail(canvas, state, { width: 200, height: 100, pixelRatio: 2 });
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        const colors = /** @type {number[][]} */ (points).map(([x, y]) => [
          ...context.getImageData(2 * x, 2 * y, 1, 1).data,
        ]);
        return { size: [canvas.width, canvas.height], colors };
      },
      /** @type {const} */ ([state, points]),
    );

  test('shows the curve, without the page having loaded MathLive', async () => {
    const viewport = { xmin: -10, xmax: 10, ymin: -5, ymax: 5 };
    const list = [{ type: 'expression', id: '1', color: '#c74440', latex: 'y=3' }];
    const state = { version: 11, graph: { viewport }, expressions: { list } };
    const { size, colors } = await draw(state, [
      [33, 20],
      [33, 83],
    ]);
    assert.deepEqual(size, [400, 200]);
    assert.ok(isColor(colors[0], '#c74440'));
    assert.ok(!isColor(colors[1], '#c74440'));
    assert.equal(await page.evaluate(() => customElements.get('math-field')), undefined);
  });

  test('shows regions and equations, quickly', async () => {
    const viewport = { xmin: -10, xmax: 10, ymin: -5, ymax: 5 };
    const list = ['y\\le-1', 'x^{2}+y^{2}=9', 'r=2\\cos\\left(3\\theta\\right)'].map((latex, i) => ({
      type: 'expression',
      id: String(i),
      color: '#c74440',
      latex,
    }));
    const state = { version: 11, graph: { viewport }, expressions: { list } };
    const { colors } = await draw(state, [
      [33, 90],
      [33, 20],
      [100, 20],
    ]);
    assert.ok(!isColor(colors[0], '#c74440') && colors[0][1] < colors[1][1] - 40, 'a tone');
    assert.ok(isColor(colors[2], '#c74440'), 'the top of the circle');
    const fastest = await page.evaluate(async (state) => {
      const { drawThumbnail } = await import(new URL('/js/graph/thumbnail.js', location.href).href);
      const canvas = document.createElement('canvas');
      const times = Array.from({ length: 15 }, () => {
        const start = performance.now();
        drawThumbnail(canvas, state, { width: 320, height: 200, pixelRatio: 2 });
        return performance.now() - start;
      });
      return Math.min(...times);
    }, state);
    assert.ok(fastest < 10, `${fastest} ms`);
  });

  test('waits for what draws equations before it shows the first one, and shows the next ones at once', async () => {
    const { page: fresh } = await lab.page({ mathLive: false });
    const { before, then, isAtOnce } = await fresh.evaluate(async () => {
      const { drawThumbnail } = await import(new URL('/js/graph/thumbnail.js', location.href).href);
      const state = {
        version: 11,
        graph: { viewport: { xmin: -10, xmax: 10, ymin: -5, ymax: 5 } },
        expressions: { list: [{ type: 'expression', id: '1', color: '#c74440', latex: 'x^{2}+y^{2}=9' }] },
      };
      const [canvas, other] = [document.createElement('canvas'), document.createElement('canvas')];
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
      const top = () => [...context.getImageData(100, 20, 1, 1).data];
      const box = { width: 200, height: 100 };
      void drawThumbnail(canvas, state, box);
      const shown = drawThumbnail(canvas, state, box); // As when the poster is resized meanwhile.
      const before = top();
      await shown;
      return { before, then: top(), isAtOnce: drawThumbnail(other, state, box) === undefined };
    });
    assert.deepEqual(before, [0, 0, 0, 0], 'no paper without the circle');
    assert.ok(isColor(then, '#c74440'), `${then}`);
    assert.equal(isAtOnce, true);
  });

  test('shows labels, also where their points are hidden', async () => {
    const label = {
      type: 'expression',
      id: '1',
      color: '#c74440',
      latex: '\\left(-5,0\\right)',
      showLabel: true,
      label: 'IIIIIIII',
      labelSize: '4',
    };
    const beside = Array.from({ length: 60 }, (_, i) => [62 + i, 50]);
    /** @param {object} item */
    const written = async (item) => {
      const state = {
        version: 11,
        graph: { viewport: { xmin: -10, xmax: 10, ymin: -5, ymax: 5 }, showXAxis: false },
        expressions: { list: [{ ...label, ...item }] },
      };
      return (await draw(state, beside)).colors.filter((color) => isColor(color, '#c74440')).length;
    };
    assert.ok((await written({})) > 5);
    assert.ok((await written({ hidden: true })) > 5);
    assert.equal(await written({ showLabel: false }), 0);
  });

  test('never throws, whatever the state is', async () => {
    for (const state of [
      null,
      {},
      'state',
      { graph: 1, expressions: { list: [null, { type: 'expression', latex: '((' }] } },
    ]) {
      const { colors } = await draw(state, [[33, 33]]);
      assert.equal(colors[0][3], 255, 'there is paper');
    }
  });

  test('shows photos when they are there, in place, beneath the curves; at once when it is drawn again', async () => {
    const colors = await page.evaluate(async () => {
      const { drawThumbnail } = await import(new URL('/js/graph/thumbnail.js', location.href).href);
      const photo = new OffscreenCanvas(40, 20);
      const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (photo.getContext('2d'));
      pen.fillStyle = 'rgb(20 20 200)';
      pen.fillRect(0, 0, 40, 20);
      const url = URL.createObjectURL(await photo.convertToBlob());
      const state = {
        version: 11,
        graph: { viewport: { xmin: -10, xmax: 10, ymin: -5, ymax: 5 } },
        expressions: {
          list: [
            {
              type: 'image',
              id: '1',
              image_url: 'api/images/x',
              width: '8',
              height: '4',
              center: '\\left(-4,0\\right)',
            },
            {
              type: 'image',
              id: '2',
              image_url: 'https://pictures.example/x',
              width: '8',
              height: '4',
              center: '\\left(4,0\\right)',
            },
            { type: 'expression', id: '3', color: '#c74440', latex: 'y=0' },
          ],
        },
      };
      const canvas = document.createElement('canvas');
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
      const at = (/** @type {number} */ x, /** @type {number} */ y) => [...context.getImageData(x, y, 1, 1).data];
      const resolveImage = (/** @type {string} */ name) => (name.startsWith('https:') ? null : url);
      const box = { width: 200, height: 100, resolveImage };
      const later = drawThumbnail(canvas, state, box);
      const first = at(63, 44);
      await later;
      const then = [at(63, 44), at(63, 50), at(63, 20), at(143, 44)];
      const again = document.createElement('canvas');
      const rest = drawThumbnail(again, state, box);
      return { first, then, isAtOnce: rest === undefined };
    });
    assert.ok(colors.first[0] > 200, 'the curve is there before the photo');
    const [photo, curve, paper, elsewhere] = colors.then;
    assert.ok(photo[2] > 180 && photo[0] < 60, `${photo}`);
    assert.ok(curve[0] > 120, `${curve}`);
    assert.ok(paper[0] > 200 && elsewhere[0] > 200, `${paper} ${elsewhere}`);
    assert.equal(colors.isAtOnce, true);
  });

  test('is a file of less than 15 KB, even of a photo full of detail', async () => {
    const { type, size } = await page.evaluate(async () => {
      const { thumbnailFile } = await import(new URL('/js/graph/thumbnail.js', location.href).href);
      const photo = new OffscreenCanvas(800, 600);
      const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (photo.getContext('2d'));
      for (let i = 0; i < 6000; i++) {
        pen.fillStyle = `hsl(${(i * 47) % 360} 70% ${20 + (i % 60)}%)`;
        pen.fillRect((i * 131) % 800, (i * 197) % 600, 12, 12);
      }
      const url = URL.createObjectURL(await photo.convertToBlob());
      const state = {
        version: 11,
        expressions: { list: [{ type: 'image', id: '1', image_url: url, width: '20', height: '15' }] },
      };
      const file = await thumbnailFile(state, { resolveImage: (/** @type {string} */ name) => name });
      return { type: file.type, size: file.size };
    });
    assert.equal(type, 'image/webp');
    assert.ok(size < 15_000, `${size} bytes`);
  });
});
