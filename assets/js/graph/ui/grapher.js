import { solveRegression } from '../math/fit/nonlinear-regression.js';
import { GraphDocument } from '../state/document.js';
import { keepFits } from '../state/regression-result.js';
import { sceneOf } from '../state/scene.js';
import { entryKeyOf } from '../state/table-scene.js';
import { element } from './parts/dom.js';
import { ExploreMode } from './explore/explore-mode.js';
import { FitButton } from './fit/fit-button.js';
import { FrameTask } from './parts/frame-task.js';
import { ListController } from './list/controller.js';
import { ListDivider } from './list/divider.js';
import { loadMathLive } from './input/mathlive.js';
import { MovablePoints } from './plane/movable-points.js';
import { asDataUrl, onlyEmbedded } from './photo/view.js';
import { Photos } from './photo/photos.js';
import { Plane } from './plane/plane.js';
import { SliderPlayer } from './slider/player.js';

/**
 * The parts of a grapher besides list and plane. Later ones get pointer events first.
 *
 * @type {readonly (new (editing: import('./editing.js').Editing) => import('./editing.js').Part)[]}
 */
const PARTS = [ExploreMode, Photos, MovablePoints, FitButton];

/**
 * @typedef {object} GrapherOptions
 * @property {unknown} [state] a Desmos state; keys that are not edited are preserved; null or `{}` starts an empty
 *   graph
 * @property {boolean} [readOnly] the graph can be explored but not changed
 * @property {string} [family] the family that a fit offers first: `linear`, `quadratic`, … (see
 *   math/fit/family-forms.js)
 * @property {(state: Record<string, unknown>) => void} [onChange] called after edits, at most once a frame; opening,
 *   resizing and moving a read-only plane are not edits
 * @property {import('./photo/view.js').ResolveImage} [resolveImage] returns the URL from which the browser may load a
 *   photo that the state names, or null if it must not be loaded. By default, only photos embedded in the state are
 *   shown
 * @property {(photo: Blob) => Promise<string>} [keepImage] stores a new photo and returns the address to write into the
 *   state. By default, photos are embedded in the state
 */

/** Grapher holds the state being edited and keeps list and plane in step with it. */
export class Grapher {
  #host;
  #onChange;
  #images;
  #readOnly;
  #family;
  #document;
  /** @type {import('../state/scene.js').Scene} */
  #scene = { meanings: new Map(), drawables: [], labels: [], photos: [] };
  #plane;
  #editing;
  #list;
  #divider;
  #player;
  #status = element('p', { class: 'graph-status', role: 'status' });
  /** @type {string | null} the key of the selected entry */
  #selected = null;
  /** @type {readonly import('./editing.js').Part[]} */
  #parts = [];
  #refresh = new FrameTask(() => this.#show());
  #report = new FrameTask(() => this.#tell());
  /** Whether the list was edited since the last report. Moving the plane does not touch the items. */
  #isListEdited = false;

