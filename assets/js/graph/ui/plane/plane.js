import { FeatureMap } from '../../math/interest/feature-map.js';
import { CanvasView } from '../../plot/draw/canvas.js';
import { drawGraph } from '../../plot/draw/draw.js';
import { Relations } from '../../plot/implicit/relations.js';
import { pan, squareAxes, toPixelX, toPixelY, toPlaneX, toPlaneY, zoom } from '../../plot/viewport.js';
import { HOME } from '../../state/settings.js';
import { describeGraph } from '../explore/describe-graph.js';
import { button, element, setAttribute } from '../parts/dom.js';
import { listenToGestures } from './gestures.js';
import { icon } from '../parts/icons.js';
import { listenToKeys } from './keys.js';
import { PlaneTools } from './tools.js';
import { themeOf } from './theme.js';

/** Zoom factor of one press of a button or key. */
const ZOOM_STEP = 1.5;

/** The description is updated only when a moving plane has come to rest, so that screen readers are not flooded. */
const DESCRIPTION_DELAY_MS = 400;

/**
 * The content of the plane.
 *
 * @typedef {object} PlaneContent
 * @property {readonly import('../../state/scene.js').Drawable[]} drawables
 * @property {readonly import('../../state/label.js').Label[]} labels
 * @property {readonly import('../../state/image.js').Photo[]} photos
 * @property {import('../../state/settings.js').Settings} settings
 * @property {import('../../plot/viewport.js').Viewport} viewport from the state; the visible part may be larger
 */

/** The plane: a canvas that can be panned and zoomed, and its buttons. */
export class Plane {
  element;
  /** The layer below the canvas, for elements that the page can move faster than they could be drawn. */
  under = element('div', { class: 'graph-under' });
  /** The layer above the canvas; only elements that opt in receive pointer events. */
  over = element('div', { class: 'graph-over' });
  /** The buttons of the tools. */
  bar = element('div', { class: 'graph-bar', role: 'group', 'aria-label': 'Tools' });
  #canvas;
  #view;
  #onMove;
  /** @type {PlaneContent | null} */
  #content = null;
  /** @type {import('../../plot/viewport.js').Viewport} the visible part of the plane */
  #viewport = HOME;
  #descriptionTimer = 0;
  #relations = new Relations();
  #features = new FeatureMap();
  /** @type {string | null} the key of the selected curve */
  #selected = null;
  #tools = new PlaneTools();

