/**
 * How much work one line may take. Lists, functions and sums multiply what was written, each within its own limits; what
 * they come to together is counted here, so that no line can hold up the page.
 */

import { LimitError } from './messages.js';

/** Units for one line; a unit is about what one operation on a number takes, some nanoseconds. */
export const MAX_WORK = 3_200_000;
/** Making a node of the core, or handing on an item of a list. */
export const NODE_WORK = 40;
/** Units for all lines of a list together, before each gets the least only. */
const MAX_TOTAL = 16_000_000;
const LEAST = 200_000;

let spent = 0;
let limit = MAX_WORK;
let total = 0;

/** Begins to count, for a list. */
export function beginList() {
  total = 0;
}

/** Begins to count, for one line. */
export function beginLine() {
  total += spent;
  spent = 0;
  limit = Math.min(MAX_WORK, Math.max(LEAST, MAX_TOTAL - total));
}

/** @returns {boolean} whether the line at hand was cut short because others had taken so much */
export function isCutShort() {
  return spent > limit && limit < MAX_WORK;
}

/**
 * Counts work before it is done.
 *
 * @param {number} units
 * @throws {LimitError} if it would be too much for one line
 */
export function spend(units) {
  spent += units;
  if (!(spent <= limit)) throw new LimitError();
}

/** @returns {number} units since the line was begun */
export function spentWork() {
  return spent;
}
