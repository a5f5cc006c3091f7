/**
 * Regression lines such as y_1 ~ a x_1^2 + b: the problem to solve, and the values of the fitted names.
 *
 * The solver is passed in by the caller of interpret().
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

/** The cost limit of all rows together: a fit evaluates them some hundred times. */
const MAX_COST = 400_000;

/** More columns than this say no more about the range of the data. */
const MAX_COLUMNS = 6;

/** A fitted regression. */
export class Fit {
  /** @type {Map<string, Value>} what it found, by name */
  #values = new Map();

  /** @param {RegressionMeaning} meaning @param {string|null} residuals the name of the list of residuals */
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
 * @returns {number[]} left minus right for each row of the data; NaN for rows that are left out
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
 * @param {string[]} names the parameters: names that no line defines
 * @param {import('./types.js').Solve|null} solve null to use the start values as the result
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
 * Builds one side as a function of the parameters and of the numbers of one row of the data. Other names keep the value
 * that the list gives them; names of data have the value of the first row.
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
  const value = lowerer.valueWith(
    side,
    names.map((name, i) => [name, variable(slots[i])]),
  );
  const memory = memoryFor([value], slots);
  const run = compile(rowsOf(value)[0] ?? UNDEFINED, memory);
  return (values) => {
    names.forEach((name, i) => (memory[slots[i]] = values[name] ?? usual[i]));
    return run();
  };
}

/** @param {Lowerer} lowerer @param {string} name @returns {number} NaN if it has no value */
function firstNumber(lowerer, name) {
  if (!lowerer.isGiven(name)) return NaN;
  const value = lowerer.value({ type: 'name', name, called: false, depth: 1 });
  const first = isList(value) ? value.list[0] : value;
  return first !== undefined && isCore(first) && first.op === 'num' ? first.value : NaN;
}

/**
 * @param {Value} left
 * @param {Value} right
 * @param {{names: string[], slots: number[], memory: Float64Array, start: Record<string, number>, logMode: boolean}}
 *   parameters
 * @returns {FitProblem|null} null without data or parameters
 */
function problemOf(left, right, { names, slots, memory, start, logMode }) {
  const lists = [left, right].filter(isList);
  if (lists.length === 0 || names.length === 0) return null;
  const size = Math.min(...lists.map(({ list }) => list.length));
  const [above, below] = [left, right].map((side) =>
    isList(side) ? rowsOf(side) : new Array(size).fill(asCore(side)),
  );
  const rows = above.slice(0, size).flatMap((core, i) => (hasGap(core) || hasGap(below[i]) ? [] : [i]));
  if (rows.length === 0) return null;
  if (rows.reduce((cost, i) => cost + above[i].cost + below[i].cost, 0) > MAX_COST)
    throw new LangError(words.tooMuchWork());
  const runAll = (/** @type {Core[]} */ cores, /** @type {number[]} */ chosen) => {
    const runs = chosen.map((i) => compile(cores[i], memory));
    return (
      /** @type {ArrayLike<number>} */ values,
      /** @type {Float64Array} */ out = new Float64Array(runs.length),
    ) => {
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
 * @returns {number[][]} the numbers in them that differ between rows
 */
function columnsOf(cores) {
  const rows = cores.map(numbersIn);
  const [first = []] = rows;
  return first
    .map((_, k) => rows.flatMap((row) => row.slice(k, k + 1)))
    .filter((column) => column.some((value) => value !== column[0]))
    .slice(0, MAX_COLUMNS);
}

/** @param {Core} core @returns {number[]} */
function numbersIn(core) {
  return core.op === 'num' ? [core.value] : core.args.flatMap(numbersIn);
}

/**
 * Reports whether an expression is undefined whatever the parameters are: an empty cell of a table, or a condition that
 * excludes the row.
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
