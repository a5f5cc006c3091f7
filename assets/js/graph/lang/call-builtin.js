/**
 * Calls of built-in functions.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./values.js').Value} Value
 */

import { measure } from './chance/distribution-functions.js';
import { DISTRIBUTIONS, GIVES_ANGLE, LIST_TO_LIST, LIST_TO_NUMBER, TAKES_ANGLE, TWO_LISTS } from './builtins.js';
import { binary, num, unary } from './core.js';
import { distribution } from './chance/distributions.js';
import { listFunction, ofTwoLists, repeated } from './lists.js';
import { LangError, words } from './messages.js';
import { asCore, distance, isDistribution, isList, isPoint, lift, liftCores, oneSided } from './values.js';

/** One degree in radians. */
export const DEGREE = Math.PI / 180;

/**
 * @param {string} name canonical
 * @param {Value[]} args their number has been checked with arity()
 * @param {boolean} degreeMode whether angles are in degrees
 * @returns {Value}
 */
export function callBuiltin(name, args, degreeMode) {
  const [first, ...rest] = args;
  if (first !== undefined && isDistribution(first) && LIST_TO_NUMBER.has(name))
    return liftCores(rest, (cores) => measure(name, first, cores));
  if (LIST_TO_NUMBER.has(name) || LIST_TO_LIST.has(name)) return listFunction(name, args);
  if (TWO_LISTS.has(name)) return ofTwoLists(name, args);
  if (DISTRIBUTIONS.has(name)) return distribution(name, args.map(asCore));
  if (name === 'repeat') return repeated(args[0], asCore(args[1]));
  if (name === 'polygon' || name === 'segment') return outline(args, name === 'polygon');
  if (name === 'abs') return oneSided('abs', args[0]);
  if (name === 'distance' || name === 'midpoint') return ofPoints(name, args);
  return liftCores(args, (cores) => ofNumbers(name, cores, degreeMode));
}

/** @param {string} name @param {Core[]} args @param {boolean} degreeMode @returns {Core} */
function ofNumbers(name, [a, b], degreeMode) {
  switch (name) {
    case 'log':
      return b === undefined ? unary('log', a) : binary('logb', a, b);
    case 'round':
      return binary('round', a, b ?? num(0));
    case 'nthroot':
      return binary('root', a, b ?? num(2));
    case 'hypot':
      return unary('sqrt', binary('add', binary('pow', a, num(2)), binary('pow', b, num(2))));
    case 'arctan':
      if (b !== undefined) return angle(binary('arctan2', a, b), degreeMode);
  }
  if (b !== undefined) return binary(name, a, b);
  if (TAKES_ANGLE.has(name) && degreeMode) return unary(name, binary('mul', a, num(DEGREE)));
  return GIVES_ANGLE.has(name) ? angle(unary(name, a), degreeMode) : unary(name, a);
}

/** @param {Core} core in radians @param {boolean} degreeMode */
function angle(core, degreeMode) {
  return degreeMode ? binary('div', core, num(DEGREE)) : core;
}

/** @param {string} name @param {Value[]} args @returns {Value} */
function ofPoints(name, args) {
  return lift(args, ([a, b]) => {
    if (!isPoint(a) || !isPoint(b)) throw new LangError(words.needsPoint());
    if (name === 'distance') return distance(a, b);
    const [x, y] = a.point.map((c, i) => binary('div', binary('add', c, b.point[i]), num(2)));
    return { point: [x, y] };
  });
}

/**
 * The corners of a polygon or the ends of a segment, as separate points or as a list.
 *
 * @param {Value[]} args
 * @param {boolean} closed
 * @returns {Value}
 */
function outline(args, closed) {
  const corners = args
    .flatMap((arg) => (isList(arg) ? arg.list : [arg]))
    .map((corner) => {
      if (!isPoint(corner)) throw new LangError(words.needsPoint());
      return corner;
    });
  return { outline: corners, closed: closed && corners.length > 2 };
}
