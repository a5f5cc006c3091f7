/**
 * Lines such as y_1 ~ a x_1^2 + b: what is to be fitted, and what the names that it finds stand for.
 *
 * How the best values are found is not known here: whoever calls interpret() passes a function for it.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./read-line.js').ReadLine} ReadLine
 * @typedef {import('./scope.js').Scope} Scope
 * @typedef {import('./parser/syntax.js').Node} Node
 * @typedef {import('./types.js').Model} Model
 * @typedef {import('./types.js').FitProblem} FitProblem
 * @typedef {import('./types.js').FitSolution} FitSolution
 * @typedef {import('./types.js').RegressionMeaning} RegressionMeaning
 * @typedef {import('./values.js').Value} Value
 */

import { CONSTANT_VALUES } from './builtins.js';
import { compile, compileCondition, memorySize } from './compile.js';
import { UNDEFINED, num, variable } from './core.js';
import { Lowerer } from './lower.js';
import { LangError, NotFittedError, missingNames, words } from './messages.js';
import { asCore, isCore, isList } from './values.js';

/** Operations for all rows together: a fit computes them some hundred times. */
const MAX_COST = 400_000;

/** A formula that names the data more often says no more about its range. */
const MAX_COLUMNS = 6;

/** A regression that has been worked out. */
export class Fit {
  /** @type {Map<string, Value>} what it found, by name */
  #values = new Map();

