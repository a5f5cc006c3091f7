import { coordinate } from './coordinate-text.js';
import { CurveFinder } from './curve-finder.js';
import { kindWords, pointWords } from './interest-words.js';
import { PointLabels } from '../plane/point-labels.js';
import { Announcer } from './announcer.js';
import { Tone } from './tone.js';
import { toSpoken } from '../input/to-spoken.js';

/** @typedef {import('../../math/follow/follow.js').Position} Position */
/** @typedef {import('../../math/follow/follow.js').Follower} Follower */
/** @typedef {import('../../state/scene.js').Drawable} Drawable */
/** @typedef {import('../plane/tools.js').Pixel} Pixel */

/**
 * The position of the traced point.
 *
 * @typedef {object} Traced
 * @property {Drawable} drawable
 * @property {number} index index of its curve
 * @property {Position} position
 * @property {import('../../math/interest/interest.js').Interest | null} snapped the point of interest that it has
 *   snapped to
 */

/** Radius in pixels within which a curve is grabbed. */
const REACH = { mouse: 7, pen: 10, touch: 18 };
/** A dragged point snaps to points of interest within this many pixels. */
const SNAP = 7;
/** Distance in pixels of one arrow key press; with Shift it is 1. */
const STEP = 8;
const RADIUS = 6;
/** Positions tried for the start of a trace, as fractions of the view, until one is on the curve. */
const STARTS = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2, 0.9, 0.1, 1, 0];

/** A point that moves along a curve: dragged by mouse or finger, or moved by the arrow keys after T or Enter. */
export class Tracing {
  #editing;
  #interest;
  #finder;
  #labels;
  #remove;
  #saying;
  #tone = new Tone();
  /** @type {Traced | null} */
  #at = null;
  /** Whether the arrow keys move the point. */
  #byKeys = false;

