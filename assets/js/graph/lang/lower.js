/**
 * Lowers the syntax tree to the core language: resolves names, inlines user-defined functions, and applies operations
 * to lists item by item.
 *
 * @typedef {import('./parser/syntax.js').Node} Node
 * @typedef {import('./parser/syntax.js').Branch} Branch
 * @typedef {import('./values.js').Value} Value
 * @typedef {import('./values.js').Item} Item
 * @typedef {import('./scope.js').Scope} Scope
 * @typedef {import('./read-line.js').Definition} Definition
 */

import { CONSTANT_VALUES } from './builtins.js';
import { CHANCE } from './chance/random.js';
import { DEGREE, callBuiltin } from './call-builtin.js';
import { num, variable } from './core.js';
import { SLOT } from './slots.js';
import { LinePath } from './evaluation-stack.js';
import { makeList, member } from './lists.js';
import { lowerBig, lowerDerivative } from './calculus/lower-calculus.js';
import { lowerChance } from './chance/lower-random.js';
import { lowerApply, lowerMethod } from './lower-calls.js';
import { lowerCases, lowerRestrictions } from './lower-conditions.js';
import { lowerComprehension, lowerIndex, lowerRange } from './lower-lists.js';
import { FitLoopError, LangError, NotFittedError, words } from './messages.js';
import { arithmetic, asCore, asItem, lift, oneSided, varsOf } from './values.js';
import { NODE_WORK, spend } from './work-limit.js';

/** The greatest number of nodes visited for one line: functions and lists multiply what was written. */
const MAX_STEPS = 200_000;

/** Letters that are read as a function before a bracket; others are more likely a factor. */
const USUAL_FUNCTIONS = new Set(['f', 'g']);

/** @type {Record<string, number>} names that mean a coordinate unless the list defines them */
const COORDINATES = { x: SLOT.x, y: SLOT.y, t: SLOT.t, '\\theta': SLOT.theta };

/** Evaluates one line. */
export class Lowerer {
  /** @type {Set<string>} undefined names */
  missing = new Set();
  /** The lines that it uses. */
  path;
  #scope;
  /** @type {Map<string, Value>} inputs of functions, indices of sums */
  #local = new Map();
  /** @type {Map<string, Value>} names that `with` redefines, in every line used */
  #replaced = new Map();
  /** The item of a list comprehension being computed. */
  #item = '';
  #nextSlot = SLOT.free;
  #steps = 0;

  /**
   * @param {Scope} scope
   * @param {{own?: string, seed?: string}} [line] the name that this line defines, and its random seed
   */
  constructor(scope, { own, seed = '' } = {}) {
    this.#scope = scope;
    this.path = new LinePath(scope, { own, seed });
  }

  /** @param {string} name @returns {boolean} whether a line other than a regression defines it */
  isGiven(name) {
    const definition = this.#scope.definition(name);
    return definition !== undefined && definition.params === null && definition.regression === null;
  }

  /** @returns {number} an unused slot for a variable */
  newSlot() {
    return this.#nextSlot++;
  }

