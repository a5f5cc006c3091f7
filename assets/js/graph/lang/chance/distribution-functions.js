/**
 * Functions of distributions: density or probabilities (pdf), cumulative distribution (cdf), its inverse, mean and
 * spread.
 *
 * @typedef {import('../core.js').Core} Core
 * @typedef {import('./distributions.js').Kind} Kind
 * @typedef {import('../values.js').DistributionValue} DistributionValue
 */

import { big, binary, num, unary, variable } from '../core.js';
import { inverseOf } from './distribution-inverse.js';
import { KINDS, binomial } from './distributions.js';
import { LangError, unsupported, words } from '../messages.js';

const ZERO = num(0);

/**
 * @param {DistributionValue} value
 * @param {string} method pdf, cdf or inversecdf
 * @param {Core[]} args
 * @param {() => number} newSlot allocates slots for variables
 * @returns {Core}
 */
export function askDistribution({ distribution: name, params }, method, args, newSlot) {
  const kind = KINDS[name];
  const most = method === 'cdf' ? 2 : 1;
  if (args.length < 1 || args.length > most) throw new LangError(words.inputCount(method, 1, most));
  if (method === 'pdf') return kind.pdf(args[0], params);
  if (method === 'cdf') return share(kind, params, args, newSlot());
  return inverseShare({ distribution: name, params }, args[0]);
}

/** The inverse of the cumulative distribution. @param {DistributionValue} value @param {Core} upTo @returns {Core} */
function inverseShare({ distribution: name, params }, upTo) {
  const { inverse } = KINDS[name];
  if (inverse !== null) return inverse(upTo, params);
  return [upTo, ...params].every(({ op }) => op === 'num')
    ? num(inverseOf(name, params)(upTo.value))
    : unsupported(words.things.inverseShare);
}

/**
 * mean(D), stdev(D), quantile(D, 0.9)
 *
 * @param {string} name a function of lists
 * @param {DistributionValue} value
 * @param {Core[]} args further inputs
 * @returns {Core}
 */
export function measure(name, value, args) {
  const kind = KINDS[value.distribution];
  const [least, most] = name === 'quantile' ? [1, 1] : [0, 0];
  if (args.length < least || args.length > most) throw new LangError(words.inputCount(name, least + 1, most + 1));
  switch (name) {
    case 'mean':
      return kind.mean(value.params);
    case 'var':
    case 'varp':
      return kind.variance(value.params);
    case 'stdev':
    case 'stdevp':
      return unary('sqrt', kind.variance(value.params));
    case 'median':
      return inverseShare(value, num(0.5));
    case 'quantile':
      return inverseShare(value, args[0]);
    default:
      throw new LangError(words.needsList(name));
  }
}

/**
 * The probability below one bound or between two.
 *
 * @param {Kind} kind
 * @param {Core[]} params
 * @param {Core[]} args
 * @param {number} slot
 */
function share({ pdf, cdf, single = pdf }, params, args, slot) {
  const [from, to] = args.length === 2 ? args : [null, args[0]];
  if (cdf === null) {
    const start = from === null ? ZERO : binary('max', ZERO, from);
    const end = single === binomial ? binary('min', to, params[0]) : to;
    return big('sum', slot, start, end, single(variable(slot), params));
  }
  const below = cdf(to, params, slot);
  return from === null ? below : binary('sub', below, cdf(from, params, slot));
}

/** The greatest number of outcomes that are drawn. */
const MAX_POINTS = 200;

/**
 * Returns the integers whose probability is large enough to be visible.
 *
 * @param {DistributionValue} value
 * @returns {number[]|null} null for a continuous distribution, or one with variable parameters
 */
export function outcomes({ distribution: name, params: [first] }) {
  if (!KINDS[name].whole || first.op !== 'num') return null;
  const mean = first.value;
  const last = name === 'binomialdist' ? mean : Math.ceil(mean + 6 * Math.sqrt(mean) + 3);
  return Array.from({ length: Math.max(0, Math.min(MAX_POINTS, Math.floor(last)) + 1) }, (_, i) => i);
}
