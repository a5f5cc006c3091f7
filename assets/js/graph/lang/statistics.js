/**
 * Functions of a list of numbers that give one number. An empty list has no mean, and so on: NaN.
 */

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
 * The last item is the share: quantile([…], 0.25) comes as […, 0.25]. Between two items it is read off a straight line.
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
 * The last item says which: 0 smallest, 2 median, 4 largest; the quarters are the medians of the halves without the
 * middle item.
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
  mad: (list) => mean(list.map((x) => Math.abs(x - mean(list)))),
};
