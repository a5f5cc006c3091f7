import { INLINE_SHORTCUTS } from './typing-shortcuts.js';

/** @typedef {import('mathlive').MathfieldElement} MathfieldElement */

/**
 * MathLive's own keys that are kept: moving, selecting, deleting, the clipboard, and the bar of a fraction. Gone are
 * its ways into raw LaTeX and text (a stray backslash would swallow what follows), undo, which belongs to the list, and
 * the tabulator, which is to go to the next control of the page.
 */
const KEPT_COMMAND = /^(move|extend|delete|select|cut|copy|paste|insert\(\\frac)/;

/** @type {Promise<typeof import('mathlive').MathfieldElement> | null} */
let loading = null;

/**
 * Loads the field for mathematics, once for all graphers of the page.
 *
 * @returns {Promise<typeof import('mathlive').MathfieldElement>}
 * @throws where it cannot be loaded; a later call tries again
 */
export function loadMathLive() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  const { MathfieldElement: Field } = await import('mathlive');
  Field.soundsDirectory = null;
  Field.fontsDirectory = new URL('fonts', import.meta.resolve('mathlive')).href;
  Field.scientificNotationTemplate = null;
  return Field;
}

/**
 * @param {typeof import('mathlive').MathfieldElement} Field as `loadMathLive` gives it
 * @returns {MathfieldElement} a field ready to be put in the page
 */
export function newMathField(Field) {
  const field = new Field();
  field.mathVirtualKeyboardPolicy = 'manual';
  field.popoverPolicy = 'off';
  field.smartFence = true;
  // Taking the cursor out after one digit would turn x^10 into x^1 0; typing.js leaves exponents at an operator instead.
  field.smartSuperscript = false;
  field.placeholderSymbol = '\u2423';
  return field;
}

/**
 * Settings that a field takes only once it is in the page.
 *
 * @param {MathfieldElement} field
 */
export function settleMathField(field) {
  field.menuItems = [];
  field.inlineShortcuts = INLINE_SHORTCUTS;
  field.keybindings = field.keybindings.filter(
    ({ key, command }) => KEPT_COMMAND.test(nameOf(command)) && !key.includes('[Tab]'),
  );
}

/**
 * @param {import('mathlive').Keybinding['command']} command
 * @returns {string}
 */
function nameOf(command) {
  return Array.isArray(command) ? `${command[0]}(${command[1]}` : String(command);
}

/**
 * @param {MathfieldElement} field
 * @returns {HTMLElement | null} what takes the keys of the field. MathLive's own focus() waits a turn, in which they would go
 *   to nobody
 */
export function sinkOf(field) {
  const sink = field.shadowRoot?.querySelector('[part~="keyboard-sink"]');
  return sink instanceof HTMLElement ? sink : null;
}
