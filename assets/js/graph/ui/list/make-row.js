import { ExpressionRow } from './row/expression-row.js';
import { FolderRow } from './row/folder-row.js';
import { UnsupportedRow } from './row/unsupported-row.js';
import { NoteRow } from './row/note-row.js';
import { PhotoRow } from '../photo/row.js';
import { TableRow } from '../table/row.js';

/**
 * The actions that a row asks for; `key` is the key of its entry.
 *
 * @typedef {object} RowActions
 * @property {(key: string, latex: string) => void} edit
 * @property {(key: string, changes: Record<string, unknown>, tag?: string) => void} update changes keys of the item, as
 *   `GraphDocument.update` does
 * @property {(key: string) => void} enter adds an expression below
 * @property {(key: string, text: string) => boolean} paste returns whether the text was more than a formula for this
 *   row and has been handled
 * @property {(key: string) => void} backspace removes the empty row
 * @property {(key: string, direction: -1 | 1) => void} leave moves the focus to the row above or below
 * @property {(key: string, index: number, folder?: string) => void} move as `GraphDocument.move` does
 * @property {(key: string) => void} toggle shows or hides what the row draws, or all items of a folder
 * @property {(key: string, type: 'text', rest: Record<string, unknown>) => void} become replaces the item with one of
 *   another type
 * @property {(key: string) => void} remove removes the row; a folder with its contents
 * @property {(key: string) => void} unfold removes a folder and keeps its contents
 * @property {(key: string, name: string, anchor: HTMLElement, isToggle: boolean) => void} options opens the row's
 *   options beside `anchor`, or closes them; `name` is the row's name within a sentence
 * @property {import('../slider/controller.js').SliderController} sliders
 * @property {import('../table/edits.js').TableEdits} tables
 * @property {(key: string, names: readonly string[]) => void} addSliders
 * @property {(text: string) => void} announce
 * @property {(key: string | null) => void} select as `Editing.select` does
 * @property {import('../editing.js').Editing['images']} images storage of photos
 */

/**
 * The content that a row shows.
 *
 * @typedef {object} RowContent
 * @property {import('../../state/document.js').Entry} entry
 * @property {number} number position in the list, from 1
 * @property {import('../../state/scene.js').Meaning | undefined} meaning
 * @property {import('../../state/scene.js').Scene['meanings']} meanings of all lines
 * @property {import('../../state/slider.js').Slider | null} slider
 * @property {import('../../state/document.js').Entry | undefined} folder the folder that contains it
 * @property {number} count number of items in it, for a folder
 * @property {boolean} readOnly
 */

/**
 * A row of the list.
 *
 * @typedef {object} Row
 * @property {HTMLElement} element
 * @property {(content: RowContent) => void} show
 * @property {(direction?: -1 | 1) => void} focus focuses the row; with a direction, the cursor comes from the row above
 *   (1) or below (-1)
 * @property {() => void} destroy
 */

/** @typedef {import('../../state/item.js').ItemKind} ItemKind */

/**
 * The row class for each kind of item. Other items are shown by name and kept.
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
 * @param {string} key key of its entry
 * @param {RowActions} actions
 * @returns {Row}
 */
export function makeRow(kind, key, actions) {
  return new (ROWS[kind] ?? UnsupportedRow)(key, actions);
}
