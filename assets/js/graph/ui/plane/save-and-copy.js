import { pictureOf, svgOf } from './export-picture.js';

/** Object URLs are revoked after this time, when the browser has certainly started reading the file. */
const FORGET_MS = 60_000;

/**
 * @param {import('./plane.js').Plane} plane
 * @param {number} scale pixels of the picture per CSS pixel
 */
export async function savePng(plane, scale) {
  const canvas = pictureOf(plane, scale);
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
  if (!(blob instanceof Blob)) throw new Error('no picture');
  save(blob, scale === 1 ? 'graph.png' : `graph@${scale}x.png`);
}

/** @param {import('./plane.js').Plane} plane */
export async function saveSvg(plane) {
  save(new Blob([svgOf(plane)], { type: 'image/svg+xml' }), 'graph.svg');
}

/**
 * Copies a state as text that can be pasted into a list.
 *
 * @param {unknown} state
 * @throws if the browser does not allow it
 */
export async function copyState(state) {
  const text = JSON.stringify(state);
  // In a classroom's network a museum is often served without https, where the clipboard API is missing.
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else if (!copyByHand(text)) throw new Error('not copied');
}

/** @param {string} text @returns {boolean} */
function copyByHand(text) {
  const onCopy = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('copy', onCopy, { once: true, capture: true });
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', onCopy, { capture: true });
  return isCopied;
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FORGET_MS);
}