  /**
   * @param {HTMLElement} host
   * @param {GrapherOptions} options
   */
  constructor(
    host,
    { state = null, readOnly = false, family, onChange = () => {}, resolveImage = onlyEmbedded, keepImage = asDataUrl },
  ) {
    this.#host = host;
    this.#family = family ?? null;
    this.#images = { resolve: resolveImage, keep: keepImage };
    this.#onChange = onChange;
    this.#readOnly = readOnly;
    this.#document = new GraphDocument(state);
    this.#plane = new Plane((viewport) => this.#moved(viewport));
    this.#editing = this.#makeEditing();
    this.#player = new SliderPlayer(this.#editing, () => this.#refresh.request());
    this.#list = new ListController(this.#editing, this.#player);
    host.classList.add('graph');
    const layout = element('div', { class: 'graph-layout' });
    host.append(layout);
    this.#divider = new ListDivider(layout);
    layout.append(this.#list.element, this.#divider.element, this.#plane.element, this.#status);
    host.addEventListener('keydown', this.#onKey, { capture: true });
    document.addEventListener('visibilitychange', this.#onHide);
    this.#parts = PARTS.map((Part) => new Part(this.#editing));
    this.#show();
    // Started before there is a row to type in. If it fails, the rows keep their plain text fields.
    loadMathLive().catch(() => {});
  }

  /** @returns {Record<string, unknown>} */
  getState() {
    return this.#document.toState();
  }

  /** Reports a pending edit now instead of in the next frame. */
  report() {
    this.#report.flush();
  }

  /** @param {unknown} state */
  setState(state) {
    this.report();
    this.#document = new GraphDocument(state);
    this.#selected = null;
    this.#show();
  }

  /**
   * Replaces the state with a version that others have edited, and keeps the undo history.
   *
   * @param {unknown} state
   */
  rebase(state) {
    this.report();
    this.#document.rebase(state);
    this.#show();
  }

  /** @param {boolean} readOnly */
  setReadOnly(readOnly) {
    this.#readOnly = readOnly;
    this.#show();
  }

  /** Focuses the last expression, or adds one. */
  focus() {
    this.#list.focus();
  }

  destroy() {
    this.report();
    this.#refresh.cancel();
    this.#host.removeEventListener('keydown', this.#onKey, { capture: true });
    document.removeEventListener('visibilitychange', this.#onHide);
    for (const part of this.#parts) part.destroy?.();
    this.#player.destroy();
    this.#list.destroy();
    this.#divider.destroy();
    this.#plane.destroy();
    this.#host.classList.remove('graph');
    this.#host.replaceChildren();
  }

  #show() {
    this.#refresh.cancel();
    const { settings, viewport } = this.#document;
    const entries = this.#player.moved(this.#document.entries);
    this.#scene = sceneOf(entries, settings, solveRegression);
    if (this.#selected !== null && this.#document.indexOf(entryKeyOf(this.#selected)) < 0) this.#selected = null;
    const { drawables, labels, photos } = this.#scene;
    this.#plane.show({ drawables, labels, photos, settings, viewport });
    this.#player.follow();
    this.#list.show(entries);
    for (const part of this.#parts) part.show?.();
  }

  /** @returns {import('./editing.js').Editing} */
  #makeEditing() {
    const grapher = this;
    return {
      get document() {
        return grapher.#document;
      },
      get scene() {
        return grapher.#scene;
      },
      get readOnly() {
        return grapher.#readOnly;
      },
      host: this.#host,
      family: this.#family,
      plane: this.#plane,
      images: this.#images,
      changed: () => this.#changed(),
      restructured: () => this.#restructured(),
      announce: (text) => {
        this.#status.textContent = text;
      },
      goToRow: (key) => this.#list.goToRow(key),
      offer: (offer) => this.#list.offer(offer),
      get selected() {
        return grapher.#selected === null ? null : entryKeyOf(grapher.#selected);
      },
      get selectedCurve() {
        return grapher.#selected;
      },
      select: (key) => this.#select(key),
    };
  }

  /** @param {string | null} key */
  #select(key) {
    if (key === this.#selected) return;
    this.#selected = key;
    this.#list.showSelected(key === null ? null : entryKeyOf(key));
    if (key !== null) this.#list.reveal(entryKeyOf(key));
    this.#plane.select(key);
    for (const part of this.#parts) part.selected?.();
  }

  #tell() {
    if (this.#isListEdited) {
      this.#refresh.flush();
      keepFits(this.#document, this.#scene.meanings);
      this.#isListEdited = false;
    }
    this.#onChange(this.getState());
  }

  /** Called after an edit. */
  #changed() {
    this.#isListEdited = true;
    this.#refresh.request();
    this.#report.request();
  }

  /** Called after an edit that adds or removes rows: shows it at once, because the cursor moves to one of them. */
  #restructured() {
    this.#isListEdited = true;
    this.#show();
    this.#report.request();
  }

  /** @param {import('../plot/viewport.js').Viewport} viewport */
  #moved(viewport) {
    if (this.#readOnly) return;
    this.#document.setViewport(viewport);
    this.#report.request();
  }

  /** Handles the list's shortcuts anywhere in the grapher. */
  #onKey = (/** @type {KeyboardEvent} */ event) => {
    if (!this.#list.command(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** A hidden page may never get another frame. */
  #onHide = () => {
    if (document.visibilityState === 'hidden') this.report();
  };
}
