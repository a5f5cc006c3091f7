/** Rounds parameters to as few digits as a fit allows, so that students can read them. */

/** The root mean square may grow by this fraction. */
const WORSE = 0.02;

/** The most digits tried. */
const DIGITS = 12;

/**
 * Rounds the parameters one by one, each as far as the fit hardly gets worse.
 *
 * @param {readonly number[]} parameters
 * @param {(parameters: readonly number[]) => readonly number[]} residualsOf
 * @param {number} unseen residuals too small to be visible
 * @returns {number[]}
 */
export function rounded(parameters, residualsOf, unseen) {
  const spread = (/** @type {readonly number[]} */ values) => {
    const residuals = residualsOf(values);
    return Math.sqrt(residuals.reduce((sum, value) => sum + value * value, 0) / residuals.length);
  };
  const first = spread(parameters);
  const allowance = Math.max(first * WORSE, Math.hypot(first, unseen) - first);
  return parameters.reduce(
    (values, value, i) => {
      // Each parameter gets its share, so that the last one is not left with many digits because the first has used the
      // allowance.
      const limit = first + (allowance * (i + 1)) / parameters.length;
      return values.with(
        i,
        roundOne(value, (short) => spread(values.with(i, short)) <= limit),
      );
    },
    [...parameters],
  );
}

/**
 * @param {number} value
 * @param {(short: number) => boolean} isGood
 * @returns {number}
 */
function roundOne(value, isGood) {
  if (isGood(0)) return 0;
  const top = Math.floor(Math.log10(Math.abs(value))) + 1;
  for (let exponent = top; exponent > top - DIGITS; exponent--) {
    // Dividing by a power of ten is exact where multiplying by a fraction is not.
    const short =
      exponent >= 0
        ? Math.round(value / 10 ** exponent) * 10 ** exponent
        : Math.round(value * 10 ** -exponent) / 10 ** -exponent;
    if (isGood(short)) return short;
  }
  return value;
}
