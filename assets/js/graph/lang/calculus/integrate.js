/**
 * Definite integrals by adaptive Gauss-Kronrod quadrature (7 and 15 points).
 */

/**
 * Node, Kronrod weight and Gauss weight, for 0 and the positive nodes.
 *
 * @type {readonly [number, number, number][]}
 */
const RULE = [
  [0.991455371120812639206854697526, 0.022935322010529224963732008059, 0],
  [0.949107912342758524526189684048, 0.063092092629978553290700663189, 0.129484966168869693270611432679],
  [0.864864423359769072789712788641, 0.104790010322250183839876322542, 0],
  [0.741531185599394439863864773281, 0.14065325971552591874518959051, 0.279705391489276667901467771424],
  [0.586087235467691130294144691694, 0.169004726639267902826583426599, 0],
  [0.405845151377397166906606412077, 0.190350578064785409913256402421, 0.381830050505118944950369775489],
  [0.207784955007898467600689403773, 0.204432940075298892414161999235, 0],
  [0, 0.209482141084727828012999174892, 0.417959183673469387755102040816],
];
const TOLERANCE = 1e-12;
/** The initial panels of a single integral, see adaptive. */
const PANELS = 4;
const MAX_HALVINGS = 80;
/** After EARLY halvings, an error above HOPELESS times the size falls too slowly to continue. */
const EARLY = 24;
const HOPELESS = 0.03;
/** Pieces that differ from their whole should have an error of more than this fraction of the difference. */
const SUSPICIOUS = 1e-3;
/** If refining stops, the remaining error must be below this fraction of the size, or there is no value. */
const ACCEPTABLE = 1e-4;

/** Evaluations of integrands so far, for all integrals. */
let values = 0;

/** @returns {number} the number of evaluations of integrands so far: a hard integral takes many more than others */
export function integrandValues() {
  return values;
}

/** @typedef {{a: number, b: number, kronrod: number, error: number, absolute: number}} Piece */

/**
 * An integral as far as it is computed.
 *
 * @typedef {object} Part
 * @property {number} value
 * @property {number} error bound of the error
 * @property {number} size the integral of the absolute value, to which errors are relative
 */

/**
 * @param {(x: number) => number} f
 * @param {number} from may be -Infinity
 * @param {number} to may be Infinity
 * @returns {number} NaN if f is undefined somewhere in the range, or the integral does not converge
 */
export function integrate(f, from, to) {
  return integrateBy(
    (a, b) => adaptive(f, a, b, PANELS, MAX_HALVINGS),
    (a, b) => adaptive(onUnit(f), a, b, PANELS, MAX_HALVINGS),
    from,
    to,
  );
}

/**
 * @param {(a: number, b: number) => Part} finite returns the integral of f for a < b
 * @param {(a: number, b: number) => Part} unit returns the integral of onUnit(f)
 * @param {number} from may be -Infinity
 * @param {number} to may be Infinity
 * @returns {number} like integrate
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
 * Returns the function whose integral from -1 to 1 equals that of f over the whole line: x = t / (1 - t²) maps one to
 * the other.
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
 * Adaptive quadrature: the worst piece is halved until the total is accurate, so that a hard spot takes no work from
 * the rest.
 *
 * @param {(x: number) => number} f
 * @param {number} from
 * @param {number} to
 * @param {number} panels pieces evaluated before any tolerance is known
 * @param {number} halvings limit of halvings, each about 30 evaluations
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
 * Two jumps in one piece can cancel in the difference of the two rules. So if the pieces do not add up to their whole
 * and none of them reports an error, all of them are suspect.
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
  if (difference > TOLERANCE * whole.absolute && error < SUSPICIOUS * difference)
    for (const piece of pieces) piece.error = difference;
}

/** The sum of the errors, and the index of the largest. @param {{error: number}[]} pieces */
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
