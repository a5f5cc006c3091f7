/**
 * Distributions of chances: density or single chances (pdf), the share below or between (cdf), and its inverse.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./values.js').DistributionValue} DistributionValue
 */

import { big, binary, cases, combine, compare, num, power, unary, variable } from './core.js';
import { LangError, unsupported, words } from './messages.js';

const [ZERO, ONE, TWO] = [num(0), num(1), num(2)];
/** @param {Core} a @param {Core} b */
const add = (a, b) => binary('add', a, b);
/** @param {Core} a @param {Core} b */
const sub = (a, b) => binary('sub', a, b);
/** @param {Core} a @param {Core} b */
const mul = (a, b) => binary('mul', a, b);
/** @param {Core} a @param {Core} b */
const div = (a, b) => binary('div', a, b);
/** @param {[Core, string, Core][]} conditions @param {Core} value @param {Core|null} [otherwise] */
const where = (conditions, value, otherwise = null) =>
  cases([[combine('all', conditions.map(([a, op, b]) => compare([a, b], [op]))), value]], otherwise);

/**
 * @typedef {object} Kind
 * @property {Core[]} defaults parameters that may be left out
 * @property {boolean} whole whether only whole numbers have a chance
 * @property {(x: Core, params: Core[]) => Core} pdf
 * @property {((x: Core, params: Core[], slot: number) => Core)|null} cdf the share up to x; slot: a place for a variable;
 *   null: the sum of all single chances
 * @property {(x: Core, params: Core[]) => Core} [single] the chance of a whole number that is known to be possible
 * @property {((share: Core, params: Core[]) => Core)|null} inverse
 */

/** @type {Record<string, Kind>} */
const KINDS = {
  normaldist: {
    defaults: [ZERO, ONE],
    whole: false,
    pdf: (x, [mean, deviation]) => {
      const height = div(num(1 / Math.sqrt(2 * Math.PI)), deviation);
      const bell = unary('exp', mul(num(-0.5), power(div(sub(x, mean), deviation), TWO)));
      return where([[deviation, '>', ZERO]], mul(height, bell));
    },
    cdf: (x, [mean, deviation]) => {
      const scaled = div(sub(x, mean), mul(num(Math.SQRT2), deviation));
      return where([[deviation, '>', ZERO]], div(add(ONE, unary('erf', scaled)), TWO));
    },
    inverse: (share, [mean, deviation]) => where([[deviation, '>', ZERO]], add(mean, mul(deviation, unary('probit', share)))),
  },
  uniformdist: {
    defaults: [ZERO, ONE],
    whole: false,
    pdf: (x, [from, to]) => where([[from, '<', to]], where([[x, '>=', from], [x, '<=', to]], div(ONE, sub(to, from)), ZERO)),
    cdf: (x, [from, to]) => {
      const share = binary('min', ONE, binary('max', ZERO, div(sub(x, from), sub(to, from))));
      return where([[from, '<', to]], share);
    },
    inverse: (share, [from, to]) => where([[from, '<', to], [share, '>=', ZERO], [share, '<=', ONE]], add(from, mul(share, sub(to, from)))),
  },
  tdist: {
    defaults: [],
    whole: false,
    pdf: student,
    cdf: (x, params, slot) => add(num(0.5), big('int', slot, ZERO, x, student(variable(slot), params))),
    inverse: null,
  },
  binomialdist: {
    defaults: [ONE, num(0.5)],
    whole: true,
    pdf: (x, params) => {
      const possible = where([[x, '=', unary('floor', x)], [x, '>=', ZERO], [x, '<=', params[0]]], binomial(x, params), ZERO);
      return where([[params[1], '>=', ZERO], [params[1], '<=', ONE]], possible);
    },
    cdf: null,
    single: binomial,
    inverse: null,
  },
  poissondist: {
    defaults: [],
    whole: true,
    pdf: (x, params) => {
      const possible = where([[x, '=', unary('floor', x)], [x, '>=', ZERO]], poisson(x, params), ZERO);
      return where([[params[0], '>', ZERO]], possible);
    },
    cdf: null,
    single: poisson,
    inverse: null,
  },
};

/** The chance of x, if it is a whole number that can come up. @param {Core} x @param {Core[]} params */
function binomial(x, [count, chance]) {
  return mul(binary('ncr', count, x), mul(binary('pow', chance, x), binary('pow', sub(ONE, chance), sub(count, x))));
}

/** @param {Core} x @param {Core[]} params */
function poisson(x, [mean]) {
  return div(mul(binary('pow', mean, x), unary('exp', unary('neg', mean))), unary('factorial', x));
}

