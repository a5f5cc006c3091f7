import { ExpressionRow } from './row/expression-row.js';
import { FolderRow } from './row/folder-row.js';
import { UnsupportedRow } from './row/unsupported-row.js';
import { NoteRow } from './row/note-row.js';
import { PhotoRow } from '../photo/row.js';
import { TableRow } from '../table/row.js';

/**
 * What a row asks for; `key` is its entry's.
 *
 * @typedef {object} RowActions
 * @property {(key: string, latex: string) => void} edit
 * @property {(key: string, changes: Record<string, unknown>, tag?: string) => void} update changes keys of the item, as
 *   `GraphDocument.update` does
 * @property {(key: string) => void} enter begins an expression below
 * @property {(key: string, text: string) => boolean} paste whether the text was more than a formula for this row, and is dealt with
 * @property {(key: string) => void} backspace the row is empty, and taken back
 * @property {(key: string, direction: -1 | 1) => void} leave goes to the row above or below
 * @property {(key: string, index: number, folder?: string) => void} move as `GraphDocument.move` does
 * @property {(key: string) => void} toggle shows or hides what it draws, a folder all that is in it
 * @property {(key: string, type: 'text', rest: Record<string, unknown>) => void} become makes another item of it, in its place
 * @property {(key: string) => void} remove a folder goes with what is in it
 * @property {(key: string) => void} unfold takes a folder away, and leaves what is in it
 * @property {(key: string, name: string, anchor: HTMLElement, isToggle: boolean) => void} options opens what can be set of it
 *   beside `anchor`, or closes that again; `name` is what the row is called, in the middle of a sentence
 * @property {import('../slider/controller.js').SliderController} sliders
 * @property {import('../table/edits.js').TableEdits} tables
 * @property {(key: string, names: readonly string[]) => void} addSliders
 * @property {(text: string) => void} announce
 * @property {(key: string | null) => void} select as `Editing.select` does
 * @property {import('../editing.js').Editing['images']} images where photos lie
 */

/**
 * What a row shows.
 *
 * @typedef {object} RowContent
 * @property {import('../../state/document.js').Entry} entry
 * @property {number} number its place in the list, from 1
 * @property {import('../../state/scene.js').Meaning | undefined} meaning
 * @property {import('../../state/scene.js').Scene['meanings']} meanings of all lines
 * @property {import('../../state/slider.js').Slider | null} slider
 * @property {import('../../state/document.js').Entry | undefined} folder the one it is in
 * @property {number} count lines in it, where it is a folder
 * @property {boolean} readOnly
 */

/**
 * A row of the list.
 *
 * @typedef {object} Row
 * @property {HTMLElement} element
 * @property {(content: RowContent) => void} show
 * @property {(direction?: -1 | 1) => void} focus puts the cursor in it; with a direction, it comes from the row above (1) or
 *   below (-1)
 * @property {() => void} destroy
 */

/** @typedef {import('../../state/item.js').ItemKind} ItemKind */

/**
 * The row that each kind of item has. What is not named here is shown for what it is, and kept.
 *
 * @type {Partial<Record<ItemKind, new (key: string, actions: RowActions) => Row>>}
 */
const ROWS = {
  expression: ExpressionRow,
  text: NoteRow,
  folder: FolderRow,
  table: TableRow,
  image: PhotoRow,
};

/**
 * @param {ItemKind} kind
 * @param {string} key of its entry
 * @param {RowActions} actions
 * @returns {Row}
 */
export function makeRow(kind, key, actions) {
  return new (ROWS[kind] ?? UnsupportedRow)(key, actions);
}
