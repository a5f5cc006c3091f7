/**
 * Follows a curve on parts where it is proved continuous. Works in pixels along the two axes, counted from their lower
 * ends.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {{from: number, to: number, pixels: number}} Axis
 */

import { Pen } from './pen.js';

/** Width in pixels of the parts evaluated first: a curve that does not bend within is a straight line. */
const CELL = 4;
/** Greatest distance in pixels of the middle of a segment from the curve. */
const TOLERANCE = 0.2;
/** Segments are not divided below this width in pixels. */
const FINEST = 1 / 64;
/** Bounds that extend further than this beyond a segment hint at a missed peak. */
const PEAK = 12;
const MOST_FALSE_ALARMS = 12;
/** Curves that cost more operations than this are not searched for peaks. */
const MOST_COST = 400;
/** Points further off than this many screens are drawn at that distance. */
const SCREENS = 2;
/** From a narrow part to the very end of its domain a curve moves less than this, in pixels; more is a jump. */
const JUMP = 4;

export class Tracer {
  /** Remaining budget, in evaluations. */
  budget = 0;
  domain;
  #range;
  #curve;
  #scaleU;
  #scaleV;
  #lowest;
  #highest;
  #margin;
  #pen;
  /** Consecutive searches for peaks without success: the bounds of this formula are loose. */
  #falseAlarms = 0;
  #peakFound = false;
  /** @type {Bounds} */
  #bounds = { lo: 0, hi: 0 };

  /** @param {Curve} curve @param {Axis} domain axis of the independent coordinate @param {Axis} range */
  constructor(curve, domain, range) {
    this.#curve = curve;
    this.domain = domain;
    this.#range = range;
    this.#scaleU = domain.pixels / (domain.to - domain.from);
    this.#pen = new Pen(domain.from, this.#scaleU);
    this.#scaleV = range.pixels / (range.to - range.from);
    this.#lowest = -SCREENS * range.pixels;
    this.#highest = (SCREENS + 1) * range.pixels;
    // Half a screen of margin: strokes are wide, and a segment that leaves the screen must leave it at the right angle.
    this.#margin = (range.to - range.from) / 2;
  }

  /** @returns {number[][]} the pieces drawn so far */
  pieces() {
    return this.#pen.pieces();
  }

  get isDrawing() {
    return this.#pen.isDown;
  }

  /** @param {number} width in plane units @returns {number} */
  pixels(width) {
    return width * this.#scaleU;
  }

