import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab, settle } from './lib/grapher-page.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param {string} id @param {string} latex @param {object} [more] */
const line = (id, latex, more) => ({ type: 'expression', id, color: '#c74440', latex, ...more });

const state = {
  version: 11,
  graph: { viewport: { xmin: -10, xmax: 10, ymin: -10, ymax: 10 } },
  expressions: {
    list: [
      line('1', 'y=x^{2}-2'),
      line('2', 'y=\\frac{1}{x-1}'),
      line('3', 'x^{2}+y^{2}=9'),
      line('4', 'y<-5'),
      line('5', '\\left(-6,5\\right)', { showLabel: true, label: 'keystone', labelAngle: '0.5' }),
      line('6', '\\left(6,-2\\right)', { showLabel: true, label: 'gate', hidden: true }),
    ],
  },
};

describe('what a graph is taken elsewhere by', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  /** @param {import('playwright-core').Page} page @param {string} name */
  const choose = async (page, name) => {
    await page.getByRole('button', { name: 'Explore and share' }).click();
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  };

  /** @param {import('playwright-core').Page} page @param {string} name @returns {Promise<{file: string, bytes: Buffer}>} */
  const saved = async (page, name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), choose(page, name)]);
    return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };

  test('pictures have the size of the plane, and twice that', async () => {
    const { page, complaints } = await lab.page({ state });
    const box = await page.locator('canvas').boundingBox();
    for (const [name, file, scale] of /** @type {const} */ ([
      ['Save as picture (PNG)', 'graph.png', 1],
      ['Save as large picture (PNG)', 'graph@2x.png', 2],
    ])) {
      const picture = await saved(page, name);
      assert.equal(picture.file, file);
      assert.equal(picture.bytes.toString('latin1', 1, 4), 'PNG');
      assert.ok(Math.abs(picture.bytes.readUInt32BE(16) - (box?.width ?? 0) * scale) <= 1);
      assert.ok(Math.abs(picture.bytes.readUInt32BE(20) - (box?.height ?? 0) * scale) <= 1);
      await page.keyboard.press('Escape');
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('a drawing shows what the canvas shows', async () => {
    const { page } = await lab.page({ state });
    const { file, bytes } = await saved(page, 'Save as drawing (SVG)');
    assert.equal(file, 'graph.svg');
    const source = bytes.toString('utf8');
    for (const label of ['keystone', 'gate']) assert.match(source, new RegExp(`<text [^>]*>${label}</text>`));
    assert.ok(!source.includes('NaN') && !source.includes('undefined'), 'every number is one');
    await page.keyboard.press('Escape');
    const off = await page.evaluate(async (svg) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      await image.decode();
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
      /** @param {CanvasImageSource} source */
      const pixels = (source) => {
        const copy = new OffscreenCanvas(canvas.width, canvas.height);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d'));
        context.drawImage(source, 0, 0, canvas.width, canvas.height);
        return context.getImageData(0, 0, canvas.width, canvas.height).data;
      };
      const [a, b] = [pixels(canvas), pixels(image)];
      let different = 0;
      for (let i = 0; i < a.length; i += 4)
        if (Math.abs(a[i] - b[i]) + Math.abs(a[i + 1] - b[i + 1]) + Math.abs(a[i + 2] - b[i + 2]) > 150) different += 1;
      return different / (a.length / 4);
    }, source);
    assert.ok(off < 0.002, `${off} of the pixels differ`);
    await page.close();
  });

  test('the graph is copied as text that can be pasted', async () => {
    const { page } = await lab.page({ state, context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    await choose(page, 'Copy the graph as text');
    await page.getByRole('button', { name: 'Copied: paste it' }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.deepEqual(JSON.parse(text).expressions, state.expressions);
    await page.close();
  });

  test('on paper there are the plane and the list, without buttons', async () => {
    const list = [...state.expressions.list, line('7', 'a=3')];
    const { page } = await lab.page({ state: { ...state, expressions: { list } } });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.graph-printed').isVisible(), true);
    assert.equal(await page.locator('.graph-row').first().isVisible(), true);
    assert.equal(await page.getByRole('button', { name: 'Zoom in' }).isVisible(), false);
    assert.equal(await page.locator('.graph-slider').last().isVisible(), false);
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await page.locator('.graph-slider').last().isVisible(), true);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await page.locator('.graph-printed').count(), 0);
    await page.close();
  });

  test('the graph in words, by the key D, tells shape, course, points and asymptotes', async () => {
    const { page } = await lab.page({ state });
    await page.locator('canvas').focus();
    await page.keyboard.press('d');
    const words = page.getByRole('dialog', { name: 'The graph in words' });
    await words.waitFor();
    const text = (await words.innerText()).replaceAll(/\s+/g, ' ');
    for (const part of [
      'y equals x squared minus 2',
      'A parabola.',
      'It falls until x = 0, then rises.',
      'x-intercepts: (−√2, 0) ≈ (−1.414, 0); (√2, 0) ≈ (1.414, 0).',
      'Minimum: (0, −2).',
      'A rational curve.',
      'It falls.',
      'Asymptotes: x = 1; y = 0.',
      'A region, bounded by this curve.',
    ])
      assert.ok(text.includes(part), `${part} is not in: ${text}`);
    await page.evaluate(axe);
    const { violations } = /** @type {any} */ (await page.evaluate('axe.run()'));
    assert.deepEqual(
      violations.map((/** @type {any} */ { id }) => id),
      [],
    );
    await page.keyboard.press('Escape');
    assert.equal(await words.isVisible(), false);
    await page.waitForFunction(() => document.activeElement?.tagName === 'CANVAS');
    await page.close();
  });

  test('the menu is walked by keyboard, and fits a narrow window', async () => {
    const { page } = await lab.page({ state, context: { viewport: { width: 320, height: 640 } } });
    await page.getByRole('button', { name: 'Explore and share' }).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'Explore and share' });
    await settle(page);
    const box = await menu.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 320 && box.y >= 0 && box.y + box.height <= 640);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('.graph-status')?.textContent?.startsWith('Tracing y equals x squared'),
    );
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'CANVAS');
    await page.close();
  });
});
