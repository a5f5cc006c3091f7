/**
 * A framed work on the poster: a link to its tile, with a picture of the graph, an excerpt of the notes if there is no
 * graph, or an invitation if there is neither.
 */
import { element, icon } from '../lib/dom.js';
import { hasGraph } from '../museum/tile.js';
import { tileAddress } from './router.js';

/** @typedef {import('../museum/families.js').Family} Family */
/** @typedef {import('../museum/tile.js').Tile} Tile */

export class FramedWork {
  #family;
  #resolveImage;
  #link;
  #paper = element('div', { class: 'work__paper' });
  frame = element('div', { class: 'work__frame' }, this.#paper);
  #plate = element('div', { class: 'plate' });
  /** @type {HTMLCanvasElement | undefined} */
  #canvas;
  /** @type {Tile | undefined} */
  #tile;

  /**
   * @param {Family} family
   * @param {import('./photo-source.js').PhotoSource} resolveImage
   */
  constructor(family, resolveImage) {
    this.#family = family;
    this.#resolveImage = resolveImage;
    this.#link = element('a', { class: 'work', href: tileAddress(family) }, this.#plate, this.frame);
  }

  get element() {
    return this.#link;
  }

  get type() {
    return this.#family.type;
  }

  /**
   * Shows the tile. Its graph is drawn by `draw`.
   *
   * @param {Tile} tile
   * @param {{isOpen: boolean}} options whether the tile has an open conflict
   */
  show(tile, { isOpen }) {
    this.#tile = tile;
    const content = isOpen ? `${contentOf(tile)}, changed on two devices` : contentOf(tile);
    this.#plate.replaceChildren(
      this.#family.name,
      unseen(` (${content})`),
      ...(isOpen ? [openMark()] : []),
      ...(tile.completed ? [completedMark()] : []),
    );
    if (hasGraph(tile.desmos_state)) this.#keepCanvas();
    else this.#paper.replaceChildren(tile.description.trim() === '' ? invitation() : excerpt(tile.description));
  }

  /**
   * Draws the graph at the current size.
   *
   * @returns {Promise<boolean>} whether there was a graph to draw
   */
  async draw() {
    if (!this.#tile || !hasGraph(this.#tile.desmos_state)) return false;
    const { drawThumbnail } = await import('../graph/thumbnail.js');
    const { width, height } = this.#paper.getBoundingClientRect();
    if (!this.#canvas || width < 1 || height < 1) return false;
    void drawThumbnail(this.#canvas, this.#tile.desmos_state, {
      width,
      height,
      pixelRatio: window.devicePixelRatio,
      resolveImage: this.#resolveImage,
    });
    return true;
  }

  /**
   * Makes the picture visible again after the poster was out of the document. WebKit shows such a canvas only after
   * something is drawn on it, so its first pixel is drawn over itself.
   */
  reappear() {
    const context = this.#canvas?.getContext('2d');
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.drawImage(context.canvas, 0, 0, 1, 1, 0, 0, 1, 1);
  }

  /** Keeps the canvas in place while its graph changes, so that it does not flicker. */
  #keepCanvas() {
    this.#canvas ??= element('canvas', { class: 'work__drawing', 'aria-hidden': 'true' });
    if (this.#canvas.parentNode !== this.#paper) this.#paper.replaceChildren(this.#canvas);
  }
}

/**
 * Describes the content for screen readers. An empty frame describes itself.
 *
 * @param {Tile} tile
 */
function contentOf(tile) {
  const graph = hasGraph(tile.desmos_state);
  const notes = tile.description.trim() !== '';
  const content = graph && notes ? 'graph and notes' : graph ? 'graph' : notes ? 'notes' : 'empty';
  return tile.completed ? `${content}, completed` : content;
}

/** @param {string} words */
function unseen(words) {
  return element('span', { class: 'visually-hidden' }, words);
}

function invitation() {
  return element('div', { class: 'work__invitation' }, icon('hook'), element('span', {}, 'Hang something here'));
}

/** @param {string} notes */
function excerpt(notes) {
  return element('div', { class: 'work__excerpt', 'aria-hidden': 'true' }, notes.trim().slice(0, 400));
}

function completedMark() {
  return element('span', { class: 'plate__mark' }, icon('check'));
}

/** A discreet mark: the tile's page explains the conflict. */
function openMark() {
  return element('span', { class: 'plate__mark plate__mark--open', title: 'Changed on two devices' }, icon('two'));
}
