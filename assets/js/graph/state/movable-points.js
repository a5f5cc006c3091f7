import { isRecord } from './json.js';
import { itemLatex, itemText } from './item.js';
import { sliderOf, withSliderValue } from './slider.js';
import { columnOf } from './table-scene.js';
import { readTable, withCell } from './table.js';

/**
 * Points that can be moved on the plane: where their coordinates come from, and the edits that move them.
 *
 * @typedef {import('./document.js').Entry} Entry
 * @typedef {import('./scene.js').Meaning} Meaning
 * @typedef {ReadonlyMap<string, Meaning>} Meanings
 *
 * @typedef {{x: number, y: number}} Point
 *
 * @typedef {object} Movable a movable point
 * @property {string} key unique key of the point
 * @property {string} entry key of the entry that contains it
 * @property {string} drawable key of its drawable in the scene
 * @property {{column: number, row: number}} [cell] cell of its y, if it is in a table
 * @property {Point} at
 * @property {boolean} movesX
 * @property {boolean} movesY
 * @property {Point} steps of the sliders it depends on; 0 if it may be anywhere
 */

/** One coordinate: a number, or the name of a slider. */
const NUMBER = /^\s*-?\s*(?:\d+\.?\d*|\.\d+)\s*$/;
const NAME = /^\s*((?:[a-zA-Z]|\\[a-zA-Z]+)(?:_(?:\{[^{}]*\}|[a-zA-Z0-9]))?)\s*$/;

/** A point alone on its line, with or without a name. */
const POINT = /^(\s*(?:[^=()]+=)?\s*(?:\\left)?\()(.*?)((?:\\right)?\)\s*)$/;

/**
 * @param {Entry} entry
 * @param {readonly Entry[]} entries the list that contains it
 * @param {Meanings} meanings
 * @returns {Movable | null} null if it is not a movable point
 */
export function movableOf(entry, entries, meanings) {
  const meaning = meanings.get(entry.key);
  if (meaning?.kind !== 'point' || meaning.points.length !== 1) return null;
  const parts = partsOf(entry.item);
  const [at] = meaning.points;
  if (!parts || !Number.isFinite(at.x) || !Number.isFinite(at.y)) return null;
  const [x, y] = parts.coordinates.map((text) => stepOf(text, entries, meanings));
  const { isFreeX, isFreeY } = freedom(entry.item);
  const movesX = x !== null && isFreeX;
  // A slider used for both coordinates follows one of them.
  const isSame = x !== null && y !== null && x.key !== null && x.key === y.key;
  const movesY = y !== null && isFreeY && !(isSame && movesX);
  const { key } = entry;
  return movesX || movesY
    ? { key, entry: key, drawable: key, at, movesX, movesY, steps: { x: x?.step ?? 0, y: y?.step ?? 0 } }
    : null;
}

/**
 * Returns the movable points of a table entry.
 *
 * @param {Entry} entry a table
 * @param {readonly import('./scene.js').Drawable[]} drawables
 * @returns {Movable[]}
 */
export function tableMovables(entry, drawables) {
  const { columns } = readTable(entry.item);
  return drawables.flatMap(({ key, meaning }) => {
    const found = columnOf(key);
    if (found?.key !== entry.key || meaning.kind !== 'point') return [];
    const { column } = found;
    // Points of a table do not move unless their column says so.
    const { isFreeX, isFreeY } = freedom(columns[column].item, 'NONE');
    return meaning.points.flatMap((at, row) => {
      const movesX = isFreeX && isNumberCell(columns[0], row);
      const movesY = isFreeY && isNumberCell(columns[column], row);
      if (!(movesX || movesY) || !Number.isFinite(at.x) || !Number.isFinite(at.y)) return [];
      return [
        {
          key: `${key} ${row}`,
          entry: entry.key,
          drawable: key,
          cell: { column, row },
          at,
          movesX,
          movesY,
          steps: { x: 0, y: 0 },
        },
      ];
    });
  });
}

/**
 * Returns the edits that move a point to another position, as near as its sliders allow.
 *
 * @param {Movable} movable
 * @param {Point} to
 * @param {Point} unit rounding unit of the coordinates
 * @param {readonly Entry[]} entries
 * @param {Meanings} meanings
 * @returns {{key: string, changes: Record<string, unknown>}[]} changes by key of the entry
 */
export function movedTo(movable, to, unit, entries, meanings) {
  const entry = entries.find(({ key }) => key === movable.entry);
  if (entry && movable.cell)
    return [{ key: entry.key, changes: cellsMovedTo(entry.item, movable, movable.cell, to, unit) }];
  const parts = entry && partsOf(entry.item);
  if (!entry || !parts) return [];
  const coordinates = [...parts.coordinates];
  const edits = [];
  for (const [index, axis, moves] of /** @type {const} */ ([
    [0, 'x', movable.movesX],
    [1, 'y', movable.movesY],
  ])) {
    if (!moves) continue;
    const value = rounded(to[axis], unit[axis]);
    if (NUMBER.test(coordinates[index])) {
      coordinates[index] = value;
      continue;
    }
    const slider = sliderEntry(coordinates[index], entries, meanings);
    if (slider)
      edits.push({ key: slider.key, changes: { latex: slidTo(slider, Number(value), unit[axis], meanings) } });
  }
  const latex = `${parts.before}${coordinates.join(',')}${parts.after}`;
  return latex === itemLatex(entry.item) ? edits : [...edits, { key: entry.key, changes: { latex } }];
}

