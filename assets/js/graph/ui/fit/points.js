import { formatNumber } from '../../plot/draw/ticks.js';
import { UndoHistory } from '../../state/undo-history.js';
import { rounded, unitOf } from '../../state/movable-points.js';

/**
 * @typedef {import('../../math/fit/fit.js').Point} Point
 * @typedef {import('../plane/tools.js').Pixel} Pixel
 * @typedef {import('../plane/tools.js').PlaneTool} PlaneTool
 */

/** Radius in pixels within which a point is grabbed: a fingertip needs a target of 44. */
const REACH = { mouse: 10, pen: 14, touch: 22 };

/** Distance in pixels that an arrow key moves the crosshair; Shift has a finer step. */
const STEP = 10;
const FINE_STEP = 1;

/** @type {Record<string, readonly [number, number]>} right and down */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** More points than anyone taps, so that a key held down does not add thousands. */
const MOST_POINTS = 60;

const DOT = 5;
const RING = 9;
const CROSS = 12;

/**
 * The points that a curve is fitted to: added, moved and removed on the plane by mouse, touch and keyboard.
 *
 * @implements {PlaneTool}
 */
export class FitPoints {
  #plane;
  #onChange;
  #announce;
  #leave;
  /** @type {readonly Point[]} */
  #points = [];
  /** @type {UndoHistory<readonly Point[]>} */
  #history = new UndoHistory();
  /** Index of the selected point. */
  #index = -1;
  /** Position of the crosshair, where the keyboard adds the next point, in plane units. @type {Point | null} */
  #cross = null;

  /**
   * @param {import('../plane/plane.js').Plane} plane
   * @param {{onChange: () => void, announce: (text: string) => void, leave: () => void}} actions
   */
  constructor(plane, { onChange, announce, leave }) {
    this.#plane = plane;
    this.#onChange = onChange;
    this.#announce = announce;
    this.#leave = leave;
  }

  /** @returns {readonly Point[]} in the order in which they were added */
  get all() {
    return this.#points;
  }

  clear() {
    if (this.#points.length > 0) this.#edit([], -1);
  }

  /** @param {readonly Point[]} points the new points */
  take(points) {
    this.#edit(points, points.length - 1);
  }

  /** @param {'undo' | 'redo'} direction */
  step(direction) {
    const points = this.#history[direction](this.#points);
    if (!points) return;
    this.#set(points, points.length - 1);
    this.#announce(points.length === 1 ? '1 point' : `${points.length} points`);
  }

  /** Removes the selected point: the one added or touched last. */
  remove() {
    const gone = this.#points[this.#index];
    if (!gone) return;
    const points = this.#points.toSpliced(this.#index, 1);
    this.#edit(points, points.length - 1);
    this.#announce(`Point removed: ${this.#textOf(gone)}`);
  }

  /**
   * @param {Pixel} at
   * @param {import('../plane/tools.js').Pointer} pointer
   */
  tap(at, { kind }) {
    this.#cross = null;
    const index = this.#nearest(at, REACH[kind]);
    if (index >= 0) this.#set(this.#points, index);
    else this.#add(this.#round(this.#plane.toPlane(at)));
    return true;
  }

  /**
   * @param {Pixel} at
   * @param {import('../plane/tools.js').Pointer} pointer
   * @returns {import('../plane/tools.js').Grab | null}
   */
  grab(at, { kind }) {
    const index = this.#nearest(at, REACH[kind]);
    if (index < 0) return null;
    const before = this.#points;
    const start = this.#plane.toPixel(before[index]);
    return {
      // Move the point by the movement of the finger, which rarely hits its centre.
      move: ({ x, y }) => {
        const to = this.#round(this.#plane.toPlane({ x: start.x + x - at.x, y: start.y + y - at.y }));
        this.#set(this.#points.with(index, to), index);
      },
      end: () => {
        this.#history.record(before);
        this.#announce(this.#textOf(this.#points[index]));
      },
      cancel: () => this.#set(before, index),
    };
  }

  /** @param {Pixel | null} at */
  hover(at) {
    if (!at) return '';
    return this.#nearest(at, REACH.mouse) >= 0 ? 'move' : 'crosshair';
  }

  /** @param {KeyboardEvent} event */
  key({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return false;
    const arrow = ARROWS[key];
    if (arrow) this.#moveCross(arrow, shiftKey ? FINE_STEP : STEP);
    else if (key === 'Enter' || key === ' ') this.#addAtCross();
    else if (key === 'Delete' || key === 'Backspace') this.remove();
    else if (key.toLowerCase() === 'p') this.#goToNext();
    else if (key === 'Escape') this.#leave();
    else return false;
    return true;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../plane/tools.js').PlaneView} view
   */
  paint(context, { theme }) {
    context.lineWidth = 2;
    this.#points.forEach((point, index) => {
      const { x, y } = this.#plane.toPixel(point);
      circle(context, x, y, DOT + 1.5, theme.paper);
      circle(context, x, y, DOT, theme.label);
      if (index !== this.#index) return;
      context.strokeStyle = theme.label;
      context.beginPath();
      context.arc(x, y, RING, 0, 2 * Math.PI);
      context.stroke();
    });
    if (this.#cross) drawCross(context, this.#plane.toPixel(this.#cross), theme);
  }

  /**
   * Makes an edit that can be undone.
   *
   * @param {readonly Point[]} points
   * @param {number} index of the selected point
   */
  #edit(points, index) {
    this.#history.record(this.#points);
    this.#set(points, index);
  }

  /**
   * @param {readonly Point[]} points
   * @param {number} index of the selected point
   */
  #set(points, index) {
    const isOther = points !== this.#points;
    this.#points = points;
    this.#index = index;
    this.#plane.repaint();
    if (isOther) this.#onChange();
  }

  /** @param {Point} point */
  #add(point) {
    if (this.#points.length >= MOST_POINTS) {
      this.#announce(`${MOST_POINTS} points are as many as there can be.`);
      return;
    }
    this.#edit([...this.#points, point], this.#points.length);
    this.#announce(`Point ${this.#points.length}: ${this.#textOf(point)}`);
  }

