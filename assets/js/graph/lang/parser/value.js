/**
 * Parses single values: numbers, names, function calls, fractions, roots, and brackets.
 */

import { INVERSES, UNSUPPORTED_FUNCTIONS, arity, canonicalFunction } from '../builtins.js';
import { LangError, unsupported, words } from '../messages.js';
import { bracketed, parseBars, parseInputs, parseRound, parseSquare } from './brackets.js';
import { casesNode, isConditionBrace, parseBraces, parseCasesEnvironment } from './braces.js';
import { isDerivative, parseBinomial, parseDerivative, parseIntegral, parseSeries } from './big-operators.js';
import { node, number, operation } from './syntax.js';

/**
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./parse.js').Parser} Parser
 */

/** @param {Parser} p @returns {Node} */
export function parseValue(p) {
  const { type, text } = p.token;
  if (type === 'number') return numberOrMixed(p);
  if (type === 'name') return nameOrCall(p);
  if (type === 'function') return builtin(p);
  if (type === 'command') return command(p);
  if (type === 'word') return word(p);
  switch (text) {
    case '(':
      return parseRound(p);
    case '[':
      return parseSquare(p);
    case '|':
    case 'l|':
      return parseBars(p);
    case '\\lfloor':
      return bracketed(p, text, '\\rfloor', () => builtinNode('floor', [p.sum()]));
    case '\\lceil':
      return bracketed(p, text, '\\rceil', () => builtinNode('ceil', [p.sum()]));
    case '{':
    case '\\{':
      return isConditionBrace(p) ? pieces(p) : bracketed(p, '{', '}', () => p.sum());
  }
  throw missingValue(p);
}

/** @param {Parser} p at braces with conditions @returns {Node} */
function pieces(p) {
  const { branches, otherwise } = parseBraces(p);
  return casesNode(branches, otherwise);
}

/** @param {Parser} p where a value is missing */
function missingValue(p) {
  const { type, text } = p.token;
  if (text === '^' || text === '_' || text === '...') return new LangError(words.notUnderstood(text));
  return new LangError(type === 'end' || type === 'sign' ? words.unfinished() : words.notUnderstood(text));
}

/** @param {Parser} p @returns {never} */
function word(p) {
  const { text } = p.token;
  if (text === 'placeholder') throw new LangError(words.unfinished());
  if (text === 'imaginaryI') unsupported(words.things.imaginary);
  throw new LangError(words.unknownFunction(text));
}

/**
 * A number or a mixed number: 2\frac{1}{2} is two and a half. Only integers form a mixed number; 2\frac{x}{2} is a
 * product.
 *
 * @param {Parser} p
 * @returns {Node}
 */
function numberOrMixed(p) {
  const whole = p.take().text;
  const fraction = /^\d+$/.test(whole) ? digitFraction(p) : null;
  if (fraction === null) return number(Number(whole));
  for (let i = 0; i < fraction.length; i++) p.take();
  return number(Number(whole) + fraction.top / fraction.bottom);
}

/** @param {Parser} p @returns {{top: number, bottom: number, length: number}|null} */
function digitFraction(p) {
  const shape = [0, 1, 2, 3, 4, 5, 6].map((i) => p.peek(i));
  const texts = shape.map((t) => t.text);
  if (texts[0] !== '\\frac') return null;
  const braced = texts[1] === '{' && texts[3] === '}' && texts[4] === '{' && texts[6] === '}';
  if (braced && isWhole(shape[2]) && isWhole(shape[5]))
    return { top: Number(texts[2]), bottom: Number(texts[5]), length: 7 };
  if (isWhole(shape[1]) && texts[1].length === 2)
    return { top: Number(texts[1][0]), bottom: Number(texts[1][1]), length: 2 };
  return null;
}

/** @param {import('./tokens.js').Token} token */
function isWhole(token) {
  return token.type === 'number' && /^\d+$/.test(token.text);
}

/** @param {Parser} p @returns {Node} */
function nameOrCall(p) {
  const name = p.name();
  return p.isFunction(name) || p.is("'") || isPrimeExponent(p)
    ? call(p, name)
    : { type: 'name', name, called: p.is('('), depth: 1 };
}

/**
 * A call of a user-defined function: f(x), f'(x), f^{2}(x).
 *
 * @param {Parser} p
 * @param {string} name
 * @returns {Node}
 */
function call(p, name) {
  let primes = countPrimes(p);
  /** @type {Node|null} */
  let exponent = null;
  if (p.is('^')) {
    const raisedPrimes = primesInExponent(p);
    primes += raisedPrimes;
    if (raisedPrimes === 0 && callFollowsExponent(p)) {
      p.take();
      exponent = p.exponent();
      if (isMinusOne(exponent)) unsupported(words.things.inverse);
    }
  }
  if (!p.is('(') && primes > 0 && !p.isFunction(name)) unsupported(words.things.prime);
  if (!p.is('(')) return { type: 'name', name, called: false, depth: 1 };
  const args = parseInputs(p);
  const applied = node({ type: /** @type {const} */ ('apply'), name, primes, args }, args);
  return exponent === null ? applied : operation('pow', applied, exponent);
}

/** @param {Parser} p */
function countPrimes(p) {
  let primes = 0;
  while (p.skip("'")) primes += 1;
  return primes;
}