/**
 * @param {number} perPixel length of a pixel in plane units
 * @returns {number} the power of ten to which numbers moved by hand are rounded: no finer than a hand can aim
 */
export function unitOf(perPixel) {
  return 10 ** Math.floor(Math.log10(perPixel) + 1e-9);
}

/**
 * @param {number} value
 * @param {number} unit a power of ten
 * @returns {string} without exponent, which the format does not allow
 */
export function rounded(value, unit) {
  const decimals = Math.min(15, Math.max(0, -Math.round(Math.log10(unit))));
  const text = (unit >= 1 ? Math.round(value / unit) * unit : value).toFixed(decimals);
  const short = decimals > 0 ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

/**
 * @param {import('./item.js').Item} item a point, or a column of a table
 * @param {string} usual default mode
 * @returns {{isFreeX: boolean, isFreeY: boolean}} the directions that its `dragMode` allows
 */
function freedom(item, usual = 'AUTO') {
  const mode = isRecord(item) ? itemText(item, 'dragMode') || usual : 'NONE';
  return { isFreeX: mode !== 'NONE' && mode !== 'Y', isFreeY: mode !== 'NONE' && mode !== 'X' };
}

/**
 * @param {import('./item.js').Item} item
 * @returns {{before: string, coordinates: [string, string], after: string} | null}
 */
function partsOf(item) {
  const match = POINT.exec(itemLatex(item));
  if (!match) return null;
  const [, before, inside, after] = match;
  let depth = 0;
  let comma = -1;
  for (let i = 0; i < inside.length; i++) {
    if ('([{'.includes(inside[i])) depth++;
    if (')]}'.includes(inside[i])) depth--;
    // A bracket that closes the first one: these are several points, or a product.
    if (depth < 0) return null;
    if (inside[i] !== ',' || depth > 0) continue;
    if (comma >= 0) return null;
    comma = i;
  }
  return comma < 0 ? null : { before, coordinates: [inside.slice(0, comma), inside.slice(comma + 1)], after };
}

/**
 * @param {string} coordinate
 * @param {readonly Entry[]} entries
 * @param {Meanings} meanings
 * @returns {{key: string | null, step: number} | null} the key of its slider, if it is not a number; null if it is
 *   neither
 */
function stepOf(coordinate, entries, meanings) {
  if (NUMBER.test(coordinate)) return { key: null, step: 0 };
  const entry = sliderEntry(coordinate, entries, meanings);
  const slider = entry && sliderOf(entry, meanings);
  return slider ? { key: entry.key, step: slider.step } : null;
}

/**
 * @param {string} coordinate
 * @param {readonly Entry[]} entries
 * @param {Meanings} meanings
 * @returns {Entry | null} the slider with this name
 */
function sliderEntry(coordinate, entries, meanings) {
  const name = NAME.exec(coordinate)?.[1].replace(/_([a-zA-Z0-9])$/, '_{$1}');
  if (!name) return null;
  const entry = entries.find(({ key }) => {
    const meaning = meanings.get(key);
    return meaning?.kind === 'value' && meaning.definition && meaning.name === name;
  });
  return entry && sliderOf(entry, meanings) ? entry : null;
}

/**
 * @param {Entry} entry a slider entry
 * @param {number} value
 * @param {number} unit
 * @param {Meanings} meanings
 * @returns {string} its line with the nearest possible value
 */
function slidTo(entry, value, unit, meanings) {
  const latex = itemLatex(entry.item);
  const slider = sliderOf(entry, meanings);
  if (!slider) return latex;
  const { min, max, step } = slider;
  const within = Math.min(max, Math.max(min, value));
  if (step === 0) return `${latex.slice(0, latex.indexOf('=') + 1)}${rounded(within, unit)}`;
  const most = Math.floor((max - min) / step + 1e-9);
  return withSliderValue(latex, min + Math.min(most, Math.round((within - min) / step)) * step, slider);
}

/**
 * @param {import('./table.js').Column} column
 * @param {number} row
 */
function isNumberCell({ cells, isComputed }, row) {
  return !isComputed && NUMBER.test(cells[row] ?? '');
}

/**
 * @param {import('./item.js').Item} table
 * @param {Movable} movable
 * @param {{column: number, row: number}} cell
 * @param {Point} to
 * @param {Point} unit
 * @returns {import('./table.js').TableChanges}
 */
function cellsMovedTo(table, { movesX, movesY }, { column, row }, to, unit) {
  const { columns } = movesX
    ? withCell(table, 0, row, rounded(to.x, unit.x))
    : { columns: readTable(table).columns.map(({ item }) => item) };
  return movesY ? withCell({ columns }, column, row, rounded(to.y, unit.y)) : { columns };
}