  /** @param {number} t @returns {number} pixels from the lower edge, at most a few screens off; NaN if undefined */
  height(t) {
    return this.clamped(this.#curve.value(t));
  }

  /** @param {number} value @returns {number} as height */
  clamped(value) {
    const v = (value - this.#range.from) * this.#scaleV;
    return v < this.#lowest ? this.#lowest : v > this.#highest ? this.#highest : v;
  }

  /** @param {Bounds} bounds @returns {boolean} whether all of it is above or below the screen */
  isUnseen({ lo, hi }) {
    return lo > this.#range.to + this.#margin || hi < this.#range.from - this.#margin;
  }

  /** Ends the current piece. */
  stop() {
    this.#pen.lift();
  }

  /**
   * Follows the curve over a part on which it is continuous.
   *
   * @param {number} a where the current piece ends, or else a new one begins
   * @param {number} b
   * @param {boolean} unseen whether it stays off the screen: only its ends matter
   */
  trace(a, b, unseen) {
    if (this.#pen.end !== a) this.#start(a);
    if (unseen) {
      this.#pen.to(b, this.height(b));
      return;
    }
    const cells = Math.max(1, Math.ceil(((b - a) * this.#scaleU) / CELL));
    for (let i = 1; i <= cells; i++) {
      const { end: last } = this.#pen;
      const start = last === last ? last : a;
      const end = i === cells ? b : a + ((b - a) * i) / cells;
      this.#cell(start, this.#pen.endHeight, end);
    }
  }

  /** @param {number} t */
  #start(t) {
    this.stop();
    this.budget -= 1;
    this.#pen.to(t, this.height(t));
  }

  /** @param {number} a @param {number} va @param {number} b */
  #cell(a, va, b) {
    const vb = this.height(b);
    this.budget -= 1;
    if (this.#falseAlarms < MOST_FALSE_ALARMS && this.#hidesPeak(a, va, b, vb)) {
      this.#peakFound = false;
      this.#search(a, va, b, vb);
      this.#falseAlarms = this.#peakFound ? 0 : this.#falseAlarms + 1;
    } else this.#refine(a, va, b, vb, true);
  }

  /**
   * Divides a segment until it follows the curve.
   *
   * @param {number} a
   * @param {number} va
   * @param {number} b
   * @param {number} vb
   * @param {boolean} twice check a second point too: a wave may cross the chord in its middle
   */
  #refine(a, va, b, vb, twice) {
    const middle = a + (b - a) / 2;
    if ((b - a) * this.#scaleU < FINEST || this.budget <= 0 || middle <= a || middle >= b) {
      this.#pen.to(b, vb);
      return;
    }
    const vm = this.height(middle);
    this.budget -= 1;
    if (this.#isOff(a, va, b, vb, 0.5, vm)) {
      this.#refine(a, va, middle, vm, false);
      this.#refine(middle, vm, b, vb, false);
      return;
    }
    const aside = a + (b - a) * 0.29;
    if (twice && this.#isOff(a, va, b, vb, 0.29, this.height(aside))) {
      this.#refine(a, va, middle, vm, false);
      this.#refine(middle, vm, b, vb, false);
      return;
    }
    this.#pen.to(b, vb);
  }

  /**
   * Reports whether the curve is off the chord by more than the tolerance. The distance is perpendicular to the chord:
   * along a steep one, a small step to the side is a large one up.
   *
   * @param {number} a
   * @param {number} va
   * @param {number} b
   * @param {number} vb
   * @param {number} share position between a and b
   * @param {number} v value of the curve there
   */
  #isOff(a, va, b, vb, share, v) {
    const du = (b - a) * this.#scaleU;
    const dv = vb - va;
    const off = v - (va + dv * share);
    // Undefined counts as off: the ends of an overflow are found by dividing.
    return !(Math.abs(off) * du <= TOLERANCE * Math.sqrt(du * du + dv * dv));
  }

  /**
   * Reports whether the bounds of the curve allow a visible peak between two points.
   *
   * @param {number} a
   * @param {number} va
   * @param {number} b
   * @param {number} vb
   */
  #hidesPeak(a, va, b, vb) {
    if (this.#curve.cost > MOST_COST || this.budget <= 0) return false;
    this.budget -= 4;
    const bounds = this.#bounds;
    if (this.#curve.interval(a, b, bounds) === 0) return false;
    const { pixels } = this.#range;
    // An infinite bound is no hint.
    const top = bounds.hi === Infinity ? -Infinity : Math.min(this.clamped(bounds.hi), pixels);
    const bottom = bounds.lo === -Infinity ? Infinity : Math.max(this.clamped(bounds.lo), 0);
    return top - Math.max(va, vb) > PEAK || Math.min(va, vb) - bottom > PEAK;
  }

  /** Searches for peaks by bisection. @param {number} a @param {number} va @param {number} b @param {number} vb */
  #search(a, va, b, vb) {
    const middle = a + (b - a) / 2;
    if ((b - a) * this.#scaleU < FINEST || middle <= a || middle >= b) {
      this.#pen.to(b, vb);
      return;
    }
    const vm = this.height(middle);
    this.budget -= 1;
    if (vm > Math.max(va, vb) + 1 || vm < Math.min(va, vb) - 1) this.#peakFound = true;
    if (this.#hidesPeak(a, va, middle, vm)) this.#search(a, va, middle, vm);
    else this.#refine(a, va, middle, vm, true);
    if (this.#hidesPeak(middle, vm, b, vb)) this.#search(middle, vm, b, vb);
    else this.#refine(middle, vm, b, vb, true);
  }

  /**
   * Ends the current piece at a break: continues to the last point at which the curve is defined, unless it jumps
   * before, and beside a pole to the edge of the screen, where doubles are too coarse to follow it.
   *
   * @param {number} t the last point
   * @param {number} beyond a point beyond the break
   * @param {boolean} down whether the curve may be unbounded below there
   * @param {boolean} up
   */
  leave(t, beyond, down, up) {
    const v = this.height(t);
    if (t !== this.#pen.end && Math.abs(v - this.#pen.endHeight) < JUMP) this.#pen.to(t, v);
    const edge = this.#edgeAtPole(t, beyond, down, up);
    if (edge === edge && t === this.#pen.end) this.#pen.to(t, edge);
  }

  /**
   * Starts a piece after a break; the counterpart of leave.
   *
   * @param {number} t the first point at which the curve is defined
   * @param {number} beyond
   * @param {number} next where the curve continues
   * @param {boolean} down
   * @param {boolean} up
   */
  enter(t, beyond, next, down, up) {
    const edge = this.#edgeAtPole(t, beyond, down, up);
    const [v, vn] = [this.height(t), this.height(next)];
    const reaches = Math.abs(v - vn) < JUMP;
    if (edge === edge && reaches) this.#pen.to(t, edge);
    if (t !== next && reaches) this.#pen.to(t, v);
    this.#pen.to(next, vn);
  }

  /** @param {number} end @param {number} pole @param {boolean} down @param {boolean} up */
  #edgeAtPole(end, pole, down, up) {
    if (!down && !up) return NaN;
    const v = this.height(end);
    const before = this.height(end - (pole - end) * 4);
    if (v - before > 1 && up) return this.#highest;
    return before - v > 1 && down ? this.#lowest : NaN;
  }

  /**
   * Draws a line that continues the last one if it ended there.
   *
   * @param {number} a
   * @param {number} va
   * @param {number} b
   * @param {number} vb in pixels
   */
  line(a, va, b, vb) {
    const pen = this.#pen;
    if (pen.end !== a || pen.endHeight !== va) {
      pen.lift();
      if (va === va) pen.to(a, va);
    }
    pen.to(b, vb);
  }

  /**
   * Draws an isolated point.
   *
   * @param {number} t
   * @param {number} v in pixels; ignored if it is off the screen
   */
  dot(t, v) {
    const pen = this.#pen;
    const isDrawn = t === pen.end && v === pen.endHeight;
    pen.lift();
    if (!isDrawn && v >= -1 && v <= this.#range.pixels + 1) pen.to(t, v);
    pen.lift();
  }
}
