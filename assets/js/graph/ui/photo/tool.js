import { partOfPhoto } from '../../plot/photo-corners.js';
import { formatNumber } from '../../plot/draw/ticks.js';
import { placementChanges } from '../../state/image.js';
import { movedPhoto, pinchedPhoto, resizedPhoto, scaledPhoto, turnedPhoto } from './drag-geometry.js';
import { PhotoHandles } from './handles.js';

/** @typedef {import('../../state/image.js').Photo} Photo */
/** @typedef {import('../../state/image.js').Placement} Placement */
/** @typedef {import('../plane/tools.js').PlaneTool} PlaneTool */
/** @typedef {import('../plane/tools.js').Pixel} Pixel */
/** @typedef {import('../plane/tools.js').Pointer} Pointer */
/** @typedef {import('../plane/tools.js').Grab} Grab */

/** Coordinates are rounded to this part of a pixel. */
const GRAIN = 0.25;

/** The least size of a photo in pixels, so that it can be grabbed again. */
const LEAST_PX = 24;

/** Distance of one key press in pixels; Shift has a finer step. */
const STEP_PX = 10;
const FINE_STEP_PX = 1;
const SCALE_STEP = 1.1;
const TURN_STEP = Math.PI / 36;
const FINE_TURN_STEP = Math.PI / 180;

/** @type {Record<string, [number, number]>} right and down */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @type {Record<string, number>} to the left */
const TURNS = { '[': TURN_STEP, ']': -TURN_STEP, '{': FINE_TURN_STEP, '}': -FINE_TURN_STEP };

/**
 * Moves, resizes and rotates photos on the plane by mouse, touch and keyboard.
 *
 * @implements {PlaneTool}
 */
export class PhotoTool {
  #editing;
  #layer;
  #handles;
  #onDone;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {import('./layer.js').PhotoLayer} layer
   * @param {() => void} onDone called when the student has finished placing the photo
   */
  constructor(editing, layer, onDone) {
    this.#editing = editing;
    this.#layer = layer;
    this.#handles = new PhotoHandles(editing.plane);
    this.#onDone = onDone;
  }

  /** @returns {Photo | undefined} the selected photo, if it can be moved */
  get photo() {
    return this.#movable.find(({ key }) => key === this.#editing.selected);
  }

  /**
   * @param {Pixel} at
   * @param {Pointer} pointer
   * @returns {Grab | null}
   */
  grab(at, { kind, shiftKey }) {
    const { plane } = this.#editing;
    const from = plane.toPlane(at);
    const held = this.photo;
    const handle = held && this.#handles.handleAt(at, kind);
    if (held && handle?.kind === 'turn') {
      return this.#hold(held, (before, to) => turnedPhoto(before, from, to, { inSteps: shiftKey }));
    }
    if (held && handle?.kind === 'corner') {
      const corner = plane.toPlane(handle.at);
      return this.#hold(held, (before, { x, y }) => {
        const to = { x: x + corner.x - from.x, y: y + corner.y - from.y };
        return resizedPhoto(before, handle, to, { keepsShape: !shiftKey, least: LEAST_PX * this.#pixel });
      });
    }
    const photo = this.#photoAt(at);
    return photo ? this.#hold(photo, (before, to) => movedPhoto(before, from, to)) : null;
  }

  /** @param {Pixel} at */
  tap(at) {
    const photo = this.#photoAt(at);
    if (photo) this.#editing.select(photo.key);
    return photo !== undefined;
  }

