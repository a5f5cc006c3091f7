import { along, difference, onAxis, through } from './combined-curves.js';
import { extremaOf } from './extrema.js';
import { breakFeatures } from './features.js';
import { merged } from './merge-points.js';
import { turnsOf } from './relation-extrema.js';
import { isNothing, valueAround } from './value-with-error.js';
import { zerosOf } from './zeros.js';

/**
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Curve2} Curve2
 * @typedef {import('../../plot/viewport.js').Viewport} Viewport
 * @typedef {import('../../plot/viewport.js').Size} Size
 * @typedef {import('./interval-scan.js').Range} Range
 * @typedef {import('./sign-change.js').Place} Place
 * @typedef {import('./value-with-error.js').Value} Value
 * @typedef {import('./interest.js').Kind} Kind
 * @typedef {import('./interest.js').Interest} Interest
 * @typedef {import('./interest.js').Graph} Graph
 */

/** Budgets in operations for the points of one curve and of a pair of curves. */
export const BUDGET = 1e6;
export const MEETING_BUDGET = 4e5;
/** Relative accuracy of the position of a break. */
const BREAK_ERROR = 2 ** -50;

/** Finds and collects the points of interest of functions and of curves given by equations. */
export class InterestFinder {
  /** @type {Interest[]} */
  #points = [];
  #viewport;
  /** @type {Record<'x'|'y', Range>} */
  #ranges;
  /** @type {Map<Curve, import('./features.js').BreakFeatures>} */
  #known = new Map();

