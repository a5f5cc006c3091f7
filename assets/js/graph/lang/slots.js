/**
 * Slots: the places of variables in memory, and the set of variables that an expression depends on, as a bit for each
 * slot.
 */

/** Slots of the variables that a plane has. Inner variables (of sums, integrals, functions) take the slots from `free` on. */
export const SLOT = { x: 0, y: 1, t: 2, theta: 3, free: 4 };

/** Slots from here on share a bit: "depends on some inner variable". */
export const SHARED_BIT = 30;

export const NO_VARS = 0;

/** @param {number} slot */
export function slotBit(slot) {
  return 1 << Math.min(slot, SHARED_BIT);
}

/** @param {import('./core.js').Core} c @param {number} slot @returns {boolean} whether no other variable can change its value */
export function dependsOnlyOn(c, slot) {
  return c.vars === NO_VARS || (slot < SHARED_BIT && c.vars === slotBit(slot));
}
