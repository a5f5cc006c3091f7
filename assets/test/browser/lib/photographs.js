/**
 * Photographs for tests: made by the browser, with what a camera writes beside the picture put in.
 */

/** Where the picture's first row and first column are seen, by EXIF orientation. */
const SIDES = [
  null,
  'top left',
  'top right',
  'bottom right',
  'bottom left',
  'left top',
  'right top',
  'right bottom',
  'left bottom',
];

/** The quarters of the picture that is meant, from the top left, row by row: red, green, blue, white. */
export const QUARTERS = [
  [220, 30, 30],
  [30, 180, 30],
  [30, 30, 220],
  [245, 245, 245],
];

/**
 * A JPEG of four coloured quarters, wide as 2 to 1 when it is seen upright, and stored as a camera held in some way stores
 * it; with the place where it was taken.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} orientation 1 to 8
 * @param {number} [height] of the upright picture, in pixels
 * @returns {Promise<Buffer>}
 */
export async function cameraPhoto(page, orientation, height = 80) {
  const [first, second] = String(SIDES[orientation]).split(' ');
  const bytes = await page.evaluate(
    async ([height, first, second, quarters]) => {
      const width = 2 * height;
      const isLying = first === 'left' || first === 'right';
      const [columns, rows] = isLying ? [height, width] : [width, height];
      const canvas = new OffscreenCanvas(columns, rows);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const along = (/** @type {number} */ place, /** @type {string} */ side, /** @type {number} */ length) =>
        side === 'right' || side === 'bottom' ? length - 1 - place : place;
      for (const row of [0, rows - 1]) {
        for (const column of [0, columns - 1]) {
          const x = isLying ? along(row, first, width) : along(column, second, width);
          const y = isLying ? along(column, second, height) : along(row, first, height);
          const quarter = quarters[(y > height / 2 ? 2 : 0) + (x > width / 2 ? 1 : 0)];
          context.fillStyle = `rgb(${quarter.join(' ')})`;
          context.fillRect(column === 0 ? 0 : columns / 2, row === 0 ? 0 : rows / 2, columns / 2, rows / 2);
        }
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    /** @type {[number, string, string, number[][]]} */ ([height, first, second, QUARTERS]),
  );
  return withExif(Buffer.from(bytes), orientation);
}

/** What a camera writes as the place, so that a test can look for it. */
export const PLACE_MARK = 'GPS-48-51-24-N';

/**
 * @param {Buffer} jpeg
 * @param {number} orientation
 */
function withExif(jpeg, orientation) {
  const directory = [entry(0x0112, 3, 1, [orientation, 0, 0, 0]), entry(0x8825, 4, 1, [38, 0, 0, 0])];
  const place = [entry(0x001b, 2, PLACE_MARK.length + 1, [56, 0, 0, 0])];
  const tiff = Buffer.concat([
    Buffer.from('49492a0008000000', 'hex'),
    list(directory),
    list(place),
    Buffer.from(`${PLACE_MARK}\0`),
  ]);
  const content = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** @param {number} tag @param {number} type @param {number} count @param {number[]} value */
function entry(tag, type, count, value) {
  return Buffer.from([tag & 255, tag >> 8, type, 0, count, 0, 0, 0, ...value]);
}

/** @param {Buffer[]} entries */
function list(entries) {
  return Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);
}

/**
 * The colours in the middle of the quarters of a picture.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @returns {Promise<{width: number, height: number, quarters: number[][]}>}
 */
export function lookAt(page, url) {
  return page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = new OffscreenCanvas(width, height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
      canvas.getContext('2d', { willReadFrequently: true })
    );
    context.drawImage(image, 0, 0);
    const quarters = [
      [0.25, 0.25],
      [0.75, 0.25],
      [0.25, 0.75],
      [0.75, 0.75],
    ].map(([x, y]) => [...context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data.slice(0, 3)]);
    return { width, height, quarters };
  }, url);
}
