import { formatNumber } from '../../plot/draw/ticks.js';
import { itemKind } from '../../state/item.js';
import { isRecord } from '../../state/json.js';
import { movableOf, movedTo, rounded, tableMovables, unitOf } from '../../state/movable-points.js';
import { element, setAttribute } from '../parts/dom.js';

/** @typedef {import('../../state/movable-points.js').Movable} Movable */
/** @typedef {import('./tools.js').Pixel} Pixel */

/** Radius in pixels within which a point is grabbed. */
const REACH = { mouse: 12, pen: 16, touch: 22 };

/** Distance in pixels of the ring around a movable point. */
const RING = 6;

/** Approximate distance in pixels of one arrow key press; with Shift, the smallest step. */
const KEY_STEP = 6;

/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Points of the list that can be moved on the plane by dragging or with the arrow keys. For the keyboard there is one
 * handle that goes from point to point, so that a graph with forty points is a single tab stop.
 */
export class MovablePoints {
  #editing;
  #handle = element('div', {
    class: 'graph-handle',
    tabindex: 0,
    role: 'application',
    'aria-roledescription': 'point to move',
    hidden: true,
  });
  #remove;
  /** @type {readonly Movable[]} */
  #points = [];
  /** @type {string | null} key of the point with the handle */
  #key = null;
  /** @type {string | null} key of the point under the mouse or being dragged */
  #active = null;

  /** @param {import('../editing.js').Editing} editing */
  constructor(editing) {
    this.#editing = editing;
    editing.plane.over.append(this.#handle);
    this.#handle.addEventListener('keydown', this.#onKey);
    this.#handle.addEventListener('focus', () => {
      this.#name();
      editing.plane.repaint();
    });
    this.#handle.addEventListener('blur', () => editing.plane.repaint());
    this.#remove = editing.plane.use({
      grab: (at, { kind }) => this.#grab(at, REACH[kind]),
      hover: (at) => this.#hover(at),
      key: (event) => this.#goFromPlane(event),
      paint: (context, view) => this.#paint(context, view),
    });
  }

  show() {
    const {
      document: { entries },
      scene,
      readOnly,
    } = this.#editing;
    const drawn = new Set(scene.drawables.map(({ key }) => key));
    this.#points = readOnly
      ? []
      : entries.flatMap((entry) => {
          if (itemKind(entry.item) === 'table') return tableMovables(entry, scene.drawables);
          return drawn.has(entry.key) ? (movableOf(entry, entries, scene.meanings) ?? []) : [];
        });
    if (!this.#point(this.#key)) this.#key = this.#points[0]?.key ?? null;
    const had = document.activeElement === this.#handle;
    this.#handle.hidden = this.#key === null;
    if (had && this.#handle.hidden) this.#editing.plane.focus();
    this.#name();
  }

  destroy() {
    this.#remove();
    this.#handle.remove();
  }

  /** @param {string | null} key */
  #point(key) {
    return this.#points.find((point) => point.key === key);
  }

  /**
   * @param {Pixel} at
   * @param {number} reach
   * @returns {Movable | null} the nearest point within reach; of two, the topmost
   */
  #nearest(at, reach) {
    let nearest = null;
    let least = reach;
    for (const point of this.#points) {
      const { x, y } = this.#editing.plane.toPixel(point.at);
      const distance = Math.hypot(x - at.x, y - at.y);
      if (distance > least) continue;
      nearest = point;
      least = distance;
    }
    return nearest;
  }

  /**
   * @param {Pixel} at
   * @param {number} reach
   * @returns {import('./tools.js').Grab | null}
   */
  #grab(at, reach) {
    const point = this.#nearest(at, reach);
    if (!point) return null;
    const { plane } = this.#editing;
    const start = plane.toPixel(point.at);
    const step = this.#editing.document.openStep();
    this.#setActive(point.key);
    this.#key = point.key;
    return {
      // Move the point by the movement of the finger, which rarely hits its centre.
      move: ({ x, y }) => this.#move(point, plane.toPlane({ x: start.x + x - at.x, y: start.y + y - at.y })),
      end: () => {
        step.end();
        this.#setActive(null);
        this.#editing.changed();
        this.#tell();
      },
      cancel: () => {
        step.cancel();
        this.#setActive(null);
        this.#editing.changed();
      },
    };
  }

  /**
   * @param {Movable} point
   * @param {import('../../state/movable-points.js').Point} to
   */
  #move(point, to) {
    const { document, scene } = this.#editing;
    const unit = this.#unit(1);
    for (const { key, changes } of movedTo(point, to, unit, document.entries, scene.meanings)) {
      document.update(key, changes, `move ${point.key}`);
    }
    this.#editing.changed();
  }

  /**
   * @param {number} pixels
   * @returns {import('../../state/movable-points.js').Point} round steps of about this size at the current zoom
   */
  #unit(pixels) {
    const {
      viewport: { xmin, xmax, ymin, ymax },
      size: { width, height },
    } = this.#editing.plane;
    return {
      x: unitOf((pixels * (xmax - xmin)) / Math.max(1, width)),
      y: unitOf((pixels * (ymax - ymin)) / Math.max(1, height)),
    };
  }

  /** @param {Pixel | null} at */
  #hover(at) {
    const point = at && this.#nearest(at, REACH.mouse);
    this.#setActive(point?.key ?? null);
    return point ? 'move' : '';
  }

  /** @param {string | null} key */
  #setActive(key) {
    if (key === this.#active) return;
    this.#active = key;
    this.#editing.plane.repaint();
  }

  /**
   * On the plane, the key P moves the focus to the point moved last.
   *
   * @param {KeyboardEvent} event
   */
  #goFromPlane({ key }) {
    if (key.toLowerCase() !== 'p' || this.#handle.hidden) return false;
    this.#handle.focus();
    return true;
  }

  #onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) this.#nudge(arrow, event.shiftKey);
    else if (event.key === 'p' || event.key === 'PageDown') this.#next(1);
    else if (event.key === 'P' || event.key === 'PageUp') this.#next(-1);
    else if (event.key === 'Escape') this.#editing.plane.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /**
   * @param {readonly [number, number]} direction
   * @param {boolean} isFine
   */
  #nudge([right, up], isFine) {
    const point = this.#point(this.#key);
    if (!point) return;
    const unit = this.#unit(isFine ? 1 : KEY_STEP);
    const step = { x: Math.max(unit.x, point.steps.x), y: Math.max(unit.y, point.steps.y) };
    this.#move(point, { x: point.at.x + right * step.x, y: point.at.y + up * step.y });
    this.#editing.restructured();
    this.#tell();
  }

  /** @param {1 | -1} direction */
  #next(direction) {
    const index = this.#points.findIndex(({ key }) => key === this.#key);
    const next = this.#points[(index + direction + this.#points.length) % this.#points.length];
    this.#key = next?.key ?? null;
    this.#name();
    this.#tell();
    this.#editing.plane.repaint();
  }

  /** Announces the position of the point. */
  #tell() {
    const point = this.#point(this.#key);
    if (point) this.#editing.announce(this.#placeOf(point));
  }

  /** @param {Movable} point */
  #placeOf({ at }) {
    const unit = this.#unit(1);
    const [x, y] = [Number(rounded(at.x, unit.x / 10)), Number(rounded(at.y, unit.y / 10))];
    return `x ${formatNumber(x)}, y ${formatNumber(y)}`;
  }

  #name() {
    const index = this.#points.findIndex(({ key }) => key === this.#key);
    if (index < 0) return;
    const { document } = this.#editing;
    const { item } = document.entries[document.indexOf(this.#points[index].entry)];
    const label = isRecord(item) && typeof item.label === 'string' && item.label ? ` ${item.label}` : '';
    const count = this.#points.length > 1 ? `, ${index + 1} of ${this.#points.length}; P for the next` : '';
    setAttribute(
      this.#handle,
      'aria-label',
      `Point${label}, ${this.#placeOf(this.#points[index])}; arrow keys move it${count}`,
    );
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./tools.js').PlaneView} view
   */
  #paint(context, { size }) {
    const { plane, scene } = this.#editing;
    const isFocused = document.activeElement === this.#handle;
    for (const point of this.#points) {
      const { x, y } = plane.toPixel(point.at);
      if (isFocused && point.key === this.#key) {
        this.#handle.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      }
      if (x < -RING || y < -RING || x > size.width + RING || y > size.height + RING) continue;
      const style = scene.drawables.find(({ key }) => key === point.drawable)?.style;
      context.globalAlpha = point.key === this.#active ? 0.4 : 0.18;
      context.fillStyle = style?.color ?? 'black';
      context.beginPath();
      context.arc(x, y, (style?.pointSize ?? 0) / 2 + (point.key === this.#active ? 1.5 * RING : RING), 0, 2 * Math.PI);
      context.fill();
    }
  }
}
