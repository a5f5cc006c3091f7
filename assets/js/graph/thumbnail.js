import { fitBitmap } from './plot/draw/canvas.js';
import { drawGraph } from './plot/draw/draw.js';
import { PAPER } from './plot/draw/default-theme.js';
import { drawPhoto } from './plot/photo-corners.js';
import { squareAxes } from './plot/viewport.js';
import { contentOf } from './state/entries.js';
import { sceneOf } from './state/scene.js';
import { readSettings, readViewport } from './state/settings.js';
import { fetchPhoto, fetchedPhoto } from './thumbnail-photos.js';
import { fetchRelations, relationsOnce } from './thumbnail-relations.js';

/**
 * @typedef {object} ThumbnailBox
 * @property {number} width in CSS pixels
 * @property {number} height
 * @property {number} [pixelRatio]
 * @property {import('./thumbnail-photos.js').ResolveImage} [resolveImage] as in the options of the grapher; without it,
 *   photos are left out
 */

/** The width in pixels of the plane that a state is made for; a thumbnail shows that plane scaled down. */
const FULL_WIDTH = 800;

/** Lines thinner than this part of their width disappear on a poster. */
const THINNEST = 0.75;

/** Operations for the equations and inequalities of one thumbnail: a few milliseconds. */
const WORK = 2e6;

/** The size limit of a thumbnail file in bytes; several qualities are tried to meet it. */
const FILE_SIZE = 15_000;
const QUALITIES = [0.85, 0.7, 0.5, 0.35, 0.2];

/** How many times a picture that is still too large is blurred. */
const SOFTER = 2;

/** @type {import('./thumbnail-photos.js').ResolveImage} */
const noPhotos = () => null;

/**
 * @type {WeakMap<HTMLCanvasElement, {hasDrawn: boolean}>} the latest request of each canvas, and whether it has drawn
 *   anything
 */
const wanted = new WeakMap();

/**
 * Draws a small picture of a graph, without labels and numbers. Photos that are not loaded yet are drawn when they
 * arrive; until then a canvas keeps its former picture. The first graph with an equation or inequality waits for the
 * module that draws these.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {unknown} state a Desmos state
 * @param {ThumbnailBox} box
 * @returns {Promise<void> | undefined} settles when everything that had to be fetched is drawn or has failed; undefined
 *   if all is drawn already
 */
export function drawThumbnail(canvas, state, { width, height, pixelRatio = 1, resolveImage = noPhotos }) {
  if (!(width > 0 && height > 0)) return undefined;
  const { root, entries } = contentOf(state);
  const viewport = readViewport(root.graph);
  const settings = readSettings(root.graph, root.randomSeed);
  const size = { width, height };
  const scene = sceneOf(entries, settings);
  const photos = scene.photos.filter(({ hidden }) => !hidden);
  const turn = { hasDrawn: wanted.get(canvas)?.hasDrawn ?? false };
  wanted.set(canvas, turn);
  const draw = () => {
    turn.hasDrawn = true;
    drawAll(canvas, { viewport, settings, scene, photos, size, pixelRatio, resolveImage });
  };
  const isOld = () => wanted.get(canvas) !== turn;
  const loading = photos.flatMap(({ url }) => fetchPhoto(url, resolveImage) ?? []);
  const show = () => {
    if (isOld()) return undefined;
    if (loading.length === 0 || !turn.hasDrawn) draw();
    if (loading.length === 0) return undefined;
    return Promise.all(loading).then(() => {
      if (!isOld()) draw();
    });
  };
  const relations = fetchRelations(scene);
  return relations ? relations.then(show) : show();
}

/**
 * Makes a thumbnail file: WebP, or JPEG in browsers that cannot write WebP.
 *
 * @param {unknown} state a Desmos state
 * @param {Partial<ThumbnailBox>} [box] 320 by 240 pixels by default
 * @returns {Promise<Blob>} under 15 KB, unless the box is large
 */
export async function thumbnailFile(state, { width = 320, height = 240, pixelRatio = 1, resolveImage } = {}) {
  const canvas = document.createElement('canvas');
  await drawThumbnail(canvas, state, { width, height, pixelRatio, resolveImage });
  for (let softer = 0; ; softer++) {
    const file = await smallFile(canvas);
    if (!file) throw new Error('The browser could not make a picture of the graph.');
    if (file.size <= FILE_SIZE || softer === SOFTER) return file;
    soften(canvas, 2 ** (softer + 1));
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob | null>} the best quality within the limit, otherwise the smallest
 */
async function smallFile(canvas) {
  /** @type {Blob | null} */
  let file = null;
  for (const quality of QUALITIES) {
    file = (await fileOf(canvas, 'image/webp', quality)) ?? (await fileOf(canvas, 'image/jpeg', quality));
    if (file && file.size <= FILE_SIZE) break;
  }
  return file;
}

/**
 * Removes the finest detail, such as leaves and gravel.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} factor
 */
function soften(canvas, factor) {
  const small = document.createElement('canvas');
  [small.width, small.height] = [Math.ceil(canvas.width / factor), Math.ceil(canvas.height / factor)];
  small.getContext('2d')?.drawImage(canvas, 0, 0, small.width, small.height);
  const context = canvas.getContext('2d');
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.drawImage(small, 0, 0, canvas.width, canvas.height);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {string} type
 * @param {number} quality
 * @returns {Promise<Blob | null>} null if the browser does not support the type
 */
function fileOf(canvas, type, quality) {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob?.type === type ? blob : null), type, quality));
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} what
 * @param {import('./state/settings.js').Viewport} what.viewport
 * @param {import('./state/settings.js').Settings} what.settings
 * @param {import('./state/scene.js').Scene} what.scene
 * @param {readonly import('./state/image.js').Photo[]} what.photos
 * @param {import('./plot/viewport.js').Size} what.size
 * @param {number} what.pixelRatio
 * @param {import('./thumbnail-photos.js').ResolveImage} what.resolveImage
 */
function drawAll(canvas, { viewport, settings, scene, photos, size, pixelRatio, resolveImage }) {
  const context = canvas.getContext('2d');
  if (!context) return;
  fitBitmap(canvas, size, pixelRatio);
  const view = { viewport: settings.squareAxes ? squareAxes(viewport, size) : viewport, size };
  /** @param {boolean} foreground */
  const drawPhotos = (foreground) => {
    for (const photo of photos.filter((each) => each.foreground === foreground)) {
      const picture = fetchedPhoto(photo.url, resolveImage);
      if (picture) drawPhoto(context, picture, photo, view);
    }
  };
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = PAPER.paper;
  context.fillRect(0, 0, size.width, size.height);
  drawPhotos(false);
  drawGraph(context, scene, {
    ...settings,
    ...view,
    xAxisNumbers: false,
    yAxisNumbers: false,
    polarNumbers: false,
    axes: { x: { ...settings.axes.x, name: '' }, y: { ...settings.axes.y, name: '' } },
    pixelRatio,
    theme: PAPER,
    backdrop: 'keep',
    lineScale: Math.min(1, Math.max(THINNEST, size.width / FULL_WIDTH)),
    relations: relationsOnce(WORK),
  });
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  drawPhotos(true);
}
