/** Converts LaTeX to spoken words, for screen readers. */

import { FUNCTIONS, POWERS, RANGES, ROOTS, SIGNS } from './spoken-words.js';

/** Deeper than any student's formula. */
const DEPTH_LIMIT = 60;
/** Letters that are read as functions before parentheses; any other letter is a factor. */
const FUNCTION_LETTERS = /^[fgpqFGPQ]$|^h$/;
/** After these words a parenthesis only groups. */
const OPENS = /(^|plus|minus|times|by|equals|than|to|of|^,|over|gives|if|where|quantity)$/;

/** Marks the audible end of a quantity, as opposed to a comma of the formula. */
const PAUSE = ' ,';

/** Reads LaTeX token by token. */
class Speaker {
  #tokens;
  #index = 0;
  #depth = 0;

  /** @param {string} latex */
  constructor(latex) {
    /** @type {readonly string[]} */
    this.#tokens = (latex.match(/\\[a-zA-Z]+|\\[^]|\s+|\d+\.?\d*|\.\.\.|[^]/g) ?? []).filter(
      (token) => token.trim() !== '' && !/^\\[ ,;:!]$/.test(token),
    );
  }

  /** @param {...string} ends the tokens to stop before @returns {string} */
  readUntil(...ends) {
    /** @type {string[]} */
    const words = [];
    this.#depth += 1;
    while (this.#index < this.#tokens.length && !ends.includes(this.#tokens[this.#index]))
      words.push(...this.#readOne(words));
    this.#depth -= 1;
    this.#index += 1;
    return words.join(' ').replaceAll(' ,', ',');
  }

  get #next() {
    return this.#tokens[this.#index];
  }

  /** @returns {string} one argument of a command, without its braces */
  #argument() {
    if (this.#next === undefined) return '';
    if (this.#next !== '{') return this.#readOne([]).join(' ');
    this.#index += 1;
    return this.readUntil('}');
  }

  /** @param {readonly string[]} before @returns {string[]} */
  #readOne(before) {
    const token = this.#tokens[this.#index++];
    if (this.#depth > DEPTH_LIMIT) return [token];
    if (token === '{') return [this.readUntil('}')];
    if (token === '^') return this.#power();
    if (token === '_') return ['sub', this.#argument()];
    if (token === '\\frac') return [this.#fraction()];
    if (token === '\\sqrt') return [this.#root()];
    if (token === '\\left' || token === '\\right' || token === '\\middle')
      return this.#next === '.' ? (this.#index++, []) : [];
    if (token === '(') return this.#group(before);
    if (token === '|' && this.#tokens[this.#index - 2] === '\\left') return [this.#bars()];
    if (token === '[') return [`the list ${this.readUntil(']').replace(/, \.\.\.,/, ' to')}`];
    if (token === '\\{' || token === '\\lbrace') return [this.#braces(before)];
    if (RANGES[token]) return [this.#range(RANGES[token])];
    return this.#name(token) ?? [SIGNS[token] ?? token.replace('\\', '')];
  }

  /** @param {string} token @returns {string[] | null} a function with its argument */
  #name(token) {
    const name = token === '\\operatorname' || token === '\\mathrm' ? this.#raw() : token.slice(1);
    if (token[0] !== '\\')
      return FUNCTION_LETTERS.test(token) && this.#opensArguments() ? [token, 'of', this.#arguments()] : null;
    const spoken = FUNCTIONS[name];
    if (!spoken) return name === token.slice(1) ? null : [name];
    return [this.#applied(spoken)];
  }

  /** @param {string} spoken name @returns {string} with its base, power and argument */
  #applied(spoken) {
    let name = spoken;
    if (this.#next === '_') {
      this.#index += 1;
      name += ` base ${this.#argument()}`;
    }
    if (this.#next === '^') {
      this.#index += 1;
      const power = this.#argument();
      name = power === 'minus 1' ? `inverse ${name}` : `${name} ${POWERS[power] ?? `to the power ${whole(power)}`}`;
    }
    return `${name} of${this.#opensArguments() ? ` ${this.#arguments()}` : ''}`;
  }

  #opensArguments() {
    return this.#next === '(' || (this.#next === '\\left' && this.#tokens[this.#index + 1] === '(');
  }

  /** @returns {string} the content of the parentheses, with commas */
  #arguments() {
    const text = this.#parenthesized();
    return text.includes(',') ? text : whole(text);
  }

  /** @returns {string} */
  #parenthesized() {
    this.#index += this.#next === '(' ? 1 : 2;
    return this.readUntil(')');
  }

  /** @param {readonly string[]} before @returns {string[]} */
  #group(before) {
    this.#index -= 1;
    const text = this.#parenthesized();
    if (text.includes(','))
      return [before.length === 0 || before[before.length - 1] === ',' ? 'the point' : 'at', text];
    const isFactor = before.length > 0 && !OPENS.test(before[before.length - 1]);
    return [
      ...(isFactor ? ['times'] : []),
      whole(text),
      ...(isSimple(text) || this.#next === '^' || this.#isAtEnd ? [] : [PAUSE]),
    ];
  }

  get #isAtEnd() {
    const next = this.#next === '\\right' ? this.#tokens[this.#index + 1] : this.#next;
    return next === undefined || next === ')' || next === '}';
  }

  /** @returns {string} the content of the bars */
  #bars() {
    const text = this.readUntil('|');
    return `the absolute value of ${whole(text)}${isSimple(text) || this.#isAtEnd ? '' : ', end of bars,'}`;
  }

  /** @returns {string[]} */
  #power() {
    const power = this.#argument();
    if (POWERS[power]) return [POWERS[power]];
    if (isSimple(power)) return ['to the power', power];
    return ['to the power', power, ...(this.#isAtEnd ? [] : [', end of power,'])];
  }

  /** @returns {string} */
  #fraction() {
    const [top, bottom] = [this.#argument(), this.#argument()];
    if (top === 'd' && bottom.startsWith('d ')) return `the derivative by ${bottom.slice(2)} of`;
    if (isSimple(top) && isSimple(bottom)) return `${top} over ${bottom}`;
    return `the fraction ${top}, over ${bottom}${this.#isAtEnd ? '' : ', end of fraction,'}`;
  }

  /** @returns {string} */
  #root() {
    let name = 'square root';
    if (this.#next === '[') {
      this.#index += 1;
      const degree = this.readUntil(']');
      name = ROOTS[degree] ?? (degree === '2' ? name : `root of degree ${degree}`);
    }
    const radicand = this.#argument();
    return `the ${name} of ${whole(radicand)}${isSimple(radicand) || this.#isAtEnd ? '' : ', end of root,'}`;
  }

  /** @param {string} name @returns {string} a sum, product or integral with its limits */
  #range(name) {
    let text = name;
    for (const [sign, word] of /** @type {const} */ ([
      ['_', 'from'],
      ['^', 'to'],
    ])) {
      if (this.#next !== sign) continue;
      this.#index += 1;
      text += ` ${word} ${this.#argument()}`;
    }
    return `${text} of`;
  }

  /** @param {readonly string[]} before @returns {string} a restriction, or a choice between cases */
  #braces(before) {
    /** @type {string[][]} */
    const parts = [[]];
    let hasCases = false;
    this.#depth += 1;
    while (this.#index < this.#tokens.length && !/^\\(\}|rbrace)$/.test(this.#next)) {
      if (this.#next === ':') hasCases = true;
      if (this.#next === ',') {
        this.#index += 1;
        parts.push([]);
      } else {
        const current = parts[parts.length - 1];
        current.push(...(this.#next === ':' ? (this.#index++, [':']) : this.#readOne(current)));
      }
    }
    this.#depth -= 1;
    this.#index += 1;
    const texts = parts.map((words) => words.join(' '));
    if (!hasCases) return `${before.length > 0 ? 'where ' : ''}${texts.join(', ')}`;
    return texts.map(spokenCase).join('; ');
  }

  /** @returns {string} the letters of a name in braces */
  #raw() {
    if (this.#next !== '{') return this.#tokens[this.#index++] ?? '';
    const end = this.#tokens.indexOf('}', this.#index);
    const letters = this.#tokens.slice(this.#index + 1, end < 0 ? undefined : end).join('');
    this.#index = end < 0 ? this.#tokens.length : end + 1;
    return letters;
  }
}

/** @param {string} text "condition : value", or the default value @returns {string} */
function spokenCase(text) {
  const [condition, value] = text.split(' : ');
  return value === undefined ? `otherwise ${condition}` : `${value} if ${condition}`;
}

/** @param {string} text @returns {boolean} whether it sounds like a single term */
function isSimple(text) {
  return /^(minus )?[^\s,]+( sub [^\s,]+)?$/.test(text) || /^\d+\.?\d* [a-z]+$/i.test(text);
}

/** @param {string} text @returns {string} with an audible start */
function whole(text) {
  return isSimple(text) ? text : `the quantity ${text}`;
}

/**
 * @param {string} latex
 * @returns {string} such as `y equals a times the quantity x minus h squared plus k`
 */
export function toSpoken(latex) {
  return new Speaker(latex)
    .readUntil()
    .replace(/\s+/g, ' ')
    .replace(/(\s*,)+/g, ',')
    .replace(/,$/, '')
    .trim();
}
