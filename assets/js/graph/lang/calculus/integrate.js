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
/** For an integral by itself, see adaptive. */
const PANELS = 4;
const MAX_HALVINGS = 80;
/** After so many halvings an error of more than this share of the size is not worth any more: it falls too slowly. */
const EARLY = 24;
const HOPELESS = 0.03;
/** Pieces that differ from their whole should have an error of more than this share of the difference. */
const SUSPICIOUS = 1e-3;
/** What is left of the error when giving up must be below this share of the size, or there is no value. */
const ACCEPTABLE = 1e-4;

/** Values of integrands so far, of all integrals. */
let values = 0;

/** @returns {number} how many values of integrands have been asked for so far: a hard integral takes many more than others */
export function integrandValues() {
  return values;
}

/** @typedef {{a: number, b: number, kronrod: number, error: number, absolute: number}} Piece */

/**
 * An integral as far as it is worked out.
 *
 * @typedef {object} Part
 * @property {number} value
 * @property {number} error what the value may be wrong by
 * @property {number} size the integral of what is below 0 turned up: what errors are compared with
 */

/**
 * @param {(x: number) => number} f
 * @param {number} from may be -Infinity
 * @param {number} to may be Infinity
 * @returns {number} NaN if f is not defined somewhere between, or the integral does not settle
 */
export function integrate(f, from, to) {
  return integrateBy((a, b) => adaptive(f, a, b, PANELS, MAX_HALVINGS), (a, b) => adaptive(onUnit(f), a, b, PANELS, MAX_HALVINGS), from, to);
}

/**
 * @param {(a: number, b: number) => Part} finite gives the integral of f for a < b
 * @param {(a: number, b: number) => Part} unit gives that of onUnit(f)
 * @param {number} from may be -Infinity
 * @param {number} to may be Infinity
 * @returns {number} as integrate
 */
export function integrateBy(finite, unit, from, to) {
  if (from === to) return from === from ? 0 : NaN;
  if (from > to) return -integrateBy(finite, unit, to, from);
  if (!(from < to)) return NaN;
  const isFinite = from > -Infinity && to < Infinity;
  const { value, error, size } = isFinite ? finite(from, to) : unit(toUnit(from), toUnit(to));
  return error <= ACCEPTABLE * Math.max(size, Number.MIN_VALUE) ? value : NaN;
}

/**
 * What must be integrated from -1 to 1 in place of f on the whole line: x = t / (1 - t²) carries one to the other.
 *
 * @param {(x: number) => number} f
 * @returns {(t: number) => number}
 */
export function onUnit(f) {
  return (t) => {
    const rest = 1 - t * t;
    const value = f(t / rest);
    return value === 0 ? 0 : (value * (1 + t * t)) / (rest * rest);
  };
}

/** The t for which t / (1 - t²) is x. @param {number} x */
function toUnit(x) {
  if (Math.abs(x) === Infinity) return Math.sign(x);
  return x === 0 ? 0 : (Math.sqrt(1 + 4 * x * x) - 1) / (2 * x);
}

/**
 * The worst piece is halved until all are good together: what is hard in one place takes no work from the others.
 *
 * @param {(x: number) => number} f
 * @param {number} from
 * @param {number} to
 * @param {number} panels parts that are looked at before any tolerance is known
 * @param {number} halvings pieces halved before giving up refining: bounds the work at about 30 times as many values
 * @returns {Part}
 */
export function adaptive(f, from, to, panels, halvings) {
  const ends = Array.from({ length: panels + 1 }, (_, i) => from + ((to - from) * i) / panels);
  const pieces = ends.slice(1).map((end, i) => apply(f, ends[i], end));
  suspect(apply(f, from, to), pieces);
  const size = pieces.reduce((sum, { absolute }) => sum + absolute, 0);
  let { error, worst } = errorsOf(pieces);
  for (let i = 0; i < halvings && error > TOLERANCE * size; i++) {
    if (i === EARLY && panels <= PANELS && error > HOPELESS * size) break;
    const whole = pieces[worst];
    const middle = (whole.a + whole.b) / 2;
    if (middle <= whole.a || middle >= whole.b) break;
    const halves = [apply(f, whole.a, middle), apply(f, middle, whole.b)];
    suspect(whole, halves);
    [pieces[worst], pieces[pieces.length]] = halves;
    ({ error, worst } = errorsOf(pieces));
  }
  return { value: pieces.reduce((sum, { kronrod }) => sum + kronrod, 0), error, size };
}

/**
 * Two jumps in one piece can cancel in the difference of the two rules. So if pieces come to something else than the whole
 * that they make up, and none of them says that it may be wrong, all are suspected.
 *
 * @param {Piece} whole
 * @param {Piece[]} pieces
 */
function suspect(whole, pieces) {
  let [value, error] = [0, 0];
  for (const piece of pieces) {
    value += piece.kronrod;
    error += piece.error;
  }
  const difference = Math.abs(whole.kronrod - value);
  if (difference > TOLERANCE * whole.absolute && error < SUSPICIOUS * difference) for (const piece of pieces) piece.error = difference;
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

/** @param {(x: number) => number} f @param {number} a @param {number} b @returns {Piece} */
function apply(f, a, b) {
  const middle = (a + b) / 2;
  const half = (b - a) / 2;
  values += 15;
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
