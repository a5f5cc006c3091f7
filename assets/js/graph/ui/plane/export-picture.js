import { SvgContext } from '../../plot/draw/svg-context.js';

/** @typedef {import('./plane.js').Plane} Plane */

/** Quality of photos in an SVG file, and their resolution relative to the screen. */
const PHOTO_QUALITY = 0.85;
const PHOTO_SHARPNESS = 2;
/** Some browsers do not support larger canvases. */
const MOST_PIXELS = 16_000_000;

/**
 * Draws the plane as it is shown, with its photos.
 *
 * @param {Plane} plane
 * @param {number} scale pixels of the picture per CSS pixel
 * @returns {HTMLCanvasElement}
 */
export function pictureOf(plane, scale) {
  const { width, height } = plane.size;
  const ratio = Math.min(scale, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = plane.theme.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  drawPhotos(context, photosIn(plane.under), ratio);
  plane.drawOn(context, ratio);
  drawPhotos(context, photosIn(plane.over), ratio);
  return canvas;
}

/**
 * @param {Plane} plane
 * @returns {string} the plane as an SVG file with embedded photos
 */
export function svgOf(plane) {
  const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  const context = new SvgContext(plane.size, measure);
  context.fillStyle = plane.theme.paper;
  context.fillRect(0, 0, plane.size.width, plane.size.height);
  addPhotos(context, photosIn(plane.under));
  plane.drawOn(/** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)), 1);
  addPhotos(context, photosIn(plane.over));
  return context.source;
}

/**
 * @typedef {{image: HTMLImageElement, matrix: DOMMatrix, width: number, height: number, opacity: number}} Photo a photo
 *   as placed in the page
 */

/** @param {HTMLElement} layer @returns {Photo[]} the visible photos */
function photosIn(layer) {
  return [...layer.querySelectorAll('img')].flatMap((image) => {
    const style = getComputedStyle(image);
    if (!image.complete || image.naturalWidth === 0 || style.visibility === 'hidden' || style.display === 'none')
      return [];
    const matrix = new DOMMatrix(style.transform === 'none' ? '' : style.transform);
    return [{ image, matrix, width: image.offsetWidth, height: image.offsetHeight, opacity: Number(style.opacity) }];
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Photo[]} photos
 * @param {number} ratio
 */
function drawPhotos(context, photos, ratio) {
  for (const { image, matrix, width, height, opacity } of photos) {
    context.save();
    context.setTransform(new DOMMatrix([ratio, 0, 0, ratio, 0, 0]).multiply(matrix));
    context.globalAlpha = opacity;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    context.restore();
  }
}

/**
 * @param {SvgContext} context
 * @param {readonly Photo[]} photos
 */
function addPhotos(context, photos) {
  for (const { image, matrix, width, height, opacity } of photos) {
    const { a, b, c, d, e, f } = matrix;
    context.save();
    context.transform(a, b, c, d, e, f);
    context.globalAlpha = opacity;
    const scale = Math.max(Math.hypot(a, b) * width, Math.hypot(c, d) * height) * PHOTO_SHARPNESS;
    context.image(embedded(image, scale), width, height);
    context.restore();
  }
}

/** @param {HTMLImageElement} image @param {number} longest side longest side in pixels @returns {string} */
function embedded(image, longest) {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(1, longest / Math.max(naturalWidth, naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(naturalHeight * scale));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = '#fff'; // JPEG shows transparent parts as black.
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', PHOTO_QUALITY);
}
