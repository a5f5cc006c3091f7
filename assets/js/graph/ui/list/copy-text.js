import { folderOf } from '../../state/folders.js';
import { itemKind, itemLatex, itemText } from '../../state/item.js';
import { isRecord } from '../../state/json.js';
import { isPlain } from '../input/from-plain.js';
import { toPlain } from '../input/to-plain.js';

/**
 * Converts rows to text that can be read in a message and pasted again: one formula per line, `"` before a note, `#`
 * before a folder.
 *
 * @param {readonly import('../../state/document.js').Entry[]} entries
 * @returns {string}
 */
export function rowsAsText(entries) {
  return entries
    .flatMap((entry) => {
      const margin = folderOf(entries, entry) ? '  ' : '';
      return linesOf(entry.item).map((line) => margin + line);
    })
    .join('\n');
}

/** @param {import('../../state/item.js').Item} item @returns {string[]} */
function linesOf(item) {
  switch (itemKind(item)) {
    case 'expression':
      return itemLatex(item) === '' ? [] : [formula(itemLatex(item))];
    case 'text':
      return itemText(item, 'text')
        .split('\n')
        .map((line) => `"${line}`);
    case 'folder':
      return [`# ${itemText(item, 'title')}`];
    case 'table':
      return tableLines(item);
    default:
      return [];
  }
}

/** @param {string} latex @returns {string} plain text, or LaTeX if it has no plain form */
function formula(latex) {
  return isPlain(latex) ? toPlain(latex) : latex;
}

/**
 * @param {import('../../state/item.js').Item} item
 * @returns {string[]} one line per row, separated by tabs, as spreadsheets paste them
 */
function tableLines(item) {
  const columns = isRecord(item) && Array.isArray(item.columns) ? item.columns.filter(isRecord) : [];
  const cells = columns.map((column) => (Array.isArray(column.values) ? column.values : []));
  const rows = Math.max(0, ...cells.map((values) => values.length));
  const head = columns.map((column) => formula(itemText(column, 'latex'))).join('\t');
  return [
    head,
    ...Array.from({ length: rows }, (_, row) => cells.map((values) => formula(String(values[row] ?? ''))).join('\t')),
  ];
}
