/**
 * Definite integrals by adaptive Gauss-Kronrod quadrature (7 and 15 points).
 */

/**
 * Place, weight in Kronrod's rule, weight in Gauss's: the half for places above 0, and 0 itself.
 *
 * @type {readonly [number, number, number][]}
 */
const RULE = [
  [0.991455371120812639206854697526, 0.022935322010529224963732008059, 0],
  [0.949107912342758524526189684048, 0.063092092629978553290700663189, 0.129484966168869693270611432679],
  [0.864864423359769072789712788641, 0.104790010322250183839876322542, 0],
  [0.741531185599394439863864773281, 0.140653259715525918745189590510, 0.279705391489276667901467771424],
  [0.586087235467691130294144691694, 0.169004726639267902826583426599, 0],
  [0.405845151377397166906606412077, 0.190350578064785409913256402421, 0.381830050505118944950369775489],
  [0.207784955007898467600689403773, 0.204432940075298892414161999235, 0],
  [0, 0.209482141084727828012999174892, 0.417959183673469387755102040816],
];
const TOLERANCE = 1e-12;
/** Pieces halved before giving up refining: bounds the work at about 30 times as many evaluations. */
const MAX_HALVINGS = 80;
/** Parts that are looked at before any tolerance is known. */
const PANELS = 4;
/** What is left of the error when giving up must be below this share of the size, or there is no value. */
const ACCEPTABLE = 1e-4;

/**
 * @param {(x: number) => number} f
 * @param {number} from may be -Infinity
 * @param {number} to may be Infinity
 * @returns {number} NaN if f is not defined somewhere between, or the integral does not settle
 */
export function integrate(f, from, to) {
  if (from === to) return from === from ? 0 : NaN;
  if (from > to) return -integrate(f, to, from);
  if (Number.isFinite(from) && Number.isFinite(to)) return adaptive(f, from, to);
  if (!(from < to)) return NaN;
  // x = t / (1 - t²) carries (-1, 1) to the whole line.
  const start = from === -Infinity ? -1 : toUnit(from);
  const end = to === Infinity ? 1 : toUnit(to);
  return adaptive((t) => {
    const rest = 1 - t * t;
    const value = f(t / rest);
    return value === 0 ? 0 : (value * (1 + t * t)) / (rest * rest);
  }, start, end);
}

/** The t for which t / (1 - t²) is x. @param {number} x */
function toUnit(x) {
  return x === 0 ? 0 : (Math.sqrt(1 + 4 * x * x) - 1) / (2 * x);
}

/**
 * The worst piece is halved until all are good together: what is hard in one place takes no work from the others.
 *
 * @param {(x: number) => number} f
 * @param {number} from
 * @param {number} to
 */
function adaptive(f, from, to) {
  const ends = Array.from({ length: PANELS + 1 }, (_, i) => from + ((to - from) * i) / PANELS);
  const pieces = ends.slice(1).map((end, i) => apply(f, ends[i], end));
  const size = pieces.reduce((sum, { absolute }) => sum + absolute, 0);
  let { error, worst } = errorsOf(pieces);
  for (let i = 0; i < MAX_HALVINGS && error > TOLERANCE * size; i++) {
    const { a, b } = pieces[worst];
    const middle = (a + b) / 2;
    if (middle <= a || middle >= b) break;
    pieces[worst] = apply(f, a, middle);
    pieces.push(apply(f, middle, b));
    ({ error, worst } = errorsOf(pieces));
  }
  const total = pieces.reduce((sum, { kronrod }) => sum + kronrod, 0);
  return error <= ACCEPTABLE * Math.max(size, Number.MIN_VALUE) ? total : NaN;
}

/** All errors together, and where the largest is. @param {{error: number}[]} pieces */
function errorsOf(pieces) {
  let [error, worst] = [0, 0];
  for (let i = 0; i < pieces.length; i++) {
    error += pieces[i].error;
    if (pieces[i].error > pieces[worst].error) worst = i;
  }
  return { error, worst };
}

/** @param {(x: number) => number} f @param {number} a @param {number} b */
function apply(f, a, b) {
  const middle = (a + b) / 2;
  const half = (b - a) / 2;
  let [kronrod, gauss, absolute] = [0, 0, 0];
  for (const [place, k, g] of RULE) {
    const above = f(middle + half * place);
    const below = place === 0 ? 0 : f(middle - half * place);
    kronrod += k * (above + below);
    gauss += g * (above + below);
    absolute += k * (Math.abs(above) + Math.abs(below));
  }
  return { a, b, kronrod: kronrod * half, error: Math.abs(kronrod - gauss) * half, absolute: absolute * half };
}
