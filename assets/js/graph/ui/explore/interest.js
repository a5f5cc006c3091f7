import { CurveFinder } from './curve-finder.js';
import { InterestSearch } from './interest-search.js';
import { kindWords, pointWords } from './interest-words.js';
import { PointLabels } from '../plane/point-labels.js';
import { toSpoken } from '../input/to-spoken.js';

/** @typedef {import('../../math/interest/interest.js').Interest} Interest */
/** @typedef {import('../../state/scene.js').Drawable} Drawable */
/** @typedef {import('../plane/tools.js').Pixel} Pixel */

/** Radius in pixels within which a dot or a curve is hit. */
const DOT_REACH = { mouse: 10, pen: 14, touch: 24 };
const CURVE_REACH = { mouse: 7, pen: 10, touch: 18 };
const RADIUS = 4;
/** Kinds that are drawn as rings, because the curve has no point there. */
const OPEN = new Set(['hole', 'open-end']);

/** A point of a curve. @typedef {{key: string, meaning: import('../../lang/index.js').Meaning, point: Interest}} Spot */

/**
 * The points of interest of the selected curve and of the one under the mouse: dots that show their coordinates when
 * they are pointed at, tapped, or visited with the key I.
 */
export class InterestPoints {
  #editing;
  #finder;
  #search;
  #labels;
  #remove;
  /** @type {Pixel | null} */
  #mouse = null;
  /** @type {string | null} key of the curve under the mouse */
  #hovered = null;
  /** @type {Spot | null} under the mouse */
  #hot = null;
  /** @type {Spot | null} at the keyboard's position */
  #current = null;
  /** @type {Spot[]} whose labels stay visible */
  #pinned = [];
  /** @type {{at: Pixel, reach: number} | null} a tap on a curve whose points are not known yet */
  #tapped = null;

