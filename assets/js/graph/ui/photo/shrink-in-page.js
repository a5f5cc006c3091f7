import { element } from '../parts/dom.js';
import { shrink } from './shrink.js';

/** Rows of pixels drawn in one go, so that the page stays responsive. */
const SLICE = 64;

/**
 * Turns a file into a photo in the page itself, in slices, for browsers whose workers cannot draw.
 *
 * @param {Blob} file
 */
export function shrinkInPage(file) {
  return shrink(file, { open, draw });
}

/** @type {import('./shrink.js').Open} */
async function open(file) {
  const image = element('img', { decoding: 'async' });
  const url = URL.createObjectURL(file);
  image.src = url;
  try {
    await image.decode();
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
  return {
    source: image,
    width: image.naturalWidth,
    height: image.naturalHeight,
    close: () => URL.revokeObjectURL(url),
  };
}

/** @type {import('./shrink.js').Draw} */
async function draw(source, from, to, paper) {
  const canvas = element('canvas', { width: to.width, height: to.height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  if (paper) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, to.width, to.height);
  }
  context.imageSmoothingQuality = 'high';
  const scale = from.height / to.height;
  for (let row = 0; row < to.height; row += SLICE) {
    const rows = Math.min(SLICE, to.height - row);
    context.drawImage(source, 0, row * scale, from.width, rows * scale, 0, row, to.width, rows);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return (type, quality) => new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}
