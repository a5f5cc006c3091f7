import { FAMILIES } from '../../../lib/families.js';
import { courseOf } from '../../math/monotonicity.js';
import { familyOf } from '../../math/recognize-family.js';
import { featuresOf } from '../../math/interest/features.js';
import { coordinate, decimalText } from './coordinate-text.js';
import { KIND_NAMES, pointWords } from './interest-words.js';

/** @typedef {import('../../math/interest/interest.js').Interest} Interest */
/** @typedef {import('../../math/interest/interest.js').Kind} Kind */
/** @typedef {import('../../math/interest/interest.js').Graph} Graph */
/** @typedef {import('../../math/follow/follow.js').Seen} Seen */

/** Points of one kind, and intervals, that are listed one by one. */
const MOST_POINTS = 8;
const MOST_STRETCHES = 4;

/** Descriptions of curves by family. @type {Readonly<Record<string, string>>} */
const CURVES = Object.freeze({
  constant: 'A level line.',
  ...Object.fromEntries(FAMILIES.map(({ type, curve }) => [type, curve])),
});

/** @type {readonly Kind[]} in the order of the description */
const ORDER = [
  'x-intercept',
  'y-intercept',
  'minimum',
  'maximum',
  'leftmost',
  'rightmost',
  'intersection',
  'end',
  'open-end',
  'hole',
  'point',
];

/**
 * @param {Graph} graph graph of one function
 * @param {readonly Interest[]} points its points of interest
 * @param {Seen} seen
 * @param {import('../../plot/viewport.js').Size} size
 * @returns {string[]} sentences about its shape, where it rises and falls, and its asymptotes
 */
export function describeShape({ of, curve }, points, seen, size) {
  const { viewport, pixel } = seen;
  const { asymptotes } = featuresOf(curve, of, viewport, size);
  const family = familyOf(curve);
  const sentences = family ? [CURVES[family]] : [];
  if (of === 'x') {
    const turns = points.filter(({ kinds }) =>
      kinds.some((kind) => kind !== 'x-intercept' && kind !== 'y-intercept' && kind !== 'intersection'),
    );
    const cuts = [...turns.map(({ x }) => x), ...asymptotes.vertical];
    const course = courseWords(courseOf(curve, viewport.xmin, viewport.xmax, cuts), pixel.x);
    if (course) sentences.push(course);
  }
  const lines = [
    ...asymptotes.vertical.map((x) => `x = ${coordinate(x, Math.abs(x) * 1e-14, pixel.x).text}`),
    ...asymptotes.horizontal.map((y) => `y = ${decimalText(y, pixel.y)}`),
  ];
  if (lines.length > 0) sentences.push(`Asymptotes: ${listed(lines)}.`);
  return sentences;
}

/** @param {readonly import('../../math/monotonicity.js').Stretch[]} stretches @param {number} pixel @returns {string} */
function courseWords(stretches, pixel) {
  if (stretches.length === 0) return '';
  if (stretches.length > MOST_STRETCHES)
    return `It changes between rising and falling ${stretches.length - 1} times in this view.`;
  const words = stretches.map(({ direction, to }, i) =>
    i < stretches.length - 1 ? `${direction} until x = ${decimalText(to, pixel)}` : direction,
  );
  return `It ${words.join(', then ')}.`;
}

/**
 * @param {readonly Interest[]} points
 * @param {Seen} seen
 * @returns {string[]} one sentence for each kind
 */
export function describePoints(points, { pixel }) {
  return ORDER.flatMap((kind) => {
    const own = points.filter(({ kinds }) => kinds.includes(kind));
    if (own.length === 0) return [];
    const places = own.map((point) => {
      const { text, about } = pointWords(point, pixel);
      return about ? `${text} ≈ ${about}` : text;
    });
    return [`${KIND_NAMES[kind][own.length > 1 ? 'many' : 'one']}: ${listed(places)}.`];
  });
}

/** @param {readonly string[]} items */
function listed(items) {
  const more = items.length - MOST_POINTS;
  return more > 0 ? `${items.slice(0, MOST_POINTS).join('; ')}; and ${more} more` : items.join('; ');
}
