import { isHidden, itemKind, itemText } from './item.js';
import { isRecord } from './json.js';
import { isPlainNumber, readNumber, readPoint } from './number-fields.js';

/** @typedef {{x: number, y: number}} Point in plane units */

/**
 * The placement of a photo: a rectangle in plane units, rotated about its centre. A negative width or height mirrors
 * it.
 *
 * @typedef {object} Placement
 * @property {Point} center
 * @property {number} width
 * @property {number} height
 * @property {number} angle in radians, counter-clockwise
 */

/**
 * A photo, as described by an item of type `image`.
 *
 * @typedef {Placement & PhotoFacts} Photo
 *
 * @typedef {object} PhotoFacts
 * @property {string} key key of its entry
 * @property {string} url address in the state, unchecked
 * @property {string} name file name
 * @property {string} description description in the student's words
 * @property {number} opacity from 0 to 1
 * @property {boolean} foreground whether it is above the curves
 * @property {boolean} draggable whether it can be moved by hand
 * @property {boolean} hidden whether it or its folder is hidden
 * @property {ReadonlySet<Freedom>} free properties that may be changed by hand, because they do not follow a formula
 */

/** @typedef {'center' | 'size' | 'angle' | 'opacity'} Freedom */

/** Size in plane units of an image without size in the state. */
const SIZE = 10;

/** A point of two plain numbers, as the format writes it. */
const PLAIN_POINT = /^\s*(?:\\left)?\(([^,]*),([^,]*?)(?:\\right)?\)\s*$/;

/**
 * @param {readonly import('./document.js').Entry[]} entries
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings of all lines, including `numberLines`
 * @param {{degreeMode: boolean}} settings
 * @param {ReadonlySet<string>} hiddenFolders ids
 * @returns {Photo[]} in the order of the list, bottom to top
 */
export function photosOf(entries, meanings, { degreeMode }, hiddenFolders) {
  return entries
    .filter(({ item }) => itemKind(item) === 'image')
    .map((entry) => {
      const { key, item } = entry;
      /** @type {(field: string, fallback: number) => number} */
      const number = (field, fallback) => readNumber(entry, field, meanings, fallback);
      return {
        key,
        url: itemText(item, 'image_url'),
        name: itemText(item, 'name'),
        description: itemText(item, 'description'),
        center: readPoint(entry, 'center', meanings, { x: 0, y: 0 }),
        width: number('width', SIZE),
        height: number('height', SIZE),
        angle: number('angle', 0) * (degreeMode ? Math.PI / 180 : 1),
        opacity: Math.min(1, Math.max(0, number('opacity', 1))),
        foreground: isRecord(item) && item.foreground === true,
        draggable: isRecord(item) && item.draggable === true,
        hidden: isHidden(item) || hiddenFolders.has(itemText(item, 'folderId')),
        free: freedoms(item),
      };
    });
}

/**
 * @param {import('./item.js').Item} item
 * @returns {ReadonlySet<Freedom>}
 */
function freedoms(item) {
  /** @param {string} field */
  const isFree = (field) => !isRecord(item) || item[field] === undefined || isPlainNumber(item[field]);
  /** @type {Record<Freedom, boolean>} */
  const free = {
    center: !isRecord(item) || item.center === undefined || isPlainPoint(item.center),
    size: isFree('width') && isFree('height'),
    angle: isFree('angle'),
    opacity: isFree('opacity'),
  };
  return new Set(/** @type {Freedom[]} */ (Object.keys(free)).filter((name) => free[name]));
}

/** @param {unknown} value */
function isPlainPoint(value) {
  const parts = typeof value === 'string' ? PLAIN_POINT.exec(value) : null;
  return parts !== null && isPlainNumber(parts[1]) && isPlainNumber(parts[2]);
}

/**
 * Returns the changes to an item that move its photo. Properties that follow a formula are left out.
 *
 * @param {Pick<Photo, 'free'>} photo
 * @param {Partial<Placement>} placement
 * @param {{degreeMode: boolean, grain: number}} how `grain` is the smallest length in plane units that is visible at
 *   the current zoom; values are rounded to it
 * @returns {Record<string, string>} changes of the item
 */
export function placementChanges({ free }, { center, width, height, angle }, { degreeMode, grain }) {
  /** @type {Record<string, string>} */
  const changes = {};
  if (center && free.has('center')) {
    changes.center = `\\left(${numberLatex(center.x, grain)},${numberLatex(center.y, grain)}\\right)`;
  }
  if (width !== undefined && free.has('size')) changes.width = numberLatex(width, grain);
  if (height !== undefined && free.has('size')) changes.height = numberLatex(height, grain);
  if (angle !== undefined && free.has('angle')) changes.angle = angleLatex(angle, degreeMode);
  return changes;
}

/**
 * @param {number} angle in radians
 * @param {boolean} degreeMode
 * @returns {string} between minus half a turn and half a turn, with enough digits to keep the far end of a large photo
 *   in place
 */
function angleLatex(angle, degreeMode) {
  const within = Math.atan2(Math.sin(angle), Math.cos(angle));
  return degreeMode ? numberLatex((within * 180) / Math.PI, 0.01) : numberLatex(within, 0.0001);
}

/**
 * Formats a number as the format requires: without exponent, and with no more digits than are significant.
 *
 * @param {number} value
 * @param {number} grain smaller differences are insignificant
 * @returns {string}
 */
export function numberLatex(value, grain) {
  const decimals = Math.min(20, Math.max(0, Math.ceil(-Math.log10(grain) - 1e-9)));
  const text = value.toFixed(decimals);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}