  /** @param {import('../editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    this.#finder = new CurveFinder(editing);
    this.#search = new InterestSearch(editing, () => this.#found());
    this.#labels = new PointLabels(editing.plane);
    this.#remove = editing.plane.use({
      tap: (at, pointer) => this.#tap(at, pointer.kind),
      hover: (at) => this.#hover(at),
      key: (event) => this.#key(event),
      paint: (context, view) => this.#paint(context, view),
    });
  }

  show() {
    const isThere = (/** @type {Spot} */ spot) => this.#finder.drawable(spot.key)?.meaning === spot.meaning;
    this.#pinned = this.#pinned.filter(isThere);
    if (this.#current && !isThere(this.#current)) this.#current = null;
    if (this.#hot && !isThere(this.#hot)) this.#hot = null;
    this.#showLabels();
  }

  selected() {
    this.#editing.plane.repaint();
  }

  destroy() {
    this.#remove();
    this.#search.destroy();
  }

  /**
   * @param {Drawable} drawable
   * @returns {readonly Interest[]} all its points in view, searched synchronously
   */
  pointsOf(drawable) {
    return this.#search.now(drawable);
  }

  /** @returns {Drawable | undefined} the curve whose dots are shown */
  get #target() {
    return this.#finder.drawable(this.#hovered) ?? this.#finder.selected;
  }

  #found() {
    const tapped = this.#tapped;
    this.#tapped = null;
    if (tapped) this.#toggle(this.#spotAt(tapped.at, tapped.reach));
    this.#hover(this.#mouse);
    this.#editing.plane.repaint();
  }

  /**
   * @param {Pixel} at
   * @param {number} reach
   * @returns {Spot | null}
   */
  #spotAt(at, reach) {
    const target = this.#target;
    const point = target && this.near(target, at, reach);
    return point ? { key: target.key, meaning: target.meaning, point } : null;
  }

  /**
   * @param {Drawable} drawable
   * @param {Pixel} at
   * @param {number} reach in pixels
   * @returns {Interest | null} the nearest of its points known so far
   */
  near(drawable, at, reach) {
    let nearest = null;
    let least = reach;
    for (const point of this.#search.known(drawable)) {
      const { x, y } = this.#editing.plane.toPixel(point);
      const distance = Math.hypot(x - at.x, y - at.y);
      if (distance > least) continue;
      nearest = point;
      least = distance;
    }
    return nearest;
  }

  /** @param {Pixel | null} at @returns {string} the cursor */
  #hover(at) {
    this.#mouse = at;
    const spot = at && this.#spotAt(at, DOT_REACH.mouse);
    const hovered = spot?.key ?? (at && this.#finder.at(at, CURVE_REACH.mouse)?.drawable.key) ?? null;
    if (hovered !== this.#hovered || spot?.point !== this.#hot?.point) this.#editing.plane.repaint();
    this.#hovered = hovered;
    this.#hot = spot;
    this.#showLabels();
    return hovered === null ? '' : 'pointer';
  }

  /**
   * @param {Pixel} at
   * @param {'mouse' | 'touch' | 'pen'} kind
   * @returns {boolean}
   */
  #tap(at, kind) {
    this.#current = null;
    const spot = this.#spotAt(at, DOT_REACH[kind]);
    const curve = spot ? null : this.#finder.at(at, CURVE_REACH[kind]);
    if (spot) this.#toggle(spot);
    else if (curve) {
      this.#editing.select(curve.drawable.key);
      this.#tapped = { at, reach: DOT_REACH[kind] };
    } else {
      this.#editing.select(null);
      this.#pinned = [];
    }
    this.#showLabels();
    this.#editing.plane.repaint();
    return spot !== null || curve !== null;
  }

  /** @param {Spot | null} spot pins or unpins its label */
  #toggle(spot) {
    if (!spot) return;
    this.#editing.select(spot.key);
    const others = this.#pinned.filter(({ point }) => point !== spot.point);
    const isNew = others.length === this.#pinned.length;
    this.#pinned = isNew ? [...others, spot] : others;
    if (isNew)
      this.#editing.announce(`${kindWords(spot.point)}: ${pointWords(spot.point, this.#finder.seen.pixel).spoken}`);
    this.#showLabels();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean}
   */
  #key({ key, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return false;
    if (key === 'i' || key === 'I') this.#step(key === 'i' ? 1 : -1);
    else if (key === 'Escape' && (this.#current || this.#pinned.length > 0)) {
      this.#current = null;
      this.#pinned = [];
    } else return false;
    this.#showLabels();
    this.#editing.plane.repaint();
    return true;
  }

  /** @param {1 | -1} direction moves to the next or previous point of the selected curve */
  #step(direction) {
    const drawable = this.#finder.first;
    if (!drawable) {
      this.#editing.announce('No curve to look at.');
      return;
    }
    const isNew = this.#current?.key !== drawable.key;
    this.#editing.select(drawable.key);
    const points = this.#search.now(drawable);
    const name = isNew ? `${toSpoken(drawable.latex)}. ` : '';
    if (points.length === 0) {
      this.#current = null;
      this.#editing.announce(`${name}No points of interest in this view.`);
      return;
    }
    const before = this.#current;
    const last = points.findIndex((point) => point.x === before?.point.x && point.y === before.point.y);
    const index =
      last < 0 ? (direction === 1 ? 0 : points.length - 1) : (last + direction + points.length) % points.length;
    this.#current = { key: drawable.key, meaning: drawable.meaning, point: points[index] };
    const { spoken } = pointWords(points[index], this.#finder.seen.pixel);
    this.#editing.announce(`${name}${kindWords(points[index])}: ${spoken}. ${index + 1} of ${points.length}.`);
  }

  /** @returns {Spot[]} the points whose labels are shown */
  get #labelled() {
    return [...this.#pinned, this.#current, this.#hot].filter((spot) => spot !== null);
  }

  #showLabels() {
    const { pixel } = this.#finder.seen;
    this.#labels.show(
      new Map(
        this.#labelled.map(({ key, point }) => {
          const { text, about } = pointWords(point, pixel);
          return [`${key} ${point.x} ${point.y}`, { at: point, text, about }];
        }),
      ),
    );
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../plane/tools.js').PlaneView} view
   */
  #paint(context, { theme }) {
    const target = this.#target;
    if (target) {
      this.#search.want(target);
      for (const point of this.#search.known(target)) this.#dot(context, point, theme, theme.label, RADIUS);
    }
    for (const { key, point } of this.#labelled) {
      this.#dot(context, point, theme, this.#finder.drawable(key)?.style.color ?? theme.label, RADIUS + 1.5);
    }
    this.#labels.place();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Interest} point
   * @param {import('../../plot/draw/draw.js').Theme} theme
   * @param {string} color
   * @param {number} radius
   */
  #dot(context, point, theme, color, radius) {
    const { x, y } = this.#editing.plane.toPixel(point);
    const isOpen = point.kinds.every((kind) => OPEN.has(kind));
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = isOpen ? theme.paper : color;
    context.strokeStyle = isOpen ? color : theme.paper;
    context.lineWidth = isOpen ? 2 : 1.5;
    context.fill();
    context.stroke();
  }
}
