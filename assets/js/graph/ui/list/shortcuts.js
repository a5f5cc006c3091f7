/**
 * Keyboard shortcuts of the grapher, wherever the focus is in it.
 *
 * @typedef {object} ListCommands
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} note adds a note
 * @property {() => void} table
 * @property {() => void} folder
 * @property {() => void} remove removes the selected row
 * @property {() => void} duplicate
 * @property {() => void} toggle shows or hides the selected row's curve
 * @property {() => void} help
 */

/**
 * Shortcuts with Control (Command on an Apple keyboard); `alt+` and `shift+` go before the key in this order.
 *
 * @type {Readonly<Record<string, keyof ListCommands>>}
 */
const KEYS = {
  z: 'undo',
  'shift+z': 'redo',
  y: 'redo',
  d: 'remove',
  'shift+d': 'duplicate',
  'alt+o': 'note',
  'alt+t': 'table',
  'alt+f': 'folder',
  'alt+h': 'toggle',
  '/': 'help',
  'shift+/': 'help', // On layouts where the slash needs Shift.
  'shift+?': 'help',
};

/**
 * @param {KeyboardEvent} event
 * @returns {keyof ListCommands | null} the command of the shortcut, if it is one
 */
export function commandOf(event) {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  if (event.isComposing || event.getModifierState('AltGraph')) return null;
  if (event.key === '?' && !ctrlKey && !metaKey && !altKey && !isField(event)) return 'help';
  if (!ctrlKey && !metaKey) return null;
  // With Option, Apple keyboards type another letter; the key code is the same.
  const letter = altKey ? event.code.replace(/^Key/, '') : event.key;
  const name = `${altKey ? 'alt+' : ''}${shiftKey ? 'shift+' : ''}${letter.toLowerCase()}`;
  return Object.hasOwn(KEYS, name) ? KEYS[name] : null;
}

/** @param {KeyboardEvent} event @returns {boolean} whether the event comes from a text field */
function isField({ target }) {
  return target instanceof Element && target.closest('input, textarea, math-field, [contenteditable]') !== null;
}
