/**
 * Syntax tree to core: names are looked up, functions of the list are unfolded, lists are gone through item by item.
 *
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./syntax.js').Node} Node
 * @typedef {import('./syntax.js').Branch} Branch
 * @typedef {import('./syntax.js').Condition} Condition
 * @typedef {import('./syntax.js').ApplyNode} ApplyNode
 * @typedef {import('./values.js').Value} Value
 * @typedef {import('./values.js').Item} Item
 * @typedef {import('./scope.js').Scope} Scope
 * @typedef {import('./scope.js').Definition} Definition
 */

import { CONSTANT_VALUES } from './builtins.js';
import { differentiate } from './calculus.js';
import { DEGREE, callBuiltin } from './call-builtin.js';
import { SLOT, big, bind, cases, combine, compare, num, variable } from './core.js';
import { makeList, member, range } from './lists.js';
import { lowerCases, lowerComprehension, lowerIndex } from './lower-lists.js';
import { LangError, words } from './messages.js';
import { arithmetic, asCore, isList, isPoint, lift, mapCores, oneSided, varsOf } from './values.js';

/** Functions inside functions. */
const MAX_CALLS = 60;
/** Nodes gone through for one line: functions and lists multiply what was written. */
const MAX_STEPS = 200_000;

/** Letters that mean a function when a bracket follows; others are more likely a number times a bracket. */
const USUAL_FUNCTIONS = new Set(['f', 'g']);

/** @type {Record<string, number>} names that stand for a coordinate unless the list defines them */
const COORDINATES = { x: SLOT.x, y: SLOT.y, t: SLOT.t, '\\theta': SLOT.theta };

/** Works out one line. */
export class Lowerer {
  /** @type {Set<string>} names that nothing gives a meaning */
  missing = new Set();
  #scope;
  #own;
  /** @type {string[]} the definitions being worked out, from the line itself inward */
  #path;
  /** @type {Map<string, Value>} inputs of functions, indices of sums */
  #local = new Map();
  #nextSlot = SLOT.free;
  #calls = 0;
  #steps = 0;

  /** @param {Scope} scope @param {string} [own] the name that this line defines */
  constructor(scope, own) {
    this.#scope = scope;
    this.#own = own;
    this.#path = own === undefined ? [] : [own];
  }

