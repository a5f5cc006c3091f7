import { isHidden, itemKind, itemText } from './item.js';
import { isRecord } from './json.js';
import { isPlainNumber, readNumber, readPoint } from './number-fields.js';

/** @typedef {{x: number, y: number}} Point on the plane */

/**
 * Where a photo lies on the plane: a rectangle of so many units, turned about its middle. A negative width or height shows
 * it as in a mirror.
 *
 * @typedef {object} Placement
 * @property {Point} center
 * @property {number} width
 * @property {number} height
 * @property {number} angle in radians, counter-clockwise
 */

/**
 * A photo, as an item of the kind `image` describes it.
 *
 * @typedef {Placement & PhotoFacts} Photo
 *
 * @typedef {object} PhotoFacts
 * @property {string} key of its entry
 * @property {string} url as the state has it, whatever that is
 * @property {string} name of its file
 * @property {string} description what is to be seen on it, in the student's words
 * @property {number} opacity from 0 to 1
 * @property {boolean} foreground it lies above the curves rather than beneath
 * @property {boolean} draggable it can be moved by hand
 * @property {boolean} hidden by itself or with its folder
 * @property {ReadonlySet<Freedom>} free what of it may be moved by hand: what follows a formula may not
 */

/** @typedef {'center' | 'size' | 'angle' | 'opacity'} Freedom */

/** Units of an image of which the state does not say how wide or high it is. */
const SIZE = 10;

/** A point of two plain numbers, as the format writes it. */
const PLAIN_POINT = /^\s*(?:\\left)?\(([^,]*),([^,]*?)(?:\\right)?\)\s*$/;

/**
 * @param {readonly import('./document.js').Entry[]} entries
 * @param {ReadonlyMap<string, import('./scene.js').Meaning>} meanings of all lines, those of `numberLines` among them
 * @param {{degreeMode: boolean}} settings
 * @param {ReadonlySet<string>} hiddenFolders ids
 * @returns {Photo[]} in the order of the list: each lies on those before it
 */
export function photosOf(entries, meanings, { degreeMode }, hiddenFolders) {
  return entries.filter(({ item }) => itemKind(item) === 'image').map((entry) => {
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
 * What an item is to say for its photo to lie elsewhere. What follows a formula is left out.
 *
 * @param {Pick<Photo, 'free'>} photo
 * @param {Partial<Placement>} placement
 * @param {{degreeMode: boolean, grain: number}} how `grain` is the smallest length, in units of the plane, that can be told
 *   apart where the photo is looked at: nothing is written finer
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
 * @returns {string} between minus half a turn and half a turn; fine enough that the far end of a large photo stays in place
 */
function angleLatex(angle, degreeMode) {
  const within = Math.atan2(Math.sin(angle), Math.cos(angle));
  return degreeMode ? numberLatex((within * 180) / Math.PI, 0.01) : numberLatex(within, 0.0001);
}

/**
 * A number as the format has it: plain digits, for it knows no exponents, and no more of them than mean something.
 *
 * @param {number} value
 * @param {number} grain differences smaller than this mean nothing
 * @returns {string}
 */
export function numberLatex(value, grain) {
  const decimals = Math.min(20, Math.max(0, Math.ceil(-Math.log10(grain) - 1e-9)));
  const text = value.toFixed(decimals);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}
