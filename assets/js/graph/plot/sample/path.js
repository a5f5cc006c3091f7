/**
 * Samples the path of a moving point as polylines: parametric and polar curves.
 *
 * The range of the parameter is halved until interval arithmetic proves the path continuous on a part and short on the
 * screen; from then on only its shape matters. A part that is not proved continuous, however short, breaks the
 * polyline.
 *
 * @typedef {import('../../lang/types.js').Path} Path
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {import('../viewport.js').Viewport} Viewport
 * @typedef {import('../viewport.js').Size} Size
 * @typedef {{min: number, max: number}} Domain
 */

/** Default number of turns of the angle of a polar curve. */
const TURNS = 6;
/** The range is divided into this many strips, so that a wild one cannot use up the budget of the others. */
const STRIPS = 24;
/** Budget for one path, in points; a proof counts for several. */
const MOST_POINTS = 60_000;
const FEWEST_POINTS = 800;
const MOST_OPERATIONS = 2e7;
const PROOF = 5;
/** A part is short if the bounds of both coordinates are within this many pixels. */
const SHORT = 24;
/** Greatest distance of the path from a chord, in pixels. */
const TOLERANCE = 0.15;
const FINEST = 1 / 64;
/** A part that is not proved continuous is not halved below this fraction of the range. */
const NARROWEST = 2 ** -46;
/** After this many narrow parts without a proof none is halved below COARSE until one succeeds. */
const MOST_FAILURES = 64;
const COARSE = 2 ** -12;
/** Points further off than this many screens are drawn at that distance. */
const SCREENS = 2;
/** Strokes are wide, and a line that leaves the screen must leave it at the right angle. */
const MARGIN = 0.5;
/** Number of points, for the whole range, with which parts are drawn when the budget is used up. */
const DOTS = 3000;

/**
 * @param {import('../../lang/types.js').PolarMeaning | import('../../lang/types.js').ParametricMeaning} meaning
 * @param {Partial<Domain>} named the ends that the item sets
 * @returns {Domain} the range of its parameter
 */
export function domainOf(meaning, named) {
  const { min = 0, max = meaning.kind === 'polar' ? TURNS * meaning.turn : 1 } = named;
  return { min: Math.min(min, max), max: Math.max(min, max) };
}

/**
 * @param {Path} path
 * @param {Domain} domain range of the parameter
 * @param {Viewport} viewport
 * @param {Size} size of the drawing area in pixels
 * @returns {Float64Array[]} pieces: x, y, x, y, … in pixels; each piece is one polyline
 */
export function samplePath(path, domain, viewport, size) {
  if (!(size.width > 0 && size.height > 0) || !(domain.max > domain.min)) return [];
  return new PathSampler(path, domain, viewport, size).run().map((piece) => Float64Array.from(piece));
}

/** @typedef {{x: number, y: number}} Pixel */

class PathSampler {
  #path;
  #domain;
  #viewport;
  #size;
  #scaleX;
  #scaleY;
  /** @type {number[][]} */
  #pieces = [];
  /** @type {number[]|null} the current piece */
  #piece = null;
  /** The parameter at its end. */
  #end = NaN;
  #budget = 0;
  #failures = 0;
  /** @type {Bounds} */
  #boundsX = { lo: 0, hi: 0 };
  /** @type {Bounds} */
  #boundsY = { lo: 0, hi: 0 };

  /** @param {Path} path @param {Domain} domain @param {Viewport} viewport @param {Size} size */
  constructor(path, domain, viewport, size) {
    this.#path = path;
    this.#domain = domain;
    this.#viewport = viewport;
    this.#size = size;
    this.#scaleX = size.width / (viewport.xmax - viewport.xmin);
    this.#scaleY = size.height / (viewport.ymax - viewport.ymin);
  }

