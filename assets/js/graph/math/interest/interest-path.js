import { alongPath, throughPath } from './combined-curves.js';
import { extremaOf } from './extrema.js';
import { BUDGET, MEETING_BUDGET } from './interest-finder.js';
import { isNothing, valueAround } from './value-with-error.js';
import { zerosOf } from './zeros.js';

/**
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Path} Path
 * @typedef {import('./sign-change.js').Place} Place
 * @typedef {import('./interest.js').Kind} Kind
 */

/** There are no pixels along a parameter: this many parts of its range stand for as many pixels. */
const PARTS = 2000;
/** Ends closer than this fraction of the curve's size are the same: the curve is closed. */
const CLOSED = 1e-9;

/**
 * Finds the points of interest of a moving point.
 *
 * @param {import('./interest-finder.js').InterestFinder} finder
 * @param {Path} path
 * @param {{min: number, max: number}} domain
 * @param {readonly import('./interest.js').Graph[]} graphs graphs that it may meet
 * @param {readonly import('../../lang/types.js').Curve2[]} relations relations that it may meet
 * @returns {Generator<void, void>}
 */
export function* pathInterest(finder, path, { min, max }, graphs, relations) {
  const range = { from: min, to: max, pixel: (max - min) / PARTS };
  const isInside = (/** @type {Place} */ { t }) => t >= min && t <= max;
  /** @param {Kind} kind @param {readonly Place[]} places */
  const add = (kind, places) => {
    for (const place of places.filter(isInside)) finder.add(kind, pointAt(path, place, kind));
  };
  for (const [axis, kinds] of /** @type {const} */ ([
    ['y', ['x-intercept', 'minimum', 'maximum']],
    ['x', ['y-intercept', 'leftmost', 'rightmost']],
  ])) {
    const extrema = yield* extremaOf(path[axis], range, BUDGET);
    add(kinds[0], yield* zerosOf(path[axis], range, BUDGET));
    add(
      kinds[0],
      extrema.filter((place) => isNothing(valueAround(path[axis], place))),
    );
    for (const extremum of extrema) add(extremum.kind === 'minimum' ? kinds[1] : kinds[2], [extremum]);
  }
  for (const { of, curve } of graphs)
    add('intersection', yield* zerosOf(throughPath(path, curve, of), range, MEETING_BUDGET));
  for (const relation of relations)
    add('intersection', yield* zerosOf(alongPath(relation, path), range, MEETING_BUDGET));
  if (!isClosed(path, min, max))
    add('end', [
      { t: min, error: 0 },
      { t: max, error: 0 },
    ]);
}

/**
 * @param {Path} path
 * @param {Place} place
 * @param {Kind} kind
 * @returns {Omit<import('./interest.js').Interest, 'kinds'>}
 */
function pointAt(path, place, kind) {
  const [x, y] = [valueAround(path.x, place), valueAround(path.y, place)];
  return {
    ...(kind === 'y-intercept' ? { x: 0, errorX: 0 } : { x: x.v, errorX: x.error }),
    ...(kind === 'x-intercept' ? { y: 0, errorY: 0 } : { y: y.v, errorY: y.error }),
  };
}

/** @param {Path} path @param {number} min @param {number} max */
function isClosed({ x, y }, min, max) {
  const middle = (min + max) / 2;
  const size = Math.hypot(x.value(middle) - x.value(min), y.value(middle) - y.value(min));
  return Math.hypot(x.value(max) - x.value(min), y.value(max) - y.value(min)) <= CLOSED * Math.max(size, 1e-9);
}
