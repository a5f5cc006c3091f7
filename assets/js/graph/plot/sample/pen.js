import { withDots } from './isolated-points.js';

/** Draws polylines in pixels along the two axes, counted from their lower ends. */
export class Pen {
  /** The end of the current piece: coordinate, and height in pixels; NaN without a piece. */
  end = NaN;
  endHeight = NaN;
  #from;
  #scale;
  /** @type {number[][]} */
  #pieces = [];
  /** @type {number[]|null} the current piece */
  #piece = null;

  /**
   * @param {number} from coordinate of pixel 0
   * @param {number} scale pixels per unit
   */
  constructor(from, scale) {
    this.#from = from;
    this.#scale = scale;
  }

  /** @returns {number[][]} the pieces drawn so far */
  pieces() {
    return withDots(this.#pieces);
  }

  get isDown() {
    return this.#piece !== null;
  }

  /** Ends the current piece. */
  lift() {
    this.#piece = null;
    this.end = NaN;
  }

  /** Continues to a point, or starts a piece there. @param {number} t @param {number} v in pixels */
  to(t, v) {
    this.endHeight = v;
    if (v !== v) {
      // Overflow, such as Infinity - Infinity: mathematically defined, but not for doubles.
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
