import { samplePath } from './path.js';

/**
 * @typedef {import('../../lang/types.js').Path} Path
 * @typedef {import('./path.js').Domain} Domain
 * @typedef {import('../viewport.js').Viewport} Viewport
 * @typedef {import('../viewport.js').Size} Size
 */

/** Numbers of turns after which most curves repeat. */
const PERIODS = [0.5, 1, 1.5, 2, 3, 4, 5];
/** Where a period is tested first, as fractions of the following turns. */
const PROBES = [0.0137, 0.1931, 0.3779, 0.5573, 0.7919, 0.9871];
/** Points closer than this, in pixels, are the same. */
const SAME = 0.02;

/**
 * Samples a polar curve; one that retraces itself is drawn once, because the dashes of one round would fill the gaps of
 * another.
 *
 * @param {Path} path
 * @param {Domain} domain range of the angle
 * @param {number} turn a full turn, in the unit of the angle
 * @param {Viewport} viewport
 * @param {Size} size
 * @returns {Float64Array[]} like samplePath
 */
export function samplePolar(path, domain, turn, viewport, size) {
  const repeats = repetition(path, viewport, size);
  for (const turns of PERIODS) {
    const period = turns * turn;
    const end = domain.min + period;
    if (end >= domain.max) break;
    if (!PROBES.every((share) => repeats(end + (domain.max - end) * share, period))) continue;
    // A few points may agree by accident: everything that would be drawn of the rest must agree.
    let isSame = true;
    const value = (/** @type {number} */ t) => {
      isSame &&= repeats(t, period);
      return path.x.value(t);
    };
    samplePath({ x: { ...path.x, value }, y: path.y }, { min: end, max: domain.max }, viewport, size);
    if (isSame) return samplePath(path, { min: domain.min, max: end }, viewport, size);
  }
  return samplePath(path, domain, viewport, size);
}

/**
 * @param {Path} path
 * @param {Viewport} viewport
 * @param {Size} size
 * @returns {(t: number, period: number) => boolean} reports whether the point at t equals the one a period earlier
 */
function repetition({ x, y }, { xmin, xmax, ymin, ymax }, { width, height }) {
  const [scaleX, scaleY] = [width / (xmax - xmin), height / (ymax - ymin)];
  return (t, period) =>
    isNear(x.value(t), x.value(t - period), SAME / scaleX) && isNear(y.value(t), y.value(t - period), SAME / scaleY);
}

/** @param {number} a @param {number} b @param {number} most @returns {boolean} true if neither is defined */
function isNear(a, b, most) {
  return a !== a ? b !== b : Math.abs(a - b) <= most + 1e-9 * Math.abs(a);
}