  /**
   * @param {(viewport: import('../../plot/viewport.js').Viewport) => void} onMove called after each move by the
   *   student, but not after changes of the layout
   */
  constructor(onMove) {
    this.#onMove = onMove;
    this.#canvas = element('canvas', {
      class: 'graph-canvas',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'graph',
      'aria-label': 'Empty graph.',
      'aria-keyshortcuts': 'ArrowLeft ArrowRight ArrowUp ArrowDown + - 0 I T D',
    });
    this.element = element(
      'div',
      { class: 'graph-plane' },
      this.under,
      this.#canvas,
      this.over,
      this.bar,
      this.#zoomButtons(),
    );
    this.#view = new CanvasView(
      this.#canvas,
      (...args) => this.#paint(...args),
      () => this.#relations.goOn(),
      () => this.#fit(),
    );
    listenToGestures(this.#canvas, {
      pan: (dx, dy) => this.#move(pan(this.#viewport, this.#view.size, dx, dy)),
      zoom: (at, factor) => this.#move(zoom(this.#viewport, this.#view.size, at, factor)),
      grab: (at, pointer) => this.#tools.grab(at, pointer),
      tap: (at, pointer) => this.#tools.tap(at, pointer),
      hover: (at) => {
        this.#canvas.style.cursor = this.#tools.hover(at);
      },
    });
    listenToKeys(this.#canvas, {
      look: (right, down) => this.#look(right, down),
      zoomIn: () => this.#zoom(ZOOM_STEP),
      zoomOut: () => this.#zoom(1 / ZOOM_STEP),
      home: () => this.#home(),
      tool: (event) => this.#tools.key(event),
    });
  }

  /** @returns {import('../../plot/viewport.js').Viewport} the visible part of the plane */
  get viewport() {
    return this.#viewport;
  }

  /** @returns {import('../../plot/viewport.js').Size} in CSS pixels; 0 by 0 until laid out */
  get size() {
    return this.#view.size;
  }

  /**
   * Adds a tool, which then receives events and is painted.
   *
   * @param {import('./tools.js').PlaneTool} tool
   * @returns {() => void} a function that removes the tool
   */
  use(tool) {
    const remove = this.#tools.add(tool);
    this.repaint();
    return () => {
      remove();
      this.repaint();
    };
  }

  /** Shows the asymptotes of a curve. @param {string | null} key its key, or null for none */
  select(key) {
    this.#selected = key;
    this.repaint();
  }

  /** Repaints in the next frame. */
  repaint() {
    this.#view.invalidate();
  }

  focus() {
    this.#canvas.focus();
  }

  /** @returns {import('../../plot/draw/draw.js').Theme} its current colours */
  get theme() {
    return themeOf(this.#canvas);
  }

  /**
   * Draws the grid and all curves over the existing content of a context: a complete picture, to be kept.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} pixelRatio
   */
  drawOn(context, pixelRatio) {
    const view = { viewport: this.#viewport, size: this.size, pixelRatio, theme: this.theme };
    if (this.#content) this.#draw(context, view, 'keep', true);
  }

  /**
   * @param {import('./tools.js').Pixel} pixel
   * @returns {{x: number, y: number}} in plane units
   */
  toPlane({ x, y }) {
    return { x: toPlaneX(this.#viewport, this.size, x), y: toPlaneY(this.#viewport, this.size, y) };
  }

  /**
   * @param {{x: number, y: number}} point in plane units
   * @returns {import('./tools.js').Pixel}
   */
  toPixel({ x, y }) {
    return { x: toPixelX(this.#viewport, this.size, x), y: toPixelY(this.#viewport, this.size, y) };
  }

  /** @param {PlaneContent} content */
  show(content) {
    this.#content = content;
    this.#fit();
    this.#view.invalidate();
    this.#describeSoon();
  }

  destroy() {
    clearTimeout(this.#descriptionTimer);
    this.#view.destroy();
  }

  /** Shows everything in the state's viewport, with square axes if the state asks for them. */
  #fit() {
    if (!this.#content) return;
    const { viewport, settings } = this.#content;
    const { size } = this.#view;
    this.#viewport = settings.squareAxes && size.width > 0 && size.height > 0 ? squareAxes(viewport, size) : viewport;
    this.#describeSoon();
  }

  /** @param {import('../../plot/viewport.js').Viewport} viewport */
  #move(viewport) {
    if (!this.#content || isSame(viewport, this.#viewport) || this.#view.size.width === 0) return;
    this.#viewport = viewport;
    this.#content = { ...this.#content, viewport };
    this.#view.invalidate();
    this.#describeSoon();
    this.#onMove(viewport);
  }

  /**
   * @param {number} right as a fraction of the view
   * @param {number} down
   */
  #look(right, down) {
    const { width, height } = this.#view.size;
    this.#move(pan(this.#viewport, this.#view.size, -right * width, -down * height));
  }

  /** @param {number} factor */
  #zoom(factor) {
    const { width, height } = this.#view.size;
    this.#move(zoom(this.#viewport, this.#view.size, { x: width / 2, y: height / 2 }, factor));
  }

  #home() {
    const { size } = this.#view;
    if (size.width > 0) this.#move(this.#content?.settings.squareAxes ? squareAxes(HOME, size) : { ...HOME });
  }

  #zoomButtons() {
    return element(
      'div',
      { class: 'graph-zoom', role: 'group', 'aria-label': 'Zoom' },
      button('graph-zoom-button', 'Zoom in', () => this.#zoom(ZOOM_STEP), icon('zoomIn')),
      button('graph-zoom-button', 'Zoom out', () => this.#zoom(1 / ZOOM_STEP), icon('zoomOut')),
      button('graph-zoom-button', 'Back to the start view', () => this.#home(), icon('home')),
    );
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../../plot/viewport.js').Size} size
   * @param {number} pixelRatio
   * @returns {boolean} whether the picture is complete
   */
  #paint(context, size, pixelRatio) {
    if (!this.#content) return true;
    const view = { viewport: this.#viewport, size, pixelRatio, theme: this.theme };
    const isWhole = this.#draw(context, view, this.under.hasChildNodes() ? 'clear' : 'paper', false);
    this.#tools.paint(context, view);
    return isWhole;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./tools.js').PlaneView} view
   * @param {'paper' | 'clear' | 'keep'} backdrop
   * @param {boolean} atOnce draw everything now rather than in later frames
   * @returns {boolean} whether the picture is complete
   */
  #draw(context, view, backdrop, atOnce) {
    const content = /** @type {PlaneContent} */ (this.#content);
    return drawGraph(context, content, {
      ...content.settings,
      ...view,
      backdrop,
      atOnce,
      lineScale: 1,
      relations: this.#relations,
      features: this.#features,
      selected: this.#selected,
    });
  }

  #describeSoon() {
    clearTimeout(this.#descriptionTimer);
    this.#descriptionTimer = window.setTimeout(() => {
      setAttribute(this.#canvas, 'aria-label', describeGraph(this.#content ?? {}, this.#viewport));
    }, DESCRIPTION_DELAY_MS);
  }
}

/**
 * @param {import('../../plot/viewport.js').Viewport} a
 * @param {import('../../plot/viewport.js').Viewport} b
 */
function isSame(a, b) {
  return a.xmin === b.xmin && a.xmax === b.xmax && a.ymin === b.ymin && a.ymax === b.ymax;
}
