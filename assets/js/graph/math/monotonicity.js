/**
 * Finds the intervals on which a function rises, falls or is constant.
 *
 * @typedef {import('../lang/types.js').Curve} Curve
 * @typedef {{from: number, to: number, direction: 'rises' | 'falls' | 'is level'}} Stretch
 */

/** Samples per interval; an interval has a direction only if all of them agree. */
const PLACES = 9;

/**
 * @param {Curve} curve
 * @param {number} from
 * @param {number} to
 * @param {readonly number[]} cuts where it may turn or break, in any order
 * @returns {Stretch[]} from left to right, without those on which it is undefined; adjacent ones with the same
 *   direction are merged
 */
export function courseOf(curve, from, to, cuts) {
  const ends = [from, ...cuts.filter((t) => t > from && t < to).sort((a, b) => a - b), to];
  /** @type {Stretch[]} */
  const stretches = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const direction = directionOf(curve, ends[i], ends[i + 1]);
    const last = stretches[stretches.length - 1];
    if (direction === null) continue;
    if (last?.direction === direction) last.to = ends[i + 1];
    else stretches.push({ from: ends[i], to: ends[i + 1], direction });
  }
  return stretches;
}

/** @param {Curve} curve @param {number} from @param {number} to @returns {Stretch['direction'] | null} */
function directionOf(curve, from, to) {
  const values = [];
  for (let i = 1; i <= PLACES; i++) values.push(curve.value(from + ((to - from) * i) / (PLACES + 1)));
  const defined = values.filter((value) => value === value);
  if (defined.length < 2) return null;
  const steps = defined.slice(1).map((value, i) => Math.sign(value - defined[i]));
  if (steps.every((step) => step === 0)) return 'is level';
  if (steps.every((step) => step >= 0)) return 'rises';
  return steps.every((step) => step <= 0) ? 'falls' : null;
}
