/**
 * Compiles core expressions to closures that compute numbers. No code is generated as text, because the page forbids
 * eval.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {() => number} Run
 */

import { dependsOnlyOn } from './slots.js';
import { BINARY, UNARY, oddRootPower, wholePower } from './numeric.js';
import { STATISTICS } from './statistics.js';
import { integrate } from './calculus/integrate.js';
import { movingIntegral } from './calculus/moving-integral.js';

/** The most terms that a sum with variable limits adds; beyond, it is undefined. */
const MAX_TERMS = 5_000;

/**
 * @param {Core} core
 * @param {Float64Array} memory the values of the variables, by slot
 * @returns {Run}
 */
export function compile(core, memory) {
  const special = SPECIAL[core.op];
  if (special !== undefined) return special(core, memory);
  if (core.op.startsWith('stat:')) return statistic(core, memory);
  const args = core.args.map((arg) => compile(arg, memory));
  if (args.length === 1) return unary(core.op, args[0]);
  return binary(core, args[0], args[1]);
}

/**
 * Evaluates an expression without variables.
 *
 * @param {Core} core
 * @returns {number}
 */
export function evaluate(core) {
  return compile(core, new Float64Array(memorySize(core)))();
}

/**
 * Returns the number of slots that the variables of an expression need.
 *
 * @param {Core} core
 * @returns {number}
 */
export function memorySize(core) {
  let size = core.slot + 1;
  for (const arg of core.args) size = Math.max(size, memorySize(arg));
  return size;
}

/** @param {string} op @param {Run} a @returns {Run} */
function unary(op, a) {
  switch (op) {
    case 'neg':
      return () => -a();
    case 'abs':
      return () => Math.abs(a());
    case 'sqrt':
      return () => Math.sqrt(a());
    case 'sin':
      return () => Math.sin(a());
    case 'cos':
      return () => Math.cos(a());
    case 'exp':
      return () => Math.exp(a());
  }
  const f = UNARY[op];
  return () => f(a());
}

/** @param {Core} core @param {Run} a @param {Run} b @returns {Run} */
function binary(core, a, b) {
  const [left, right] = core.args;
  if (right.op === 'num') return withNumberRight(core.op, a, right.value);
  if (left.op === 'num') return withNumberLeft(core.op, left.value, b);
  switch (core.op) {
    case 'add':
      return () => a() + b();
    case 'sub':
      return () => a() - b();
    case 'mul':
      return () => a() * b();
    case 'div':
      return () => {
        const top = a();
        const bottom = b();
        return bottom === 0 ? NaN : top / bottom;
      };
  }
  const f = BINARY[core.op];
  return () => f(a(), b());
}

/** @param {string} op @param {Run} a @param {number} k @returns {Run} */
function withNumberRight(op, a, k) {
  switch (op) {
    case 'add':
      return () => a() + k;
    case 'sub':
      return () => a() - k;
    case 'mul':
      return () => a() * k;
    case 'div':
      return k === 0 ? () => NaN : () => a() / k;
  }
  const f = BINARY[op];
  return () => f(a(), k);
}

/** @param {string} op @param {number} k @param {Run} b @returns {Run} */
function withNumberLeft(op, k, b) {
  switch (op) {
    case 'add':
      return () => k + b();
    case 'sub':
      return () => k - b();
    case 'mul':
      return () => k * b();
    case 'div':
      return () => {
        const bottom = b();
        return bottom === 0 ? NaN : k / bottom;
      };
  }
  const f = BINARY[op];
  return () => f(k, b());
}

