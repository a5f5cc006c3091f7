import { safeColor } from './color.js';
import { isRecord } from './json.js';
import { readNumber } from './number-fields.js';

/** @typedef {import('../lang/index.js').Meaning} Meaning */

/**
 * The style of an item; lengths in CSS pixels, opacities from 0 to 1.
 *
 * @typedef {object} Style
 * @property {string} color
 * @property {'SOLID' | 'DASHED' | 'DOTTED'} lineStyle
 * @property {number} lineWidth
 * @property {number} lineOpacity
 * @property {'POINT' | 'OPEN' | 'CROSS'} pointStyle
 * @property {number} pointSize diameter
 * @property {number} pointOpacity
 * @property {boolean} joined whether the points of a list are joined by lines
 * @property {boolean} dotted whether points are shown
 * @property {boolean} filled whether the inside is shaded
 * @property {number} fillOpacity
 * @property {boolean} outlined whether the edges of a shaded region are drawn
 */

/**
 * @param {import('./document.js').Entry} entry
 * @param {Meaning} meaning
 * @param {ReadonlyMap<string, Meaning>} meanings
 * @returns {Style}
 */
export function readStyle(entry, meaning, meanings) {
  const item = isRecord(entry.item) ? entry.item : {};
  /** @type {(field: string, fallback: number, low: number, high: number) => number} */
  const number = (field, fallback, low, high) =>
    Math.min(high, Math.max(low, readNumber(entry, field, meanings, fallback)));
  return {
    color: safeColor(item.color),
    lineStyle: item.lineStyle === 'DASHED' || item.lineStyle === 'DOTTED' ? item.lineStyle : 'SOLID',
    lineWidth: number('lineWidth', 2.5, 0, 40),
    lineOpacity: number('lineOpacity', 0.9, 0, 1),
    pointStyle: item.pointStyle === 'OPEN' || item.pointStyle === 'CROSS' ? item.pointStyle : 'POINT',
    pointSize: number('pointSize', 9, 0, 80),
    pointOpacity: number('pointOpacity', 0.9, 0, 1),
    joined: item.lines === true,
    dotted: item.points !== false,
    filled: hasInside(meaning) ? item.fill !== false : item.fill === true,
    fillOpacity: number('fillOpacity', 0.4, 0, 1),
    outlined: item.lines !== false,
  };
}

/**
 * @param {Meaning} meaning
 * @returns {boolean} whether it is an area, which is shaded by default
 */
export function hasInside(meaning) {
  return meaning.kind === 'inequality' || (meaning.kind === 'parametric' && meaning.corners !== undefined);
}