/** Student's t: the density. @param {Core} x @param {Core[]} params */
function student(x, [degrees]) {
  const half = div(add(degrees, ONE), TWO);
  const height = div(unary('factorial', sub(half, ONE)),
    mul(unary('sqrt', mul(num(Math.PI), degrees)), unary('factorial', sub(div(degrees, TWO), ONE))));
  return where([[degrees, '>', ZERO]], mul(height, binary('pow', add(ONE, div(power(x, TWO), degrees)), unary('neg', half))));
}

/**
 * @param {string} name
 * @param {Core[]} given
 * @returns {DistributionValue}
 */
export function distribution(name, given) {
  const { defaults } = KINDS[name];
  return { distribution: name, params: [...given, ...defaults.slice(given.length)] };
}

/**
 * @param {DistributionValue} value
 * @param {string} method pdf, cdf or inversecdf
 * @param {Core[]} args
 * @param {() => number} newSlot gives places for variables
 * @returns {Core}
 */
export function askDistribution({ distribution: name, params }, method, args, newSlot) {
  const kind = KINDS[name];
  const most = method === 'cdf' ? 2 : 1;
  if (args.length < 1 || args.length > most) throw new LangError(words.inputCount(method, 1, most));
  if (method === 'pdf') return kind.pdf(args[0], params);
  if (method === 'cdf') return share(kind, params, args, newSlot());
  return kind.inverse === null ? unsupported(words.things.inverseShare) : kind.inverse(args[0], params);
}

/** What lies below one bound, or between two. @param {Kind} kind @param {Core[]} params @param {Core[]} args @param {number} slot */
function share({ pdf, cdf, single = pdf }, params, args, slot) {
  const [from, to] = args.length === 2 ? args : [null, args[0]];
  if (cdf === null) {
    const start = from === null ? ZERO : binary('max', ZERO, from);
    const end = single === binomial ? binary('min', to, params[0]) : to;
    return big('sum', slot, start, end, single(variable(slot), params));
  }
  const below = cdf(to, params, slot);
  return from === null ? below : sub(below, cdf(from, params, slot));
}

/**
 * How to draw from a distribution by chance.
 *
 * @param {DistributionValue} value
 * @returns {(chance: () => number) => number}
 */
export function sampler({ distribution: name, params }) {
  if (!params.every(({ op }) => op === 'num')) throw new LangError(words.needsFixedNumber());
  if (name === 'tdist') return studentSample(params[0].value);
  const inverse = inverseOf(name, params);
  return (chance) => inverse(chance());
}

/**
 * R. W. Bailey, "Polar generation of random variates with the t-distribution", Mathematics of Computation 62 (1994): a
 * length and a direction.
 *
 * @param {number} degrees
 * @returns {(chance: () => number) => number}
 */
function studentSample(degrees) {
  if (!(degrees > 0)) return () => NaN;
  return (chance) => {
    const length = Math.sqrt(degrees * (chance() ** (-2 / degrees) - 1));
    return length * Math.cos(2 * Math.PI * chance());
  };
}

/** @param {string} name not tdist @param {Core[]} params numbers @returns {(share: number) => number} */
function inverseOf(name, params) {
  const kind = KINDS[name];
  const { inverse } = kind;
  if (inverse !== null) return (share) => inverse(num(share), params).value;
  /** @type {number[]} the shares up to each whole number */
  const shares = [];
  const possible = kind.pdf(ZERO, params).value >= 0;
  const last = name === 'binomialdist' ? Math.floor(params[0].value) : Infinity;
  return (share) => {
    if (!possible || !(share >= 0 && share <= 1)) return NaN;
    if (share === 1) return last;
    for (let n = 0; n < last; n++) {
      if (n === shares.length) shares.push((shares[n - 1] ?? 0) + kind.pdf(num(n), params).value);
      if (share <= shares[n]) return n;
    }
    return last;
  };
}

/** Columns of chances that are drawn at most. */
const MAX_POINTS = 200;

/**
 * Which whole numbers have a chance that can be seen.
 *
 * @param {DistributionValue} value
 * @returns {number[]|null} null for a distribution with a density, or one that is not fixed
 */
export function outcomes({ distribution: name, params: [first] }) {
  if (!KINDS[name].whole || first.op !== 'num') return null;
  const mean = first.value;
  const last = name === 'binomialdist' ? mean : Math.ceil(mean + 6 * Math.sqrt(mean) + 3);
  return Array.from({ length: Math.max(0, Math.min(MAX_POINTS, Math.floor(last)) + 1) }, (_, i) => i);
}
