/**
 * Samples curves as polylines, without lines where there is no curve and without gaps where there is one.
 *
 * The visible range is halved until interval arithmetic proves the curve continuous on a part (from then on only its
 * shape matters) or the part is far below a pixel (then the polyline is broken there). The ends of the pieces are
 * followed to where the curve stops being defined, so that a root starts on its axis and a logarithm leaves the screen.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {import('../viewport.js').Viewport} Viewport
 * @typedef {import('../viewport.js').Size} Size
 */

import { INTEGRAL_POINTS } from '../../lang/core.js';
import { integrandValues } from '../../lang/calculus/integrate.js';
import { Sketch } from './dense-breaks.js';
import { Tracer } from './trace.js';

/** The screen is divided into this many strips, so that a wild place cannot use up the budget of the others. */
const STRIPS = 16;
/** Budget for one curve, in evaluations; a proof counts for several. Dense jumps use it up, ordinary curves a tenth. */
const MOST_VALUES = 80_000;
const FEWEST_VALUES = 800;
/** Budget of one curve in operations: some 100 ms on a slow machine. */
const MOST_OPERATIONS = 2e7;
const RESERVE = 40_000;
/** Additional budget for refining dense breaks, as a fraction of the other. */
const SKETCHED = 1 / 2;
const PROOF = 4;
/** A part narrower than this, in pixels, that is not proved continuous breaks the polyline. */
const NARROW = 1 / 32;
/** Here even x^(1/10) has reached its end. */
const NARROWEST = 2 ** -40;
/** After this many narrow parts without a proof, nothing finer is tried until one succeeds. */
const MOST_FAILURES = 64;
const COARSE = 1 / 2;
/** Ends that still move by more than this, in pixels, when halved again are followed further. */
const SETTLED = 0.05;
/** Halvings to find the last point at which a curve is defined: from 1/32 pixel to adjacent doubles. */
const MOST_HALVINGS = 64;

/**
 * @param {Curve} curve
 * @param {Viewport} viewport
 * @param {Size} size of the drawing area in pixels
 * @param {'x'|'y'} [of] the independent coordinate
 * @returns {Float64Array[]} pieces: x, y, x, y, … in pixels; each piece is one polyline
 */
export function sampleFunction(curve, viewport, size, of = 'x') {
  const { xmin, xmax, ymin, ymax } = viewport;
  const { width, height } = size;
  if (!(width > 0 && height > 0)) return [];
  const horizontal = { from: xmin, to: xmax, pixels: width };
  const vertical = { from: ymin, to: ymax, pixels: height };
  const tracer = of === 'x' ? new Tracer(curve, horizontal, vertical) : new Tracer(curve, vertical, horizontal);
  new Sampler(curve, tracer).run();
  return tracer.pieces().map((piece) => toScreen(piece, of, height));
}

/**
 * Converts pixels along the two axes to x and y on the screen, where y points down.
 *
 * @param {number[]} piece
 * @param {'x'|'y'} of
 * @param {number} height
 */
function toScreen(piece, of, height) {
  const screen = new Float64Array(piece.length);
  for (let i = 0; i < piece.length; i += 2) {
    screen[i] = of === 'x' ? piece[i] : piece[i + 1];
    screen[i + 1] = height - (of === 'x' ? piece[i + 1] : piece[i]);
  }
  return screen;
}

class Sampler {
  /** @type {Bounds} */
  #bounds = { lo: 0, hi: 0 };
  /** Consecutive narrow parts that could not be proved continuous. */
  #failures = 0;
  /** Separate budget for following ends below 1/32 pixel, so that a slow logarithm does not cost the rest. */
  #reserve = RESERVE;
  #curve;
  #tracer;
  #sketch;

  /** @param {Curve} curve @param {Tracer} tracer */
  constructor(curve, tracer) {
    this.#curve = curve;
    this.#tracer = tracer;
    this.#sketch = new Sketch(curve, tracer);
  }

