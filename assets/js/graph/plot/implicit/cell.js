/**
 * Cells of a tile, made by repeated halving. All corners are exact doubles.
 *
 * @typedef {{x0: number, x1: number, y0: number, y1: number, depth: number}} Cell depth: number of halvings of the tile
 */

/** @param {Cell} cell @returns {Cell[]} */
export function quartersOf({ x0, x1, y0, y1, depth }) {
  const [x, y, below] = [x0 + (x1 - x0) / 2, y0 + (y1 - y0) / 2, depth + 1];
  return [
    { x0, x1: x, y0, y1: y, depth: below },
    { x0: x, x1, y0, y1: y, depth: below },
    { x0, x1: x, y0: y, y1, depth: below },
    { x0: x, x1, y0: y, y1, depth: below },
  ];
}

/** The result of `look` for a finished cell. */
export const DONE = -1;

/**
 * Bits of a column or row, and of what is known about a cell; together they fit in a number, which needs no allocation.
 */
const PLACE_BITS = 13;
const KNOWN_BITS = 4;
const [PLACES, KNOWN] = [2 ** PLACE_BITS - 1, 2 ** KNOWN_BITS - 1];

/**
 * Visits the cells of a tile, larger ones first, so that a wild place does not use up the budget of the others.
 *
 * @param {import('./tiles.js').Tile} tile
 * @param {(cell: Cell, known: number) => number} look returns DONE, or what is known about the cell's quarters, from 0
 *   to 15, to have them visited; 0 for the tile itself
 * @returns {Generator<void, void>} pauses after each cell
 */
export function* fromLargeToSmall(tile, look) {
  // Not cell objects: tens of thousands of them are waiting, and collecting them takes longer than a frame.
  for (let [depth, waiting] = [0, [0]]; waiting.length > 0; depth++) {
    const [width, height] = [tile.width / 2 ** depth, tile.height / 2 ** depth];
    /** @type {number[]} */
    const smaller = [];
    for (const mark of waiting) {
      const [column, row] = [(mark >> KNOWN_BITS) & PLACES, mark >> (KNOWN_BITS + PLACE_BITS)];
      const [x0, y0] = [tile.x + column * width, tile.y + row * height];
      const known = look(
        { x0, x1: tile.x + (column + 1) * width, y0, y1: tile.y + (row + 1) * height, depth },
        mark & KNOWN,
      );
      if (known !== DONE) {
        for (let i = 0; i < 4; i++)
          smaller.push(((((2 * row + (i >> 1)) << PLACE_BITS) | (2 * column + (i & 1))) << KNOWN_BITS) | known);
      }
      yield;
    }
    waiting = smaller;
  }
}

/** About 8 pixels: at this depth it is decided whether there is too much to draw. */
export const DENSE_DEPTH = 5;
/** Number of sample points, half a pixel apart, along lines from side to side. */
const PROBES = 16;
const LINES = [
  [0.13, 0.71],
  [0.91, -0.87],
];
/**
 * Every other point is shifted by this fraction of a step, because a wave with the wavelength of the step would be
 * invisible.
 */
const UNEVEN = 0.37;
/** More changes than this along one line look like an area on a screen. */
const MOST_CHANGES = 4;
/**
 * Among this many dense cells, another one counts as dense with fewer changes, because few changes may be seen by
 * accident.
 */
const MANY = 20;
const FEWER_CHANGES = 1;

/**
 * Reports whether a condition alternates so quickly that pixels cannot resolve it.
 *
 * @param {Cell} cell
 * @param {(x: number, y: number) => boolean} test
 * @param {number} others number of dense cells found in the tile
 * @returns {{isDense: boolean, share: number, tests: number}} share: the sampled fraction of the cell in which it holds
 */
export function density({ x0, x1, y0, y1 }, test, others) {
  const most = others > MANY ? FEWER_CHANGES : MOST_CHANGES;
  let tests = 0;
  let share = 0;
  for (const [start, slope] of LINES) {
    let [changes, held, before] = [0, 0, false];
    for (let i = 0; i <= PROBES; i++) {
      const t = (i + (i % 2) * UNEVEN) / (PROBES + UNEVEN);
      const holds = test(x0 + (x1 - x0) * t, y0 + (y1 - y0) * (start + slope * t));
      if (holds) held += 1;
      if (i > 0 && holds !== before) changes += 1;
      before = holds;
    }
    tests += PROBES + 1;
    share = held / (PROBES + 1);
    if (changes > most) return { isDense: true, share, tests };
    if (changes <= FEWER_CHANGES && others <= MANY) break;
  }
  return { isDense: false, share, tests };
}
