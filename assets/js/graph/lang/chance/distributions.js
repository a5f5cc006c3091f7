/**
 * Probability distributions: the definition of each kind. Functions of them are in distribution-functions.js.
 *
 * @typedef {import('../core.js').Core} Core
 * @typedef {import('../values.js').DistributionValue} DistributionValue
 */

import { big, binary, cases, combine, compare, num, power, unary, variable } from '../core.js';

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
  cases(
    [
      [
        combine(
          'all',
          conditions.map(([a, op, b]) => compare([a, b], [op])),
        ),
        value,
      ],
    ],
    otherwise,
  );

/**
 * @typedef {object} Kind
 * @property {Core[]} defaults default values of parameters
 * @property {boolean} whole whether the distribution is discrete, on integers
 * @property {(x: Core, params: Core[]) => Core} pdf
 * @property {((x: Core, params: Core[], slot: number) => Core)|null} cdf the probability up to x, with a free slot for
 *   a variable; null to sum the pdf
 * @property {(x: Core, params: Core[]) => Core} [single] the probability of an integer known to be in the support
 * @property {((share: Core, params: Core[]) => Core)|null} inverse null if it is only computed for fixed numbers
 * @property {(params: Core[]) => Core} mean
 * @property {(params: Core[]) => Core} variance
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
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
    inverse: (share, [mean, deviation]) =>
      where([[deviation, '>', ZERO]], add(mean, mul(deviation, unary('probit', share)))),
    mean: ([mean, deviation]) => where([[deviation, '>', ZERO]], mean),
    variance: ([, deviation]) => where([[deviation, '>', ZERO]], power(deviation, TWO)),
  },
  uniformdist: {
    defaults: [ZERO, ONE],
    whole: false,
    pdf: (x, [from, to]) =>
      where(
        [[from, '<', to]],
        where(
          [
            [x, '>=', from],
            [x, '<=', to],
          ],
          div(ONE, sub(to, from)),
          ZERO,
        ),
      ),
    cdf: (x, [from, to]) => {
      const share = binary('min', ONE, binary('max', ZERO, div(sub(x, from), sub(to, from))));
      return where([[from, '<', to]], share);
    },
    inverse: (share, [from, to]) =>
      where(
        [
          [from, '<', to],
          [share, '>=', ZERO],
          [share, '<=', ONE],
        ],
        add(from, mul(share, sub(to, from))),
      ),
    mean: ([from, to]) => where([[from, '<', to]], div(add(from, to), TWO)),
    variance: ([from, to]) => where([[from, '<', to]], div(power(sub(to, from), TWO), num(12))),
  },
  tdist: {
    defaults: [],
    whole: false,
    pdf: student,
    cdf: (x, params, slot) => add(num(0.5), big('int', slot, ZERO, x, student(variable(slot), params))),
    inverse: null,
    mean: ([degrees]) => where([[degrees, '>', ONE]], ZERO),
    variance: ([degrees]) => where([[degrees, '>', TWO]], div(degrees, sub(degrees, TWO))),
  },
  binomialdist: {
    defaults: [ONE, num(0.5)],
    whole: true,
    pdf: (x, params) => {
      const possible = where(
        [
          [x, '=', unary('floor', x)],
          [x, '>=', ZERO],
          [x, '<=', params[0]],
        ],
        binomial(x, params),
        ZERO,
      );
      return where(
        [
          [params[1], '>=', ZERO],
          [params[1], '<=', ONE],
        ],
        possible,
      );
    },
    cdf: null,
    single: binomial,
    inverse: null,
    mean: ([count, chance]) =>
      where(
        [
          [chance, '>=', ZERO],
          [chance, '<=', ONE],
        ],
        mul(count, chance),
      ),
    variance: ([count, chance]) =>
      where(
        [
          [chance, '>=', ZERO],
          [chance, '<=', ONE],
        ],
        mul(count, mul(chance, sub(ONE, chance))),
      ),
  },
  poissondist: {
    defaults: [],
    whole: true,
    pdf: (x, params) => {
      const possible = where(
        [
          [x, '=', unary('floor', x)],
          [x, '>=', ZERO],
        ],
        poisson(x, params),
        ZERO,
      );
      return where([[params[0], '>', ZERO]], possible);
    },
    cdf: null,
    single: poisson,
    inverse: null,
    mean: ([mean]) => where([[mean, '>', ZERO]], mean),
    variance: ([mean]) => where([[mean, '>', ZERO]], mean),
  },
};

/** The probability of x, if it is an integer in the support. @param {Core} x @param {Core[]} params */
export function binomial(x, [count, chance]) {
  return mul(binary('ncr', count, x), mul(binary('pow', chance, x), binary('pow', sub(ONE, chance), sub(count, x))));
}

/** @param {Core} x @param {Core[]} params */
function poisson(x, [mean]) {
  return div(mul(binary('pow', mean, x), unary('exp', unary('neg', mean))), unary('factorial', x));
}

/** The density of Student's t. @param {Core} x @param {Core[]} params */
function student(x, [degrees]) {
  const half = div(add(degrees, ONE), TWO);
  const height = div(
    unary('factorial', sub(half, ONE)),
    mul(unary('sqrt', mul(num(Math.PI), degrees)), unary('factorial', sub(div(degrees, TWO), ONE))),
  );
  return where(
    [[degrees, '>', ZERO]],
    mul(height, binary('pow', add(ONE, div(power(x, TWO), degrees)), unary('neg', half))),
  );
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