  run() {
    const tracer = this.#tracer;
    const { from, to } = tracer.domain;
    let left = Math.min(MOST_VALUES, Math.max(FEWEST_VALUES, MOST_OPERATIONS / this.#curve.cost));
    this.#sketch.allow(left * SKETCHED, tracer.pixels(to - from));
    for (let i = 0; i < STRIPS; i++) {
      const share = Math.max(0, left) / (STRIPS - i);
      const before = integrandValues();
      tracer.budget = share;
      this.#explore(from + ((to - from) * i) / STRIPS, i === STRIPS - 1 ? to : from + ((to - from) * (i + 1)) / STRIPS);
      // A hard integral costs more than estimated: its values count for several.
      const integrals = (integrandValues() - before) / INTEGRAL_POINTS;
      left -= Math.max(share - Math.max(0, tracer.budget), integrals);
    }
    tracer.stop();
  }

  /** @param {number} a @param {number} b */
  #draw(a, b) {
    this.#tracer.budget -= this.#sketch.draw(a, b);
  }

  /** @param {number} a @param {number} b */
  #explore(a, b) {
    const tracer = this.#tracer;
    if (tracer.budget <= 0) {
      this.#draw(a, b);
      return;
    }
    tracer.budget -= PROOF;
    const bounds = this.#bounds;
    const decoration = this.#curve.interval(a, b, bounds);
    const unseen = decoration > 0 && tracer.isUnseen(bounds);
    if (decoration === 2) this.#failures = 0;
    if (decoration === 0 || (decoration === 1 && unseen)) tracer.stop();
    else if (decoration === 2) tracer.trace(a, b, unseen);
    else this.#unproved(a, b, bounds.lo === -Infinity, bounds.hi === Infinity);
  }

  /**
   * @param {number} a
   * @param {number} b
   * @param {boolean} down whether the curve may be unbounded below here
   * @param {boolean} up
   */
  #unproved(a, b, down, up) {
    if (this.#failures > MOST_FAILURES && this.#tracer.pixels(b - a) <= COARSE) {
      this.#draw(a, b);
      return;
    }
    const middle = a + (b - a) / 2;
    const indivisible = middle <= a || middle >= b;
    const narrow = indivisible || this.#tracer.pixels(b - a) < NARROW;
    if (narrow && (indivisible || this.#reserve <= 0 || this.#isSettled(a, b, down || up))) {
      this.#failures += 1;
      this.#leaf(a, b, down, up);
      return;
    }
    const { budget } = this.#tracer;
    this.#explore(a, middle);
    this.#explore(middle, b);
    if (narrow) {
      this.#reserve -= budget - this.#tracer.budget;
      this.#tracer.budget = budget;
    }
  }

  /**
   * Reports whether both ends of a narrow part have reached their limits: closer to its middle the curve does not move
   * any more. An oscillating end is settled too, because it has no limit.
   *
   * @param {number} a
   * @param {number} b
   * @param {boolean} unbounded whether there may be a pole
   */
  #isSettled(a, b, unbounded) {
    const step = (b - a) / 8;
    this.#tracer.budget -= 6;
    return this.#isSettledEnd(a, step, unbounded) && this.#isSettledEnd(b, -step, unbounded);
  }

  /** @param {number} end @param {number} step inward @param {boolean} unbounded */
  #isSettledEnd(end, step, unbounded) {
    const tracer = this.#tracer;
    const [p, q, r] = [tracer.height(end), tracer.height(end + step), tracer.height(end + 2 * step)];
    if (p !== p) return true;
    // Too close to tell: with a possible pole, only adjacent doubles are close enough.
    if (end + step / 2 === end) return !unbounded;
    // The curve ends within the step: how far it still goes is seen when the part is narrower.
    if (q !== q || r !== r) return !unbounded && tracer.pixels(Math.abs(step)) < NARROWEST;
    const monotone = (q - p) * (r - q) > 0;
    return !monotone || Math.abs(q - p) < SETTLED;
  }

  /**
   * Handles a part too narrow to divide, somewhere in which the curve breaks.
   *
   * @param {number} a
   * @param {number} b
   * @param {boolean} down
   * @param {boolean} up
   */
  #leaf(a, b, down, up) {
    const tracer = this.#tracer;
    const [startsDefined, endsDefined] = [a, b].map((t) => !Number.isNaN(this.#curve.value(t)));
    tracer.budget -= 9;
    const last = startsDefined && !endsDefined ? this.#lastDefined(a, b) : b;
    const first = endsDefined && !startsDefined ? this.#lastDefined(b, a) : a;
    if (tracer.isDrawing) tracer.leave(endsDefined ? a : last, b, down, up);
    tracer.stop();
    if ((startsDefined || endsDefined) && !this.#sketch.isJump(first, last)) this.#draw(first, last);
    if (endsDefined) tracer.enter(startsDefined ? b : first, a, b, down, up);
  }

  /**
   * Returns the point nearest to `outside` at which the curve is defined, starting from `inside`.
   *
   * @param {number} inside
   * @param {number} outside
   */
  #lastDefined(inside, outside) {
    let [good, bad] = [inside, outside];
    for (let i = 0; i < MOST_HALVINGS; i++) {
      const middle = good + (bad - good) / 2;
      if (middle === good || middle === bad) break;
      this.#tracer.budget -= 1;
      if (Number.isNaN(this.#curve.value(middle))) bad = middle;
      else good = middle;
    }
    return good;
  }
}