  /** @returns {number} a place for a variable that nothing else uses */
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
    switch (node.type) {
      case 'number': return num(node.value);
      case 'name': return this.#name(node.name, node.called);
      case 'operation': return this.#operation(node.op, node.args);
      case 'builtin': return callBuiltin(node.name, node.args.map((arg) => this.value(arg)), this.#scope.degreeMode);
      case 'apply': return this.#apply(node);
      case 'point': return this.#point(node.args);
      case 'list': return makeList(node.args.map((arg) => this.#item(arg)));
      case 'range': return range(node.from.map((n) => asCore(this.value(n))), asCore(this.value(node.to)));
      case 'comprehension': return lowerComprehension(this, node);
      case 'index': return lowerIndex(this, node);
      case 'member': return member(this.value(node.of), node.member);
      case 'cases': return lowerCases(this, node.branches, node.otherwise);
      case 'restrict': return this.restrict(this.value(node.body), [node.branches]);
      case 'derivative': return this.#derivative(node);
      case 'compare': throw new LangError(words.equationInside());
      default: return this.#big(node);
    }
  }

  /**
   * Works out a node in which some names have a meaning of their own.
   *
   * @param {Node} node
   * @param {Map<string, Value>|[string, Value][]} names
   */
  valueWith(node, names) {
    const outside = this.#local;
    this.#local = new Map([...outside, ...names]);
    const result = this.value(node);
    this.#local = outside;
    return result;
  }

  /**
   * What is left of a value under conditions in braces. All groups must hold; within a group one is enough.
   *
   * @param {Value} body
   * @param {Branch[][]} groups
   * @param {'x'|'y'} [ownName] the letter that means the value itself in the conditions: y in y=x^2{y>1}
   * @returns {Value}
   */
  restrict(body, groups, ownName) {
    if (groups.length === 0) return body;
    if (isList(body)) {
      return { list: body.list.map((item) => /** @type {Item} */ (this.restrict(item, groups, ownName))) };
    }
    const slot = ownName === undefined ? -1 : this.newSlot();
    const names = /** @type {[string, Value][]} */ (ownName === undefined ? [] : [[ownName, variable(slot)]]);
    const outside = this.#local;
    this.#local = new Map([...outside, ...names]);
    const condition = combine('all', groups.map((group) => this.anyOf(group)));
    this.#local = outside;
    return mapCores(body, (core) => {
      if (ownName === undefined) return cases([[condition, core]], null);
      return bind(slot, core, cases([[condition, variable(slot)]], null));
    });
  }

  /**
   * The body of a definition under its restrictions, with names of its own.
   *
   * @param {Node} node
   * @param {Branch[][]} restrictions
   * @param {[string, Value][]} names its inputs; unless y is one, y means the value itself in the restrictions
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

  /** @param {Branch[]} group conditions of which one is enough @returns {Core} */
  anyOf(group) {
    return combine('any', group.map((branch) => this.#condition(branch.condition)));
  }

  /** @param {Condition} node @returns {Core} */
  #condition(node) {
    return compare(node.args.map((arg) => asCore(this.value(arg))), node.ops);
  }

  /** @param {Node} node @returns {Item} */
  #item(node) {
    const value = this.value(node);
    if (isList(value)) throw new LangError(words.needsNumber());
    return value;
  }

  /** @param {string} name @param {boolean} [called] whether a bracket follows @returns {Value} */
  #name(name, called = false) {
    const local = this.#local.get(name);
    if (local !== undefined) return local;
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
    const known = this.#scope.values.get(definition.name);
    if (known !== undefined) return known;
    const missingBefore = this.missing.size;
    const outside = this.#local;
    this.#local = new Map();
    const value = this.#within(definition, () => this.restrict(this.value(definition.body), definition.restrictions));
    this.#local = outside;
    if (varsOf(value) === 0 && this.missing.size === missingBefore) this.#scope.values.set(definition.name, value);
    return value;
  }

  /**
   * Does a part of the work that belongs to another line: its mistakes are told as "something is wrong on the line for
   * a", a loop as a loop to those in it.
   *
   * @template T
   * @param {Definition} definition
   * @param {() => T} work
   * @returns {T}
   */
  #within(definition, work) {
    const { name } = definition;
    const start = this.#path.indexOf(name);
    if (start >= 0) throw new LoopError(this.#path.slice(start));
    if (definition.error || this.#scope.isDouble(name)) throw new LangError(words.brokenLine(name));
    if (this.#path.length > MAX_CALLS) throw new LangError(words.tooDeep());
    this.#path.push(name);
    try {
      return work();
    } catch (error) {
      if (error instanceof LoopError && this.#own !== undefined && error.names.includes(this.#own)) throw error;
      const outermost = this.#path.length === (this.#own === undefined ? 1 : 2);
      throw error instanceof LangError && outermost ? new LangError(words.brokenLine(name)) : error;
    } finally {
      this.#path.pop();
    }
  }

  /** @param {string} op @param {Node[]} nodes @returns {Value} */
  #operation(op, nodes) {
    const args = nodes.map((node) => this.value(node));
    if (op === 'degrees') return this.#scope.degreeMode ? args[0] : arithmetic('mul', args[0], num(DEGREE));
    return args.length === 1 ? oneSided(op, args[0]) : arithmetic(op, args[0], args[1]);
  }

  /**
   * A function of the list: its body, with the inputs in place of its own names.
   *
   * @param {ApplyNode} node
   * @returns {Value}
   */
  #apply(node) {
    const definition = this.#scope.definition(node.name);
    if (definition === undefined) throw new LangError(words.missingFunction(node.name));
    const { params, name } = definition;
    if (definition.error) throw new LangError(words.brokenLine(name));
    if (params === null) throw new LangError(words.notAFunction(name));
    if (node.args.length === 1 && params.length === 2) return this.#applyToPoint(node, definition, params);
    if (node.args.length !== params.length) throw new LangError(words.inputCount(name, params.length, params.length));
    const args = node.args.map((arg) => this.value(arg));
    return this.call(definition, args, node.primes);
  }

  /** f(P) for f(x,y) @param {ApplyNode} node @param {Definition} definition @param {string[]} params @returns {Value} */
  #applyToPoint(node, definition, params) {
    const argument = this.value(node.args[0]);
    if (!isPoint(argument)) throw new LangError(words.inputCount(node.name, params.length, params.length));
    return this.call(definition, argument.point, node.primes);
  }

  /**
   * @param {Definition} definition
   * @param {Value[]} args
   * @param {number} [primes] how often to differentiate
   * @returns {Value}
   */
  call(definition, args, primes = 0) {
    if (this.#calls >= MAX_CALLS) throw new LangError(words.tooDeep());
    this.#calls += 1;
    const value = this.#within(definition, () => this.#unfold(definition, args, primes));
    this.#calls -= 1;
    return value;
  }

  /** @param {Definition} definition @param {Value[]} args @param {number} primes @returns {Value} */
  #unfold(definition, args, primes) {
    const params = /** @type {string[]} */ (definition.params);
    if (primes > 0 && params.length !== 1) throw new LangError(words.inputCount(`${definition.name}'`, 1, 1));
    if (primes > 0) return lift(args, ([arg]) => this.#derivativeAt(definition, asCore(arg), primes));
    /** @type {[number, Core][]} */
    const bound = [];
    const names = params.map((param, i) => /** @type {[string, Value]} */ ([param, mapCores(args[i], (core) => {
      if (core.op === 'num' || core.op === 'var') return core;
      const slot = this.newSlot();
      bound.push([slot, core]);
      return variable(slot);
    })]));
    const body = this.restricted(definition.body, definition.restrictions, names);
    return mapCores(body, (core) => bound.reduceRight((inner, [slot, value]) => bind(slot, value, inner), core));
  }

  /** @param {Definition} definition @param {Core} arg @param {number} order @returns {Core} */
  #derivativeAt(definition, arg, order) {
    const slot = this.newSlot();
    const [param] = /** @type {string[]} */ (definition.params);
    let core = asCore(this.restricted(definition.body, definition.restrictions, [[param, variable(slot)]]));
    for (let i = 0; i < order; i++) core = differentiate(core, slot);
    return bind(slot, arg, core);
  }

  /** @param {import('./syntax.js').DerivativeNode} node @returns {Value} */
  #derivative({ variable: name, order, body }) {
    const at = asCore(this.#name(name));
    const slot = at.op === 'var' ? at.slot : this.newSlot();
    return mapCores(this.valueWith(body, [[name, variable(slot)]]), (core) => {
      for (let i = 0; i < order; i++) core = differentiate(core, slot);
      return at.op === 'var' ? core : bind(slot, at, core);
    });
  }

  /** @param {import('./syntax.js').BigNode} node @returns {Value} */
  #big({ type, index, from, to, body }) {
    const limits = [from, to].map((n) => asCore(this.value(n)));
    const slot = this.newSlot();
    return mapCores(this.valueWith(body, [[index, variable(slot)]]), (core) => big(type, slot, limits[0], limits[1], core));
  }

  /** @param {Node[]} nodes @returns {Value} */
  #point(nodes) {
    return lift(nodes.map((node) => this.value(node)), (items) => {
      const [x, y] = items.map(asCore);
      return { point: [x, y] };
    });
  }
}

/** The definitions that are made from each other. */
class LoopError extends LangError {
  /** @param {string[]} names */
  constructor(names) {
    super(words.loop(names));
    this.names = names;
  }
}
