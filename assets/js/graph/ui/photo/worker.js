import { shrink } from './shrink.js';

/** Decodes photos in a worker: a photo of 12 megapixels takes a school laptop a second. */

/** @type {import('./shrink.js').Open} */
async function open(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() };
}

/** @type {import('./shrink.js').Draw} */
async function draw(source, _from, { width, height }, paper) {
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  if (paper) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return (type, quality) => canvas.convertToBlob({ type, quality });
}

addEventListener('message', async ({ data: file }) => {
  try {
    postMessage({ ready: await shrink(file, { open, draw }) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});

postMessage('begun');
