import { HEAD_BYTES, readHead } from './file-type.js';

/**
 * Prepares a photo for a graph: upright and reduced in size. Because it is encoded anew, metadata (time, place, camera)
 * is removed.
 */

/** The longest side in pixels: sharp on a projector, at about 300 KB. */
export const LONGEST_SIDE = 2048;

/** In bytes: four times the largest photo that phones take. */
const LARGEST_FILE = 60_000_000;

/** Each pixel takes four bytes of memory while a photo is opened. */
const MOST_PIXELS = 110_000_000;

const QUALITY = 0.85;

/**
 * @typedef {'empty' | 'heic' | 'svg' | 'pdf' | 'large' | 'unreadable' | 'unknown'} PhotoProblem why a file could not be
 *   turned into a photo
 */

/**
 * A photo ready to be stored.
 *
 * @typedef {object} ReadyPhoto
 * @property {Blob} blob WebP, or JPEG if the browser cannot write WebP
 * @property {number} width in pixels
 * @property {number} height
 * @property {boolean} moved the file was an animation; this is its first frame
 */

/**
 * Decodes an image, upright according to its metadata.
 *
 * @typedef {(file: Blob) => Promise<{source: CanvasImageSource, width: number, height: number, close: () => void}>} Open
 */

/**
 * Draws an image at another size, on a white background if `paper` is set.
 *
 * @typedef {(source: CanvasImageSource, from: {width: number, height: number}, to: {width: number, height: number}, paper: boolean) =>
 *   Promise<(type: string, quality: number) => Promise<Blob | null>>} Draw
 */

/**
 * @param {Blob} file
 * @param {{open: Open, draw: Draw}} tools the worker's or the page's
 * @returns {Promise<ReadyPhoto | {problem: PhotoProblem}>}
 */
export async function shrink(file, { open, draw }) {
  const head = readHead(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (file.size === 0) return { problem: 'empty' };
  if (head.kind === 'svg' || head.kind === 'pdf') return { problem: head.kind };
  if (file.size > LARGEST_FILE || head.width * head.height > MOST_PIXELS) return { problem: 'large' };
  const opened = await open(file).catch(() => null);
  if (!opened) return { problem: head.kind === 'heic' || head.kind === 'unknown' ? head.kind : 'unreadable' };
  try {
    const { source, ...from } = opened;
    if (!(from.width > 0 && from.height > 0)) return { problem: 'unreadable' };
    const scale = Math.min(1, LONGEST_SIDE / Math.max(from.width, from.height));
    const to = {
      width: Math.max(1, Math.round(from.width * scale)),
      height: Math.max(1, Math.round(from.height * scale)),
    };
    const blob = await encode((paper) => draw(source, from, to, paper));
    return blob ? { blob, ...to, moved: head.moves } : { problem: 'unreadable' };
  } finally {
    opened.close();
  }
}

/**
 * Encodes as WebP, or as JPEG if the browser cannot write WebP (it then returns another type without an error). JPEG
 * has no transparency, so it is drawn on white.
 *
 * @param {(paper: boolean) => ReturnType<Draw>} draw
 * @returns {Promise<Blob | null>}
 */
async function encode(draw) {
  const webp = await (await draw(false))('image/webp', QUALITY);
  if (webp?.type === 'image/webp') return webp;
  const jpeg = await (await draw(true))('image/jpeg', QUALITY);
  return jpeg?.type === 'image/jpeg' ? jpeg : null;
}