  /** @param {Viewport} viewport @param {Size} size */
  constructor(viewport, size) {
    const { xmin, xmax, ymin, ymax } = viewport;
    this.#viewport = viewport;
    this.#ranges = {
      x: { from: xmin, to: xmax, pixel: (xmax - xmin) / size.width },
      y: { from: ymin, to: ymax, pixel: (ymax - ymin) / size.height },
    };
  }

  /** @returns {Interest[]} the visible ones, from left to right */
  found() {
    const { xmin, xmax, ymin, ymax } = this.#viewport;
    const seen = this.#points.filter(({ x, y }) => x >= xmin && x <= xmax && y >= ymin && y <= ymax);
    return merged(seen, this.#ranges.x.pixel, this.#ranges.y.pixel);
  }

  /** @param {Kind} kind @param {Omit<Interest, 'kinds'>} point */
  add(kind, point) {
    this.#points.push({ ...point, kinds: [kind] });
  }

  /** @param {Graph} graph @returns {Generator<void, void>} */
  *intercepts(graph) {
    const [own, other] =
      graph.of === 'x'
        ? /** @type {const} */ (['x-intercept', 'y-intercept'])
        : /** @type {const} */ (['y-intercept', 'x-intercept']);
    for (const place of yield* zerosOf(graph.curve, this.#ranges[graph.of], BUDGET))
      this.#place(own, graph.of, place, { v: 0, error: 0 });
    for (const place of this.#bounds(graph))
      if (isZeroAt(graph.curve, place, this.#ranges[graph.of].pixel))
        this.#place(own, graph.of, place, { v: 0, error: 0 });
    this.#placeOn(other, graph, { t: 0, error: 0 });
  }

  /**
   * Ends and holes; where the end of one piece is the start of another there is nothing to see.
   *
   * @param {Graph} graph
   */
  breaks(graph) {
    const { ends, holes } = this.#features(graph);
    for (const { t, v, closed } of ends) {
      const place = { t, error: Math.abs(t) * BREAK_ERROR };
      const value = valueAround(graph.curve, { t, error: 0 });
      // The height of an excluded end is a limit, whose error is unknown.
      this.#place(
        closed ? 'end' : 'open-end',
        graph.of,
        place,
        closed && isNear(value.v, v) ? value : { v, error: Infinity },
      );
    }
    for (const { t, v } of holes)
      this.#place('hole', graph.of, { t, error: Math.abs(t) * BREAK_ERROR }, { v, error: Infinity });
  }

  /** @param {Graph} graph */
  #features({ of, curve }) {
    let features = this.#known.get(curve);
    if (features === undefined) {
      const { from, to, pixel } = this.#ranges[of];
      features = breakFeatures(curve, from, to, (to - from) / pixel);
      this.#known.set(curve, features);
    }
    return features;
  }

  /**
   * Places where the curve ends or its formula changes, so that nothing can be proved there.
   *
   * @param {Graph} graph
   * @returns {Place[]}
   */
  #bounds(graph) {
    const { ends, joints } = this.#features(graph);
    return [...ends.flatMap(({ t, closed }) => (closed ? [t] : [])), ...joints].map((t) => ({
      t,
      error: Math.abs(t) * BREAK_ERROR,
    }));
  }

  /** @param {Graph} graph @returns {Generator<void, void>} */
  *extrema(graph) {
    const names =
      graph.of === 'x'
        ? /** @type {const} */ ({ minimum: 'minimum', maximum: 'maximum' })
        : /** @type {const} */ ({ minimum: 'leftmost', maximum: 'rightmost' });
    for (const extremum of yield* extremaOf(
      graph.curve,
      this.#ranges[graph.of],
      BUDGET,
      this.#features(graph).joints,
    )) {
      const value = valueAround(graph.curve, extremum);
      this.#place(names[extremum.kind], graph.of, extremum, value);
      if (isNothing(value))
        this.#place(graph.of === 'x' ? 'x-intercept' : 'y-intercept', graph.of, extremum, { v: 0, error: 0 });
    }
  }

  /** @param {Graph} graph @param {Graph} other @returns {Generator<void, void>} */
  *meetings(graph, other) {
    const meeting = graph.of === other.of ? difference(graph.curve, other.curve) : through(graph.curve, other.curve);
    const range = this.#ranges[graph.of];
    const crossings = yield* zerosOf(meeting, range, MEETING_BUDGET);
    const touches = yield* touchesOf(meeting, range, MEETING_BUDGET);
    const bounds = [...this.#bounds(graph), ...(graph.of === other.of ? this.#bounds(other) : [])].filter((place) =>
      isZeroAt(meeting, place, range.pixel),
    );
    for (const place of [...crossings, ...touches, ...bounds]) {
      this.#placeOn('intersection', graph, place);
      // It is the same point on both curves, but one may know it better: a horizontal line knows its height.
      if (graph.of === other.of) this.#placeOn('intersection', other, place);
    }
  }

  /** @param {Curve2} relation @param {Graph} graph @returns {Generator<void, void>} */
  *crossings(relation, graph) {
    const meeting = along(relation, graph.curve, graph.of);
    const range = this.#ranges[graph.of];
    const crossings = yield* zerosOf(meeting, range, MEETING_BUDGET);
    for (const place of [...crossings, ...(yield* touchesOf(meeting, range, MEETING_BUDGET))])
      this.#placeOn('intersection', graph, place);
  }

  /** @param {Curve2} relation @returns {Generator<void, void>} */
  *relationIntercepts(relation) {
    for (const axis of /** @type {const} */ (['x', 'y'])) {
      const meeting = onAxis(relation, axis);
      const crossings = yield* zerosOf(meeting, this.#ranges[axis], BUDGET);
      for (const place of [...crossings, ...(yield* touchesOf(meeting, this.#ranges[axis], BUDGET))]) {
        this.#place(`${axis}-intercept`, axis, place, { v: 0, error: 0 });
      }
    }
  }

  /** @param {Curve2} relation @returns {Generator<void, void>} */
  *relationTurns(relation) {
    for (const { kind, ...point } of yield* turnsOf(relation, this.#viewport, this.#ranges.x.pixel, BUDGET))
      this.add(kind, point);
  }

  /** @param {Kind} kind @param {Graph} graph @param {Place} place a place on the curve */
  #placeOn(kind, { of, curve }, place) {
    this.#place(kind, of, place, valueAround(curve, place));
  }

  /** @param {Kind} kind @param {'x'|'y'} of @param {Place} place @param {Value} value */
  #place(kind, of, place, value) {
    if (!Number.isFinite(value.v)) return;
    this.add(
      kind,
      of === 'x'
        ? { x: place.t, y: value.v, errorX: place.error, errorY: value.error }
        : { x: value.v, y: place.t, errorX: value.error, errorY: place.error },
    );
  }
}

/**
 * Finds where a curve touches 0 and turns back.
 *
 * @param {Curve} curve
 * @param {Range} range
 * @param {number} budget
 * @returns {Generator<void, Place[]>}
 */
function* touchesOf(curve, range, budget) {
  return (yield* extremaOf(curve, range, budget)).filter((place) => isNothing(valueAround(curve, place)));
}

/**
 * Reports whether a curve is 0 at an end without staying 0.
 *
 * @param {Curve} curve
 * @param {Place} place
 * @param {number} pixel
 */
function isZeroAt(curve, { t }, pixel) {
  const isZero = curve.value(t) === 0 || isNothing(valueAround(curve, { t, error: 0 }));
  return isZero && curve.value(t - pixel / 8) !== 0 && curve.value(t + pixel / 8) !== 0;
}

/** @param {number} a @param {number} b */
function isNear(a, b) {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
}
