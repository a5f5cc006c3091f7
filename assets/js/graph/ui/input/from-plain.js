import { JOINING, OPERATORS } from './typing-shortcuts.js';

/** Deeper than any student's formula; beyond this depth the rest is left unchanged. */
const DEPTH_LIMIT = 60;
const LENGTH_LIMIT = 5000;

/** Names that are LaTeX commands. */
const COMMANDS = new Set(
  (
    'sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan ln log exp min max pi theta alpha beta gamma delta ' +
    'phi tau lambda omega sigma infty gcd'
  ).split(' '),
);

/** Functions without a LaTeX command. */
const NAMES = new Set([...OPERATORS, ...JOINING]);

/** Commands with a plain spelling. */
const SPELLED = new Set([
  ...COMMANDS,
  ...'frac sqrt left right cdot times div le ge ne to sim pm operatorname'.split(' '),
]);

const WORD = new RegExp(
  `^(${[...COMMANDS, ...OPERATORS, 'sqrt', 'cbrt', 'nthroot'].sort((a, b) => b.length - a.length).join('|')})`,
);
const JOINING_WORD = new RegExp(`^(${JOINING.join('|')})(?![a-zA-Z])`);

/** Two dots or more after a number belong to a range: 1...5. */
const NUMBER = String.raw`(?:\d+(?:\.(?!\.)\d*)?|\.\d+)`;
const NUMBER_FIRST = new RegExp(`^${NUMBER}`);
const TERM = new RegExp(`^(?:${NUMBER}|[a-zA-Z](?![a-zA-Z(]))`);
const LOWERED_TERM = new RegExp(`^(?:${NUMBER}|\\p{L})`, 'u');
/** 2^3! is 2^(3!). */
const RAISED_TERM = new RegExp(`${LOWERED_TERM.source}!*`, 'u');

/**
 * The root of a single number or letter may be written without parentheses, or with the root sign of on-screen
 * keyboards.
 */
const ROOT = new RegExp(`(\u221a|\u221b|sqrt|cbrt) *(${NUMBER}|pi|theta|[a-zA-Z](?![a-zA-Z(]))?`, 'g');

/** @type {[RegExp, string][]} */
const PLAIN_SIGNS = [
  [/^(<=|≤)/, '\\le '],
  [/^(>=|≥)/, '\\ge '],
  [/^(!=|≠)/, '\\ne '],
  [/^->/, '\\to '],
  [/^~/, '\\sim '],
  [/^[*·⋅]/, '\\cdot '],
  [/^±/, '\\pm '],
  [/^(\.{2,3}|…)/, '...'],
  [/^×/, '\\times '],
  [/^÷/, '\\div '],
  [/^[−–]/, '-'],
  [/^π/, '\\pi '],
  [/^θ/, '\\theta '],
  [/^½/, '\\frac{1}{2}'],
  [/^¼/, '\\frac{1}{4}'],
  [/^¾/, '\\frac{3}{4}'],
  [/^\{/, '\\left\\{'],
  [/^\}/, '\\right\\}'],
];

/** Superscript characters, by the characters they stand for. */
const RAISED = new Map(Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣⁿ', (sign, i) => [sign, '0123456789+-()xn'[i]]));
const LOWERED = new Map(Array.from('₀₁₂₃₄₅₆₇₈₉', (sign, i) => [sign, String(i)]));

/**
 * @param {string} text a formula in plain text, or LaTeX, recognized by its backslashes
 * @returns {string} LaTeX
 */
export function fromPlain(text) {
  if (text.includes('\\') || text.length > LENGTH_LIMIT) return text.trim();
  const spelled = text
    .trim()
    .replace(ROOT, withBrackets)
    .replaceAll('**', '^')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣⁿ]+/g, (signs) => `^(${Array.from(signs, (sign) => RAISED.get(sign)).join('')})`)
    .replace(/[₀-₉]+/g, (signs) => `_${Array.from(signs, (sign) => LOWERED.get(sign)).join('')}`);
  return convert(spelled, 0).replace(/ +(?=[^a-zA-Z]|$)/g, '');
}

/** @param {string} _ @param {string} sign @param {string} [of] */
function withBrackets(_, sign, of) {
  return `${sign === '\u221b' || sign === 'cbrt' ? 'cbrt' : 'sqrt'}${of ? `(${of})` : ''}`;
}

/**
 * @param {string} text
 * @param {number} depth
 * @returns {string}
 */
function convert(text, depth) {
  if (depth > DEPTH_LIMIT) return text;
  let latex = '';
  let rest = text;
  while (rest) {
    const before = text.slice(0, text.length - rest.length);
    const joining = /[a-zA-Z]$/.test(before) ? null : JOINING_WORD.exec(rest);
    const [part, length] = joining
      ? convertWord(joining[0], rest, depth)
      : (convertFraction(before, rest, depth) ?? convertNext(rest, depth));
    latex += part;
    rest = rest.slice(length);
  }
  return latex;
}

