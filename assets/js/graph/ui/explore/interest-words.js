import { coordinate } from './coordinate-text.js';

/** @typedef {import('../../math/interest/interest.js').Interest} Interest */

/** @type {Record<import('../../math/interest/interest.js').Kind, {one: string, many: string}>} names, capitalized */
export const KIND_NAMES = {
  'x-intercept': { one: 'x-intercept', many: 'x-intercepts' },
  'y-intercept': { one: 'y-intercept', many: 'y-intercepts' },
  minimum: { one: 'Minimum', many: 'Minima' },
  maximum: { one: 'Maximum', many: 'Maxima' },
  leftmost: { one: 'Leftmost point', many: 'Leftmost points' },
  rightmost: { one: 'Rightmost point', many: 'Rightmost points' },
  intersection: { one: 'Intersection', many: 'Intersections' },
  end: { one: 'End', many: 'Ends' },
  'open-end': { one: 'Open end', many: 'Open ends' },
  hole: { one: 'Hole', many: 'Holes' },
  point: { one: 'Point', many: 'Points' },
};

/**
 * @param {Interest} point
 * @param {{x: number, y: number}} pixel width and height of a pixel, in plane units
 * @returns {{text: string, about: string, spoken: string}} its coordinates; `about` has decimals if they differ from
 *   the text
 */
export function pointWords(point, pixel) {
  const [x, y] = [coordinate(point.x, point.errorX, pixel.x), coordinate(point.y, point.errorY, pixel.y)];
  const [text, decimals] = [`(${x.text}, ${y.text})`, `(${x.decimal}, ${y.decimal})`];
  return { text, about: text === decimals ? '' : decimals, spoken: `x ${x.spoken}, y ${y.spoken}` };
}

/**
 * @param {Interest} point
 * @returns {string} such as `minimum and x-intercept`
 */
export function kindWords({ kinds }) {
  const names = kinds.map((kind) => KIND_NAMES[kind].one.toLowerCase());
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
