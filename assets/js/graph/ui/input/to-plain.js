/** Converts LaTeX to plain text: for accessible names, and for typing while MathLive is not available. */

/** Commands for a single character of plain text. */
const SIGNS = new Map(
  Object.entries({
    '\\cdot': '*',
    '\\times': '*',
    '\\div': '/',
    '\\le': '<=',
    '\\ge': '>=',
    '\\ne': '!=',
    '\\to': '->',
    '\\sim': '~',
    '\\left': '',
    '\\right': '',
    '\\{': '{',
    '\\}': '}',
    '\\lbrace': '{',
    '\\rbrace': '}',
    '\\middle': '',
    '\\ ': ' ',
    '\\,': ' ',
    '\\%': '%',
  }),
);

/** Before these, or at an end, a fraction needs no parentheses. */
const ENDS = new Set([
  undefined,
  '+',
  '-',
  '=',
  '<',
  '>',
  ',',
  ':',
  '}',
  ')',
  ']',
  '\\right',
  '\\le',
  '\\ge',
  '\\}',
  '\\rbrace',
]);

/** Marks the ends of words until it is known where they would run into their neighbours. */
const EDGE = '\u0001';

/** Deeper than any student's formula; beyond, the rest is left as LaTeX. */
const DEPTH_LIMIT = 60;

/** Reads LaTeX token by token. */
class Reader {
  #tokens;
  #index = 0;
  #depth = 0;

  /** @param {string} latex */
  constructor(latex) {
    /** @type {readonly string[]} */
    this.#tokens = latex.match(/\\[a-zA-Z]+|\\[^]|\s+|\d+\.?\d*|[^]/g) ?? [];
  }

  /**
   * @param {string} [end] the token to stop before
   * @returns {string}
   */
  readUntil(end) {
    let text = '';
    this.#depth++;
    while (this.#index < this.#tokens.length && this.#tokens[this.#index] !== end) {
      const isFraction = this.#tokens[this.#index] === '\\frac';
      const part = this.#readOne();
      const standsAlone = !isFraction || (!/[\w)\]|}.\u0001]$/.test(text) && ENDS.has(this.#tokens[this.#index]));
      text += standsAlone ? part : `(${part})`;
    }
    this.#depth--;
    this.#index++;
    return text;
  }

  /** @returns {string} one argument of a command, without its braces */
  #readArgument() {
    while (this.#tokens[this.#index]?.trim() === '') this.#index++;
    if (this.#index >= this.#tokens.length) return '';
    if (this.#tokens[this.#index] !== '{') return this.#readOne();
    this.#index++;
    return this.readUntil('}');
  }

  /** @returns {string} */
  #readOne() {
    const token = this.#tokens[this.#index++];
    if (this.#depth > DEPTH_LIMIT) return token;
    if (token === '{') return this.readUntil('}');
    if (token === '^' || token === '_') return token + grouped(this.#readArgument());
    if (token === '\\frac') return `${grouped(this.#readArgument())}/${grouped(this.#readArgument())}`;
    if (token === '\\sqrt') return this.#readRoot();
    if (token === '\\operatorname' || token === '\\mathrm') return word(this.#readArgument());
    if (token.trim() === '') return ' ';
    return SIGNS.get(token) ?? (/^\\[a-zA-Z]/.test(token) ? word(token.slice(1)) : token);
  }

  /** @returns {string} */
  #readRoot() {
    if (this.#tokens[this.#index] !== '[') return `${word('sqrt')}(${this.#readArgument()})`;
    this.#index++;
    const degree = this.readUntil(']');
    const radicand = this.#readArgument();
    return degree === '3' ? `${word('cbrt')}(${radicand})` : `${word('nthroot')}(${radicand},${degree})`;
  }
}

/**
 * @param {string} latex
 * @returns {string} such as `y = 2x^2 + 1`; `fromPlain` converts it back to the same meaning
 */
export function toPlain(latex) {
  return new Reader(latex)
    .readUntil()
    .replace(/(?<=[a-zA-Z])\u0001+(?=[a-zA-Z0-9])/g, ' ')
    .replaceAll(EDGE, '')
    .replace(/\s*(<=|>=|!=|->|[=<>~])\s*/g, ' $1 ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** @param {string} name */
function word(name) {
  return EDGE + name + EDGE;
}

/**
 * @param {string} text
 * @returns {string} in parentheses, unless it is a single term
 */
function grouped(text) {
  return /^(\d+\.?\d*|[a-zA-Z])$/.test(text) ? text : `(${text})`;
}
