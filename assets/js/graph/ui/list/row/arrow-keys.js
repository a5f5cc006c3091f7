/**
 * Handles keys that move between rows, for rows without a text field: up and down arrows, and Enter for a new
 * expression below.
 *
 * @param {HTMLElement} target
 * @param {string} key of the row's entry
 * @param {import('../make-row.js').RowActions} actions
 */
export function listenToRowKeys(target, key, actions) {
  target.addEventListener('keydown', (event) => {
    if (event.target !== target || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === 'ArrowUp') actions.leave(key, -1);
    else if (event.key === 'ArrowDown') actions.leave(key, 1);
    else if (event.key === 'Enter') actions.enter(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
