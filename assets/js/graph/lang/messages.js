/** All messages of the language for students, in one place for translation. Short, plain, without blame. */

import { readable } from './readable-name.js';

export const words = {
  missingBracket: (/** @type {string} */ open = '', /** @type {string} */ after = '') => {
    const where = after === '' ? '' : ` before ${after}`;
    return `There is a bracket missing${open === '' ? '.' : `: the ${open}${where} is not closed.`}`;
  },
  extraBracket: (/** @type {string} */ close = '', /** @type {string} */ before = '') => {
    const where = before === '' ? '' : ` after ${before}`;
    return `There is a bracket too many${close === '' ? '.' : `: the ${close}${where} closes nothing.`}`;
  },
  missingBar: () => 'One of the two absolute value bars is missing.',
  unfinished: () => 'Something is still missing here.',
  notUnderstood: (/** @type {string} */ sign) => `I don't understand ${sign} here.`,
  unknownCommand: (/** @type {string} */ name) => `I don't know ${name}.`,
  unknownFunction: (/** @type {string} */ name) => `I don't know a function called ${name}.`,
  notAFunction: (/** @type {string} */ name) => `${readable(name)} is not a function, so it cannot be used like one.`,
  functionWithoutInput: (/** @type {string} */ name) =>
    `${readable(name)} is a function and needs something to work on, like ${readable(name)}(x).`,
  needsBrackets: (/** @type {string} */ name) =>
    `${readable(name)} needs brackets, even empty ones: ${readable(name)}()`,
  missingName: (/** @type {string} */ name) =>
    `I don't know what ${readable(name)} is yet. Give it a value: ${readable(name)}=1`,
  missingNames: (/** @type {string[]} */ names) => {
    const read = names.map(readable);
    return (
      `I don't know what ${read.slice(0, -1).join(', ')} and ${read[read.length - 1]} are yet. ` +
      `Give each a value, like ${read[0]}=1`
    );
  },
  missingFunction: (/** @type {string} */ name) =>
    `I don't know what ${readable(name)} is yet. Write a line for it, like ${readable(name)}(x)=x+1`,
  brokenLine: (/** @type {string} */ name) => `Something is not right yet on the line for ${readable(name)}.`,
  comma: () =>
    'A comma can only stand in brackets, as in a point (1,2). Write 2.5 with a point, and a thousand as 1000.',
  definedTwice: (/** @type {string} */ name) =>
    `${readable(name)} is given on more than one line. Keep only one of them.`,
  reservedName: (/** @type {string} */ name) => `${readable(name)} already has a meaning. Choose another letter.`,
  loop: (/** @type {string[]} */ names) => {
    const read = names.map(readable);
    if (read.length === 1) return `${read[0]} is made from itself, so it cannot be worked out.`;
    return `${read.slice(0, -1).join(', ')} and ${read[read.length - 1]} are made from each other, so they cannot be worked out.`;
  },
  tooDeep: () => 'There are too many brackets inside each other.',
  tooLong: () => 'This line is too long.',
  tooMuchWork: () => 'This would take too long to compute. Try smaller numbers.',
  listTooLong: (/** @type {number} */ most) => `This list is too long. A list can have up to ${most} numbers.`,
  inputCount: (/** @type {string} */ name, /** @type {number} */ least, /** @type {number} */ most) => {
    if (least !== most)
      return `${readable(name)} needs ${most === Infinity ? `at least ${least}` : `${least} to ${most}`} numbers.`;
    return least === 1 ? `${readable(name)} works on one number.` : `${readable(name)} needs ${least} numbers.`;
  },
  needsNumber: () => 'A number is needed here, not a point or a list.',
  mixedList: () => 'A list holds numbers or points, not both.',
  needsList: (/** @type {string} */ name) => `${readable(name)} needs a list, like [1,2,3].`,
  needsPoint: () => 'This works for points only, like (1,2).',
  needsDistribution: (/** @type {string} */ name) =>
    `${name} needs a distribution before its point, like normaldist(0,1).${name}(1).`,
  needsFixedNumber: () => 'A fixed number is needed here.',
  needsAssignment: () => 'After “with”, give names a value, like a=3.',
  needsBounds: () => 'After “for”, say from where to where, like 0<t<2. A list needs brackets: [n^2 for n=[1...5]].',
  needsRange: () => 'A range needs a first and a last number, like [1...5].',
  pointSize: () => 'A point has two numbers, like (1,2).',
  badSubscript: () => 'Only letters and digits can be written small below a name.',
  conditionNeeded: () => 'A condition is needed in these brackets, like {x>0}. A list has square ones: [1,2].',
  noVariable: () => 'There is no x or y to draw here.',
  relationNeeded: () => 'There are x and y here, but no = sign. Write an equation, like y=2x or x^2+y^2=9.',
  nameOfX: (/** @type {string} */ name) => `To draw this, write y= or ${readable(name)}(x)= at the start.`,
  equationInside: () => 'A sign like = or < can only stand in the main line or in {…}.',
  noData: () => 'A fit needs data: a table or lists, with names like x₁ and y₁.',
  fitLoop: () => 'The data of this fit depend on its own result, so it cannot be computed.',
  notFitted: (/** @type {string} */ name) => `No value was found for ${readable(name)} yet.`,
  fallbackError: () => 'This could not be computed. Try writing it another way.',

  unsupported: (/** @type {string} */ thing) => `Not possible here yet: ${thing}. Your line is kept as it is.`,
  things: {
    limits: 'limits (lim)',
    doubleIntegral: 'double integral signs',
    vectors: 'vectors',
    sets: 'sets',
    plusMinus: 'two signs at once (write two lines)',
    imaginary: 'complex numbers with i',
    action: 'actions with an arrow',
    openIntegral: 'integrals without limits',
    inverse: 'the inverse of your own functions',
    prime: 'equations with y′ (a derivative needs a function, like f′(x))',
    leibniz: 'dy/dx as one sign',
    derivative: 'this derivative',
    functionAbout: (/** @type {string} */ about, /** @type {string} */ name) => {
      switch (about) {
        case 'chart':
          return `charts of data (${name})`;
        case 'test':
          return `statistical tests (${name})`;
        case 'distribution':
          return `this distribution (${name})`;
        case 'color':
          return `colours made by a formula (${name})`;
        case 'sound':
          return `sounds (${name})`;
        case 'shape':
          return `shapes of geometry (${name})`;
        default:
          return `the function ${name}`;
      }
    },
    inverseShare: 'drawing the inverse of this distribution (fixed numbers work)',
    notEqual: 'all points where two sides differ (≠)',
    polarImplicit: 'equations that mix r or θ with x and y',
    pointCurve: 'points that depend on x or y (with t instead, like (t,t^2), they draw a curve)',
  },
};

