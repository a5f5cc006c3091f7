/**
 * Splits LaTeX into tokens. All spellings of a sign (\le, \leq, \leqslant, <=, ≤) become one token, and spacing and
 * sizing commands are dropped, so that the parser sees one spelling only.
 */

import { LangError, unsupported, words } from '../messages.js';
import { CONSTANTS, FUNCTION_NAMES, TYPED_NAMES, UNSUPPORTED_FUNCTIONS } from '../builtins.js';

/**
 * @typedef {object} Token
 * @property {'number'|'name'|'function'|'word'|'sign'|'command'|'end'} type
 * sign: punctuation and operators; command: something with arguments of its own, such as \frac; word: a name of several
 * letters that is not a function
 * @property {string} text
 */

/** Longer lines are not read at all. */
export const MAX_LENGTH = 50_000;

/** Greatest depth of nested text commands. */
const MAX_DEPTH = 20;

const SPACING = new Set(
  (
    '\\, \\: \\; \\! \\> \\  \\quad \\qquad \\displaystyle \\textstyle \\limits \\nolimits \\left \\right \\mleft \\mright ' +
    '\\middle \\big \\Big \\bigl \\bigr \\Bigl \\Bigr \\bigg \\Bigg \\biggl \\biggr \\Biggl \\Biggr \\mathopen \\mathclose'
  )
    .split(' ')
    .concat('\\ '),
);

/** @type {Record<string, string>} commands and characters that are another spelling of a sign */
const SIGNS = {
  '\\cdot': '*',
  '\\times': '*',
  '\\ast': '*',
  '*': '*',
  '·': '*',
  '×': '*',
  '⋅': '*',
  '∗': '*',
  '\\bullet': '*',
  '\\div': '/',
  '÷': '/',
  '/': '/',
  '\\slash': '/',
  '+': '+',
  '-': '-',
  '−': '-',
  '–': '-',
  '\\le': '<=',
  '\\leq': '<=',
  '\\leqslant': '<=',
  '≤': '<=',
  '\\ge': '>=',
  '\\geq': '>=',
  '\\geqslant': '>=',
  '≥': '>=',
  '\\lt': '<',
  '<': '<',
  '\\gt': '>',
  '>': '>',
  '\\ne': '!=',
  '\\neq': '!=',
  '≠': '!=',
  '=': '=',
  '\\sim': '~',
  '∼': '~',
  '\\to': '->',
  '\\rightarrow': '->',
  '→': '->',
  '(': '(',
  ')': ')',
  '\\lparen': '(',
  '\\rparen': ')',
  '[': '[',
  ']': ']',
  '\\lbrack': '[',
  '\\rbrack': ']',
  '{': '{',
  '}': '}',
  '\\{': '\\{',
  '\\}': '\\}',
  '\\lbrace': '\\{',
  '\\rbrace': '\\}',
  '|': '|',
  '\\vert': '|',
  '\\mid': '|',
  '\\lvert': 'l|',
  '\\rvert': 'r|',
  '∣': '|',
  '\\lfloor': '\\lfloor',
  '\\rfloor': '\\rfloor',
  '\\lceil': '\\lceil',
  '\\rceil': '\\rceil',
  '⌊': '\\lfloor',
  '⌋': '\\rfloor',
  '⌈': '\\lceil',
  '⌉': '\\rceil',
  ',': ',',
  ':': ':',
  '\\colon': ':',
  ';': ',',
  '^': '^',
  _: '_',
  '!': '!',
  "'": "'",
  '′': "'",
  '’': "'",
  '\\prime': "'",
  '\\doubleprime': "''",
  '\\%': '%',
  '%': '%',
  '\\circ': '°',
  '\\degree': '°',
  '°': '°',
  '\\dots': '...',
  '\\ldots': '...',
  '\\cdots': '...',
  '…': '...',
  '&': '&',
  '\\\\': '\\\\',
};

/** Commands whose arguments the parser reads. */
const COMMANDS = new Set(['\\frac', '\\sqrt', '\\sum', '\\prod', '\\int', '\\binom', '\\begin', '\\end']);

/** @type {Record<string, string>} */
const COMMAND_SPELLINGS = {
  '\\dfrac': '\\frac',
  '\\tfrac': '\\frac',
  '\\cfrac': '\\frac',
  '√': '\\sqrt',
  '∑': '\\sum',
  '∏': '\\prod',
  '∫': '\\int',
  '\\dbinom': '\\binom',
  '\\tbinom': '\\binom',
};

