/**
 * Conditions on a box: 2 = holds everywhere, 1 = unknown, 0 = holds nowhere.
 *
 * @typedef {import('../core.js').Core} Core
 * @typedef {import('../types.js').Decoration} Decoration
 * @typedef {import('./compile-interval.js').Machine} Machine
 */

/**
 * Comparisons of two intervals.
 *
 * @type {Record<string, (alo: number, ahi: number, blo: number, bhi: number) => Decoration>}
 */
const DECIDE = {
  '<': (alo, ahi, blo, bhi) => (ahi < blo ? 2 : alo >= bhi ? 0 : 1),
  '<=': (alo, ahi, blo, bhi) => (ahi <= blo ? 2 : alo > bhi ? 0 : 1),
  '>': (alo, ahi, blo, bhi) => (alo > bhi ? 2 : ahi <= blo ? 0 : 1),
  '>=': (alo, ahi, blo, bhi) => (alo >= bhi ? 2 : ahi < blo ? 0 : 1),
  '=': (alo, ahi, blo, bhi) => (alo === ahi && blo === bhi && alo === blo ? 2 : ahi < blo || alo > bhi ? 0 : 1),
  '!=': (alo, ahi, blo, bhi) => (ahi < blo || alo > bhi ? 2 : alo === ahi && blo === bhi && alo === blo ? 0 : 1),
};

/**
 * @param {Core} core compare, all or any
 * @param {Machine} machine
 * @returns {() => Decoration}
 */
export function compileDecision(core, machine) {
  if (core.op === 'compare') return chain(core, machine);
  const parts = core.args.map((arg) => compileDecision(arg, machine));
  const all = core.op === 'all';
  return () => {
    /** @type {Decoration} */
    let result = all ? 2 : 0;
    for (const part of parts) {
      const decision = part();
      if (all ? decision < result : decision > result) result = decision;
    }
    return result;
  };
}

/** @param {Core} core @param {Machine} machine @returns {() => Decoration} */
function chain({ args, ops }, machine) {
  const { lo, hi } = machine;
  const operands = args.map((arg) => machine.compile(arg));
  const tests = ops.map((op) => DECIDE[op]);
  return () => {
    /** @type {Decoration} */
    let result = 2;
    // A comparison with an undefined value does not hold.
    for (const operand of operands) {
      const decoration = operand.run();
      if (decoration < result) result = decoration;
    }
    for (let i = 0; i < tests.length && result > 0; i++) {
      const [a, b] = [operands[i].at, operands[i + 1].at];
      const decision = tests[i](lo[a], hi[a], lo[b], hi[b]);
      if (decision < result) result = decision;
    }
    return result;
  };
}
