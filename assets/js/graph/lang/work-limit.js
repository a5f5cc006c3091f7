/**
 * Limits the work for one line. Lists, functions and sums multiply what was written, each within its own limit; their
 * total is counted here, so that no line can block the page.
 */

import { LimitError } from './messages.js';

/** Units for one line; a unit is about one operation on a number, some nanoseconds. */
export const MAX_WORK = 3_200_000;
/** Cost of making a core node or passing on a list item. */
export const NODE_WORK = 40;
/** Units for all lines of a list together; beyond, each line gets only its minimum. */
const MAX_TOTAL = 16_000_000;
const LEAST = 200_000;

let spent = 0;
let limit = MAX_WORK;
let total = 0;

/** Starts counting for a list. */
export function beginList() {
  total = 0;
}

/** Starts counting for a line. */
export function beginLine() {
  total += spent;
  spent = 0;
  limit = Math.min(MAX_WORK, Math.max(LEAST, MAX_TOTAL - total));
}

/** @returns {boolean} whether the current line was stopped because others had used so much */
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

/** @returns {number} units used by the current line */
export function spentWork() {
  return spent;
}
