/**
 * The plane in tiles, so that a picture that takes work is worked out once and then moved along with the plane.
 *
 * A tile is as wide as a power of two: its corners, and those of all its halves, are numbers without rounding, so what
 * is drawn of neighbouring tiles meets exactly and does not tremble while the plane moves. A set of tiles serves for an
 * octave of zoom.
 *
 * @typedef {import('../viewport.js').Viewport} Viewport
 * @typedef {import('../viewport.js').Size} Size
 * @typedef {import('./frame-budget.js').Work} Work
 * @typedef {{x: number, y: number, width: number, height: number}} Tile its lower left corner and its size, on the plane
 */

/**
 * @template T
 * @typedef {import('./frame-budget.js').Job<T>} Job
 */

/** No tile is wider on the screen than this, nor narrower than half of it; an odd number, for zooms are often even. */
export const TILE_PIXELS = 247;
/** Tiles kept of one thing, beside those that are seen. */
const MOST_SPARE = 400;
/** Octaves of zoom kept of one thing: the one that is shown, and the one that is being made. */
const MOST_LEVELS = 2;
/**
 * What has been drawn of one thing, tile by tile.
 *
 * @template T what is known of a tile
 * @template R all tiles together
 */
export class TileMap {
  /** @type {Level<T, R>[]} the newest last */
  #levels = [];
  #make;
  #join;
  #cost;

  /**
   * @param {(tile: Tile, values: number) => Job<T>} make works out a tile, with at most so many values
   * @param {(contents: T[]) => R} join
   * @param {number} cost operations for a value
   */
  constructor(make, join, cost) {
    this.#make = make;
    this.#join = join;
    this.#cost = cost;
  }

  /**
   * What there is to see. While there is work left to do for this octave of zoom, the octave before stands in for it.
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
   * Works on what was not whole when it was last shown.
   *
   * @param {Viewport} viewport
   * @param {Size} size
   * @param {Work} work
   * @returns {boolean} whether there is more to see by now
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
    // One that was never finished is no stand-in for the next.
    this.#levels = [...this.#levels.slice(0, MOST_LEVELS - 1), made];
    return made;
  }

  /** @param {Level<T, R>} level @param {Range} range @param {Work} work @returns {boolean} whether no tile is missing */
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
 * @typedef {object} Range the tiles that are seen, by their numbers
 * @property {number} width of a tile, on the plane
 * @property {number} height
 * @property {number} left
 * @property {number} right the last one
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

/** @param {number} unit of the plane that is a pixel wide */
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
  /** @type {Place & {job: Job<T>} | null} a tile that is not done yet */
  #begun = null;

  /** @param {number} width of a tile @param {number} height */
  constructor(width, height) {
    this.width = width;
    this.height = height;
  }

  /** @param {Range} range @returns {Place[]} what has been begun first */
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
   * @returns {Job<T>} the one that has been begun there, or a new one: a single one is kept
   */
  job(place, begin) {
    if (this.#begun === null || !this.#isBegun(place)) this.#begun = { ...place, job: begin() };
    return this.#begun.job;
  }

  /** Whether something came to it since it was last joined. */
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
   * @returns {R} all that is known of what is seen
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

  /** Drops what is not seen. @param {number} left @param {number} right @param {number} bottom @param {number} top */
  #forget(left, right, bottom, top) {
    for (const key of this.#tiles.keys()) {
      const [column, row] = key.split(',').map(Number);
      if (column < left || column > right || row < bottom || row > top) this.#tiles.delete(key);
    }
  }
}
