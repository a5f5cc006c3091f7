/**
 * Linear least squares.
 *
 * Method: Å. Björck, "Solving linear least squares problems by Gram-Schmidt orthogonalization", BIT 7 (1967): modified
 * Gram-Schmidt with the target as an additional column, which is as stable as Householder reflections. Columns are
 * taken longest first, so that a dependent one is detected and gets the coefficient 0.
 */

/** A column reduced to this fraction of its length by the projection is dependent on the others. */
const DEPENDENT = 1e-11;

/**
 * Returns the coefficients that bring the sum of the columns closest to the target.
 *
 * @param {readonly Float64Array[]} columns each as long as the target
 * @param {ArrayLike<number>} target
 * @returns {{coefficients: number[], residuals: Float64Array, rank: number}} residuals: target minus sum; all NaN if a
 *   column contains NaN
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
 * Normalizes the pivot's column and subtracts it from the remaining ones.
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
 * @param {Float64Array} column loses its component along `unit`
 * @param {Float64Array} unit
 * @returns {number} the length of that component
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
 * @returns {number} the Euclidean norm
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