/** Commands around a text, which are ignored. */
const TEXT_COMMANDS = new Set(
  '\\operatorname \\operatorname* \\mathrm \\mathit \\mathbf \\mathsf \\text \\textrm \\textit \\mathop \\mbox'.split(
    ' ',
  ),
);

/** @type {Record<string, string>} */
const UNSUPPORTED_COMMANDS = {
  '\\lim': words.things.limits,
  '\\iint': words.things.doubleIntegral,
  '\\vec': words.things.vectors,
  '\\overrightarrow': words.things.vectors,
  '\\in': words.things.sets,
  '\\cup': words.things.sets,
  '\\cap': words.things.sets,
  '\\pm': words.things.plusMinus,
  '\\mp': words.things.plusMinus,
};

const GREEK = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho sigma tau upsilon phi chi psi ' +
    'omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega varepsilon vartheta varphi varrho varsigma'
  )
    .split(' ')
    .map((name) => `\\${name}`),
);

const GREEK_CHARACTERS = 'αβγδεζηθικλμνξοπρστυφχψω';
const GREEK_NAMES = (
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau ' +
  'upsilon phi chi psi omega'
).split(' ');

/** Superscript digits, as some keyboards type them: x². */
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const RAISED_FIGURES = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/y;

const NUMBER = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)/y;
const DOTS = /\.{2,3}/y;
const COMMAND = /\\(?:operatorname\*|[a-zA-Z]+|.)/sy;
const SPELLED_FUNCTION = new RegExp(`(?:${TYPED_NAMES.join('|')})(?=\\s*(?:\\\\m?left)?\\s*[([])`, 'y');

/**
 * @param {string} latex
 * @param {number} [depth] number of enclosing text commands
 * @returns {Token[]} ended by a token of type 'end'
 * @throws {LangError} for an unknown command
 */
export function tokenize(latex, depth = 0) {
  if (latex.length > MAX_LENGTH) throw new LangError(words.tooLong());
  if (depth > MAX_DEPTH) throw new LangError(words.tooDeep());
  const reader = new Reader(latex, depth);
  while (!reader.done) reader.next();
  reader.push('end', '');
  return reader.tokens;
}

class Reader {
  /** @type {Token[]} */
  tokens = [];
  #at = 0;
  #hasTilde = false;
  #text;
  #depth;

  /** @param {string} text @param {number} depth */
  constructor(text, depth) {
    this.#text = text;
    this.#depth = depth;
  }

  get done() {
    return this.#at >= this.#text.length;
  }

  /** @param {Token['type']} type @param {string} text */
  push(type, text) {
    this.#hasTilde ||= text === '~';
    this.tokens.push({ type, text });
  }

  next() {
    const c = this.#text[this.#at];
    if (/[\s~$]/.test(c)) {
      // A tilde is a non-breaking space in LaTeX, but a regression may also be typed with a bare one.
      if (c === '~' && this.tokens.length > 0 && !this.#hasTilde) this.push('sign', '~');
      this.#at += 1;
    } else if (c === '\\') this.#command();
    else if (this.#match(NUMBER, 'number')) return;
    else if (/[a-zA-Z]/.test(c)) this.#letter(c);
    else this.#character(c);
  }

  /** @param {RegExp} pattern @param {Token['type']} type */
  #match(pattern, type) {
    const text = this.#take(pattern);
    if (text !== undefined) this.push(type, text);
    return text !== undefined;
  }

  /** @param {RegExp} pattern */
  #take(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** @param {string} c */
  #letter(c) {
    if (this.#match(SPELLED_FUNCTION, 'function')) return;
    this.#at += 1;
    this.push('name', c);
  }

  /** @param {string} c */
  #character(c) {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    if (this.#take(DOTS) !== undefined) return this.push('sign', '...');
    if (this.#pair() || this.#raised()) return;
    this.#at += character.length;
    const greek = GREEK_CHARACTERS.indexOf(c);
    if (c === 'π') this.push('name', '\\pi');
    else if (c === '∞') this.push('name', '\\infty');
    else if (greek >= 0) this.push('name', `\\${GREEK_NAMES[greek]}`);
    else if (c in COMMAND_SPELLINGS) this.push('command', COMMAND_SPELLINGS[c]);
    else if (c in SIGNS) this.#sign(SIGNS[c]);
    else if (c === '.') this.push('sign', '.');
    else throw new LangError(words.notUnderstood(character));
  }

  /** x² is x^{2}. */
  #raised() {
    const figures = this.#take(RAISED_FIGURES);
    if (figures === undefined) return false;
    this.push('sign', '^');
    this.push('sign', '{');
    this.push('number', [...figures].map((figure) => RAISED.indexOf(figure)).join(''));
    this.push('sign', '}');
    return true;
  }

