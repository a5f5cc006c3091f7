import { pointOfPhoto } from '../../plot/photo-corners.js';
import { PhotoView } from './view.js';

/** @typedef {import('../../state/image.js').Photo} Photo */
/** @typedef {import('../../state/image.js').Placement} Placement */

/** A smaller frame has no space for text. */
const ROOM_FOR_WORDS = { width: 110, height: 60 };
const LINE_HEIGHT = 18;

/** The photos of a graph: below the canvas, or above it if the state asks for that. */
export class PhotoLayer {
  #plane;
  #resolve;
  /** @type {Map<string, PhotoView>} in the order of the list */
  #views = new Map();
  /** @type {Map<string, Placement>} placements during a drag, not yet in the state */
  #held = new Map();
  /** @type {Set<string>} dropped photos whose new placement has not come back from the state yet */
  #released = new Set();

  /**
   * @param {import('../plane/plane.js').Plane} plane
   * @param {import('./view.js').ResolveImage} resolve
   */
  constructor(plane, resolve) {
    this.#plane = plane;
    this.#resolve = resolve;
  }

  /** @param {readonly Photo[]} photos */
  show(photos) {
    const shown = photos.filter(({ hidden }) => !hidden);
    for (const key of this.#released) this.#held.delete(key);
    this.#released.clear();
    const before = this.#views;
    this.#views = new Map(shown.map((photo) => [photo.key, before.get(photo.key) ?? this.#view(photo)]));
    for (const photo of shown) this.#views.get(photo.key)?.show(photo);
    this.#arrange();
  }

  /**
   * Shows a photo at a placement other than the one in the state during a drag.
   *
   * @param {string} key
   * @param {Placement | null} placement null for the placement in the state
   */
  hold(key, placement) {
    if (placement) this.#held.set(key, placement);
    else this.#held.delete(key);
    this.#released.delete(key);
    this.#plane.repaint();
  }

  /**
   * Returns a photo to its placement in the state once the state is shown next; until then it stays where it was
   * dropped.
   *
   * @param {string} key
   */
  letGo(key) {
    this.#released.add(key);
  }

  /**
   * @param {Photo} photo
   * @returns {Placement} its current placement
   */
  placementOf(photo) {
    return this.#held.get(photo.key) ?? photo;
  }

  /**
   * @param {string} key
   * @returns {import('./view.js').PhotoState | undefined} undefined for a hidden or unknown photo
   */
  stateOf(key) {
    return this.#views.get(key)?.state;
  }

  /**
   * @param {string} key
   * @returns {number} aspect ratio (width / height) of the image, 0 while unknown
   */
  ratioOf(key) {
    return this.#views.get(key)?.ratio ?? 0;
  }

  /**
   * Positions the photos and draws a frame for those that cannot be shown.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {import('../plane/tools.js').PlaneView} view
   */
  paint(context, view) {
    for (const photoView of this.#views.values()) {
      const placement = this.placementOf(photoView.photo);
      photoView.place(view, placement);
      const words = wordsFor(photoView);
      if (words) this.#drawFrame(context, view, placement, words);
    }
  }

  destroy() {
    this.show([]);
  }

  /** @param {Photo} photo */
  #view(photo) {
    const view = new PhotoView(photo, this.#resolve, () => {
      this.#arrange();
      this.#plane.repaint();
    });
    return view;
  }

  /**
   * Inserts the visible photos into the page. If there are none below the canvas, the canvas paints its own background.
   */
  #arrange() {
    const seen = [...this.#views.values()].filter(({ state }) => state === 'shown');
    /** @param {boolean} foreground */
    const images = (foreground) =>
      seen.filter(({ photo }) => photo.foreground === foreground).map((view) => view.element);
    arrange(this.#plane.under, images(false));
    arrange(this.#plane.over, images(true));
    this.#plane.repaint();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../plane/tools.js').PlaneView} view
   * @param {Placement} placement
   * @param {readonly string[]} words
   */
  #drawFrame(context, { theme }, placement, words) {
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([u, v]) => this.#plane.toPixel(pointOfPhoto(placement, u, v)));
    context.beginPath();
    for (const { x, y } of corners) context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = theme.label;
    context.setLineDash([6, 4]);
    context.stroke();
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (right - left < ROOM_FOR_WORDS.width || bottom - top < ROOM_FOR_WORDS.height) return;
    context.fillStyle = theme.label;
    context.font = `13px ${theme.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const first = (top + bottom - LINE_HEIGHT * (words.length - 1)) / 2;
    words.forEach((line, i) => context.fillText(line, (left + right) / 2, first + i * LINE_HEIGHT, right - left - 12));
  }
}

/**
 * Returns the lines of text shown in place of a photo that is not available.
 *
 * @param {PhotoView} view
 * @returns {readonly string[] | null}
 */
function wordsFor({ state, photo }) {
  if (state === 'missing') return ['This photo', 'could not be opened.'];
  if (state !== 'elsewhere') return null;
  const place = hostOf(photo.url);
  return place ? ['A picture on', place, 'It is not loaded.'] : ['This picture', 'cannot be shown.'];
}

/**
 * @param {string} url
 * @returns {string} the host of the URL, or an empty string
 */
export function hostOf(url) {
  try {
    const { protocol, host } = new URL(url);
    return /^https?:$/.test(protocol) ? host : '';
  } catch {
    return '';
  }
}

/**
 * Puts images into the right order without moving those already in place, because moving makes them flicker.
 *
 * @param {HTMLElement} place
 * @param {readonly HTMLImageElement[]} images
 */
function arrange(place, images) {
  const wanted = new Set(images);
  for (const child of place.querySelectorAll(':scope > img')) {
    if (!wanted.has(/** @type {HTMLImageElement} */ (child))) child.remove();
  }
  let next = place.firstElementChild;
  for (const image of images) {
    if (image === next) next = next.nextElementSibling;
    else place.insertBefore(image, next);
  }
}
