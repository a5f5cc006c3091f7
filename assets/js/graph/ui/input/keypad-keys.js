/**
 * The keys of the keypad and their layout.
 *
 * @typedef {readonly [name: string, ...rest: unknown[]]} Command the action of a key: `typed` with a character,
 *   `insert` with LaTeX (`#@` is what precedes the cursor, `#?` a placeholder), a command of the field, `page`, or
 *   `enter`, `device`, `hide`
 *
 * @typedef {object} Key
 * @property {string} [label] label as plain text
 * @property {string} [latex] label as LaTeX
 * @property {string} name name for screen readers
 * @property {Command} command
 * @property {boolean} [isAction] the key does not insert anything
 */

/** @typedef {'numbers' | 'functions' | 'letters'} Page */

/** @type {(sign: string, name: string, label?: string) => Key} */
const typed = (sign, name, label = sign) => ({ label, name, command: ['typed', sign] });

/** @type {(latex: string, name: string, insert?: string) => Key} */
const math = (latex, name, insert = latex) => ({ latex, name, command: ['insert', insert] });

/** @type {(name: string, spoken?: string) => Key} */
const call = (name, spoken = name) => ({ label: name, name: spoken, command: ['insert', inserted(name)] });

/** @type {(label: string, name: string, ...command: [string, ...unknown[]]) => Key} */
const action = (label, name, ...command) => ({ label, name, command, isAction: true });

/** Functions with a LaTeX command. */
const COMMANDS = new Set(['sin', 'cos', 'tan', 'ln', 'log', 'exp', 'min', 'max', 'gcd']);

/** @param {string} name of a function */
function inserted(name) {
  const head = COMMANDS.has(name) ? `\\${name}` : `\\operatorname{${name}}`;
  return `${head}\\left(#?\\right)`;
}

/** @type {Readonly<Record<string, Key>>} */
const SPECIAL = {
  '.': typed('.', 'point'),
  ',': typed(',', 'comma'),
  '+': typed('+', 'plus'),
  '-': typed('-', 'minus', '\u2212'),
  '=': typed('=', 'equals'),
  '*': typed('*', 'times', '\u00d7'),
  '/': typed('/', 'divided by, fraction', '\u00f7'),
  '<': typed('<', 'less than', '&lt;'),
  '>': typed('>', 'greater than', '&gt;'),
  '(': typed('(', 'open bracket'),
  ')': typed(')', 'close bracket'),
  '!': typed('!', 'factorial'),
  '~': typed('~', 'is fitted by'),
  ':': typed(':', 'colon'),
  '[': typed('[', 'open list'),
  ']': typed(']', 'close list'),
  "'": typed("'", 'prime, slope', 'f\u2032'),
  pi: math('\\pi', 'pi'),
  theta: math('\\theta', 'theta'),
  alpha: math('\\alpha', 'alpha'),
  beta: math('\\beta', 'beta'),
  phi: math('\\phi', 'phi'),
  e: typed('e', 'e'),
  infinity: math('\\infty', 'infinity'),
  le: math('\\le', 'less than or equal'),
  ge: math('\\ge', 'greater than or equal'),
  square: math('x^2', 'squared', '#@^{2}'),
  power: math('x^n', 'to the power', '#@^{#?}'),
  index: math('x_n', 'index', '#@_{#?}'),
  root: math('\\sqrt{x}', 'square root', '\\sqrt{#?}'),
  cuberoot: math('\\sqrt[3]{x}', 'cube root', '\\sqrt[3]{#?}'),
  nthroot: math('\\sqrt[n]{x}', 'root', '\\sqrt[#?]{#?}'),
  abs: math('|x|', 'absolute value', '\\left|#?\\right|'),
  braces: math('\\{x\\}', 'only where, braces', '\\left\\{#?\\right\\}'),
  logbase: math('\\log_n', 'logarithm to a base', '\\log_{#?}\\left(#?\\right)'),
  power10: math('e^x', 'e to the power', 'e^{#?}'),
  sum: math('\\sum', 'sum', '\\sum_{n=#?}^{#?}'),
  product: math('\\prod', 'product', '\\prod_{n=#?}^{#?}'),
  integral: math('\\int', 'integral', '\\int_{#?}^{#?}#?dx'),
  slope: math('\\frac{d}{dx}', 'derivative', '\\frac{d}{dx}'),
  arcsin: call('arcsin'),
  arccos: call('arccos'),
  arctan: call('arctan'),
  delete: action('\u232b\ufe0e', 'delete', 'perform', 'deleteBackward'),
  left: action('\u2190', 'left', 'perform', 'moveToPreviousChar'),
  right: action('\u2192', 'right', 'perform', 'moveToNextChar'),
  enter: action('\u21b5', 'enter, next line', 'enter'),
  hide: action('\u25be', 'hide the keypad', 'hide'),
  device: action('\u2328\ufe0e', 'keyboard of the device', 'device'),
  shift: action('\u21e7', 'capital letters', 'shift'),
  numbers: action('123', 'numbers', 'page', 'numbers'),
  functions: action('f(x)', 'functions', 'page', 'functions'),
  letters: action('abc', 'letters', 'page', 'letters'),
};

