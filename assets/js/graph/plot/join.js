/**
 * Polylines that end where others begin, as one.
 */

/**
 * Joins polylines whose ends are the very same point. Each comes to lie in one result; one that closes on itself ends
 * where it begins.
 *
 * @param {number[][]} pieces x, y, x, y, … of at least two points
 * @returns {number[][]}
 */
export function joinEnds(pieces) {
  const ends = new Ends(pieces);
  /** @type {number[][]} */
  const result = [];
  const take = (/** @type {number} */ i) => {
    if (!ends.isFree(i)) return;
    ends.remove(i);
    const forward = ends.follow([...pieces[i]]);
    result.push(isClosed(forward) ? forward : reversed(ends.follow(reversed(forward))));
  };
  // First what is open at an end: begun in its middle, a line through a crossing would be left in two.
  for (let i = 0; i < pieces.length; i++) if (ends.isOpen(i)) take(i);
  for (let i = 0; i < pieces.length; i++) take(i);
  return result;
}

/** Which pieces end at a point. */
class Ends {
  #pieces;
  /** @type {Map<string, number[]>} */
  #byPoint = new Map();
  /** @type {Set<number>} */
  #free = new Set();

  /** @param {number[][]} pieces */
  constructor(pieces) {
    this.#pieces = pieces;
    pieces.forEach((piece, i) => {
      this.#free.add(i);
      for (const key of new Set(keysOf(piece))) {
        const here = this.#byPoint.get(key);
        if (here === undefined) this.#byPoint.set(key, [i]);
        else here.push(i);
      }
    });
  }

  /** @param {number} i */
  isFree(i) {
    return this.#free.has(i);
  }

  /** @param {number} i @returns {boolean} whether it has an end at which an odd number of pieces meet */
  isOpen(i) {
    const keys = keysOf(this.#pieces[i]);
    return keys[0] !== keys[1] && keys.some((key) => (this.#byPoint.get(key)?.length ?? 0) % 2 === 1);
  }

  /** @param {number} i */
  remove(i) {
    this.#free.delete(i);
  }

  /** Lengthens a polyline at its end for as long as there is a piece to add. @param {number[]} line */
  follow(line) {
    for (;;) {
      const [x, y] = [line[line.length - 2], line[line.length - 1]];
      const next = this.#byPoint.get(keyOf(x, y))?.find((i) => this.#free.has(i));
      if (next === undefined) return line;
      this.remove(next);
      const piece = this.#pieces[next];
      if (piece[0] === x && piece[1] === y) for (let k = 2; k < piece.length; k++) line.push(piece[k]);
      else for (let k = piece.length - 4; k >= 0; k -= 2) line.push(piece[k], piece[k + 1]);
    }
  }
}

/** @param {number[]} piece @returns {[string, string]} */
function keysOf(piece) {
  return [keyOf(piece[0], piece[1]), keyOf(piece[piece.length - 2], piece[piece.length - 1])];
}

/** @param {number} x @param {number} y */
function keyOf(x, y) {
  return `${x},${y}`;
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
