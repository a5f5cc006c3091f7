import { coordinate } from './coordinates.js';

/** @typedef {import('../math/interest.js').Interest} Interest */

/** @type {Record<import('../math/interest.js').Kind, string>} */
const KINDS = {
  'x-intercept': 'x-intercept',
  'y-intercept': 'y-intercept',
  minimum: 'minimum',
  maximum: 'maximum',
  leftmost: 'leftmost point',
  rightmost: 'rightmost point',
  intersection: 'intersection',
  end: 'end',
  'open-end': 'open end',
  hole: 'hole',
  point: 'point',
};

/**
 * @param {Interest} point
 * @param {{x: number, y: number}} pixel width and height of a pixel, in units of the plane
 * @returns {{text: string, about: string, spoken: string}} its coordinates; about: in decimals, where these say something else
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
  const names = kinds.map((kind) => KINDS[kind]);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
