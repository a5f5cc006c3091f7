/** Adding photos to a graph: from files of all kinds, made upright and small, without metadata. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_BROWSER } from './lib/chromium.js';
import { GrapherLab } from './lib/grapher-page.js';
import { PLACE_MARK, QUARTERS, cameraPhoto, lookAt } from './lib/photographs.js';

/** @typedef {import('./lib/grapher-page.js').GrapherPage} GrapherPage */
/** @typedef {import('playwright-core').Page} Page */

/** @param {GrapherPage} grapher */
async function images({ state }) {
  return (await state()).expressions.list.filter((/** @type {any} */ item) => item.type === 'image');
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {Buffer} buffer
 */
async function choose(page, name, buffer) {
  await (await chooserOf(page, 'Choose a picture')).setFiles({ name, mimeType: '', buffer });
}

/** @param {Page} page @param {string} way source of the photo, by its label */
async function chooserOf(page, way) {
  await page.getByRole('button', { name: 'Add a photo' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: way }).click(),
  ]);
  return chooser;
}

/** @param {Page} page @param {number} [count] */
async function shown(page, count = 1) {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.graph-plane img')].filter(
        (image) => /** @type {HTMLElement} */ (image).style.transform !== '',
      ).length === wanted,
    count,
  );
}

/** @param {string} url of an embedded photo */
function bytesOf(url) {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/**
 * @param {Page} page
 * @param {number} width
 * @param {number} height
 * @param {string} type
 * @returns {Promise<Buffer>}
 */
async function picture(page, width, height, type) {
  return Buffer.from(
    await page.evaluate(
      async ([columns, rows, kind]) => {
        const canvas = new OffscreenCanvas(columns, rows);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
        context.fillStyle = 'rgb(30 30 220)';
        context.fillRect(0, 0, columns, rows);
        return [...new Uint8Array(await (await canvas.convertToBlob({ type: kind })).arrayBuffer())];
      },
      /** @type {[number, number, string]} */ ([width, height, type]),
    ),
  );
}

describe('adding photos', { skip: NO_BROWSER }, () => {
  /** @type {GrapherLab} */
  let lab;
  before(async () => {
    lab = await GrapherLab.open();
  });
  after(() => lab.close());

  test('however the camera was held, the photo is upright, and says nothing of where it was taken', async () => {
    const grapher = await lab.page();
    const { page, complaints } = grapher;
    for (let orientation = 1; orientation <= 8; orientation++) {
      const file = await cameraPhoto(page, orientation);
      assert.ok(file.includes(PLACE_MARK), 'the file does');
      await choose(page, `${orientation}.jpg`, file);
      await shown(page, orientation);
      const { image_url: url } = (await images(grapher)).at(-1);
      assert.ok(
        !bytesOf(url).includes(PLACE_MARK) && !bytesOf(url).includes('Exif'),
        `orientation ${orientation} keeps no place`,
      );
      const { width, height, quarters } = await lookAt(page, url);
      assert.deepEqual([width, height], [160, 80], `orientation ${orientation}`);
      quarters.forEach((color, i) => {
        const off = Math.max(...color.map((value, channel) => Math.abs(value - QUARTERS[i][channel])));
        assert.ok(off < 30, `orientation ${orientation}, quarter ${i}: ${color}`);
      });
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test('on a phone the camera is opened at once, the one that looks away from its holder', async () => {
    const grapher = await lab.page({
      context: { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
    });
    const { page } = grapher;
    const chooser = await chooserOf(page, 'Take a photo');
    assert.deepEqual(
      await chooser
        .element()
        .evaluate((/** @type {any} */ input) => [input.getAttribute('capture'), input.getAttribute('accept')]),
      ['environment', 'image/*'],
    );
    await chooser.setFiles({ name: 'image.jpg', mimeType: '', buffer: await cameraPhoto(page, 6) });
    await shown(page);
    const [{ image_url: url }] = await images(grapher);
    assert.deepEqual([bytesOf(url).includes('Exif'), (await lookAt(page, url)).width], [false, 160]);
    await page.close();
  });

  test('a photo of 12 megapixels becomes a small WebP, in the middle of the view, and the page answers meanwhile', async () => {
    const grapher = await lab.page();
    const { page } = grapher;
    const file = await picture(page, 4000, 3000, 'image/jpeg');
    await page.evaluate(() => {
      Object.assign(globalThis, { longest: 0, frames: 0 });
      const probe = /** @type {any} */ (globalThis);
      new PerformanceObserver((entries) => {
        for (const { duration } of entries.getEntries()) probe.longest = Math.max(probe.longest, duration);
      }).observe({ type: 'longtask' });
    });
    await choose(page, 'arch.jpg', file);
    await shown(page);
    const [image] = await images(grapher);
    assert.equal(bytesOf(image.image_url).subarray(8, 12).toString(), 'WEBP');
    const { width, height } = await lookAt(page, image.image_url);
    assert.deepEqual([width, height], [2048, 1536]);
    assert.equal(image.center, '\\left(0,0\\right)');
    assert.ok(Math.abs(image.width / image.height - 4 / 3) < 0.01);
    assert.equal(image.name, 'arch.jpg');
    const longest = await page.evaluate('longest');
    // On an idle machine no task takes 50 ms; decoding in the page would take hundreds.
    assert.ok(longest < 250, `the page was busy for ${longest} ms at once`);
    await page.close();
  });

  test('a picture that is pasted, or dropped where it is to lie', async () => {
    const grapher = await lab.page();
    const { page } = grapher;
    const bytes = [...(await picture(page, 60, 40, 'image/png'))];
    await page.evaluate((content) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content)], 'image.png', { type: 'image/png' }));
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, bytes);
    await shown(page, 1);
    await page.evaluate((content) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content)], 'dropped.png', { type: 'image/png' }));
      const plane = /** @type {HTMLElement} */ (document.querySelector('.graph-plane'));
      const { left, top, width, height } = plane.getBoundingClientRect();
      for (const type of ['dragover', 'drop']) {
        const at = { clientX: left + width / 4, clientY: top + height / 2 };
        plane.dispatchEvent(new DragEvent(type, { dataTransfer: data, ...at, bubbles: true, cancelable: true }));
      }
    }, bytes);
    await shown(page, 2);
    const [pasted, dropped] = await images(grapher);
    assert.equal(pasted.center, '\\left(0,0\\right)');
    assert.match(dropped.center, /^\\left\((-5|-5\.0\d+|-4\.9\d+),0\\right\)$/);
    await page.close();
  });

  test('the menu of the list leads to the same ways in', async () => {
    const { page } = await lab.page();
    await page.getByRole('button', { name: 'Add…' }).click();
    await page.getByRole('button', { name: 'Photo', exact: true }).click();
    await page.getByRole('group', { name: 'Add a photo' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Choose a picture');
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: 'Add a photo' }).waitFor({ state: 'hidden' });
    await page.close();
  });

  test('text beside a picture, as from a spreadsheet, is no photo', async () => {
    const grapher = await lab.page();
    const { page } = grapher;
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '1\t2');
      data.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    assert.equal(await page.getByRole('alert').isVisible(), false);
    assert.deepEqual(await images(grapher), []);
    await page.close();
  });

  test('what is no photo is refused in plain words, and nothing changes', async () => {
    const grapher = await lab.page();
    const { page } = grapher;
    /** @type {[string, Buffer, RegExp][]} */
    const files = [
      ['photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /HEIC.*Most Compatible/],
      [
        'drawing.svg',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        /drawing/,
      ],
      ['arch.jpg', (await picture(page, 300, 300, 'image/jpeg')).subarray(0, 400), /damaged/],
      ['essay.pdf', Buffer.from('%PDF-1.7'), /PDF/],
      ['notes.txt', Buffer.from('Dear diary'), /JPEG, PNG and WebP/],
      ['nothing.jpg', Buffer.alloc(0), /empty/],
      [
        'bomb.png',
        Buffer.from('89504e470d0a1a0a0000000d49484452000186a0000186a008060000000000000049444154', 'hex'),
        /too large/,
      ],
    ];
    for (const [name, file, words] of files) {
      await choose(page, name, file);
      await page.getByRole('alert').filter({ hasText: words }).waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
    }
    assert.deepEqual(await images(grapher), []);
    await page.close();
  });

  test('the first frame of an animation is added, with a message', async () => {
    const grapher = await lab.page();
    const { page } = grapher;
    const frame = (/** @type {number} */ color) =>
      Buffer.from([0x21, 0xf9, 4, 0, 9, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, color ? 0x4c : 0x44, 1, 0]);
    const gif = Buffer.concat([
      Buffer.from('GIF89a'),
      Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255]),
      frame(0),
      frame(1),
      Buffer.from([0x3b]),
    ]);
    await choose(page, 'dance.gif', gif);
    await shown(page);
    await page.getByRole('alert').filter({ hasText: 'first frame' }).waitFor();
    const {
      quarters: [color],
    } = await lookAt(page, (await images(grapher))[0].image_url);
    assert.ok(color[0] > 200 && color[2] < 60, `${color}`);
    await page.close();
  });

  test('without a worker that can draw, the page itself makes the photo', async () => {
    const grapher = await lab.page();
    const { page } = grapher;
    await page.evaluate('delete globalThis.Worker');
    await choose(page, 'held.jpg', await cameraPhoto(page, 6, 1500));
    await shown(page);
    const { image_url: url } = (await images(grapher))[0];
    assert.ok(!bytesOf(url).includes(PLACE_MARK));
    const { width, height, quarters } = await lookAt(page, url);
    assert.deepEqual([width, height], [2048, 1024]);
    assert.ok(quarters[0][0] > 180 && quarters[0][1] < 80, `${quarters}`);
    await page.close();
  });

  test('a picture that lies with somebody else is never asked for: its frame says where it lies', async () => {
    const image = { type: 'image', id: '1', image_url: 'https://pictures.example/arch.png', width: '12', height: '9' };
    const grapher = await lab.page();
    const { page, complaints } = grapher;
    /** @type {string[]} */
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.evaluate((item) => {
      /** @type {any} */ (globalThis).probe.grapher.setState({ version: 11, expressions: { list: [item] } });
    }, image);
    await page.getByText('is on pictures.example. It is not loaded').first().waitFor();
    assert.deepEqual(asked, []);
    assert.deepEqual(complaints, []);
    assert.deepEqual((await images(grapher))[0], image);
    await page.close();
  });
});