/**
 * The rows of keys: the narrowest screens have space for seven finger-wide keys, phones in landscape for four rows.
 *
 * @type {Readonly<Record<'narrow' | 'wide', Record<Page, readonly string[]>>>}
 */
const ROWS = {
  narrow: {
    numbers: [
      'x y a b c pi ,',
      'square power root abs ( ) braces',
      '7 8 9 / le ge delete',
      '4 5 6 * < > =',
      '1 2 3 - left right enter',
      'functions letters 0 . + device hide',
    ],
    functions: [
      'sin cos tan arcsin arccos arctan theta',
      'ln log logbase exp power10 nthroot cuberoot',
      'floor ceil round sign mod gcd !',
      "sum product integral slope ' index ~",
      'mean median total min max infinity :',
      'numbers letters [ ] delete enter hide',
    ],
    letters: [
      'a b c d e f g',
      'h i j k l m n',
      'o p q r s t u',
      'v w x y z index delete',
      'alpha beta theta phi = , enter',
      'numbers functions shift left right device hide',
    ],
  },
  wide: {
    numbers: [
      'x y a b c pi , 7 8 9 / delete',
      'square power root abs ( ) braces 4 5 6 * =',
      '< > le ge index left right 1 2 3 - enter',
      'functions letters device hide ~ ! : [ ] 0 . +',
    ],
    functions: [
      'sin cos tan arcsin arccos arctan ln log logbase exp power10 delete',
      "floor ceil round sign mod gcd ! sum product integral slope '",
      'mean median total min max infinity : nthroot cuberoot index theta enter',
      'numbers letters device hide ~ [ ] left right',
    ],
    letters: [
      'a b c d e f g h i j k l',
      'm n o p q r s t u v w x',
      'y z alpha beta theta phi index = , shift delete enter',
      'numbers functions device hide left right',
    ],
  },
};

/** @type {readonly Page[]} */
export const PAGES = ['numbers', 'functions', 'letters'];

/**
 * @param {'narrow' | 'wide'} width
 * @param {Page} page
 * @returns {Key[][]} rows of keys
 */
export function keysOf(width, page) {
  return ROWS[width][page].map((row) => row.split(' ').map((name) => keyNamed(name, page)));
}

/**
 * @param {string} name
 * @param {Page} page
 * @returns {Key}
 */
function keyNamed(name, page) {
  if (/^\d$/.test(name)) return typed(name, name);
  if (/^[a-z]$/.test(name)) return { latex: name, name, command: ['typed', name] };
  return SPECIAL[name] ?? (page === 'functions' ? call(name) : typed(name, name));
}
