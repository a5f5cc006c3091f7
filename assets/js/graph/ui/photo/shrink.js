import { HEAD_BYTES, readHead } from './file-type.js';

/**
 * Makes a photo fit for a graph: upright, of a sensible size, and with nothing in it but the picture. What cameras write
 * beside that (where and when it was taken, and with what) is left behind, since the picture is written anew.
 */

/** No side is longer than this, in pixels: sharp on a projector, and some 300 KB. */
export const LONGEST_SIDE = 2048;

/** Bytes. The largest that phones make are a quarter of this. */
const LARGEST_FILE = 60_000_000;

/** Each takes four bytes of memory while a photo is opened. */
const MOST_PIXELS = 110_000_000;

const QUALITY = 0.85;

/** @typedef {'empty' | 'heic' | 'svg' | 'pdf' | 'large' | 'unreadable' | 'unknown'} PhotoProblem why a file becomes no photo */

/**
 * A photo as it is kept.
 *
 * @typedef {object} ReadyPhoto
 * @property {Blob} blob a WebP, or a JPEG where the browser writes no WebP
 * @property {number} width in pixels
 * @property {number} height
 * @property {boolean} moved it was an animation, of which this is the first picture
 */

/**
 * Opens a picture, turned upright as its camera says.
 *
 * @typedef {(file: Blob) => Promise<{source: CanvasImageSource, width: number, height: number, close: () => void}>} Open
 */

/**
 * Draws a picture in another size, on paper where it is to have no holes.
 *
 * @typedef {(source: CanvasImageSource, from: {width: number, height: number}, to: {width: number, height: number}, paper: boolean) =>
 *   Promise<(type: string, quality: number) => Promise<Blob | null>>} Draw
 */

/**
 * @param {Blob} file
 * @param {{open: Open, draw: Draw}} tools those of a worker, or those of a page
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
    const to = { width: Math.max(1, Math.round(from.width * scale)), height: Math.max(1, Math.round(from.height * scale)) };
    const blob = await encode((paper) => draw(source, from, to, paper));
    return blob ? { blob, ...to, moved: head.moves } : { problem: 'unreadable' };
  } finally {
    opened.close();
  }
}

/**
 * A browser that writes no WebP gives something else instead of an error. A JPEG has no holes, so what shines through is
 * paper.
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