  /** @param {RegressionMeaning} meaning @param {string|null} residuals the name of the list of what is left */
  constructor(meaning, residuals) {
    this.meaning = meaning;
    const { solution, problem } = meaning;
    for (const name of meaning.names) {
      const value = solution?.values[name];
      if (value !== undefined) this.#values.set(name, num(value));
    }
    if (residuals === null || problem === null || !problem.names.every((name) => this.#values.has(name))) return;
    this.#values.set(residuals, { list: residualsOf(problem, solution?.values ?? {}).map(num) });
  }

  /** @param {string} name @returns {Value} @throws {NotFittedError} */
  valueOf(name) {
    const value = this.#values.get(name);
    if (value === undefined) throw new NotFittedError(name);
    return value;
  }
}

/**
 * @param {FitProblem} problem
 * @param {Record<string, number>} values
 * @returns {number[]} left minus right, row by row of the data as it was given; NaN for rows that take no part
 */
function residualsOf({ names, rows, size, left, right }, values) {
  const parameters = names.map((name) => values[name]);
  const [above, below] = [left(parameters), right(parameters)];
  const residuals = new Array(size).fill(NaN);
  rows.forEach((row, i) => (residuals[row] = above[i] - below[i]));
  return residuals;
}

/**
 * @param {ReadLine} read a line with ~
 * @param {Scope} scope
 * @param {string[]} names what it may choose: names that no line defines
 * @param {import('./types.js').Solve|null} solve null: the values that the line starts from are taken for the best
 * @returns {Fit}
 * @throws {LangError}
 */
export function fit(read, scope, names, solve) {
  if (read.error !== null || read.line === null) throw read.error ?? new LangError(words.equationInside());
  const { sides, ops, restrictions } = read.line;
  if (ops.length !== 1) throw new LangError(words.equationInside());
  const lowerer = new Lowerer(scope);
  const slots = names.map(() => lowerer.newSlot());
  const known = names.map((name, i) => /** @type {[string, Value]} */ ([name, variable(slots[i])]));
  const left = lowerer.valueWith(sides[0], known);
  const right = lowerer.with(known, () => lowerer.restrict(lowerer.value(sides[1]), restrictions));
  if (lowerer.missing.size > 0) throw missingNames([...lowerer.missing]);
  const memory = memoryFor([left, right], slots);
  const models = sides.map((side) => modelOf(lowerer, side, read.free));
  const problem = problemOf(left, right, { names, slots, memory, start: read.start, logMode: read.logMode });
  /** @type {RegressionMeaning} */
  const meaning = {
    kind: 'regression',
    names,
    left: models[0],
    right: models[1],
    problem,
    solution: problem === null ? null : solve === null ? { values: read.start } : solve(problem),
  };
  return new Fit(problem === null ? { ...meaning, message: words.noData() } : meaning, read.residuals);
}

/** @param {Value} side @returns {Core[]} one for each row */
function rowsOf(side) {
  return isList(side) ? side.list.map(asCore) : [asCore(side)];
}

/** @param {Value[]} sides @param {number[]} slots */
function memoryFor(sides, slots) {
  const sizes = sides.flatMap(rowsOf).map(memorySize);
  return new Float64Array(sizes.concat(slots.map((slot) => slot + 1)).reduce((most, size) => Math.max(most, size), 1));
}

/**
 * One side as a function of all names in it: what is to be chosen, and the numbers of one row of the data. Names that are
 * not given keep the value that the list says, and of data that of the first row.
 *
 * @param {Lowerer} lowerer
 * @param {Node} side
 * @param {string[]} free
 * @returns {Model}
 */
function modelOf(lowerer, side, free) {
  const names = free.filter((name) => !(name in CONSTANT_VALUES));
  const usual = names.map((name) => firstNumber(lowerer, name));
  const slots = names.map(() => lowerer.newSlot());
  const value = lowerer.valueWith(side, names.map((name, i) => [name, variable(slots[i])]));
  const memory = memoryFor([value], slots);
  const run = compile(rowsOf(value)[0] ?? UNDEFINED, memory);
  return (values) => {
    names.forEach((name, i) => (memory[slots[i]] = values[name] ?? usual[i]));
    return run();
  };
}

/** @param {Lowerer} lowerer @param {string} name @returns {number} NaN where nothing says */
function firstNumber(lowerer, name) {
  if (!lowerer.isGiven(name)) return NaN;
  const value = lowerer.value({ type: 'name', name, called: false, depth: 1 });
  const first = isList(value) ? value.list[0] : value;
  return first !== undefined && isCore(first) && first.op === 'num' ? first.value : NaN;
}

/**
 * @param {Value} left
 * @param {Value} right
 * @param {{names: string[], slots: number[], memory: Float64Array, start: Record<string, number>, logMode: boolean}} parameters
 * @returns {FitProblem|null} null if there is no data, or nothing to choose
 */
function problemOf(left, right, { names, slots, memory, start, logMode }) {
  const lists = [left, right].filter(isList);
  if (lists.length === 0 || names.length === 0) return null;
  const size = Math.min(...lists.map(({ list }) => list.length));
  const [above, below] = [left, right].map((side) => (isList(side) ? rowsOf(side) : new Array(size).fill(asCore(side))));
  const rows = above.slice(0, size).flatMap((core, i) => (hasGap(core) || hasGap(below[i]) ? [] : [i]));
  if (rows.length === 0) return null;
  if (rows.reduce((cost, i) => cost + above[i].cost + below[i].cost, 0) > MAX_COST) throw new LangError(words.tooMuchWork());
  const runAll = (/** @type {Core[]} */ cores, /** @type {number[]} */ chosen) => {
    const runs = chosen.map((i) => compile(cores[i], memory));
    return (/** @type {ArrayLike<number>} */ values, /** @type {Float64Array} */ out = new Float64Array(runs.length)) => {
      for (let i = 0; i < slots.length; i++) memory[slots[i]] = values[i];
      for (let i = 0; i < runs.length; i++) out[i] = runs[i]();
      return out;
    };
  };
  const sides = (/** @type {number[]} */ chosen) => ({ left: runAll(above, chosen), right: runAll(below, chosen) });
  return { names, start, rows, size, ...sides(rows), sides, columns: columnsOf(rows.map((i) => below[i])), logMode };
}

/**
 * @param {Core[]} cores one for each row
 * @returns {number[][]} the numbers in them that are not the same in all rows
 */
function columnsOf(cores) {
  const rows = cores.map(numbersIn);
  const [first = []] = rows;
  return first.map((_, k) => rows.flatMap((row) => row.slice(k, k + 1)))
    .filter((column) => column.some((value) => value !== column[0]))
    .slice(0, MAX_COLUMNS);
}

/** @param {Core} core @returns {number[]} */
function numbersIn(core) {
  return core.op === 'num' ? [core.value] : core.args.flatMap(numbersIn);
}

/**
 * Whether a number is missing in it whatever the parameters are: an empty cell of a table, a condition that leaves the
 * row out.
 *
 * @param {Core} core
 * @returns {boolean}
 */
function hasGap(core) {
  if (core.op === 'num') return core.value !== core.value;
  if (core.op !== 'cases') return core.args.some(hasGap);
  for (let i = 0; i + 1 < core.args.length; i += 2) {
    const [condition, value] = core.args.slice(i, i + 2);
    if (condition.vars !== 0) return false;
    if (compileCondition(condition, new Float64Array(memorySize(condition)))()) return hasGap(value);
  }
  return core.args.length % 2 === 0 || hasGap(core.args[core.args.length - 1]);
}
