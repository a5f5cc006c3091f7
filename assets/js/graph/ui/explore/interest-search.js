import { interestOf } from '../../math/interest/interest.js';
import { parameterOf } from './curve-finder.js';

/** @typedef {import('../../math/interest/interest.js').Interest} Interest */
/** @typedef {import('../../state/scene.js').Drawable} Drawable */

/** The search waits until plane and list have been still for this long. */
const REST_MS = 120;
/** Script time of one slice, so that the page stays responsive during a long search. */
const SLICE_MS = 4;

/**
 * The result of a search, with its inputs.
 *
 * @typedef {object} Found
 * @property {import('../../lang/index.js').Meaning} meaning
 * @property {readonly import('../../lang/index.js').Meaning[]} others
 * @property {import('../../plot/viewport.js').Viewport} viewport
 * @property {number} width
 * @property {number} height
 * @property {{min: number, max: number}} domain range of the parameter
 * @property {readonly Interest[]} points
 */

/** Searches for the points of interest of one curve at a time while the page is idle. */
export class InterestSearch {
  #editing;
  #onFound;
  /** @type {Map<string, Found>} by key */
  #found = new Map();
  #timer = 0;
  /** The search in progress or scheduled. @type {{key: string, result: Omit<Found, 'points'>} | null} */
  #wanted = null;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {() => void} onFound
   */
  constructor(editing, onFound) {
    this.#editing = editing;
    this.#onFound = onFound;
  }

  destroy() {
    clearTimeout(this.#timer);
  }

  /**
   * @param {Drawable} drawable
   * @returns {readonly Interest[]} the points known so far; for another part of the plane, if it was moved
   */
  known(drawable) {
    const found = this.#found.get(drawable.key);
    return found && isSameGraph(found, this.#view(drawable)) ? found.points : [];
  }

  /**
   * Schedules the search for the points of a curve.
   *
   * @param {Drawable} drawable
   */
  want(drawable) {
    const result = this.#view(drawable);
    const found = this.#found.get(drawable.key);
    if (found && isSame(found, result)) return;
    if (this.#wanted?.key === drawable.key && isSame(this.#wanted.result, result)) return;
    this.#wanted = { key: drawable.key, result };
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#start(), REST_MS);
  }

  /**
   * @param {Drawable} drawable
   * @returns {readonly Interest[]} searched synchronously
   */
  now(drawable) {
    const result = this.#view(drawable);
    const found = this.#found.get(drawable.key);
    if (found && isSame(found, result)) return found.points;
    const search = this.#search(result);
    for (let step = search.next(); ; step = search.next())
      if (step.done) return this.#keep(drawable.key, result, step.value);
  }

  #start() {
    const wanted = this.#wanted;
    if (!wanted || wanted.result.width < 1) return;
    const search = this.#search(wanted.result);
    const go = () => {
      if (this.#wanted !== wanted) return;
      const end = performance.now() + SLICE_MS;
      do {
        const { done, value } = search.next();
        if (!done) continue;
        this.#wanted = null;
        this.#keep(wanted.key, wanted.result, value);
        this.#onFound();
        return;
      } while (performance.now() < end);
      this.#timer = window.setTimeout(go);
    };
    go();
  }

  /** @param {Omit<Found, 'points'>} view */
  #search({ meaning, others, viewport, width, height, domain }) {
    return interestOf(meaning, others, viewport, { width, height }, domain);
  }

  /** @param {string} key @param {Omit<Found, 'points'>} result @param {readonly Interest[]} points */
  #keep(key, result, points) {
    for (const other of this.#found.keys())
      if (!this.#editing.scene.drawables.some((drawable) => drawable.key === other)) this.#found.delete(other);
    this.#found.set(key, { ...result, points });
    return points;
  }

  /** @param {Drawable} drawable @returns {Omit<Found, 'points'>} */
  #view(drawable) {
    const { key, meaning } = drawable;
    const { scene, plane } = this.#editing;
    const others = scene.drawables
      .filter((other) => other.key !== key && other.meaning.kind !== 'point')
      .map((other) => other.meaning);
    return {
      meaning,
      others,
      viewport: plane.viewport,
      width: plane.size.width,
      height: plane.size.height,
      domain: parameterOf(drawable),
    };
  }
}

/** @param {Omit<Found, 'points'>} a @param {Omit<Found, 'points'>} b */
function isSame(a, b) {
  return a.viewport === b.viewport && a.width === b.width && a.height === b.height && isSameGraph(a, b);
}

/** @param {Omit<Found, 'points'>} a @param {Omit<Found, 'points'>} b */
function isSameGraph(a, b) {
  return (
    a.meaning === b.meaning &&
    a.domain.min === b.domain.min &&
    a.domain.max === b.domain.max &&
    a.others.length === b.others.length &&
    a.others.every((other, i) => other === b.others[i])
  );
}