  /**
   * @param {Node} node
   * @returns {Value}
   * @throws {LangError}
   */
  value(node) {
    if (++this.#steps > MAX_STEPS) throw new LangError(words.tooLong());
    spend(NODE_WORK);
    switch (node.type) {
      case 'number':
        return num(node.value);
      case 'name':
        return this.#name(node.name, node.called);
      case 'operation':
        return this.#operation(node.op, node.args);
      case 'builtin':
        if (CHANCE.has(node.name)) return lowerChance(this, node);
        return callBuiltin(
          node.name,
          node.args.map((arg) => this.value(arg)),
          this.#scope.degreeMode,
        );
      case 'apply':
        return lowerApply(this, this.#scope.definition(node.name), node);
      case 'point':
        return this.#point(node.args);
      case 'list':
        return makeList(node.args.map((arg) => this.#itemOf(arg)));
      case 'range':
        return lowerRange(this, node);
      case 'comprehension':
        return lowerComprehension(this, node);
      case 'index':
        return lowerIndex(this, node);
      case 'method':
        return lowerMethod(this, node);
      case 'with':
        return this.#with(node);
      case 'along':
        throw new LangError(words.needsBounds());
      case 'member':
        return member(this.value(node.of), node.member);
      case 'cases':
        return lowerCases(this, node.branches, node.otherwise);
      case 'restrict':
        return this.restrict(this.value(node.body), [node.branches]);
      case 'derivative':
        return lowerDerivative(this, node);
      case 'compare':
        throw new LangError(words.equationInside());
      default:
        return lowerBig(this, node);
    }
  }

  /** The random seed at this point of the evaluation. */
  get seed() {
    return `${this.path.seed}${this.#item}`;
  }

  /**
   * Evaluates one item of a list comprehension.
   *
   * @param {number} index
   * @param {() => Value} work
   */
  atItem(index, work) {
    const outside = this.#item;
    this.#item = `${outside} ${index}`;
    const result = work();
    this.#item = outside;
    return result;
  }

  /**
   * Evaluates a node with local names.
   *
   * @param {Node} node
   * @param {Map<string, Value>|[string, Value][]} names
   */
  valueWith(node, names) {
    return this.with(names, () => this.value(node));
  }

  /**
   * Runs work with local names.
   *
   * @template T
   * @param {Map<string, Value>|[string, Value][]} names
   * @param {() => T} work
   * @returns {T}
   */
  with(names, work) {
    const outside = this.#local;
    this.#local = new Map([...outside, ...names]);
    const result = work();
    this.#local = outside;
    return result;
  }

  /**
   * Restricts a value by conditions in braces, see lower-conditions.js.
   *
   * @param {Value} body
   * @param {Branch[][]} groups
   * @param {'x'|'y'} [ownName]
   * @returns {Value}
   */
  restrict(body, groups, ownName) {
    return groups.length === 0 ? body : lowerRestrictions(this, body, groups, ownName);
  }

  /**
   * Evaluates the body of a definition under its restrictions, with local names.
   *
   * @param {Node} node
   * @param {Branch[][]} restrictions
   * @param {[string, Value][]} names its inputs; unless y is one of them, y means the value itself in the restrictions
   * @returns {Value}
   */
  restricted(node, restrictions, names) {
    const outside = this.#local;
    this.#local = new Map(names);
    const own = names.some(([name]) => name === 'y') ? undefined : 'y';
    const body = this.restrict(this.value(node), restrictions, own);
    this.#local = outside;
    return body;
  }

  /** @param {Node} node @returns {Item} */
  #itemOf(node) {
    return asItem(this.value(node));
  }

  /**
   * Evaluates an expression with other values for some names, in every line it uses.
   *
   * @param {import('./parser/syntax.js').WithNode} node
   * @returns {Value}
   */
  #with({ body, names, args }) {
    const outside = this.#replaced;
    const given = args.map((arg, i) => /** @type {[string, Value]} */ ([names[i], this.value(arg)]));
    this.#replaced = new Map([...outside, ...given]);
    const result = this.value(body);
    this.#replaced = outside;
    return result;
  }

  /** @param {string} name @param {boolean} [called] whether a bracket follows @returns {Value} */
  #name(name, called = false) {
    const local = this.#local.get(name);
    if (local !== undefined) return local;
    const replaced = this.#replaced.get(name);
    if (replaced !== undefined) return replaced;
    const definition = this.#scope.definition(name);
    if (definition !== undefined && definition.params === null) return this.#definition(definition);
    if (definition !== undefined) throw new LangError(words.functionWithoutInput(name));
    if (name in CONSTANT_VALUES) return num(CONSTANT_VALUES[name]);
    if (name in COORDINATES) return variable(COORDINATES[name]);
    if (called && USUAL_FUNCTIONS.has(name)) throw new LangError(words.missingFunction(name));
    this.missing.add(name);
    return num(1);
  }

  /** @param {Definition} definition @returns {Value} */
  #definition(definition) {
    const isUsual = this.#replaced.size === 0;
    const known = isUsual ? this.#scope.values.get(definition.name) : undefined;
    if (known !== undefined) return known;
    if (definition.regression !== null) return this.#fitted(definition.name, definition.regression);
    const missingBefore = this.missing.size;
    const [local, item] = [this.#local, this.#item];
    [this.#local, this.#item] = [new Map(), ''];
    const value = this.path.within(definition, () =>
      this.restrict(this.value(definition.body), definition.restrictions),
    );
    [this.#local, this.#item] = [local, item];
    if (isUsual && varsOf(value) === 0 && this.missing.size === missingBefore)
      this.#scope.values.set(definition.name, value);
    return value;
  }

  /**
   * Returns a value found by a regression.
   *
   * @param {string} name
   * @param {import('./read-line.js').ReadLine} regression
   * @returns {Value}
   */
  #fitted(name, regression) {
    try {
      return this.#scope.fit(regression).valueOf(name);
    } catch (error) {
      const isOwn = !(error instanceof LangError) || error instanceof FitLoopError || error instanceof NotFittedError;
      throw isOwn ? error : new LangError(words.brokenLine(name));
    }
  }

  /** @param {string} op @param {Node[]} nodes @returns {Value} */
  #operation(op, nodes) {
    const args = nodes.map((node) => this.value(node));
    if (op === 'degrees') return this.#scope.degreeMode ? args[0] : arithmetic('mul', args[0], num(DEGREE));
    return args.length === 1 ? oneSided(op, args[0]) : arithmetic(op, args[0], args[1]);
  }

  /** @param {Node[]} nodes @returns {Value} */
  #point(nodes) {
    return lift(
      nodes.map((node) => this.value(node)),
      (items) => {
        const [x, y] = items.map(asCore);
        return { point: [x, y] };
      },
    );
  }
}
