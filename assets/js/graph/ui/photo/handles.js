import { pointOfPhoto } from '../../plot/photo-corners.js';

/** @typedef {import('../plane/tools.js').Pixel} Pixel */
/** @typedef {import('../../state/image.js').Placement} Placement */

/**
 * A handle of the selected photo.
 *
 * @typedef {{kind: 'corner', u: 0 | 1, v: 0 | 1, at: Pixel} | {kind: 'turn', at: Pixel, foot: Pixel}} Handle
 */

const SVG = 'http://www.w3.org/2000/svg';

/** Distance of the rotation handle from the photo. */
const STEM_PX = 34;

/** Handles are kept this far from the edge of the plane, so that they can be grabbed. */
const MARGIN_PX = 14;

/** A fingertip needs a target of 44 px, a mouse one of 24. */
const REACH_PX = { touch: 22, pen: 16, mouse: 12 };

/** @type {readonly [0 | 1, 0 | 1][]} going round */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** The outline and handles of the selected photo. */
export class PhotoHandles {
  element = document.createElementNS(SVG, 'svg');
  #outline = this.#add('polygon', 'graph-photo-outline');
  #stem = this.#add('line', 'graph-photo-outline');
  #knobs = Array.from({ length: 5 }, () => this.#add('circle', 'graph-photo-knob'));
  #plane;
  /** @type {readonly Handle[]} */
  #handles = [];

  /** @param {import('../plane/plane.js').Plane} plane */
  constructor(plane) {
    this.#plane = plane;
    this.element.setAttribute('class', 'graph-photo-handles');
    this.element.setAttribute('aria-hidden', 'true');
    plane.over.append(this.element);
    this.hide();
  }

  /**
   * @param {Placement} placement
   * @param {ReadonlySet<import('../../state/image.js').Freedom>} free
   */
  show(placement, free) {
    const corners = CORNERS.map(([u, v]) => this.#pixel(placement, u, v));
    this.#handles = [
      ...(free.has('size') && free.has('center')
        ? CORNERS.map(([u, v], i) => /** @type {Handle} */ ({ kind: 'corner', u, v, at: corners[i] }))
        : []),
      ...(free.has('angle') ? [this.#turnHandle(placement)] : []),
    ];
    this.element.style.display = '';
    this.#outline.setAttribute('points', corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '));
    const turn = this.#handles.find((handle) => handle.kind === 'turn');
    if (turn) put(this.#stem, { x1: turn.foot.x, y1: turn.foot.y, x2: turn.at.x, y2: turn.at.y });
    this.#stem.style.display = turn ? '' : 'none';
    this.#knobs.forEach((knob, i) => {
      const at = this.#handles[i]?.at;
      knob.style.display = at ? '' : 'none';
      if (at) put(knob, { cx: at.x, cy: at.y });
    });
  }

  hide() {
    this.#handles = [];
    this.element.style.display = 'none';
  }

  /**
   * @param {Pixel} at
   * @param {import('../plane/tools.js').Pointer['kind']} pointer
   * @returns {Handle | null} the nearest handle within reach
   */
  handleAt(at, pointer) {
    const distance = (/** @type {Handle} */ handle) => Math.hypot(handle.at.x - at.x, handle.at.y - at.y);
    const [nearest] = this.#handles.toSorted((a, b) => distance(a) - distance(b));
    return nearest && distance(nearest) <= REACH_PX[pointer] ? nearest : null;
  }

  destroy() {
    this.element.remove();
  }

  /**
   * Places the rotation handle above the photo if there is space, otherwise at another side.
   *
   * @param {Placement} placement
   * @returns {Handle}
   */
  #turnHandle(placement) {
    const middle = this.#pixel(placement, 0.5, 0.5);
    /** @type {[number, number][]} */
    const sides = [
      [0.5, 0],
      [0.5, 1],
      [1, 0.5],
      [0, 0.5],
    ];
    const handles = sides.map(([u, v]) => {
      const foot = this.#pixel(placement, u, v);
      const length = Math.hypot(foot.x - middle.x, foot.y - middle.y) || 1;
      const by = 1 + STEM_PX / length;
      return {
        kind: /** @type {const} */ ('turn'),
        foot,
        at: { x: middle.x + (foot.x - middle.x) * by, y: middle.y + (foot.y - middle.y) * by },
      };
    });
    const { width, height } = this.#plane.size;
    /** @type {(handle: Handle) => boolean} */
    const isInside = ({ at: { x, y } }) =>
      x > MARGIN_PX && y > MARGIN_PX && x < width - MARGIN_PX && y < height - MARGIN_PX;
    return handles.find(isInside) ?? handles[0];
  }

  /**
   * @param {Placement} placement
   * @param {number} u
   * @param {number} v
   */
  #pixel(placement, u, v) {
    return this.#plane.toPixel(pointOfPhoto(placement, u, v));
  }

  /**
   * @param {'polygon' | 'line' | 'circle'} name
   * @param {string} className
   */
  #add(name, className) {
    const shape = document.createElementNS(SVG, name);
    shape.setAttribute('class', className);
    this.element.append(shape);
    return shape;
  }
}

/**
 * @param {SVGElement} shape
 * @param {Record<string, number>} numbers
 */
function put(shape, numbers) {
  for (const [name, value] of Object.entries(numbers)) shape.setAttribute(name, value.toFixed(1));
}
