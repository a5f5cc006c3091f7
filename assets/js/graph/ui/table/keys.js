/**
 * Returns how a key moves the focus between cells, as in a spreadsheet.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} input the cell
 * @returns {{column: number, row: number} | null} the offset of the move, or null if the key applies within the cell
 */
export function moveOf({ key, shiftKey }, input) {
  switch (key) {
    case 'Enter':
      return { column: 0, row: shiftKey ? -1 : 1 };
    case 'Tab':
      return { column: shiftKey ? -1 : 1, row: 0 };
    case 'ArrowUp':
      return { column: 0, row: -1 };
    case 'ArrowDown':
      return { column: 0, row: 1 };
    case 'ArrowLeft':
      return !shiftKey && isCursorAt(input, 0) ? { column: -1, row: 0 } : null;
    case 'ArrowRight':
      return !shiftKey && isCursorAt(input, input.value.length) ? { column: 1, row: 0 } : null;
    default:
      return null;
  }
}

/**
 * @param {HTMLInputElement} input
 * @param {number} end start or end of the text
 * @returns {boolean} whether the cursor is there; a cell selected as a whole is at both ends
 */
function isCursorAt({ selectionStart, selectionEnd, value }, end) {
  const isWhole = selectionStart === 0 && selectionEnd === value.length;
  return isWhole || (selectionStart === end && selectionEnd === end);
}
