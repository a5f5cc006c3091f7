/**
 * Finds the highest, lowest, leftmost and rightmost points of a curve given by an equation: where its tangent is
 * horizontal or vertical.
 *
 * The screen is divided until interval arithmetic excludes a box, or the box is as small as a pixel; Newton's method in
 * two dimensions then converges to the point, if there is one.
 *
 * @typedef {import('../../lang/types.js').Curve2} Curve2
 * @typedef {import('../../plot/viewport.js').Viewport} Viewport
 * @typedef {{x: number, y: number}} Point
 * @typedef {Omit<import('./interest.js').Interest, 'kinds'> & {kind: 'minimum' | 'maximum' | 'leftmost' | 'rightmost'}}
 *   Turn
 */

/** A box as wide as this, in pixels, is not divided. */
const SMALLEST = 2;
/** More points than this on one curve are not useful. */
const MOST_TURNS = 24;
const PROOF = 6;
const MOST_STEPS = 12;
/** The last step of Newton's method bounds the error; rounding is a few units in the last place. */
const ROUNDING = 2 ** -48;

/**
 * @param {Curve2} relation
 * @param {Viewport} viewport
 * @param {number} pixel width of a pixel
 * @param {number} budget budget in operations
 * @returns {Generator<void, Turn[]>} empty if there are no rules for the derivatives
 */
export function* turnsOf(relation, viewport, pixel, budget) {
  const [fx, fy] = [relation.partial('x'), relation.partial('y')];
  if (!fx || !fy) return [];
  /** @type {Turn[]} */
  const found = [];
  for (const [slope, names] of /** @type {const} */ ([
    [fx, ['maximum', 'minimum']],
    [fy, ['rightmost', 'leftmost']],
  ])) {
    const [sx, sy] = [slope.partial('x'), slope.partial('y')];
    if (!sx || !sy) continue;
    for (const box of yield* boxesOf(relation, slope, viewport, pixel, budget)) {
      const place = newton([relation, fx, fy, slope, sx, sy], box);
      if (!place || found.some((other) => isSame(other, place, pixel))) continue;
      // y'' = -Fxx / Fy where Fx is 0; likewise with x and y exchanged.
      const bend =
        slope === fx
          ? -sx.value(place.x, place.y) / fy.value(place.x, place.y)
          : -sy.value(place.x, place.y) / fx.value(place.x, place.y);
      if (bend !== 0 && Number.isFinite(bend)) found.push({ ...place, kind: names[bend < 0 ? 0 : 1] });
    }
  }
  return found.length > MOST_TURNS ? [] : found;
}

/**
 * @param {Curve2} relation
 * @param {Curve2} slope
 * @param {Viewport} viewport
 * @param {number} pixel
 * @param {number} budget
 * @returns {Generator<void, Viewport[]>} small boxes in which both may be 0
 */
function* boxesOf(relation, slope, viewport, pixel, budget) {
  /** @type {Viewport[]} */
  const small = [];
  const bounds = { lo: 0, hi: 0 };
  /** @type {(f: Curve2, box: Viewport, proof: 1 | 2) => boolean} proof: the decoration required */
  const mayBeZero = (f, { xmin, xmax, ymin, ymax }, proof) =>
    f.interval(xmin, xmax, ymin, ymax, bounds) >= proof && bounds.lo <= 0 && bounds.hi >= 0;
  // Breadth first, so that a crowded corner does not take the budget of everything else.
  let boxes = [viewport];
  let left = budget / (PROOF * (relation.cost + slope.cost));
  while (boxes.length > 0 && left > 0) {
    /** @type {Viewport[]} */
    const next = [];
    for (const box of boxes) {
      yield;
      left -= 1;
      const { xmin, xmax, ymin, ymax } = box;
      const isSmall = xmax - xmin < SMALLEST * pixel;
      const proof = isSmall ? 2 : 1;
      if (!mayBeZero(relation, box, proof) || !mayBeZero(slope, box, proof)) continue;
      if (isSmall) small.push(box);
      else {
        const [x, y] = [(xmin + xmax) / 2, (ymin + ymax) / 2];
        next.push(
          { xmin, xmax: x, ymin, ymax: y },
          { xmin: x, xmax, ymin, ymax: y },
          { xmin, xmax: x, ymin: y, ymax },
          { xmin: x, xmax, ymin: y, ymax },
        );
      }
    }
    boxes = next;
  }
  return small;
}

/**
 * @param {readonly [f: Curve2, fx: Curve2, fy: Curve2, g: Curve2, gx: Curve2, gy: Curve2]} surfaces both functions,
 *   which should be 0, and their derivatives
 * @param {Viewport} box where to start, and not to stray far from
 * @returns {Omit<Turn, 'kind'> | null}
 */
function newton([f, fx, fy, g, gx, gy], { xmin, xmax, ymin, ymax }) {
  let [x, y] = [(xmin + xmax) / 2, (ymin + ymax) / 2];
  let [dx, dy] = [Infinity, Infinity];
  for (let i = 0; i < MOST_STEPS; i++) {
    const [a, b, c, d] = [fx.value(x, y), fy.value(x, y), gx.value(x, y), gy.value(x, y)];
    const determinant = a * d - b * c;
    const [u, v] = [f.value(x, y), g.value(x, y)];
    [dx, dy] = [(d * u - b * v) / determinant, (a * v - c * u) / determinant];
    if (!Number.isFinite(dx) || !Number.isFinite(dy)) return null;
    x -= dx;
    y -= dy;
    if (dx === 0 && dy === 0) break;
  }
  const [width, height] = [xmax - xmin, ymax - ymin];
  const isInside = x >= xmin - width && x <= xmax + width && y >= ymin - height && y <= ymax + height;
  const [errorX, errorY] = [Math.abs(dx) + ROUNDING * Math.abs(x), Math.abs(dy) + ROUNDING * Math.abs(y)];
  return isInside && errorX < width * 1e-6 && errorY < height * 1e-6 ? { x, y, errorX, errorY } : null;
}

/** @param {Point} a @param {Point} b @param {number} pixel */
function isSame(a, b, pixel) {
  return Math.abs(a.x - b.x) < pixel / 100 && Math.abs(a.y - b.y) < pixel / 100;
}
