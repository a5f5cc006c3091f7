/**
 * The plane divided into tiles, so that expensive drawings are computed once and then move with the plane.
 *
 * The width of a tile is a power of two: its corners, and those of all its halves, are exact doubles, so that the
 * drawings of neighbouring tiles meet exactly and do not jitter while the plane moves. A set of tiles serves for one
 * octave of zoom.
 *
 * @typedef {import('../viewport.js').Viewport} Viewport
 * @typedef {import('../viewport.js').Size} Size
 * @typedef {import('./frame-budget.js').Work} Work
 * @typedef {{x: number, y: number, width: number, height: number}} Tile its lower left corner and its size, in plane
 *   units
 */

/**
 * @template T
 * @typedef {import('./frame-budget.js').Job<T>} Job
 */

/**
 * The greatest width of a tile on the screen; the least is half of it. An odd number, because zoom factors are often
 * even.
 */
export const TILE_PIXELS = 247;
/** Tiles of one curve kept in addition to the visible ones. */
const MOST_SPARE = 400;
/** Octaves of zoom kept of one curve: the one shown, and the one being computed. */
const MOST_LEVELS = 2;
/**
 * The drawing of one curve, tile by tile.
 *
 * @template T content of a tile
 * @template R the joined content of all tiles
 */
export class TileMap {
  /** @type {Level<T, R>[]} newest last */
  #levels = [];
  #make;
  #join;
  #cost;

  /**
   * @param {(tile: Tile, values: number) => Job<T>} make computes a tile with a limited number of evaluations
   * @param {(contents: T[]) => R} join
   * @param {number} cost operations per evaluation
   */
  constructor(make, join, cost) {
    this.#make = make;
    this.#join = join;
    this.#cost = cost;
  }

  /**
   * Returns what there is to show. While this octave of zoom is incomplete, the previous one stands in for it.
   *
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {Work} work
   * @returns {{content: R, isWhole: boolean}}
   */
  show(viewport, size, work) {
    const range = rangeOf(viewport, size);
    const level = this.#level(range);
    const isWhole = this.#fill(level, range, work);
    if (isWhole) this.#levels = [level];
    const [shown] = isWhole ? [level] : this.#levels;
    return { content: shown.joined(range, this.#join), isWhole };
  }

  /**
   * Continues what was incomplete when it was last shown.
   *
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {Work} work
   * @returns {boolean} whether there is more to show
   */
  goOn(viewport, size, work) {
    const range = rangeOf(viewport, size);
    const isWhole = this.#fill(this.#level(range), range, work);
    return isWhole || this.#levels[0].isChanged;
  }

  /** @param {Range} range */
  #level({ width, height }) {
    const known = this.#levels.find((level) => level.width === width && level.height === height);
    if (known !== undefined) return known;
    const made = /** @type {Level<T, R>} */ (new Level(width, height));
    // An octave that was never finished cannot stand in for the next.
    this.#levels = [...this.#levels.slice(0, MOST_LEVELS - 1), made];
    return made;
  }

  /** @param {Level<T, R>} level @param {Range} range @param {Work} work @returns {boolean} whether it is complete */
  #fill(level, range, work) {
    const missing = level.missing(range);
    for (let i = 0; i < missing.length; i++) {
      const begin = () => this.#make(tileAt(missing[i], range), work.values(missing.length - i, this.#cost));
      const content = work.run(level.job(missing[i], begin), this.#cost);
      if (content === null) return false;
      level.put(missing[i], content);
    }
    return true;
  }
}

/**
 * @typedef {{column: number, row: number}} Place
 * @typedef {object} Range the visible tiles, by number
 * @property {number} width width of a tile in plane units
 * @property {number} height
 * @property {number} left
 * @property {number} right the last column
 * @property {number} bottom
 * @property {number} top
 */

/** @param {Viewport} viewport @param {Size} size @returns {Range} */
function rangeOf({ xmin, xmax, ymin, ymax }, size) {
  const width = tileWidth((xmax - xmin) / size.width);
  const height = tileWidth((ymax - ymin) / size.height);
  const [left, right] = [Math.floor(xmin / width), Math.floor(xmax / width)];
  const [bottom, top] = [Math.floor(ymin / height), Math.floor(ymax / height)];
  return { width, height, left, right, bottom, top };
}

/** @param {Place} place @param {Range} range @returns {Tile} */
function tileAt({ column, row }, { width, height }) {
  return { x: column * width, y: row * height, width, height };
}

/** @param {number} unit width of a pixel in plane units */
function tileWidth(unit) {
  return 2 ** Math.floor(Math.log2(TILE_PIXELS * unit));
}

/**
 * The tiles of one octave of zoom.
 *
 * @template T, R
 */
class Level {
  /** @type {Map<string, T>} */
  #tiles = new Map();
  /** @type {{key: string, result: R} | null} */
  #joined = null;
  /** @type {Place & {job: Job<T>} | null} an unfinished tile */
  #begun = null;

