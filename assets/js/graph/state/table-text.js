/**
 * Cells as text, in the form of spreadsheets' clipboards and files: one line per row; cells separated by tabs,
 * semicolons or commas; quotes around cells that contain one of these (RFC 4180, with any of the separators).
 */

/** If numbers are written with a decimal comma, the comma cannot be a separator. */
const DECIMAL_COMMA = /^\s*[-\u2212]?\d+,\d+\s*$/;

const DECIMAL_POINT = /^\s*[-\u2212]?[\d,]*\d\.\d+\s*$/;
const THOUSANDS = /^[-\u2212]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

const NUMBER = /^\s*[-\u2212+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/**
 * @param {string} text
 * @returns {string[][] | null} the cells as text; null if the text is a single cell
 */
export function readCells(text) {
  const trimmed = text.replace(/(?:\r?\n)+$/, '');
  const separator = separatorOf(trimmed);
  if (separator === null && !trimmed.includes('\n')) return null;
  const rows = split(trimmed, separator).map((row) => row.map((cell) => cell.trim()));
  // If the point is the decimal sign, the comma groups thousands.
  const comma = rows.flat().some((cell) => DECIMAL_POINT.test(cell)) ? '' : '.';
  return rows.map((row) => row.map((cell) => plainNumber(cell, comma)));
}

/**
 * Reports whether cells look like data rather than lines of formulas or prose.
 *
 * @param {readonly (readonly string[])[]} rows
 * @returns {boolean}
 */
export function isData(rows) {
  const width = rows[0]?.length ?? 0;
  const cells = rows.flat();
  const numbers = cells.filter((cell) => NUMBER.test(cell)).length;
  return rows.length > 0 && width > 1 && rows.every((row) => row.length === width) && numbers * 2 >= cells.length;
}

/**
 * @param {readonly string[]} row
 * @returns {boolean} whether it is a header row
 */
export function isHead(row) {
  return row.some((cell) => cell !== '') && row.every((cell) => !NUMBER.test(cell));
}

/**
 * @param {readonly (readonly string[])[]} rows
 * @returns {string}
 */
export function writeCells(rows) {
  const quoted = (/** @type {string} */ cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quoted).join('\t')).join('\n');
}

/**
 * @param {string} text
 * @returns {'\t' | ';' | ',' | null}
 */
function separatorOf(text) {
  if (text.includes('\t')) return '\t';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 0 && lines.every((line) => line.includes(';'))) return ';';
  const isList = lines.length > 1 && lines.every((line) => line.includes(',') && !/[()[\]{}=]/.test(line));
  // 1,5 and 2,05 are a column with decimal commas: no integer begins with a zero.
  return isList && !lines.some((line) => /,0\d/.test(line)) ? ',' : null;
}

/**
 * @param {string} text
 * @param {string | null} separator
 * @returns {string[][]}
 */
function split(text, separator) {
  const rows = [['']];
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    const row = /** @type {string[]} */ (rows.at(-1));
    const last = row.length - 1;
    if (isQuoted) {
      if (sign !== '"') row[last] += sign;
      else if (text[i + 1] === '"') row[last] += text[++i];
      else isQuoted = false;
    } else if (sign === '"' && row[last] === '') isQuoted = true;
    else if (sign === separator) row.push('');
    else if (sign === '\n') rows.push(['']);
    else if (sign !== '\r') row[last] += sign;
  }
  return rows;
}

/**
 * @param {string} cell
 * @param {'' | '.'} comma replacement of a comma in a number
 * @returns {string} with a decimal point, without characters that LaTeX does not have
 */
function plainNumber(cell, comma) {
  const isComma = comma === '.' ? DECIMAL_COMMA.test(cell) : THOUSANDS.test(cell);
  const text = isComma ? cell.replaceAll(',', comma) : cell;
  if (!NUMBER.test(text)) return text;
  const plain = text.replace('\u2212', '-').replace('+', '');
  return /e/i.test(plain) ? withoutExponent(Number(plain)) : plain;
}

/** @param {number} value */
function withoutExponent(value) {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}
