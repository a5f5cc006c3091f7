/** Functions from a list of numbers to a number; NaN if undefined, as the mean of an empty list. */

/** @param {number[]} list */
const total = (list) => list.reduce((sum, x) => sum + x, 0);

/** @param {number[]} list */
const mean = (list) => total(list) / list.length;

/** @param {number[]} list */
const squares = (list) => {
  const middle = mean(list);
  return total(list.map((x) => (x - middle) ** 2));
};

/** @param {number[]} list */
export function sorted(list) {
  return list.slice().sort((a, b) => a - b);
}

/** @param {number[]} list */
function median(list) {
  const s = sorted(list);
  const half = s.length / 2;
  return s.length % 2 === 1 ? s[Math.floor(half)] : (s[half - 1] + s[half]) / 2;
}

/**
 * The last item is the fraction: quantile([…], 0.25) arrives as […, 0.25]. Values between items are interpolated
 * linearly.
 *
 * @param {number[]} args
 */
function quantile(args) {
  const share = args[args.length - 1];
  const s = sorted(args.slice(0, -1));
  if (!(share >= 0 && share <= 1)) return NaN;
  const place = share * (s.length - 1);
  const below = Math.floor(place);
  return s[below] + (place - below) * ((s[below + 1] ?? s[below]) - s[below]);
}

/**
 * The last item is the number of the quartile: 0 smallest, 2 median, 4 largest; quartiles are the medians of the halves
 * without the middle item.
 *
 * @param {number[]} args
 */
function quartile(args) {
  const which = Math.round(args[args.length - 1]);
  const s = sorted(args.slice(0, -1));
  const half = Math.floor(s.length / 2);
  if (which === 0) return s[0] ?? NaN;
  if (which === 4) return s[s.length - 1] ?? NaN;
  if (which === 2) return median(s);
  if (which === 1) return median(s.slice(0, half));
  return which === 3 ? median(s.slice(s.length - half)) : NaN;
}

/** Splits a list in two: corr(A, B) arrives as [...A, ...B]. @param {number[]} both */
const halves = (both) => [both.slice(0, both.length / 2), both.slice(both.length / 2)];

/** @param {number[]} a @param {number[]} b */
function products(a, b) {
  const [middleA, middleB] = [mean(a), mean(b)];
  return total(a.map((x, i) => (x - middleA) * (b[i] - middleB)));
}

/** @param {number[]} a @param {number[]} b */
const correlation = (a, b) => products(a, b) / Math.sqrt(squares(a) * squares(b));

/** The rank of each number; equal ones share the mean of their ranks. @param {number[]} list */
function ranks(list) {
  /** @type {Map<number, {first: number, last: number}>} */
  const places = new Map();
  sorted(list).forEach((x, i) => places.set(x, { first: places.get(x)?.first ?? i, last: i }));
  return list.map((x) => {
    const { first, last } = places.get(x) ?? { first: NaN, last: NaN };
    return (first + last) / 2;
  });
}

/** @type {Record<string, (list: number[]) => number>} */
export const STATISTICS = {
  total,
  mean,
  median,
  quantile,
  quartile,
  min: (list) => (list.length === 0 ? NaN : list.reduce((a, b) => Math.min(a, b))),
  max: (list) => (list.length === 0 ? NaN : list.reduce((a, b) => Math.max(a, b))),
  var: (list) => squares(list) / (list.length - 1),
  varp: (list) => squares(list) / list.length,
  stdev: (list) => Math.sqrt(squares(list) / (list.length - 1)),
  stdevp: (list) => Math.sqrt(squares(list) / list.length),
  cov: (both) => {
    const [a, b] = halves(both);
    return products(a, b) / (a.length - 1);
  },
  covp: (both) => {
    const [a, b] = halves(both);
    return products(a, b) / a.length;
  },
  corr: (both) => {
    const [a, b] = halves(both);
    return correlation(a, b);
  },
  spearman: (both) => {
    const [a, b] = halves(both).map(ranks);
    return correlation(a, b);
  },
  mad: (list) => {
    const middle = mean(list);
    return mean(list.map((x) => Math.abs(x - middle)));
  },
};
