/**
 * Curves combined from others, whose zeros are where the others meet.
 *
 * @typedef {import('../../lang/types.js').Curve} Curve
 * @typedef {import('../../lang/types.js').Curve2} Curve2
 * @typedef {import('../../lang/types.js').Bounds} Bounds
 * @typedef {import('../../lang/types.js').Decoration} Decoration
 */

import { lower, upper } from '../../lang/interval/interval.js';

/** @type {Curve} the identity */
const IDENTITY = {
  value: (t) => t,
  interval: (lo, hi, out) => {
    out.lo = lo;
    out.hi = hi;
    return 2;
  },
  derivative: () => ONE,
  cost: 1,
};

/** @type {Curve} */
const ONE = constant(1);

/** @param {number} value @returns {Curve} */
function constant(value) {
  return {
    value: () => value,
    interval: (_lo, _hi, out) => {
      out.lo = value;
      out.hi = value;
      return 2;
    },
    derivative: () => constant(0),
    cost: 1,
  };
}

/**
 * @param {Curve} f
 * @param {Curve} g
 * @returns {Curve} f - g
 */
export function difference(f, g) {
  const [a, b] = [
    { lo: 0, hi: 0 },
    { lo: 0, hi: 0 },
  ];
  return {
    value: (t) => f.value(t) - g.value(t),
    interval: (lo, hi, out) => {
      const proof = /** @type {Decoration} */ (Math.min(f.interval(lo, hi, a), g.interval(lo, hi, b)));
      out.lo = a.lo === b.hi ? 0 : lower(a.lo - b.hi);
      out.hi = a.hi === b.lo ? 0 : upper(a.hi - b.lo);
      return proof;
    },
    derivative: () => ofBoth(f.derivative(), g.derivative(), difference),
    cost: f.cost + g.cost + 1,
  };
}

/**
 * The curve whose zeros are where the graph of a function of x meets that of a function of y.
 *
 * @param {Curve} f y as a function of x
 * @param {Curve} g x as a function of y
 * @returns {Curve} x - g(f(x))
 */
export function through(f, g) {
  return difference(IDENTITY, composition(g, f));
}

/**
 * The curve whose zeros are where a moving point crosses the graph of a function.
 *
 * @param {import('../../lang/types.js').Path} path
 * @param {Curve} f
 * @param {'x'|'y'} of the variable of f
 * @returns {Curve}
 */
export function throughPath({ x, y }, f, of) {
  return of === 'x' ? difference(composition(f, x), y) : difference(composition(f, y), x);
}

/** @param {Curve} g @param {Curve} f @returns {Curve} g(f(t)) */
function composition(g, f) {
  /** @type {Bounds} */
  const inner = { lo: 0, hi: 0 };
  return {
    value: (t) => g.value(f.value(t)),
    interval: (lo, hi, out) => {
      const proof = f.interval(lo, hi, inner);
      return proof === 0 ? 0 : /** @type {Decoration} */ (Math.min(proof, g.interval(inner.lo, inner.hi, out)));
    },
    derivative: () => ofBoth(g.derivative(), f.derivative(), (outer, slope) => product(composition(outer, f), slope)),
    cost: f.cost + g.cost,
  };
}

/** @param {Curve} f @param {Curve} g @returns {Curve} without a derivative */
function sum(f, g) {
  const [a, b] = [
    { lo: 0, hi: 0 },
    { lo: 0, hi: 0 },
  ];
  return {
    value: (t) => f.value(t) + g.value(t),
    interval: (lo, hi, out) => {
      const proof = /** @type {Decoration} */ (Math.min(f.interval(lo, hi, a), g.interval(lo, hi, b)));
      out.lo = lower(a.lo + b.lo);
      out.hi = upper(a.hi + b.hi);
      return proof;
    },
    derivative: () => null,
    cost: f.cost + g.cost + 1,
  };
}

/** @param {Curve} f @param {Curve} g @returns {Curve} without a derivative */
function product(f, g) {
  const [a, b] = [
    { lo: 0, hi: 0 },
    { lo: 0, hi: 0 },
  ];
  return {
    value: (t) => f.value(t) * g.value(t),
    interval: (lo, hi, out) => {
      const proof = /** @type {Decoration} */ (Math.min(f.interval(lo, hi, a), g.interval(lo, hi, b)));
      const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi].map((corner) =>
        corner !== corner ? 0 : corner,
      );
      out.lo = lower(Math.min(...corners));
      out.hi = upper(Math.max(...corners));
      return proof;
    },
    derivative: () => null,
    cost: f.cost + g.cost + 1,
  };
}

/**
 * The curve whose zeros are where the graph of a function meets a curve given by an equation.
 *
 * @param {Curve2} relation
 * @param {Curve} f
 * @param {'x'|'y'} of the variable of f
 * @returns {Curve}
 */
export function along(relation, f, of) {
  /** @type {Bounds} */
  const other = { lo: 0, hi: 0 };
  return {
    value: (t) => (of === 'x' ? relation.value(t, f.value(t)) : relation.value(f.value(t), t)),
    interval: (lo, hi, out) => {
      const proof = f.interval(lo, hi, other);
      if (proof === 0) return 0;
      const whole =
        of === 'x'
          ? relation.interval(lo, hi, other.lo, other.hi, out)
          : relation.interval(other.lo, other.hi, lo, hi, out);
      return /** @type {Decoration} */ (Math.min(proof, whole));
    },
    derivative: () => {
      const [own, other, slope] = [relation.partial(of), relation.partial(of === 'x' ? 'y' : 'x'), f.derivative()];
      return own && other && slope && sum(along(own, f, of), product(along(other, f, of), slope));
    },
    cost: relation.cost + f.cost,
  };
}

/**
 * The curve whose zeros are where a moving point crosses a curve given by an equation.
 *
 * @param {Curve2} relation
 * @param {import('../../lang/types.js').Path} path
 * @returns {Curve}
 */
export function alongPath(relation, { x, y }) {
  const [a, b] = [
    { lo: 0, hi: 0 },
    { lo: 0, hi: 0 },
  ];
  return {
    value: (t) => relation.value(x.value(t), y.value(t)),
    interval: (lo, hi, out) => {
      const proof = Math.min(x.interval(lo, hi, a), y.interval(lo, hi, b));
      if (proof === 0) return 0;
      return /** @type {Decoration} */ (Math.min(proof, relation.interval(a.lo, a.hi, b.lo, b.hi, out)));
    },
    derivative: () => null,
    cost: relation.cost + x.cost + y.cost,
  };
}

/**
 * The curve whose zeros are where a curve given by an equation meets an axis.
 *
 * @param {Curve2} relation
 * @param {'x'|'y'} axis
 * @returns {Curve}
 */
export function onAxis(relation, axis) {
  return along(relation, constant(0), axis);
}

/**
 * @param {Curve | null} f
 * @param {Curve | null} g
 * @param {(f: Curve, g: Curve) => Curve} combine
 * @returns {Curve | null}
 */
function ofBoth(f, g, combine) {
  return f === null || g === null ? null : combine(f, g);
}