  /**
   * @param {readonly [number, number]} direction
   * @param {number} step
   */
  #moveCross([right, down], step) {
    const { width, height } = this.#plane.size;
    const { x, y } = this.#cross ? this.#plane.toPixel(this.#cross) : { x: width / 2, y: height / 2 };
    const to = {
      x: Math.min(width, Math.max(0, x + right * step)),
      y: Math.min(height, Math.max(0, y + down * step)),
    };
    this.#cross = this.#round(this.#plane.toPlane(to));
    this.#plane.repaint();
    this.#announce(this.#textOf(this.#cross));
  }

  #addAtCross() {
    if (this.#cross) this.#add(this.#cross);
    else this.#moveCross([0, 0], 0);
  }

  /** Moves the crosshair to the next point and selects it. */
  #goToNext() {
    if (this.#points.length === 0) return;
    const index = (this.#index + 1) % this.#points.length;
    this.#cross = this.#points[index];
    this.#set(this.#points, index);
    this.#announce(`Point ${index + 1}: ${this.#textOf(this.#cross)}`);
  }

  /**
   * @param {Pixel} at
   * @param {number} reach
   * @returns {number} index of the nearest point within reach, or -1
   */
  #nearest(at, reach) {
    let nearest = -1;
    let least = reach;
    this.#points.forEach((point, index) => {
      const { x, y } = this.#plane.toPixel(point);
      const distance = Math.hypot(x - at.x, y - at.y);
      if (distance > least) return;
      nearest = index;
      least = distance;
    });
    return nearest;
  }

  /**
   * @param {Point} point
   * @returns {Point} the point rounded to what a pixel can show
   */
  #round({ x, y }) {
    const unit = this.#unit();
    return { x: Number(rounded(x, unit.x)), y: Number(rounded(y, unit.y)) };
  }

  #unit() {
    const {
      viewport: { xmin, xmax, ymin, ymax },
      size: { width, height },
    } = this.#plane;
    return { x: unitOf((xmax - xmin) / Math.max(1, width)), y: unitOf((ymax - ymin) / Math.max(1, height)) };
  }

  /** @param {Point} point */
  #textOf({ x, y }) {
    return `x ${formatNumber(x)}, y ${formatNumber(y)}`;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} color
 */
function circle(context, x, y, radius, color) {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pixel} at
 * @param {import('../../plot/draw/draw.js').Theme} theme
 */
function drawCross(context, { x, y }, theme) {
  context.beginPath();
  context.moveTo(x - CROSS, y);
  context.lineTo(x + CROSS, y);
  context.moveTo(x, y - CROSS);
  context.lineTo(x, y + CROSS);
  // Light below dark is visible on any background.
  for (const [color, width] of /** @type {const} */ ([
    [theme.paper, 5],
    [theme.label, 2],
  ])) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
}
