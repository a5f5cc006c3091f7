/**
 * Integrals of one function between moving bounds, as along a curve.
 *
 * The line is divided into cells, at multiples of a power of 2 that depends only on the distance of the bounds. The
 * integral over a cell is computed once and cached, so that another pair of bounds needs only the parts between them
 * and the nearest cells. As cells do not depend on earlier calls, neither do results.
 *
 * @typedef {import('./integrate.js').Part} Part
 * @typedef {Part & {isWild: boolean, detail: Part|null}} Cell detail: a more accurate result, if it was needed
 */

import { adaptive, integrateBy, onUnit } from './integrate.js';

/** The least number of cells between the bounds; at most there are twice as many. */
const CELLS = 32;
/** The most halvings of a piece of a cell: two jumps are located to 12 digits. */
const HALVINGS = 80;
/**
 * The most wild cells between two bounds for which a more accurate result is worth its cost, as for sin(1/x) near 0.
 * With more there is no hope.
 */
const MOST_WILD = 8;
/** The relative error of a wild cell. */
const WILD = 1e-3;
const WILD_PARTS = 16;
const WILD_HALVINGS = 640;
/** The most cells kept. Beyond, all are dropped; they can be computed again. */
const MOST_KEPT = 8192;
/** Beyond this, cell numbers are not exact. */
const MOST_NUMBER = 2 ** 50;

/**
 * @param {(x: number) => number} f a pure function
 * @returns {(from: number, to: number) => number} like integrate
 */
export function movingIntegral(f) {
  const finite = new Cells(f);
  const unit = new Cells(onUnit(f));
  return (from, to) =>
    integrateBy(
      (a, b) => finite.sum(a, b),
      (a, b) => unit.sum(a, b),
      from,
      to,
    );
}

class Cells {
  /** @type {Map<number, Map<number, Cell>>} by the width of the cells, then by their number */
  #kept = new Map();
  #count = 0;
  /** The latest parts before the first and after the last cell: one of the bounds rarely moves. */
  #before = { from: NaN, to: NaN, part: NOTHING };
  #after = { from: NaN, to: NaN, part: NOTHING };
  #f;

  /** @param {(x: number) => number} f */
  constructor(f) {
    this.#f = f;
  }

  /** @param {number} from @param {number} to @returns {Part} */
  sum(from, to) {
    const width = 2 ** Math.floor(Math.log2((to - from) / CELLS));
    const [first, last] = [Math.ceil(from / width), Math.floor(to / width)];
    if (!(Math.abs(first) < MOST_NUMBER && Math.abs(last) < MOST_NUMBER)) return this.#workOut(from, to);
    const cells = this.#cells(width);
    const total = { ...NOTHING };
    /** @type {number[]} */
    const wild = [];
    for (let i = first; i < last; i++) {
      const cell = this.#cell(cells, i, width);
      if (cell.isWild) wild.push(i);
      else add(total, cell);
      // One undefined cell makes the whole integral undefined.
      if (wild.length > MOST_WILD || total.value !== total.value) return { ...NOTHING, value: NaN };
    }
    for (const i of wild) add(total, this.#detail(this.#cell(cells, i, width), i * width, (i + 1) * width));
    if (from < first * width) add(total, (this.#before = this.#end(this.#before, from, first * width)).part);
    if (last * width < to) add(total, (this.#after = this.#end(this.#after, last * width, to)).part);
    return total;
  }

  /** @param {Cell} cell @param {number} from @param {number} to @returns {Part} */
  #detail(cell, from, to) {
    cell.detail ??= adaptive(this.#f, from, to, WILD_PARTS, WILD_HALVINGS);
    return cell.detail;
  }

  /** @param {{from: number, to: number, part: Part}} known @param {number} from @param {number} to */
  #end(known, from, to) {
    return known.from === from && known.to === to ? known : { from, to, part: this.#workOut(from, to) };
  }

  /** @param {number} width */
  #cells(width) {
    if (this.#count > MOST_KEPT) {
      this.#kept.clear();
      this.#count = 0;
    }
    let cells = this.#kept.get(width);
    if (cells === undefined) this.#kept.set(width, (cells = new Map()));
    return cells;
  }

  /** @param {Map<number, Cell>} cells @param {number} i @param {number} width */
  #cell(cells, i, width) {
    const known = cells.get(i);
    if (known !== undefined) return known;
    const part = this.#workOut(i * width, (i + 1) * width);
    const cell = { ...part, isWild: part.error > WILD * part.size, detail: null };
    cells.set(i, cell);
    this.#count += 1;
    return cell;
  }

  /** @param {number} from @param {number} to */
  #workOut(from, to) {
    return adaptive(this.#f, from, to, 2, HALVINGS);
  }
}

const NOTHING = { value: 0, error: 0, size: 0 };

/** @param {Part} total @param {Part} part */
function add(total, { value, error, size }) {
  total.value += value;
  total.error += error;
  total.size += size;
}
