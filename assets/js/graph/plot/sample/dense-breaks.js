/**
 * Draws a curve where it has too many breaks, or too close together, to end a polyline at each.
 *
 * It is evaluated at least twice per pixel, and drawn as a line only where its bounds exclude a visible jump, as a dot
 * elsewhere. Where it is steep, as floor(1/x) near 0, many steps are above each other within a pixel, so parts are
 * halved for as long as this shows more of them.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {import('./trace.js').Tracer} Tracer
 */

/** The greatest width between evaluations, in pixels. */
const WIDEST = 0.5;
/** Values closer than this, in pixels, look the same. */
const FLAT = 1;
/** Dots closer than this above each other, in pixels, look like a line. */
const GAP = 1.5;
/** Bounds may exceed the values at the ends by this fraction and still imply a monotone climb. */
const LOOSE = 0.25;
/** Parts are not halved below this width in pixels: much of a curve may be beside a pole. */
const NARROWEST = 2 ** -40;
/** Jumps, and parts without useful bounds, are not halved below this width. */
const NARROW = 1 / 32;
/** A change that stays in one half this many times is a jump. */
const HALVINGS = 5;
/** Cost of a part, in evaluations: two values and a proof. */
const LOOK = 6;
/** Advance beyond their fair share for parts about which nothing is known: enough to reach a pole. */
const LOAN = 800;

export class Sketch {
  /** Remaining budget for refining, in evaluations. */
  #budget = 0;
  /**
   * The part of the budget available so far where halving may show nothing: all pixels get the same, or some would look
   * darker.
   */
  #fair = LOAN;
  /** Budget added per pixel. */
  #share = 0;
  #curve;
  #tracer;
  /** @type {Bounds} */
  #bounds = { lo: 0, hi: 0 };

  /** @param {Curve} curve @param {Tracer} tracer */
  constructor(curve, tracer) {
    this.#curve = curve;
    this.#tracer = tracer;
  }

  /**
   * @param {number} work budget for refining, in evaluations
   * @param {number} pixels number of pixels it must last for
   */
  allow(work, pixels) {
    this.#budget = work;
    this.#share = work / pixels;
  }

  /**
   * Reports whether everything that happens in a part visibly happens in one place; false if the curve is undefined at
   * an end.
   *
   * @param {number} a
   * @param {number} b
   */
  isJump(a, b) {
    let [va, vb] = [a, b].map((t) => this.#tracer.height(t));
    let elsewhere = 0;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = a + (b - a) / 2;
      const v = this.#tracer.height(middle);
      if (Math.abs(v - va) > Math.abs(vb - v)) {
        elsewhere += Math.abs(vb - v);
        [b, vb] = [middle, v];
      } else {
        elsewhere += Math.abs(v - va);
        [a, va] = [middle, v];
      }
    }
    return elsewhere < FLAT;
  }

  /**
   * @param {number} a
   * @param {number} b
   * @returns {number} work beyond the budget
   */
  draw(a, b) {
    const tracer = this.#tracer;
    tracer.stop();
    const parts = Math.max(1, Math.ceil(tracer.pixels(b - a) / WIDEST));
    let [t, v] = [a, tracer.height(a)];
    for (let i = 1; i <= parts; i++) {
      const next = i === parts ? b : a + ((b - a) * i) / parts;
      const vn = tracer.height(next);
      this.#fair += this.#share * tracer.pixels(next - t);
      this.#part(t, v, next, vn);
      [t, v] = [next, vn];
    }
    tracer.dot(t, v);
    return parts * LOOK;
  }

  /**
   * @param {number} a
   * @param {number} va
   * @param {number} b
   * @param {number} vb
   */
  #part(a, va, b, vb) {
    const tracer = this.#tracer;
    const bounds = this.#bounds;
    const decoration = this.#curve.interval(a, b, bounds);
    if (decoration === 0 || tracer.isUnseen(bounds)) return;
    const room = tracer.clamped(bounds.hi) - tracer.clamped(bounds.lo);
    const climbs = room <= Math.abs(vb - va) * (1 + LOOSE) + FLAT;
    if (room < FLAT || (decoration === 2 && climbs)) {
      tracer.line(a, va, b, vb);
      return;
    }
    const wild = !climbs && bounds.lo > -Infinity && bounds.hi < Infinity;
    const middle = a + (b - a) / 2;
    if (middle <= a || middle >= b || this.#isFine(a, va, b, vb, climbs, wild) || !this.#pay(climbs)) {
      tracer.dot(a, va);
      return;
    }
    const vm = tracer.height(middle);
    this.#part(a, va, middle, vm);
    this.#part(middle, vm, b, vb);
  }

  /**
   * Reports whether halving a part would show nothing new.
   *
   * @param {number} a
   * @param {number} va
   * @param {number} b
   * @param {number} vb
   * @param {boolean} climbs
   * @param {boolean} wild
   */
  #isFine(a, va, b, vb, climbs, wild) {
    const width = this.#tracer.pixels(b - a);
    if (width >= NARROW) return false;
    if (width < NARROWEST || wild || (climbs && Math.abs(vb - va) < GAP)) return true;
    this.#budget -= HALVINGS + 2;
    return this.isJump(a, b);
  }

  /** @param {boolean} climbs @returns {boolean} whether the budget covered halving a part */
  #pay(climbs) {
    const work = 2 * LOOK;
    if (this.#budget < work || (!climbs && this.#fair < work)) return false;
    this.#budget -= work;
    if (!climbs) this.#fair -= work;
    return true;
  }
}
