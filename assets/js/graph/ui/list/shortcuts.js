/**
 * What keys ask of the grapher, wherever in it the cursor is.
 *
 * @typedef {object} ListCommands
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} note adds one
 * @property {() => void} table
 * @property {() => void} folder
 * @property {() => void} remove the line at hand
 * @property {() => void} duplicate
 * @property {() => void} toggle shows or hides what it draws
 * @property {() => void} help
 */

/**
 * Keys with Control (Command on an Apple keyboard), and what they do; `alt+` and `shift+` go before the key in this order.
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
  'shift+/': 'help', // where the slash is typed with Shift
  'shift+?': 'help',
};

/**
 * @param {KeyboardEvent} event
 * @returns {keyof ListCommands | null} what it asks for
 */
export function commandOf(event) {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  if (event.isComposing || event.getModifierState('AltGraph')) return null;
  if (event.key === '?' && !ctrlKey && !metaKey && !altKey && !isField(event)) return 'help';
  if (!ctrlKey && !metaKey) return null;
  // With Option, an Apple keyboard types another letter; the key itself is the same.
  const letter = altKey ? event.code.replace(/^Key/, '') : event.key;
  const name = `${altKey ? 'alt+' : ''}${shiftKey ? 'shift+' : ''}${letter.toLowerCase()}`;
  return Object.hasOwn(KEYS, name) ? KEYS[name] : null;
}

/** @param {KeyboardEvent} event @returns {boolean} whether it is typed in a field */
function isField({ target }) {
  return target instanceof Element && target.closest('input, textarea, math-field, [contenteditable]') !== null;
}