/** @param {Parser} p */
function isPrimeExponent(p) {
  return p.is('^') && (p.peek(1).text === "'" || (p.peek(1).text === '{' && p.peek(2).text === "'"));
}

/** Takes ^{\prime\prime} or ^\prime, if present. @param {Parser} p */
function primesInExponent(p) {
  if (p.peek(1).text === "'") {
    p.take();
    return countPrimes(p);
  }
  if (p.peek(1).text !== '{' || p.peek(2).text !== "'") return 0;
  p.take();
  p.take();
  const primes = countPrimes(p);
  p.expect('}');
  return primes;
}

/** Reports whether a bracket follows the exponent, as in f^{2}(x). @param {Parser} p */
function callFollowsExponent(p) {
  let i = 1;
  if (p.peek(1).text === '{') {
    for (let depth = 0; p.peek(i).type !== 'end'; i++) {
      if (p.peek(i).text === '{') depth += 1;
      if (p.peek(i).text === '}' && --depth === 0) break;
    }
  }
  return p.peek(i + 1).text === '(';
}

/** @param {Node} exponent */
function isMinusOne(exponent) {
  return exponent.type === 'number' && exponent.value === -1;
}

/**
 * A built-in function: \sin x, \sin^{2}x, \sin^{-1}(x), \log_{2}x, \max(a,b).
 *
 * @param {Parser} p
 * @returns {Node}
 */
function builtin(p) {
  const written = p.take().text;
  const about = UNSUPPORTED_FUNCTIONS.get(written);
  if (about !== undefined) unsupported(words.things.functionAbout(about, written));
  let name = canonicalFunction(written);
  /** @type {Node|null} */
  let exponent = null;
  /** @type {Node|null} */
  let base = null;
  for (;;) {
    if (p.skip('_')) base = p.argument();
    else if (p.skip('^')) exponent = p.exponent();
    else break;
  }
  if (exponent !== null && isMinusOne(exponent) && INVERSES[name]) {
    name = INVERSES[name];
    exponent = null;
  }
  if (!p.is('(') && arity(name)[0] === 0) throw new LangError(words.needsBrackets(written));
  const args = p.is('(') ? parseInputs(p) : [bareInput(p, written)];
  if (args.length === 0 && arity(name)[0] > 0) throw new LangError(words.functionWithoutInput(written));
  if (base !== null && name === 'log') args.push(base);
  else if (base !== null) throw new LangError(words.notUnderstood('_'));
  const value = builtinNode(name, args);
  return exponent === null ? value : operation('pow', value, exponent);
}

/** @param {string} name @param {Node[]} args @returns {Node} */
export function builtinNode(name, args) {
  const [least, most] = arity(name);
  if (args.length < least || args.length > most) throw new LangError(words.inputCount(name, least, most));
  return node({ type: /** @type {const} */ ('builtin'), name, args }, args);
}

/**
 * The input of a function without brackets: a product without signs, up to the next function. sin 2x is sin(2x), but
 * sin x cos x is a product of two functions.
 *
 * @param {Parser} p
 * @param {string} name
 * @returns {Node}
 */
function bareInput(p, name) {
  if (p.skip('-')) return p.nested(() => operation('neg', bareInput(p, name)));
  if (p.token.type === 'end' || !(p.startsValue() || p.is('|'))) throw new LangError(words.functionWithoutInput(name));
  let input = p.power();
  while (p.token.type !== 'function' && p.startsValue()) input = operation('mul', input, p.power());
  return input;
}

/** @param {Parser} p @returns {Node} */
function command(p) {
  const { text } = p.token;
  if (text === '\\frac') return isDerivative(p) ? parseDerivative(p) : fraction(p);
  p.take();
  switch (text) {
    case '\\sqrt':
      return root(p);
    case '\\sum':
      return parseSeries(p, 'sum');
    case '\\prod':
      return parseSeries(p, 'prod');
    case '\\int':
      return parseIntegral(p);
    case '\\binom':
      return parseBinomial(p);
    case '\\begin':
      return parseCasesEnvironment(p);
    default:
      throw new LangError(words.notUnderstood(text));
  }
}

/** @param {Parser} p @returns {Node} */
function fraction(p) {
  p.take();
  const top = isDifferential(p) ? takeDifferential(p) : p.argument();
  return operation('div', top, p.argument());
}

/** Reports whether dx is the numerator of a fraction in an integral: \int_0^1\frac{dx}{1+x} @param {Parser} p */
function isDifferential(p) {
  const [open, d, variable, close] = [0, 1, 2, 3].map((i) => p.peek(i));
  return (
    p.integralDepth === p.depth && open.text === '{' && d.text === 'd' && variable.type === 'name' && close.text === '}'
  );
}

/** @param {Parser} p @returns {Node} the implied factor 1 */
function takeDifferential(p) {
  p.take();
  p.take();
  p.differential = p.take().text;
  p.take();
  return number(1);
}

/** @param {Parser} p after \sqrt @returns {Node} */
function root(p) {
  const index = p.is('[') ? bracketed(p, '[', ']', () => p.sum()) : null;
  const radicand = p.argument();
  return index === null ? builtinNode('sqrt', [radicand]) : operation('root', radicand, index);
}
