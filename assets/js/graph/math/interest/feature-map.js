/**
 * Caches the features of curves, part by part: while the plane moves, only parts that become visible are computed.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('./features.js').BreakFeatures} BreakFeatures
 * @typedef {import('./features.js').Features} Features
 * @typedef {{width: number, parts: Map<number, BreakFeatures>, levels: number[]}} Known the features of one curve at
 *   one zoom
 */

import { breakFeatures, endBehavior, onPlane } from './features.js';

/** The greatest width of a part on the screen; the least is half of it. */
const PART_PIXELS = 256;
/** Overlap of parts, so that a break on the border of two is complete in both. */
const OVERLAP = 1 / 16;
/** Parts kept per curve. */
const MOST_PARTS = 200;

export class FeatureMap {
  /** @type {WeakMap<Curve, Known>} */
  #known = new WeakMap();

  /**
   * Like featuresOf, but crowded breaks in one part of the screen do not hide what is found in another.
   *
   * @param {Curve} curve
   * @param {'x'|'y'} of the independent coordinate
   * @param {import('./features.js').Viewport} viewport
   * @param {import('./features.js').Size} size in pixels
   * @returns {Features}
   */
  find(curve, of, viewport, size) {
    const { xmin, xmax, ymin, ymax } = viewport;
    const [from, to, pixels] = of === 'x' ? [xmin, xmax, size.width] : [ymin, ymax, size.height];
    const width = 2 ** Math.floor(Math.log2((PART_PIXELS * (to - from)) / pixels));
    const known = this.#of(curve, width);
    /** @type {BreakFeatures} */
    const all = { ends: [], holes: [], poles: [], joints: [] };
    for (let i = Math.floor(from / width); i * width <= to; i++) {
      const part = this.#part(curve, known, i);
      all.ends.push(...part.ends);
      all.holes.push(...part.holes);
      all.poles.push(...part.poles);
    }
    return onPlane(all, known.levels, of, viewport);
  }

  /** @param {Curve} curve @param {number} width @returns {Known} */
  #of(curve, width) {
    const known = this.#known.get(curve);
    if (known?.width === width) return known;
    const made = { width, parts: new Map(), levels: known?.levels ?? endBehavior(curve) };
    this.#known.set(curve, made);
    return made;
  }

  /** @param {Curve} curve @param {Known} known @param {number} i @returns {BreakFeatures} */
  #part(curve, { width, parts }, i) {
    const part = parts.get(i);
    if (part !== undefined) return part;
    const [lo, hi] = [i * width, (i + 1) * width];
    const { ends, holes, poles, joints } = breakFeatures(
      curve,
      lo - OVERLAP * width,
      hi + OVERLAP * width,
      PART_PIXELS,
    );
    const isHere = (/** @type {number} */ t) => t >= lo && t < hi;
    const made = {
      ends: ends.filter(({ t }) => isHere(t)),
      holes: holes.filter(({ t }) => isHere(t)),
      poles: poles.filter(isHere),
      joints: joints.filter(isHere),
    };
    if (parts.size >= MOST_PARTS) parts.clear();
    parts.set(i, made);
    return made;
  }
}
