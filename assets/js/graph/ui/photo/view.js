import { photoMatrix } from '../../plot/photo-corners.js';
import { element } from '../parts/dom.js';

/**
 * How an address of a photo becomes one that the browser may show: itself, another one (perhaps later), or null for what
 * must not be asked for. It is asked again where that could not be shown, and may then return one from elsewhere.
 *
 * @typedef {(url: string, isAgain?: boolean) => string | null | Promise<string | null>} ResolveImage
 */

/** @typedef {'loading' | 'shown' | 'elsewhere' | 'missing'} PhotoState `elsewhere`: it lies where nothing is fetched from */

/** Kinds of pictures that hold no program, within an address. */
const EMBEDDED = /^(?:data:image\/(?:png|jpeg|webp|gif|avif|bmp)[;,]|blob:)/i;

/**
 * Shows what lies in the state itself, and nothing from anywhere else.
 *
 * @type {ResolveImage}
 */
export function onlyEmbedded(url) {
  return EMBEDDED.test(url) ? url : null;
}

/**
 * Keeps a new photo in the state itself.
 *
 * @param {Blob} photo
 * @returns {Promise<string>} its address
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
 * A photo in the page, moved with the plane. While a photo is replaced, the one before stays until the next can be seen.
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
   * @param {() => void} onChange when `state` has changed
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

  /** @returns {number} the width of the picture itself by its height, 0 while it is not known */
  get ratio() {
    const { naturalWidth, naturalHeight } = this.element;
    return naturalHeight > 0 ? naturalWidth / naturalHeight : 0;
  }

  /**
   * @param {import('../plane/tools.js').PlaneView} view
   * @param {import('../../state/image.js').Placement} placement where it lies at this moment
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

  /** @param {HTMLImageElement} image that is ready to be seen */
  #take(image) {
    // As many CSS pixels as the picture has, so that no more memory goes into it however near it is looked at.
    image.style.width = `${image.naturalWidth}px`;
    image.style.height = `${image.naturalHeight}px`;
    this.element.replaceWith(image);
    this.element = image;
    this.#transform = 'none yet';
  }

  /**
   * @param {string} url of which this is known; another one may be wanted by now
   * @param {PhotoState} state
   */
  #become(url, state) {
    if (url !== this.#url) return;
    this.state = state;
    this.#onChange();
  }
}

/**
 * @param {readonly number[]} matrix for a picture of one pixel
 * @param {number} columns
 * @param {number} rows
 */
function scaled([a, b, c, d, e, f], columns, rows) {
  return [a / columns, b / columns, c / rows, d / rows, e, f].map((value) => Number(value.toPrecision(9)));
}