/**
 * Converts `a/b` if each side is a number, a letter or in parentheses (which are not the argument of a function).
 *
 * @param {string} before
 * @param {string} rest
 * @param {number} depth
 * @returns {[string, number] | null}
 */
function convertFraction(before, rest, depth) {
  const above = rest[0] === '(' && /[\w)\]}'!] *$/.test(before) ? null : wholeTerm(rest);
  const bar = above === null ? null : /^ *\/ */.exec(rest.slice(above.length))?.[0];
  if (above === null || !bar) return null;
  const below = wholeTerm(rest.slice(above.length + bar.length));
  if (below === null) return null;
  const [numerator, denominator] = [above, below].map((term) => convert(term.replace(/^\(([^]*)\)$/, '$1'), depth + 1));
  return [`\\frac{${numerator}}{${denominator}}`, above.length + bar.length + below.length];
}

/**
 * @param {string} text
 * @returns {string | null} the number, letter or parenthesized term at the start of the text, if nothing is attached to
 *   it
 */
function wholeTerm(text) {
  const inside = enclosed(text, '()');
  const term = inside === null ? TERM.exec(text)?.[0] : `(${inside})`;
  return term === undefined || /^[\^_!]/.test(text.slice(term.length)) ? null : term;
}

/**
 * @param {string} rest
 * @param {number} depth
 * @returns {[string, number]} LaTeX, and the number of characters it replaces
 */
function convertNext(rest, depth) {
  const word = WORD.exec(rest)?.[0];
  if (word) return convertWord(word, rest, depth);
  if (rest[0] === '(') {
    const inside = enclosed(rest, '()');
    return inside === null ? ['(', 1] : [`\\left(${convert(inside, depth + 1)}\\right)`, inside.length + 2];
  }
  if (rest[0] === '^' || rest[0] === '_') return convertScript(rest, depth);
  for (const [sign, latex] of PLAIN_SIGNS) {
    const match = sign.exec(rest);
    if (match) return [latex, match[0].length];
  }
  // A number is one term: the 2 of 12/3 is not a numerator.
  const number = NUMBER_FIRST.exec(rest)?.[0];
  return number ? [number, number.length] : [rest[0] === ' ' ? '' : rest[0], 1];
}

/**
 * @param {string} word
 * @param {string} rest
 * @param {number} depth
 * @returns {[string, number]}
 */
function convertWord(word, rest, depth) {
  if (COMMANDS.has(word)) return [`\\${word} `, word.length];
  if (NAMES.has(word)) return [`\\operatorname{${word}}`, word.length];
  const inside = enclosed(rest.slice(word.length), '()');
  if (inside === null) return [`\\operatorname{${word}}`, word.length];
  const length = word.length + inside.length + 2;
  const comma = inside.lastIndexOf(',');
  if (word === 'sqrt') return [`\\sqrt{${convert(inside, depth + 1)}}`, length];
  if (word === 'cbrt') return [`\\sqrt[3]{${convert(inside, depth + 1)}}`, length];
  const [radicand, degree] = comma < 0 ? [inside, '2'] : [inside.slice(0, comma), inside.slice(comma + 1)];
  return [`\\sqrt[${convert(degree, depth + 1)}]{${convert(radicand, depth + 1)}}`, length];
}

/**
 * @param {string} rest begins with `^` or `_`
 * @param {number} depth
 * @returns {[string, number]}
 */
function convertScript(rest, depth) {
  const [sign] = rest;
  const minus = sign === '^' && rest[1] === '-' ? '-' : '';
  const after = rest.slice(1 + minus.length);
  const inside = enclosed(after, '()') ?? enclosed(after, '{}');
  const word = WORD.exec(after)?.[0] ?? '';
  const argument = enclosed(after.slice(word.length), '()');
  let length = (sign === '^' ? RAISED_TERM : LOWERED_TERM).exec(after)?.[0].length ?? 0;
  if (inside !== null) length = inside.length + 2;
  else if (word) length = word.length + (argument === null ? 0 : argument.length + 2);
  const text = inside ?? after.slice(0, length);
  // Subscripts are letters, even those of max; only the base of a logarithm may be more.
  const latex = sign === '_' && /^\w*$/.test(text) ? text : convert(text, depth + 1);
  return [`${sign}{${minus}${latex}}`, 1 + minus.length + length];
}

/**
 * @param {string} text
 * @param {string} pair the two brackets
 * @returns {string | null} the content of the brackets at the start of the text; null if there are none or they do not
 *   close
 */
function enclosed(text, [open, close]) {
  if (text[0] !== open) return null;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === open) depth++;
    if (text[i] === close && --depth === 0) return text.slice(1, i);
  }
  return null;
}

/**
 * @param {string} latex
 * @returns {boolean} whether all its commands have a plain spelling
 */
export function isPlain(latex) {
  const names = [...latex.matchAll(/\\operatorname\{([^}]*)\}/g)].map((match) => match[1]);
  const commands = latex.match(/\\[a-zA-Z]+/g) ?? [];
  return names.every((name) => NAMES.has(name)) && commands.every((command) => SPELLED.has(command.slice(1)));
}
