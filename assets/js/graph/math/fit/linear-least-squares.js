/**
 * Linear least squares.
 *
 * Method: Å. Björck, "Solving linear least squares problems by Gram-Schmidt orthogonalization", BIT 7 (1967): modified
 * Gram-Schmidt with the target as one more column, which is as stable as reflections. Columns are taken longest first,
 * so that one which depends on the others is found, and left out with the coefficient 0.
 */

/** A column that is so much shorter than it was, once the others are taken out of it, says nothing of its own. */
const DEPENDENT = 1e-11;

/**
 * The coefficients that bring the sum of the columns nearest to the target.
 *
 * @param {readonly Float64Array[]} columns each as long as the target
 * @param {ArrayLike<number>} target
 * @returns {{coefficients: number[], residuals: Float64Array, rank: number}} residuals: target less the sum; NaN all over
 *   where a number of a column is none
 */
export function leastSquares(columns, target) {
  const lengths = columns.map((column) => norm(column) || 1);
  const rest = columns.map((column, i) => column.map((value) => value / lengths[i]));
  const residuals = Float64Array.from(target);
  const coefficients = columns.map(() => 0);
  /** @type {{pivot: number, row: number[], right: number}[]} */
  const rows = [];
  const open = new Set(columns.keys());
  while (open.size > 0) {
    const pivot = longest(rest, open);
    const length = norm(rest[pivot]);
    if (length <= DEPENDENT) break;
    open.delete(pivot);
    rows.push(takeOut(rest, residuals, pivot, length, open));
  }
  for (let i = rows.length - 1; i >= 0; i--) {
    const { pivot, row, right } = rows[i];
    let sum = right;
    for (let j = i + 1; j < rows.length; j++) sum -= row[rows[j].pivot] * coefficients[rows[j].pivot];
    coefficients[pivot] = sum / row[pivot];
  }
  return { coefficients: coefficients.map((value, i) => value / lengths[i]), residuals, rank: rows.length };
}

/**
 * Makes the pivot's column one long and takes it out of all that is left.
 *
 * @param {Float64Array[]} rest
 * @param {Float64Array} residuals
 * @param {number} pivot
 * @param {number} length
 * @param {ReadonlySet<number>} open
 */
function takeOut(rest, residuals, pivot, length, open) {
  const unit = rest[pivot];
  for (let i = 0; i < unit.length; i++) unit[i] /= length;
  const row = rest.map(() => 0);
  row[pivot] = length;
  for (const other of open) row[other] = subtract(rest[other], unit);
  return { pivot, row, right: subtract(residuals, unit) };
}

/**
 * @param {Float64Array} column loses its part along `unit`
 * @param {Float64Array} unit
 * @returns {number} how long that part was
 */
function subtract(column, unit) {
  let part = 0;
  for (let i = 0; i < unit.length; i++) part += column[i] * unit[i];
  for (let i = 0; i < unit.length; i++) column[i] -= part * unit[i];
  return part;
}

/**
 * @param {readonly Float64Array[]} columns
 * @param {Iterable<number>} open
 * @returns {number}
 */
function longest(columns, open) {
  let best = -1;
  let length = -1;
  for (const index of open) {
    const its = norm(columns[index]);
    if (best >= 0 && !(its > length)) continue;
    best = index;
    length = its;
  }
  return best;
}

/**
 * @param {ArrayLike<number>} values
 * @returns {number} the Euclidean length
 */
export function norm(values) {
  return Math.sqrt(sumOfSquares(values));
}

/**
 * @param {ArrayLike<number>} values
 * @returns {number}
 */
export function sumOfSquares(values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}
