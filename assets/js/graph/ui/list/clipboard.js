import { isRecord } from '../../state/json.js';
import { fromPlain } from '../input/from-plain.js';
import { normalizeLatex } from '../input/latex.js';

/**
 * Recognizes text from the clipboard: a graph, formulas, or a link to another site.
 *
 * @typedef {{kind: 'graph', state: Record<string, unknown>} | {kind: 'link'} | {kind: 'lines', items: Record<string, unknown>[]}} Pasted
 */

/** A longer text is not a list of formulas. */
const LINES_LIMIT = 500;

/** Words with spaces between them and no sign of a formula; longer words occur than names in formulas have letters. */
const PROSE = /^[\p{L}][\p{L}\s,.;:!?'\u2019\-\u2013]*\s[\p{L}\s,.;:!?'\u2019\-\u2013]*$/u;

/**
 * @param {string} text
 * @returns {Pasted}
 */
export function readPasted(text) {
  const state = readState(text);
  if (state) return { kind: 'graph', state };
  const trimmed = text.trim();
  if (/^https?:\/\/\S+$/.test(trimmed)) return { kind: 'link' };
  return { kind: 'lines', items: readLines(trimmed) };
}

/**
 * @param {string} text
 * @returns {Record<string, unknown> | null} the state, if the text is one
 */
function readState(text) {
  if (!/^\s*\{/.test(text) || !text.includes('"expressions"')) return null;
  try {
    const state = JSON.parse(text);
    return isRecord(state) && isRecord(state.expressions) && Array.isArray(state.expressions.list) ? state : null;
  } catch {
    return null;
  }
}

/**
 * Reads one item per line: `"` marks a note, `#` the title of a folder, whose items are indented.
 *
 * @param {string} text
 * @returns {Record<string, unknown>[]} items without colours, with an id where another item refers to them
 */
function readLines(text) {
  /** @type {Record<string, unknown>[]} */
  const items = [];
  let folder = '';
  for (const raw of text.split(/\r\n|[\n\r\u2028]/).slice(0, LINES_LIMIT)) {
    const line = raw.trim();
    if (line === '') continue;
    if (!/^\s/.test(raw)) folder = '';
    const item = readLine(line);
    const before = items.at(-1);
    if (item.type === 'folder') {
      folder = `folder ${items.length}`;
      items.push({ ...item, id: folder });
    } else if (item.type === 'text' && before?.type === 'text' && line.startsWith('"')) {
      before.text = `${before.text}\n${item.text}`;
    } else items.push(folder ? { ...item, folderId: folder } : item);
  }
  return items;
}

/**
 * @param {string} line
 * @returns {Record<string, unknown>}
 */
function readLine(line) {
  if (line.startsWith('"')) return { type: 'text', text: line.slice(1).replace(/"$/, '') };
  if (/^#\s/.test(line)) return { type: 'folder', title: line.slice(1).trim() };
  if (PROSE.test(line) && (line.match(/\p{L}{4,}/gu) ?? []).length > 1) return { type: 'text', text: line };
  // LaTeX is usually copied with its dollar signs.
  return { type: 'expression', latex: normalizeLatex(fromPlain(line.replace(/^\$+|\$+$/g, ''))) };
}
