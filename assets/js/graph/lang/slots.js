/** Slots: the places of variables in memory, and sets of variables with one bit per slot. */

/**
 * Slots of the variables of the plane. Inner variables (of sums, integrals, functions) take the slots from `free` on.
 */
export const SLOT = { x: 0, y: 1, t: 2, theta: 3, free: 4 };

/** Slots from here on share a bit: "depends on some inner variable". */
export const SHARED_BIT = 30;

export const NO_VARS = 0;

/** @param {number} slot */
export function slotBit(slot) {
  return 1 << Math.min(slot, SHARED_BIT);
}

/**
 * @param {import('./core.js').Core} c
 * @param {number} slot
 * @returns {boolean} whether it depends on no other variable
 */
export function dependsOnlyOn(c, slot) {
  return c.vars === NO_VARS || (slot < SHARED_BIT && c.vars === slotBit(slot));
}
