import { photoMatrix } from '../../plot/photo-corners.js';
import { element } from '../parts/dom.js';

/**
 * Resolves the address of a photo to a URL that the browser may load: the same one, another one (perhaps later), or
 * null if it must not be loaded. Called again with `isAgain` after a failure, and may then return another URL.
 *
 * @typedef {(url: string, isAgain?: boolean) => string | null | Promise<string | null>} ResolveImage
 */

/**
 * @typedef {'loading' | 'shown' | 'elsewhere' | 'missing'} PhotoState `elsewhere`: it is on another site, from which
 *   nothing is loaded
 */

/** Image types without scripts, embedded in an address. */
const EMBEDDED = /^(?:data:image\/(?:png|jpeg|webp|gif|avif|bmp)[;,]|blob:)/i;

/**
 * Shows only photos embedded in the state.
 *
 * @type {ResolveImage}
 */
export function onlyEmbedded(url) {
  return EMBEDDED.test(url) ? url : null;
}

/**
 * Embeds a new photo in the state.
 *
 * @param {Blob} photo
 * @returns {Promise<string>} its data URL
 */
export function asDataUrl(photo) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(photo);
  });
}

/**
 * A photo in the page that moves with the plane. While it is replaced, the former picture stays until the new one is
 * ready.
 */
export class PhotoView {
  element = element('img', { class: 'graph-photo', alt: '', draggable: 'false', decoding: 'async' });
  /** @type {import('../../state/image.js').Photo} */
  photo;
  /** @type {PhotoState} */
  state = 'loading';
  #resolve;
  #onChange;
  #url = '';
  #transform = '';

  /**
   * @param {import('../../state/image.js').Photo} photo
   * @param {ResolveImage} resolve
   * @param {() => void} onChange called when `state` has changed
   */
  constructor(photo, resolve, onChange) {
    this.photo = photo;
    this.#resolve = resolve;
    this.#onChange = onChange;
  }

  /** @param {import('../../state/image.js').Photo} photo */
  show(photo) {
    this.photo = photo;
    if (photo.url === this.#url) return;
    this.#url = photo.url;
    void this.#load(photo.url);
  }

  /** @returns {number} aspect ratio (width / height) of the image, 0 while unknown */
  get ratio() {
    const { naturalWidth, naturalHeight } = this.element;
    return naturalHeight > 0 ? naturalWidth / naturalHeight : 0;
  }

  /**
   * @param {import('../plane/tools.js').PlaneView} view
   * @param {import('../../state/image.js').Placement} placement current placement
   */
  place(view, placement) {
    const { element: image, state, photo } = this;
    const matrix = state === 'shown' ? photoMatrix(placement, view) : null;
    const { style, naturalWidth: columns, naturalHeight: rows } = image;
    const transform = matrix ? `matrix(${scaled(matrix, columns, rows).join(',')})` : '';
    if (transform !== this.#transform) {
      style.transform = transform;
      style.visibility = matrix ? 'visible' : 'hidden';
    }
    this.#transform = transform;
    if (style.opacity !== String(photo.opacity)) style.opacity = String(photo.opacity);
  }

  /** @param {string} url */
  async #load(url) {
    const next = element('img', { class: 'graph-photo', alt: '', draggable: 'false', decoding: 'async' });
    try {
      const source = await this.#resolve(url);
      if (source === null) {
        this.#become(url, 'elsewhere');
        return;
      }
      next.src = source;
      await next.decode().catch(async (error) => {
        const other = await this.#resolve(url, true);
        if (other === null || other === source) throw error;
        next.src = other;
        await next.decode();
      });
      if (url !== this.#url) return;
      this.#take(next);
      this.#become(url, 'shown');
    } catch {
      this.#become(url, 'missing');
    }
  }

  /** @param {HTMLImageElement} image decoded and ready to be shown */
  #take(image) {
    // As many CSS pixels as the image has, so that zooming in does not use more memory.
    image.style.width = `${image.naturalWidth}px`;
    image.style.height = `${image.naturalHeight}px`;
    this.element.replaceWith(image);
    this.element = image;
    this.#transform = 'none yet';
  }

  /**
   * @param {string} url the address that the state refers to; a newer one may be wanted by now
   * @param {PhotoState} state
   */
  #become(url, state) {
    if (url !== this.#url) return;
    this.state = state;
    this.#onChange();
  }
}

/**
 * @param {readonly number[]} matrix for an image of one pixel
 * @param {number} columns
 * @param {number} rows
 */
function scaled([a, b, c, d, e, f], columns, rows) {
  return [a / columns, b / columns, c / rows, d / rows, e, f].map((value) => Number(value.toPrecision(9)));
}
