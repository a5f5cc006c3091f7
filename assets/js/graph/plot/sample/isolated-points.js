/** Isolated points of a polyline. */

/** Greatest distance in pixels between points that are drawn without a line between them. */
const COMPANY = 0.75;

/**
 * Turns an isolated point into a piece from the point to itself, drawn as a dot, if there are others close to it:
 * together they look like the curve that could not be resolved. A point far from all others is an accident, such as
 * (-2)^x at a fraction that happens to have a value, and is dropped.
 *
 * @param {number[][]} pieces x, y, x, y, … in pixels, from left to right
 * @returns {number[][]}
 */
export function withDots(pieces) {
  const isLonely = (/** @type {number} */ i) => {
    const u = pieces[i][0];
    const before = pieces[i - 1]?.at(-2) ?? -Infinity;
    const after = pieces[i + 1]?.[0] ?? Infinity;
    return before <= u - COMPANY && after >= u + COMPANY;
  };
  return pieces
    .filter((piece, i) => !isPoint(piece) || !isLonely(i))
    .map((piece) => (piece.length === 2 ? [...piece, ...piece] : piece));
}

/** @param {number[]} piece */
function isPoint(piece) {
  return piece.length === 2 || (piece.length === 4 && piece[0] === piece[2] && piece[1] === piece[3]);
}
