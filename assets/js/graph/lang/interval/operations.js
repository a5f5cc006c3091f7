/** The interval function of each operation of numeric.js. */

import * as interval from './interval.js';
import * as functions from './functions.js';
import { cos, cot, csc, sec, sin, tan } from './trig.js';
import { ln, log, logb, pow, root } from './power.js';
import { BINARY, UNARY } from '../numeric.js';

const { fallingAroundPole, growing, onPart, onWholeNumbers, outsideOne, step } = functions;
const HALF_PI = Math.PI / 2;

/** @type {Record<string, interval.UnaryInterval>} */
export const UNARY_INTERVALS = {
  neg: interval.neg,
  abs: interval.abs,
  sqrt: interval.sqrt,
  cbrt: growing(UNARY.cbrt),
  exp: growing(Math.exp, 0),
  ln,
  log,
  sin,
  cos,
  tan,
  sec,
  csc,
  cot,
  arcsin: onPart(Math.asin, -1, 1, [true, true], [-HALF_PI, HALF_PI]),
  arccos: onPart(Math.acos, -1, 1, [true, true], [Math.PI, 0]),
  arctan: growing(Math.atan),
  arcsec: outsideOne(UNARY.arcsec, true, [0, 3.15]),
  arccsc: outsideOne(UNARY.arccsc, true, [-1.58, 1.58]),
  arccot: (lo, hi, r, a) => interval.set(lo, hi, r, UNARY.arccot(hi[a]) - 1e-15, UNARY.arccot(lo[a]) + 1e-15),
  sinh: growing(Math.sinh),
  cosh: functions.cosh,
  tanh: growing(Math.tanh, -1, 1),
  sech: functions.sech,
  csch: fallingAroundPole(UNARY.csch),
  coth: fallingAroundPole(UNARY.coth),
  arsinh: growing(Math.asinh),
  arcosh: onPart(Math.acosh, 1, Infinity, [true, true], [0, Infinity]),
  artanh: onPart(Math.atanh, -1, 1, [false, false], [-Infinity, Infinity]),
  arsech: onPart(UNARY.arsech, 0, 1, [false, true], [Infinity, 0]),
  arcsch: fallingAroundPole(UNARY.arcsch),
  arcoth: outsideOne(UNARY.arcoth, false, [-Infinity, Infinity]),
  floor: step(Math.floor),
  ceil: step(Math.ceil),
  sign: step(Math.sign),
  factorial: functions.factorialWith(UNARY.factorial),
  digamma: functions.digammaWith(UNARY.digamma),
  erf: functions.growing(UNARY.erf, -1, 1, 1e-14),
  probit: onPart(UNARY.probit, 0, 1, [true, true], [-Infinity, Infinity], 1e-9),
};

/** @type {Record<string, interval.BinaryInterval>} */
export const BINARY_INTERVALS = {
  add: interval.add,
  sub: interval.sub,
  mul: interval.mul,
  div: interval.div,
  min: interval.min,
  max: interval.max,
  pow,
  root,
  logb,
  mod: functions.mod,
  round: functions.round,
  arctan2: functions.arctan2,
  ncr: onWholeNumbers(BINARY.ncr),
  npr: onWholeNumbers(BINARY.npr),
  gcd: onWholeNumbers(BINARY.gcd),
  lcm: onWholeNumbers(BINARY.lcm),
};