  /** @param {Pixel | null} at */
  hover(at) {
    if (!at) return '';
    const handle = this.photo && this.#handles.handleAt(at, 'mouse');
    if (handle)
      return handle.kind === 'turn'
        ? 'grab'
        : cursorOf(this.#editing.plane.toPixel(this.photo?.center ?? { x: 0, y: 0 }), handle.at);
    return this.#photoAt(at) ? 'move' : '';
  }

  /** @param {KeyboardEvent} event */
  key({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    const found = this.photo;
    if (!found) return false;
    const photo = { ...found, ...this.#layer.placementOf(found) }; // Keys may come faster than frames.
    // On many keyboards brackets need AltGr, which some systems report as Control with Alt.
    if (TURNS[key]) return this.#press(photo, { ...photo, angle: photo.angle + TURNS[key] });
    if (ctrlKey || metaKey || altKey) return false;
    const step = shiftKey ? FINE_STEP_PX : STEP_PX;
    if (ARROWS[key]) {
      const { plane } = this.#editing;
      const [right, down] = ARROWS[key];
      const { x, y } = plane.toPixel(photo.center);
      return this.#press(photo, { ...photo, center: plane.toPlane({ x: x + right * step, y: y + down * step }) });
    }
    if (key === '+' || key === '=') return this.#press(photo, scaledPhoto(photo, SCALE_STEP));
    if (key === '-' || key === '_') return this.#press(photo, scaledPhoto(photo, 1 / SCALE_STEP));
    if (key !== 'Enter' && key !== 'Escape') return false;
    this.#onDone();
    return true;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../plane/tools.js').PlaneView} view
   */
  paint(context, view) {
    this.#layer.paint(context, view);
    const { photo } = this;
    if (photo) this.#handles.show(this.#layer.placementOf(photo), photo.free);
    else this.#handles.hide();
  }

  destroy() {
    this.#handles.destroy();
  }

  get #movable() {
    const { readOnly, scene } = this.#editing;
    return readOnly ? [] : scene.photos.filter(({ draggable, hidden }) => draggable && !hidden);
  }

  /** The length of a pixel in plane units; the shorter one if the axes are scaled differently. */
  get #pixel() {
    const { viewport: v, size } = this.#editing.plane;
    return Math.min((v.xmax - v.xmin) / size.width, (v.ymax - v.ymin) / size.height);
  }

  /**
   * @param {Pixel} at
   * @returns {Photo | undefined} the topmost movable photo at that pixel
   */
  #photoAt(at) {
    const point = this.#editing.plane.toPlane(at);
    const rank = (/** @type {Photo} */ photo) => (photo.key === this.#editing.selected ? 2 : Number(photo.foreground));
    return this.#movable
      .toReversed()
      .sort((a, b) => rank(b) - rank(a))
      .find((photo) => {
        const { u, v } = partOfPhoto(this.#layer.placementOf(photo), point);
        return u >= 0 && u <= 1 && v >= 0 && v <= 1;
      });
  }

  /**
   * Starts dragging a photo. Only the drop is written to the state.
   *
   * @param {Photo} photo
   * @param {(before: Placement, to: {x: number, y: number}) => Placement} follow
   * @returns {Grab}
   */
  #hold(photo, follow) {
    const { plane } = this.#editing;
    let now = { ...this.#layer.placementOf(photo) };
    const before = now;
    /** @type {{placement: Placement, fingers: readonly [Pixel, Pixel]} | null} */
    let pinch = null;
    const put = (/** @type {Placement} */ placement) => {
      this.#editing.select(photo.key);
      now = withinFreedom(photo, before, placement);
      this.#layer.hold(photo.key, now);
    };
    return {
      move: (at) => put(follow(before, plane.toPlane(at))),
      pinch: (fingers) => {
        pinch ??= { placement: now, fingers };
        put(this.#notTooSmall(pinchedPhoto(pinch.placement, pinch.fingers, fingers, plane), pinch.placement));
      },
      end: () => {
        this.#write(photo, now);
        this.#layer.letGo(photo.key);
      },
      cancel: () => this.#layer.hold(photo.key, null),
    };
  }

  /**
   * @param {Placement} placement
   * @param {Placement} before
   */
  #notTooSmall(placement, before) {
    const isTooSmall = Math.min(Math.abs(placement.width), Math.abs(placement.height)) < LEAST_PX * this.#pixel;
    return isTooSmall ? { ...placement, width: before.width, height: before.height } : placement;
  }

  /**
   * @param {Photo} photo
   * @param {Placement} placement
   * @returns {true}
   */
  #press(photo, placement) {
    const now = withinFreedom(photo, photo, this.#notTooSmall(placement, photo));
    this.#layer.hold(photo.key, now);
    this.#layer.letGo(photo.key);
    this.#write(photo, now, `photo ${photo.key}`);
    return true;
  }

  /**
   * @param {Photo} photo
   * @param {Placement} placement
   * @param {string | null} [tag]
   */
  #write(photo, placement, tag = null) {
    const { document, changed, announce } = this.#editing;
    const { degreeMode } = document.settings;
    document.update(photo.key, placementChanges(photo, placement, { degreeMode, grain: this.grain }), tag);
    changed();
    announce(wordsFor(withinFreedom(photo, photo, placement)));
  }

  /** @returns {number} the rounding unit in plane units at the current zoom */
  get grain() {
    return GRAIN * this.#pixel;
  }
}

/**
 * @param {Photo} photo
 * @param {Placement} before
 * @param {Placement} after
 * @returns {Placement} with the properties that follow a formula unchanged
 */
function withinFreedom({ free }, before, after) {
  return {
    center: free.has('center') ? after.center : before.center,
    width: free.has('size') ? after.width : before.width,
    height: free.has('size') ? after.height : before.height,
    angle: free.has('angle') ? after.angle : before.angle,
  };
}

/**
 * @param {Placement} placement
 * @returns {string}
 */
function wordsFor({ center, width, height, angle }) {
  const text = (/** @type {number} */ value) => formatNumber(Number(value.toPrecision(3)));
  const degrees = Math.round((Math.atan2(Math.sin(angle), Math.cos(angle)) * 180) / Math.PI);
  const turn = degrees === 0 ? '' : `, turned ${Math.abs(degrees)} degrees to the ${degrees > 0 ? 'left' : 'right'}`;
  return `Photo at ${text(center.x)}, ${text(center.y)}; ${text(Math.abs(width))} wide, ${text(Math.abs(height))} high${turn}.`;
}

/**
 * @param {Pixel} middle
 * @param {Pixel} corner
 */
function cursorOf(middle, corner) {
  return (corner.x - middle.x) * (corner.y - middle.y) > 0 ? 'nwse-resize' : 'nesw-resize';
}