  /** Signs typed as two characters. */
  #pair() {
    const pair = this.#text.substr(this.#at, 2);
    if (pair !== '<=' && pair !== '>=' && pair !== '->') return false;
    this.#at += 2;
    this.push('sign', pair);
    return true;
  }

  #command() {
    const command = /** @type {string} */ (this.#take(COMMAND) ?? this.#text[this.#at++]);
    const name = command.slice(1);
    if (command === '\\left' || command === '\\mleft') this.#delimiter('l');
    else if (command === '\\right' || command === '\\mright') this.#delimiter('r');
    else if (SPACING.has(command)) return;
    else if (command in SIGNS) this.#sign(SIGNS[command]);
    else if (COMMANDS.has(command)) this.push('command', command);
    else if (command in COMMAND_SPELLINGS) this.push('command', COMMAND_SPELLINGS[command]);
    else if (TEXT_COMMANDS.has(command)) this.#word(this.#group());
    else if (command === '\\placeholder') this.#placeholder();
    else if (GREEK.has(command) || command in CONSTANTS) this.push('name', CONSTANTS[command] ?? command);
    else if (FUNCTION_NAMES.has(name)) this.push('function', name);
    else if (command === '\\imaginaryI' || command === '\\imaginaryJ') this.push('word', 'imaginaryI');
    else if (command === '\\differentialD') this.push('name', 'd');
    else if (command in UNSUPPORTED_COMMANDS) unsupported(UNSUPPORTED_COMMANDS[command]);
    else throw new LangError(words.unknownCommand(name.length > 1 ? name : command));
  }

  /** @param {string} sign */
  #sign(sign) {
    if (sign === "''") this.push('sign', "'");
    this.push('sign', sign === "''" ? "'" : sign);
    // 5% of 20, with the word typed as letters.
    if (sign === '%' && this.#take(/\s*of(?![a-zA-Z])/y) !== undefined) this.push('sign', '*');
  }

  /**
   * After \left and \right: a bar knows its side, and a dot is no bracket.
   *
   * @param {'l'|'r'} side
   */
  #delimiter(side) {
    const found = this.#take(/\s*(?:\||\\l?r?vert|\.)/y)?.trim();
    if (found !== undefined && found !== '.') this.push('sign', `${side}|`);
  }

  /** A placeholder. Its content counts. */
  #placeholder() {
    this.#take(/\[[^\]]*\]/y);
    const inside = this.#group();
    if (inside.trim() === '') this.push('word', 'placeholder');
    else this.tokens.push(...tokenize(inside, this.#depth + 1).slice(0, -1));
  }

  /** The text of the braced group that follows. */
  #group() {
    this.#take(/\s+/y);
    if (this.#text[this.#at] !== '{') return this.#take(/[a-zA-Z]/y) ?? '';
    const end = matchingBrace(this.#text, this.#at);
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inside;
  }

  /** @param {string} text the content of \operatorname{…} or \mathrm{…} */
  #word(text) {
    const word = text.replace(/\\[,:;! ]|[\s~{}]/g, '');
    if (word === '' || word === 'if') return;
    if (FUNCTION_NAMES.has(word) || UNSUPPORTED_FUNCTIONS.has(word)) this.push('function', word);
    else if (word === 'of') this.push('sign', '*');
    else if (/^d?[a-zA-Z]$/.test(word)) for (const letter of word) this.push('name', letter);
    else if (/^[a-zA-Z]+$/.test(word)) this.push('word', word);
    else this.tokens.push(...tokenize(word, this.#depth + 1).slice(0, -1));
  }
}

/**
 * @param {string} text
 * @param {number} start index of the opening brace
 * @returns {number} index of the closing brace
 */
function matchingBrace(text, start) {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '{') depth += 1;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  throw new LangError(words.missingBracket());
}
