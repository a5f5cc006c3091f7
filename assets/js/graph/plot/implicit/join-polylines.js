/** Joins polylines where one ends at the start of another. */

import { Points } from './points.js';

/**
 * Joins polylines whose ends are identical points. Each polyline becomes part of one result; a closed one ends where it
 * begins.
 *
 * @param {number[][]} pieces x, y, x, y, … of at least two points
 * @returns {number[][]}
 */
export function joinEnds(pieces) {
  const ends = new Ends(pieces);
  /** @type {number[][]} */
  const result = [];
  const take = (/** @type {number} */ i) => {
    if (!ends.take(i)) return;
    const line = ends.follow(pieces[i], 2 * i + 1);
    result.push(isClosed(line) || !ends.goesOn(2 * i) ? line : reversed(ends.follow(reversed(line), 2 * i)));
  };
  // Open ends first: a line through a crossing that was started in its middle would be left in two.
  for (let i = 0; i < pieces.length; i++) if (ends.isOpen(i)) take(i);
  for (let i = 0; i < pieces.length; i++) take(i);
  return result;
}

/** Finds the pieces that end at a point. Piece i has the ends 2i (its start) and 2i + 1. */
class Ends {
  #pieces;
  /** By end: the first end at the same point, which represents the point. */
  #point;
  /** By end: the next end at the same point, or -1. */
  #next;
  /** By representing end: the number of pieces that end there, and the last of their ends. */
  #count;
  #last;
  #isTaken;

  /** @param {number[][]} pieces */
  constructor(pieces) {
    const size = 2 * pieces.length;
    this.#pieces = pieces;
    this.#point = new Int32Array(size);
    this.#next = new Int32Array(size).fill(-1);
    this.#count = new Int32Array(size);
    this.#last = new Int32Array(size);
    this.#isTaken = new Uint8Array(pieces.length);
    const points = new Points(size);
    pieces.forEach((piece, i) => {
      this.#add(2 * i, points.first(piece[0], piece[1], 2 * i));
      this.#add(2 * i + 1, points.first(piece[piece.length - 2], piece[piece.length - 1], 2 * i + 1));
    });
  }

  /** @param {number} end @param {number} point */
  #add(end, point) {
    this.#point[end] = point;
    // A closed piece ends there once.
    if (end % 2 === 1 && this.#point[end - 1] === point) return;
    if (point !== end) this.#next[this.#last[point]] = end;
    this.#last[point] = end;
    this.#count[point] += 1;
  }

  /** @param {number} i @returns {boolean} whether it has an end at which an odd number of pieces meet */
  isOpen(i) {
    const [a, b] = [this.#point[2 * i], this.#point[2 * i + 1]];
    return a !== b && (this.#count[a] % 2 === 1 || this.#count[b] % 2 === 1);
  }

  /** @param {number} i @returns {boolean} false if it was taken before */
  take(i) {
    if (this.#isTaken[i] === 1) return false;
    this.#isTaken[i] = 1;
    return true;
  }

  /** @param {number} end @returns {boolean} whether another piece that is not taken ends there */
  goesOn(end) {
    return this.#free(this.#point[end]) >= 0;
  }

  /**
   * Extends a polyline while there is a piece to add.
   *
   * @param {number[]} line not modified
   * @param {number} end end of a piece, at which the line ends
   * @returns {number[]}
   */
  follow(line, end) {
    let next = this.#free(this.#point[end]);
    if (next < 0) return line;
    const result = line.slice();
    while (next >= 0) {
      const i = next >> 1;
      this.#isTaken[i] = 1;
      const piece = this.#pieces[i];
      if (next % 2 === 0) for (let k = 2; k < piece.length; k++) result.push(piece[k]);
      else for (let k = piece.length - 4; k >= 0; k -= 2) result.push(piece[k], piece[k + 1]);
      next = this.#free(this.#point[next ^ 1]);
    }
    return result;
  }

  /** @param {number} point @returns {number} an end there of a piece that is not taken, or -1 */
  #free(point) {
    let end = point;
    while (end >= 0 && this.#isTaken[end >> 1] === 1) end = this.#next[end];
    return end;
  }
}

/** @param {number[]} line */
function isClosed(line) {
  return line.length > 4 && line[0] === line[line.length - 2] && line[1] === line[line.length - 1];
}

/** @param {number[]} line */
function reversed(line) {
  const result = [];
  for (let i = line.length - 2; i >= 0; i -= 2) result.push(line[i], line[i + 1]);
  return result;
}