  /** @param {number} width width of a tile @param {number} height */
  constructor(width, height) {
    this.width = width;
    this.height = height;
  }

  /** @param {Range} range @returns {Place[]} missing tiles, an unfinished one first */
  missing({ left, right, bottom, top }) {
    const places = [];
    for (let column = left; column <= right; column++) {
      for (let row = bottom; row <= top; row++) {
        if (!this.#tiles.has(`${column},${row}`)) places.push({ column, row });
      }
    }
    if (places.length > 0 && this.#tiles.size > MOST_SPARE) this.#forget(left, right, bottom, top);
    return places.sort((a, b) => Number(this.#isBegun(b)) - Number(this.#isBegun(a)));
  }

  /** @param {Place} place */
  #isBegun({ column, row }) {
    return this.#begun?.column === column && this.#begun.row === row;
  }

  /**
   * @param {Place} place
   * @param {() => Job<T>} begin
   * @returns {Job<T>} the job started there, or a new one; only one is kept
   */
  job(place, begin) {
    if (this.#begun === null || !this.#isBegun(place)) this.#begun = { ...place, job: begin() };
    return this.#begun.job;
  }

  /** Whether anything was added since the last join. */
  get isChanged() {
    return this.#joined === null;
  }

  /** @param {Place} place @param {T} content */
  put({ column, row }, content) {
    this.#begun = null;
    this.#tiles.set(`${column},${row}`, content);
    this.#joined = null;
  }

  /**
   * @param {Range} range
   * @param {(contents: T[]) => R} join
   * @returns {R} the joined content of the visible tiles
   */
  joined(range, join) {
    const isOwn = range.width === this.width && range.height === this.height;
    const { left, right, bottom, top } = range;
    const key = isOwn ? `${left},${right},${bottom},${top}` : 'all';
    if (this.#joined?.key !== key) {
      const contents = isOwn ? this.#seen(left, right, bottom, top) : [...this.#tiles.values()];
      this.#joined = { key, result: join(contents) };
    }
    return this.#joined.result;
  }

  /** @param {number} left @param {number} right @param {number} bottom @param {number} top @returns {T[]} */
  #seen(left, right, bottom, top) {
    const contents = [];
    for (let column = left; column <= right; column++) {
      for (let row = bottom; row <= top; row++) {
        const content = this.#tiles.get(`${column},${row}`);
        if (content !== undefined) contents.push(content);
      }
    }
    return contents;
  }

  /**
   * Drops tiles outside the visible range.
   *
   * @param {number} left
   * @param {number} right
   * @param {number} bottom
   * @param {number} top
   */
  #forget(left, right, bottom, top) {
    for (const key of this.#tiles.keys()) {
      const [column, row] = key.split(',').map(Number);
      if (column < left || column > right || row < bottom || row > top) this.#tiles.delete(key);
    }
  }
}