  /**
   * @param {import('../editing.js').Editing} editing
   * @param {import('./interest.js').InterestPoints} interest
   */
  constructor(editing, interest) {
    this.#editing = editing;
    this.#interest = interest;
    this.#finder = new CurveFinder(editing);
    this.#labels = new PointLabels(editing.plane);
    this.#saying = new Announcer((text) => editing.announce(text));
    this.#remove = editing.plane.use({
      grab: (at, { kind }) => this.#grab(at, REACH[kind]),
      tap: () => this.#end(),
      key: (event) => this.#key(event),
      paint: (context, view) => this.#paint(context, view),
    });
  }

  /** @returns {boolean} whether sound is on */
  get hasTone() {
    return this.#tone.isOn;
  }

  set hasTone(hasTone) {
    this.#tone.isOn = hasTone;
  }

  /** The curve may have changed or may be gone. */
  show() {
    if (!this.#at) return;
    const {
      drawable: { key },
      index,
      position,
    } = this.#at;
    const drawable = this.#finder.drawable(key);
    const follower = drawable && this.#finder.followers(drawable)[index];
    if (!follower) this.#end();
    else if (drawable.meaning !== this.#at.drawable.meaning)
      this.#go(drawable, index, follower.along(position, 0, this.#finder.seen), false);
  }

  destroy() {
    this.#remove();
    this.#saying.stop();
    this.#tone.stop();
  }

  /** Starts tracing by keyboard, in the middle of the selected curve. */
  begin() {
    const drawable = this.#finder.first;
    if (!drawable) {
      this.#editing.announce('No curve to trace.');
      return;
    }
    this.#byKeys = true;
    this.#editing.plane.focus();
    this.#start(drawable, 0, null);
    const place = this.#at ? this.#words(this.#at) : '';
    this.#editing.announce(
      `Tracing ${toSpoken(drawable.latex)}. ${place}. Left and right move along it, up and down change the curve, S switches the sound, Escape ends.`,
    );
  }

  /**
   * @param {Drawable} drawable
   * @param {number} index
   * @param {number | null} x start near this x, in plane units
   */
  #start(drawable, index, x) {
    this.#editing.select(drawable.key);
    const follower = this.#finder.followers(drawable)[index];
    const { xmin, xmax, ymin, ymax } = this.#finder.seen.viewport;
    const starts = x === null ? STARTS : [(x - xmin) / (xmax - xmin), ...STARTS];
    const places = starts.map((share) =>
      follower.near({ x: xmin + share * (xmax - xmin), y: ymin + share * (ymax - ymin) }, this.#finder.seen),
    );
    const place = (x === null ? null : places[0]) ?? places.find((found) => found && isDefined(found)) ?? places[0];
    if (place) this.#go(drawable, index, place, false);
    else this.#end();
  }

  /**
   * @param {Pixel} at
   * @param {number} reach
   * @returns {import('../plane/tools.js').Grab | null}
   */
  #grab(at, reach) {
    const found = this.#finder.at(at, reach);
    if (!found) return null;
    const { drawable, index } = found;
    const follower = this.#finder.followers(drawable)[index];
    return {
      move: (to) => {
        this.#editing.select(drawable.key);
        this.#byKeys = false;
        const place = follower.near(this.#editing.plane.toPlane(to), this.#finder.seen);
        if (place) this.#go(drawable, index, place, true);
      },
      end: () => {},
      cancel: () => this.#end(),
    };
  }

  /**
   * @param {Drawable} drawable
   * @param {number} index index of the curve
   * @param {Position} position
   * @param {boolean} isHeld by a pointer, which snaps to points of interest
   */
  #go(drawable, index, position, isHeld) {
    const snapped =
      isHeld && isDefined(position) ? this.#interest.near(drawable, this.#editing.plane.toPixel(position), SNAP) : null;
    this.#at = { drawable, index, position: snapped ? { ...position, x: snapped.x, y: snapped.y } : position, snapped };
    const { ymin, ymax } = this.#finder.seen.viewport;
    this.#tone.play((this.#at.position.y - ymin) / (ymax - ymin));
    this.#saying.say(this.#words(this.#at));
    this.#showLabel();
    this.#editing.plane.repaint();
  }

  /** @returns {false} because a tap is not handled by it */
  #end() {
    if (this.#at) this.#editing.plane.repaint();
    this.#at = null;
    this.#byKeys = false;
    this.#saying.stop();
    this.#tone.stop();
    this.#labels.show(new Map());
    return false;
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean}
   */
  #key({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return false;
    if (!this.#at || !this.#byKeys) {
      if (key === 'Escape' && this.#at) this.#end();
      else if (key === 't' || key === 'T' || key === 'Enter') this.begin();
      else return false;
      return true;
    }
    const { drawable, index, position } = this.#at;
    const follower = this.#finder.followers(drawable)[index];
    const step = shiftKey ? 1 : STEP;
    if (key === 'ArrowLeft' || key === 'ArrowRight')
      this.#along(follower.along(position, key === 'ArrowRight' ? step : -step, this.#finder.seen));
    else if (key === 'ArrowUp' || key === 'ArrowDown') this.#change(key === 'ArrowDown' ? 1 : -1);
    else if (key === 's' || key === 'S') this.#toggleTone();
    else if (key === 'Escape' || key === 't' || key === 'T' || key === 'Enter') {
      this.#end();
      this.#editing.announce('Tracing ended.');
    } else return false;
    return true;
  }

  /** @param {Position} position */
  #along(position) {
    if (!this.#at) return;
    const isEnd = position.t === this.#at.position.t && position.x === this.#at.position.x;
    if (isEnd) this.#editing.announce('The end of the view.');
    else this.#go(this.#at.drawable, this.#at.index, position, false);
  }

  /** @param {1 | -1} direction moves to the next or previous curve of the list */
  #change(direction) {
    if (!this.#at) return;
    const all = this.#finder.drawables.flatMap((drawable) =>
      this.#finder.followers(drawable).map((_, index) => ({ drawable, index })),
    );
    const now = all.findIndex(
      ({ drawable, index }) => drawable.key === this.#at?.drawable.key && index === this.#at.index,
    );
    const { drawable, index } = all[(now + direction + all.length) % all.length];
    this.#start(drawable, index, this.#at.position.x);
    this.#saying.stop();
    if (this.#at) this.#editing.announce(`${toSpoken(drawable.latex)}. ${this.#words(this.#at)}`);
  }

  #toggleTone() {
    this.#tone.isOn = !this.#tone.isOn;
    this.#editing.announce(this.#tone.isOn ? 'Tone on.' : 'Tone off.');
    if (this.#at) this.#go(this.#at.drawable, this.#at.index, this.#at.position, false);
  }

  /** @param {Traced} at */
  #words({ position, snapped }) {
    const {
      pixel,
      viewport: { ymin, ymax },
    } = this.#finder.seen;
    if (snapped) return `${kindWords(snapped)}: ${pointWords(snapped, pixel).spoken}`;
    const [x, y] = [coordinate(position.x, Infinity, pixel.x).spoken, coordinate(position.y, Infinity, pixel.y).spoken];
    if (!isDefined(position)) return Number.isNaN(position.x) ? `y ${y}, not defined here` : `x ${x}, not defined here`;
    const place = position.y > ymax ? ', above the view' : position.y < ymin ? ', below the view' : '';
    return `x ${x}, y ${y}${place}`;
  }

  #showLabel() {
    if (!this.#at) return;
    const { pixel } = this.#finder.seen;
    const { position, snapped } = this.#at;
    const point = snapped ?? { ...position, errorX: Infinity, errorY: Infinity, kinds: [] };
    if (isDefined(position)) {
      const { text, about } = pointWords(point, pixel);
      this.#labels.show(new Map([['trace', { at: position, text, about }]]));
    } else {
      const at = { x: Number.isNaN(position.x) ? 0 : position.x, y: Number.isNaN(position.y) ? 0 : position.y };
      this.#labels.show(new Map([['trace', { at, text: 'not defined here', about: '' }]]));
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../plane/tools.js').PlaneView} view
   */
  #paint(context, { theme }) {
    if (!this.#at) return;
    this.#labels.place();
    if (!isDefined(this.#at.position)) return;
    const { x, y } = this.#editing.plane.toPixel(this.#at.position);
    context.beginPath();
    context.arc(x, y, RADIUS, 0, 2 * Math.PI);
    context.fillStyle = this.#at.drawable.style.color;
    context.strokeStyle = theme.paper;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }
}

/** @param {Position} position */
function isDefined({ x, y }) {
  return Number.isFinite(x) && Number.isFinite(y);
}