/** An error in a line, with a message for the student. */
export class LangError extends Error {
  /**
   * @param {string} message
   * @param {{kind?: 'error'|'unsupported', missing?: string[]}} [details]
   */
  constructor(message, { kind = 'error', missing } = {}) {
    super(message);
    this.name = 'LangError';
    this.kind = kind;
    this.missing = missing;
  }
}

/** A line costs too much, wherever that was noticed. */
export class LimitError extends LangError {
  constructor() {
    super(words.tooMuchWork());
  }
}

/** @param {string[]} missing undefined names, in LaTeX */
export function missingNames(missing) {
  return new LangError(missing.length === 1 ? words.missingName(missing[0]) : words.missingNames(missing), { missing });
}

/** Definitions that depend on each other. */
export class LoopError extends LangError {
  /** @param {string[]} names */
  constructor(names) {
    super(words.loop(names));
    this.names = names;
  }
}

/** A name for which a regression has found no value. */
export class NotFittedError extends LangError {
  /** @param {string} name */
  constructor(name) {
    super(words.notFitted(name));
  }
}

/** A regression whose data depend on its result. */
export class FitLoopError extends LangError {
  constructor() {
    super(words.fitLoop());
  }
}

/**
 * Stops evaluating a line because of an unsupported feature.
 *
 * @param {string} thing
 * @returns {never}
 */
export function unsupported(thing) {
  throw new LangError(words.unsupported(thing), { kind: 'unsupported' });
}