/** @type {Record<string, (core: Core, memory: Float64Array) => Run>} */
const SPECIAL = {
  num:
    ({ value }) =>
    () =>
      value,
  var:
    ({ slot }, memory) =>
    () =>
      memory[slot],
  powi: wholePowerOf,
  powq: ({ args, p, q }, memory) => {
    const a = compile(args[0], memory);
    if (p > 0) return () => oddRootPower(a(), p, q);
    return () => {
      const base = a();
      return base === 0 ? NaN : oddRootPower(base, p, q);
    };
  },
  powr: ({ args, value }, memory) => {
    const a = compile(args[0], memory);
    return () => {
      const base = a();
      return base < 0 || (base === 0 && value < 0) ? NaN : base ** value;
    };
  },
  let: ({ args, slot }, memory) => {
    const bound = compile(args[0], memory);
    const body = compile(args[1], memory);
    return () => {
      memory[slot] = bound();
      return body();
    };
  },
  sum: (core, memory) => series(core, memory, 0, (sum, term) => sum + term),
  prod: (core, memory) => series(core, memory, 1, (product, term) => product * term),
  int: (core, memory) => {
    const { args, slot } = core;
    const [from, to, body] = args.map((arg) => compile(arg, memory));
    const f = (/** @type {number} */ x) => {
      memory[slot] = x;
      return body();
    };
    if (core.vars !== 0 && dependsOnlyOn(args[2], slot)) {
      const integral = movingIntegral(f);
      return () => integral(from(), to());
    }
    return () => integrate(f, from(), to());
  },
  cases,
  pick: ({ args }, memory) => {
    const [index, ...items] = args.map((arg) => compile(arg, memory));
    return () => {
      const i = index();
      return i >= 1 && i < items.length + 1 ? items[Math.floor(i) - 1]() : NaN;
    };
  },
};

/** @param {Core} core @param {Float64Array} memory @returns {Run} */
function wholePowerOf({ args, value: n }, memory) {
  const a = compile(args[0], memory);
  if (n === 2) {
    return () => {
      const base = a();
      return base * base;
    };
  }
  if (n === 3) {
    return () => {
      const base = a();
      return base * base * base;
    };
  }
  if (n > 0) return () => a() ** n;
  return () => {
    const base = a();
    return base === 0 && n < 0 ? NaN : wholePower(base, n);
  };
}

/**
 * @param {Core} core
 * @param {Float64Array} memory
 * @param {number} start
 * @param {(joined: number, term: number) => number} join
 * @returns {Run}
 */
function series({ args, slot }, memory, start, join) {
  const [from, to, body] = args.map((arg) => compile(arg, memory));
  const fixed = args[0].op === 'num' && args[1].op === 'num';
  return () => {
    const first = Math.ceil(from());
    const last = Math.floor(to());
    if (!fixed && !(last - first < MAX_TERMS)) return NaN;
    if (first !== first || last !== last) return NaN;
    let joined = start;
    for (let n = first; n <= last; n++) {
      memory[slot] = n;
      joined = join(joined, body());
    }
    return joined;
  };
}

/** @param {Core} core @param {Float64Array} memory @returns {Run} */
function cases({ args }, memory) {
  /** @type {(() => boolean)[]} */
  const conditions = [];
  /** @type {Run[]} */
  const values = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    conditions.push(compileCondition(args[i], memory));
    values.push(compile(args[i + 1], memory));
  }
  const otherwise = args.length % 2 === 1 ? compile(args[args.length - 1], memory) : () => NaN;
  if (conditions.length === 1) {
    const [condition] = conditions;
    const [value] = values;
    return () => (condition() ? value() : otherwise());
  }
  return () => {
    for (let i = 0; i < conditions.length; i++) if (conditions[i]()) return values[i]();
    return otherwise();
  };
}

/** @type {Record<string, (a: number, b: number) => boolean>} */
const COMPARE = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a < b || a > b,
};

/**
 * @param {Core} core compare, all or any
 * @param {Float64Array} memory
 * @returns {() => boolean}
 */
export function compileCondition(core, memory) {
  if (core.op !== 'compare') {
    const parts = core.args.map((arg) => compileCondition(arg, memory));
    return core.op === 'all' ? () => parts.every((part) => part()) : () => parts.some((part) => part());
  }
  const operands = core.args.map((arg) => compile(arg, memory));
  const tests = core.ops.map((op) => COMPARE[op]);
  if (tests.length === 1) {
    const [[test], [a, b]] = [tests, operands];
    return () => test(a(), b());
  }
  return () => {
    let left = operands[0]();
    for (let i = 0; i < tests.length; i++) {
      const right = operands[i + 1]();
      if (!tests[i](left, right)) return false;
      left = right;
    }
    return true;
  };
}

/** @param {Core} core @param {Float64Array} memory @returns {Run} */
function statistic({ op, args }, memory) {
  const items = args.map((arg) => compile(arg, memory));
  const f = STATISTICS[op.slice('stat:'.length)];
  return () => f(items.map((item) => item()));
}
