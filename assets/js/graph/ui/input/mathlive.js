import { INLINE_SHORTCUTS } from './typing-shortcuts.js';

/** @typedef {import('mathlive').MathfieldElement} MathfieldElement */

/**
 * The keys of MathLive that are kept: moving, selecting, deleting, the clipboard and the fraction bar. Its raw LaTeX
 * and text modes are removed (a stray backslash would swallow what follows), and so are undo, which belongs to the
 * list, and Tab, which moves to the next control.
 */
const KEPT_COMMAND = /^(move|extend|delete|select|cut|copy|paste|insert\(\\frac)/;

/** @type {Promise<typeof import('mathlive').MathfieldElement> | null} */
let loading = null;

/**
 * Loads MathLive, once for all graphers of the page.
 *
 * @returns {Promise<typeof import('mathlive').MathfieldElement>}
 * @throws if it cannot be loaded; a later call tries again
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
 * @param {typeof import('mathlive').MathfieldElement} Field from `loadMathLive`
 * @returns {MathfieldElement} a field to insert into the page
 */
export function newMathField(Field) {
  const field = new Field();
  field.mathVirtualKeyboardPolicy = 'manual';
  field.popoverPolicy = 'off';
  field.smartFence = true;
  // Leaving after one digit would turn x^10 into x^1 0; mathlive-typing.js leaves exponents at an operator instead.
  field.smartSuperscript = false;
  field.placeholderSymbol = '\u2423';
  return field;
}

/**
 * Applies settings that a field accepts only once it is in the page.
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
 * @returns {HTMLElement | null} the element that receives the field's keys. MathLive's own focus() is delayed, and keys
 *   typed meanwhile would be lost
 */
export function sinkOf(field) {
  const sink = field.shadowRoot?.querySelector('[part~="keyboard-sink"]');
  return sink instanceof HTMLElement ? sink : null;
}
