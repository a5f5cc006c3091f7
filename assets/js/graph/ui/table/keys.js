/**
 * Where keys go from a cell, as in a spreadsheet.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} input the cell
 * @returns {{column: number, row: number} | null} null where the key stays in the cell
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
 * @param {number} end where the text begins, or ends
 * @returns {boolean} whether the cursor stands there; a cell that is selected as a whole is at both its ends
 */
function isCursorAt({ selectionStart, selectionEnd, value }, end) {
  const isWhole = selectionStart === 0 && selectionEnd === value.length;
  return isWhole || (selectionStart === end && selectionEnd === end);
}