  run() {
    const { min, max } = this.#domain;
    const cost = this.#path.x.cost + this.#path.y.cost;
    let left = Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, MOST_OPERATIONS / cost));
    for (let i = 0; i < STRIPS; i++) {
      const share = left / (STRIPS - i);
      this.#budget = share;
      this.#explore(min + ((max - min) * i) / STRIPS, i === STRIPS - 1 ? max : min + ((max - min) * (i + 1)) / STRIPS);
      left -= share - Math.max(0, this.#budget);
    }
    return this.#pieces.filter((piece) => piece.length >= 4);
  }

  /** @param {number} a @param {number} b */
  #explore(a, b) {
    if (this.#budget <= 0) {
      this.#sketch(a, b);
      return;
    }
    this.#budget -= PROOF;
    const [bx, by] = [this.#boundsX, this.#boundsY];
    const proof = Math.min(this.#path.x.interval(a, b, bx), this.#path.y.interval(a, b, by));
    if (proof === 2) this.#failures = 0;
    const middle = a + (b - a) / 2;
    if (proof === 0 || this.#isUnseen()) this.#stop();
    else if (proof === 2 && (this.#isShort() || middle <= a || middle >= b)) this.#trace(a, b);
    else if (proof < 2 && this.#isNarrow(a, b)) {
      this.#failures += 1;
      this.#stop();
    } else {
      this.#explore(a, middle);
      this.#explore(middle, b);
    }
  }

  /** Whether the bounds are off the screen. */
  #isUnseen() {
    const { xmin, xmax, ymin, ymax } = this.#viewport;
    const [mx, my] = [(xmax - xmin) * MARGIN, (ymax - ymin) * MARGIN];
    const [x, y] = [this.#boundsX, this.#boundsY];
    return x.lo > xmax + mx || x.hi < xmin - mx || y.lo > ymax + my || y.hi < ymin - my;
  }

  #isShort() {
    const [x, y] = [this.#boundsX, this.#boundsY];
    return (x.hi - x.lo) * this.#scaleX < SHORT && (y.hi - y.lo) * this.#scaleY < SHORT;
  }

  /** @param {number} a @param {number} b */
  #isNarrow(a, b) {
    const whole = this.#domain.max - this.#domain.min;
    const middle = a + (b - a) / 2;
    return middle <= a || middle >= b || b - a < whole * (this.#failures > MOST_FAILURES ? COARSE : NARROWEST);
  }

  /** Ends the current piece. */
  #stop() {
    this.#piece = null;
    this.#end = NaN;
  }

  /** @param {number} t @returns {Pixel} at most a few screens off; NaN where undefined */
  #point(t) {
    const { xmin, ymax } = this.#viewport;
    const { width, height } = this.#size;
    this.#budget -= 1;
    return {
      x: within((this.#path.x.value(t) - xmin) * this.#scaleX, width),
      y: within((ymax - this.#path.y.value(t)) * this.#scaleY, height),
    };
  }

  /** @param {number} t @param {Pixel} at */
  #push(t, { x, y }) {
    if (x !== x || y !== y) {
      this.#stop();
      return;
    }
    if (this.#piece === null) {
      this.#piece = [];
      this.#pieces.push(this.#piece);
    }
    this.#piece.push(x, y);
    this.#end = t;
  }

  /** Follows the path over a short part on which it is continuous. @param {number} a @param {number} b */
  #trace(a, b) {
    const start = this.#point(a);
    if (this.#end !== a) {
      this.#stop();
      this.#push(a, start);
    }
    this.#refine(a, start, b, this.#point(b), true);
  }

  /**
   * Divides a segment until it follows the path.
   *
   * @param {number} a
   * @param {Pixel} p
   * @param {number} b
   * @param {Pixel} q
   * @param {boolean} thrice check further points too: a wave may cross the chord in its middle
   */
  #refine(a, p, b, q, thrice) {
    const middle = a + (b - a) / 2;
    const isFine = Math.abs(p.x - q.x) < FINEST && Math.abs(p.y - q.y) < FINEST;
    if (middle <= a || middle >= b || this.#budget <= 0 || (isFine && !thrice)) {
      this.#push(b, q);
      return;
    }
    const m = this.#point(middle);
    const isOff =
      distance(m, p, q) > TOLERANCE ||
      (thrice && [0.23, 0.71].some((share) => distance(this.#point(a + (b - a) * share), p, q) > TOLERANCE));
    if (isOff) {
      this.#refine(a, p, middle, m, thrice && !isFine);
      this.#refine(middle, m, b, q, thrice && !isFine);
    } else this.#push(b, q);
  }

  /** Draws a part as single points when the budget is used up. @param {number} a @param {number} b */
  #sketch(a, b) {
    this.#stop();
    const count = Math.ceil(((b - a) / (this.#domain.max - this.#domain.min)) * DOTS);
    const { width, height } = this.#size;
    for (let i = 0; i < count; i++) {
      const { x, y } = this.#point(a + ((b - a) * (i + 0.5)) / count);
      if (x >= 0 && x <= width && y >= 0 && y <= height) this.#pieces.push([x, y, x, y]);
    }
  }
}

/** @param {number} pixel @param {number} length of the screen */
function within(pixel, length) {
  return pixel < -SCREENS * length
    ? -SCREENS * length
    : pixel > (SCREENS + 1) * length
      ? (SCREENS + 1) * length
      : pixel;
}

/** The distance of a point from a segment; NaN counts as far. @param {Pixel} m @param {Pixel} p @param {Pixel} q */
function distance(m, p, q) {
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((m.x - p.x) * dx + (m.y - p.y) * dy) / length));
  const off = Math.hypot(m.x - p.x - share * dx, m.y - p.y - share * dy);
  return off === off ? off : Infinity;
}
