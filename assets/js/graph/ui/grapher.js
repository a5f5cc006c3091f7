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
 * What a grapher has beside its list and its plane. Those that come later are asked first when the plane is touched.
 *
 * @type {readonly (new (editing: import('./editing.js').Editing) => import('./editing.js').Part)[]}
 */
const PARTS = [ExploreMode, Photos, MovablePoints, FitButton];

/**
 * @typedef {object} GrapherOptions
 * @property {unknown} [state] a Desmos state, of which every key that is not edited comes back as it came; null or `{}`
 *   begins an empty graph
 * @property {boolean} [readOnly] looking around is possible, changing is not
 * @property {string} [family] the kind of curve that a fit offers first: `linear`, `quadratic`, … (see math/families.js)
 * @property {(state: Record<string, unknown>) => void} [onChange] called after edits, at most once a frame; opening,
 *   resizing and looking around while read-only are no edits
 * @property {import('./photo/view.js').ResolveImage} [resolveImage] the address by which the browser may fetch a photo that the
 *   state names; null for what must not be asked for. Without this, only photos within the state itself are shown
 * @property {(photo: Blob) => Promise<string>} [keepImage] keeps a new photo, and gives the address under which the state is to
 *   name it. Without this, it is kept in the state itself
 */

/**
 * The grapher on a page: holds the state that is edited, and keeps list and plane showing it.
 */
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
  /** @type {string | null} the key of the entry that is at hand */
  #selected = null;
  /** @type {readonly import('./editing.js').Part[]} */
  #parts = [];
  #refresh = new FrameTask(() => this.#show());
  #report = new FrameTask(() => this.#tell());
  /** Whether the list itself was edited since it was last reported; looking elsewhere is no reason to touch its items. */
  #isListEdited = false;

  /**
   * @param {HTMLElement} host
   * @param {GrapherOptions} options
   */
  constructor(host, { state = null, readOnly = false, family, onChange = () => {}, resolveImage = onlyEmbedded, keepImage = asDataUrl }) {
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
    // Begun before there is a row to type in. Where it fails the rows have their plain fields, and need no word of it.
    loadMathLive().catch(() => {});
  }

  /** @returns {Record<string, unknown>} */
  getState() {
    return this.#document.toState();
  }

  /** Tells of an edit now that would be told of in the next frame. */
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
   * Shows what others have made of the state that is shown. What can be undone stays.
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

  /** Puts the cursor where typing goes on: in the last expression, or where one is added. */
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

  /** After an edit. */
  #changed() {
    this.#isListEdited = true;
    this.#refresh.request();
    this.#report.request();
  }

  /** After an edit that makes or takes away rows: at once, for the cursor is to go to one of them. */
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

  /** Commands of the list, wherever in the grapher the cursor is. */
  #onKey = (/** @type {KeyboardEvent} */ event) => {
    if (!this.#list.command(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** A hidden page may never see another frame. */
  #onHide = () => {
    if (document.visibilityState === 'hidden') this.report();
  };
}
