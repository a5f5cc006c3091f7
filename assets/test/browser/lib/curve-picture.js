/**
 * Pictures of curves, compared by shape: where one has a line, the other must have one within some pixels, and vice
 * versa. So different antialiasing does not count, but a missing branch does.
 */

/** The greatest distance of lines in pixels. */
const REACH = 2;

/**
 * @param {import('playwright-core').Page} page with one canvas
 * @param {readonly [number, number, number]} color colour of the curve
 * @returns {Promise<string>} a PNG as data URL: black where the curve is, white elsewhere
 */
export function takeCurve(page, color) {
  return page.locator('canvas').evaluate(async (element, [red, green, blue]) => {
    const { width, height } = /** @type {HTMLCanvasElement} */ (element);
    const copy = new OffscreenCanvas(width, height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d'));
    context.drawImage(/** @type {HTMLCanvasElement} */ (element), 0, 0);
    const image = context.getImageData(0, 0, width, height);
    for (let i = 0; i < image.data.length; i += 4) {
      const [r, g, b] = image.data.subarray(i, i + 3);
      image.data.fill(Math.hypot(r - red, g - green, b - blue) < 90 ? 0 : 255, i, i + 3);
    }
    context.putImageData(image, 0, 0);
    const bytes = new Uint8Array(await (await copy.convertToBlob({ type: 'image/png' })).arrayBuffer());
    return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`;
  }, color);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} before a picture of takeCurve
 * @param {string} after
 * @returns {Promise<{missing: number, added: number}>} fractions of the former and the new curve that the other does
 *   not have nearby
 */
export function compareCurves(page, before, after) {
  return page.evaluate(
    async ([first, second, reach]) => {
      const read = async (/** @type {string} */ url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const { width, height } = image;
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
          new OffscreenCanvas(width, height).getContext('2d')
        );
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        return {
          width,
          height,
          has: (/** @type {number} */ x, /** @type {number} */ y) =>
            x >= 0 && y >= 0 && x < width && y < height && data[4 * (y * width + x)] < 128,
        };
      };
      const [a, b] = [await read(first), await read(second)];
      const apart = (/** @type {typeof a} */ one, /** @type {typeof a} */ other) => {
        let [all, alone] = [0, 0];
        for (let y = 0; y < one.height; y++) {
          for (let x = 0; x < one.width; x++) {
            if (!one.has(x, y)) continue;
            all++;
            let isNear = false;
            for (let dy = -reach; dy <= reach && !isNear; dy++)
              for (let dx = -reach; dx <= reach && !isNear; dx++) isNear = other.has(x + dx, y + dy);
            alone += Number(!isNear);
          }
        }
        return all === 0 ? 1 : alone / all;
      };
      return { missing: apart(a, b), added: apart(b, a) };
    },
    /** @type {const} */ ([before, after, REACH]),
  );
}
