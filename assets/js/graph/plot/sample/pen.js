import { withDots } from './isolated-points.js';

/**
 * Draws pieces of polyline, in pixels along the two axes, counted from their lower ends.
 */
export class Pen {
  /** Where the piece at hand ends: the coordinate, and its height in pixels; NaN where there is none. */
  end = NaN;
  endHeight = NaN;
  #from;
  #scale;
  /** @type {number[][]} */
  #pieces = [];
  /** @type {number[]|null} the piece that is being drawn */
  #piece = null;

  /**
   * @param {number} from the coordinate that has the pixel 0
   * @param {number} scale pixels to a unit
   */
  constructor(from, scale) {
    this.#from = from;
    this.#scale = scale;
  }

  /** @returns {number[][]} what has been drawn */
  pieces() {
    return withDots(this.#pieces);
  }

  get isDown() {
    return this.#piece !== null;
  }

  /** Ends the piece at hand. */
  lift() {
    this.#piece = null;
    this.end = NaN;
  }

  /** Goes on to a point, or begins a piece with it. @param {number} t @param {number} v in pixels */
  to(t, v) {
    this.endHeight = v;
    if (v !== v) {
      // Overflow, such as Infinity - Infinity: defined by the rules of mathematics, but not for doubles.
      this.lift();
      return;
    }
    if (this.#piece === null) {
      this.#piece = [];
      this.#pieces.push(this.#piece);
    }
    this.#piece.push((t - this.#from) * this.#scale, v);
    this.end = t;
  }
}
