import { fitFamilies } from '../../math/fit/fit.js';
import { itemKind, itemLatex } from '../../state/item.js';
import { isRecord } from '../../state/json.js';
import { fitItems } from './items.js';
import { FitPanel } from './panel.js';
import { FitPoints } from './points.js';
import { drawFit } from './preview.js';
import { sourceOf } from './points-from-list.js';
import { ENOUGH, FAMILY_NAMES, equationText } from './words.js';
import { inSlices } from '../parts/time-slices.js';

/** @typedef {import('../../math/fit/fit.js').Fit} Fit */

/** The offers are announced when the points have rested for this long. */
const REST_MS = 700;

/** A family with a smaller R² is not the shape that was tapped. */
const FAIR_R_SQUARED = 0.8;

/**
 * The mode in which a curve is fitted: the student taps points along a shape, chooses one of the forms offered, and
 * adds it to the list.
 */
export class FitMode {
  #editing;
  #family;
  #points;
  #panel;
  #onClose;
  /** @type {readonly Fit[]} */
  #fits = [];
  /** The family of the curve shown; the student's choice stays while it is offered. @type {string | null} */
  #chosen = null;
  /** @type {string | null} */
  #wanted = null;
  /** @type {string | null} the only family to try */
  #only = null;
  /** The source of the points, if they come from the list. @type {import('./points-from-list.js').Source | null} */
  #source = null;
  #stopTrial = () => {};
  #timer = 0;
  /** @type {(() => void) | null} */
  #remove = null;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {string | null} family the family offered first
   * @param {() => void} onClose
   */
  constructor(editing, family, onClose) {
    this.#editing = editing;
    this.#family = family;
    this.#onClose = onClose;
    this.#points = new FitPoints(editing.plane, {
      onChange: () => this.#try(),
      announce: (text) => editing.announce(text),
      leave: () => this.close(),
    });
    this.#panel = new FitPanel({
      chooseFamily: (only) => {
        this.#only = only;
        this.#wanted = only;
        this.#try();
      },
      chooseOffer: (chosen) => {
        this.#wanted = chosen;
        this.#chosen = chosen;
        editing.plane.repaint();
      },
      takePoints: () => this.#take(),
      removePoint: () => this.#points.remove(),
      clear: () => this.#points.clear(),
      restrict: () => editing.plane.repaint(),
      add: () => this.#add(),
      close: () => this.close(),
    });
  }

  /** @returns {HTMLElement} the panel that replaces the list */
  get element() {
    return this.#panel.element;
  }

  open() {
    const { plane, announce, document, selected, select } = this.#editing;
    const points = this.#points;
    const held = document.entries.find(({ key }) => key === selected);
    // A selected photo would be dragged instead of the plane.
    if (held && itemKind(held.item) === 'image') select(null);
    window.addEventListener('keydown', this.#onKey, { capture: true });
    this.#remove = plane.use({
      tap: (at, pointer) => points.tap(at, pointer),
      grab: (at, pointer) => points.grab(at, pointer),
      hover: (at) => points.hover(at),
      key: (event) => points.key(event),
      paint: (context, view) => this.#paint(context, view),
    });
    this.#show(this.#fits);
    plane.focus();
    announce(
      'Fit a curve. Tap points along the shape, or move the crosshair with the arrow keys and add points with Enter.',
    );
  }

  /** Closes the mode; the points stay for the next time. */
  close() {
    if (!this.#remove) return;
    this.#remove();
    this.#remove = null;
    window.removeEventListener('keydown', this.#onKey, { capture: true });
    clearTimeout(this.#timer);
    this.#onClose();
  }

  /** Undo and redo apply to the points; this handler runs before the list's. */
  #onKey = (/** @type {KeyboardEvent} */ event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    if (!(event.target instanceof Node && this.#editing.host.contains(event.target))) return;
    event.preventDefault();
    event.stopPropagation();
    this.#points.step(key === 'y' || event.shiftKey ? 'redo' : 'undo');
  };

  #take() {
    this.#source = sourceOf(this.#editing);
    if (this.#source) this.#points.take(this.#source.points);
    this.#editing.plane.focus();
  }

  /** Fits again after the points have changed. */
  #try() {
    this.#stopTrial();
    clearTimeout(this.#timer);
    if (this.#points.all.length < ENOUGH) {
      this.#show([]);
      return;
    }
    const families = this.#only === null ? undefined : [this.#only];
    const { degreeMode } = this.#editing.document.settings;
    this.#stopTrial = inSlices(fitFamilies(this.#points.all, { degreeMode, families }), (fits) => {
      this.#show(this.#inOrder(fits));
      this.#timer = window.setTimeout(() => this.#tell(), REST_MS);
    });
  }

  /**
   * @param {readonly Fit[]} fits
   * @returns {Fit[]} the tile's own family first, unless the points have another shape
   */
  #inOrder(fits) {
    // Points at one height have no R², and the level line goes through all of them.
    const isFirst = (/** @type {Fit} */ { family, rSquared }) =>
      family === this.#family && !(rSquared < FAIR_R_SQUARED);
    return [...fits.filter(isFirst), ...fits.filter((fit) => !isFirst(fit))];
  }

  /** @param {readonly Fit[]} fits */
  #show(fits) {
    this.#fits = fits;
    const kept = fits.find(({ family }) => family === this.#wanted) ?? fits[0];
    this.#chosen = kept?.family ?? null;
    this.#panel.show(fits, this.#chosen, { count: this.#points.all.length, canTake: sourceOf(this.#editing) !== null });
    this.#editing.plane.repaint();
  }

  #tell() {
    const fit = this.#fit;
    this.#editing.announce(
      fit ? `${this.#points.all.length} points. ${FAMILY_NAMES[fit.family]}: ${equationText(fit)}` : 'No curve found.',
    );
  }

  /** @returns {Fit | undefined} the chosen fit */
  get #fit() {
    return this.#fits.find(({ family }) => family === this.#chosen);
  }

  #add() {
    const fit = this.#fit;
    const { asRegression, onSpan } = this.#panel;
    const { document } = this.#editing;
    if (!fit || this.#editing.readOnly) return;
    const formulas = document.entries.flatMap(({ item }) => [itemLatex(item), ...columnHeaders(item)]);
    const points = this.#points.all;
    const columns = this.#source?.points === points ? this.#source.columns : null;
    const items = fitItems(
      fit,
      points,
      { formulas, color: document.nextColor, newId: () => document.newId(), columns },
      { asRegression, onSpan },
    );
    const keys = document.asOneStep(() => items.map((item) => document.insert(document.entries.length, item)));
    this.#points.clear();
    this.#editing.restructured();
    this.close();
    this.#editing.goToRow(keys[items.findIndex(({ type }) => type === 'expression')]);
    this.#editing.announce(
      `${FAMILY_NAMES[fit.family]} curve added to the list${asRegression ? '' : ', with sliders'}.`,
    );
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../plane/tools.js').PlaneView} view
   */
  #paint(context, view) {
    const fit = this.#fit;
    const { document, plane } = this.#editing;
    const points = this.#points.all;
    // While the points move, the last fit may have fewer points.
    if (fit && fit.residuals.length === points.length) {
      const { degreeMode } = document.settings;
      drawFit(
        context,
        view,
        { fit, points, onSpan: this.#panel.onSpan, color: document.nextColor, degreeMode },
        (point) => plane.toPixel(point),
      );
    }
    this.#points.paint(context, view);
  }
}

/**
 * @param {import('../../state/item.js').Item} item
 * @returns {string[]}
 */
function columnHeaders(item) {
  const columns = isRecord(item) && Array.isArray(item.columns) ? item.columns : [];
  return columns.map(itemLatex);
}
