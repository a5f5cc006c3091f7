/**
 * Normalizes LaTeX to the spelling of Desmos, in which formulas are stored, whatever the editor writes. `\frac12`
 * becomes `\frac{1}{2}`, `\leq` `\le`, a bare `(` `\left(`, and so on.
 */

/** Commands that Desmos spells differently; an empty spelling is left out. */
const RENAMED = new Map(
  Object.entries({
    '\\lbrace': '\\{',
    '\\rbrace': '\\}',
    '\\lbrack': '[',
    '\\rbrack': ']',
    '\\lparen': '(',
    '\\rparen': ')',
    '\\vert': '|',
    '\\lvert': '|',
    '\\rvert': '|',
    '\\mid': '|',
    '\\leq': '\\le',
    '\\leqslant': '\\le',
    '\\geq': '\\ge',
    '\\geqslant': '\\ge',
    '\\lt': '<',
    '\\gt': '>',
    '≤': '\\le',
    '≥': '\\ge',
    '≠': '\\ne',
    '\\neq': '\\ne',
    '\\ast': '\\cdot',
    '*': '\\cdot',
    '·': '\\cdot',
    '⋅': '\\cdot',
    '×': '\\times',
    '÷': '\\div',
    '−': '-',
    '\\dfrac': '\\frac',
    '\\tfrac': '\\frac',
    '\\cfrac': '\\frac',
    '\\exponentialE': 'e',
    '\\imaginaryI': 'i',
    '\\differentialD': 'd',
    '\\rightarrow': '\\to',
    π: '\\pi',
    θ: '\\theta',
    '∞': '\\infty',
    '\\prime': "'",
    '\\doubleprime': "''",
    '\\,': '',
    '\\!': '',
    '\\:': '',
    '\\;': '',
    '\\ ': '',
    '~': '',
    '\\quad': '',
    '\\qquad': '',
    '\\middle': '',
    '\\displaystyle': '',
    '\\textstyle': '',
    '\\nolimits': '',
    '\\limits': '',
  }),
);

/** Commands by their number of arguments in braces. */
const ARGUMENTS = new Map(Object.entries({ '\\frac': 2, '\\sqrt': 1, '^': 1, _: 1 }));

/** Names with a command of their own; every other name of several letters is an `\operatorname`. */
const OWN_COMMANDS = new Set(
  'sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan ln log exp min max gcd'.split(' '),
);

const NAMING = new Set(['\\operatorname', '\\mathrm', '\\mathit', '\\mathop', '\\operatorname*']);

const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
]);

/** Longer or deeper than any student's formula; beyond, a formula is stored unchanged. */
const LENGTH_LIMIT = 20_000;
const DEPTH_LIMIT = 200;

/**
 * A token, or the contents of a pair of braces.
 *
 * @typedef {string | Node[]} Node
 */

/**
 * @param {string} latex
 * @returns {string} the same formula in the spelling of Desmos
 */
export function normalizeLatex(latex) {
  const nodes = latex.length > LENGTH_LIMIT ? null : parse(latex);
  return nodes ? write(nodes) : latex.trim();
}

/**
 * @param {string} latex
 * @returns {Node[] | null} null if the braces do not match or are nested too deeply
 */
function parse(latex) {
  /** @type {Node[][]} */
  const open = [[]];
  for (const [token] of latex.matchAll(/\\[a-zA-Z]+\*?|\\[^]|\s+|[^]/gu)) {
    if (token === '{') open.push([]);
    else if (token === '}') {
      const group = open.pop();
      if (open.length === 0 || !group) return null;
      open[open.length - 1].push(group);
    } else if (token.trim() || token === '\\ ') open[open.length - 1].push(RENAMED.get(token) ?? token);
    if (open.length > DEPTH_LIMIT) return null;
  }
  return open.length === 1 ? open[0] : null;
}

/**
 * @param {Node[]} nodes
 * @returns {string}
 */
function write(nodes) {
  const fenced = fence(nodes);
  let latex = '';
  for (let index = 0; index < fenced.length; ) {
    const [text, next] = writeAt(fenced, index);
    latex = join(latex, text);
    index = next;
  }
  return latex;
}

/**
 * @param {Node[]} nodes
 * @param {number} index
 * @returns {[string, number]} the text of the node, and the index to continue at
 */
function writeAt(nodes, index) {
  const node = nodes[index];
  if (typeof node !== 'string') return [`{${write(node)}}`, index + 1];
  const argument = nodes[index + 1];
  if (node === '\\placeholder') return ['', index + (Array.isArray(argument) ? 2 : 1)];
  if (NAMING.has(node) && Array.isArray(argument)) return [writeName(argument), index + 2];
  if (node === '^' && isPrimes(argument)) return [/** @type {string} */ (write(asGroup(argument))), index + 2];
  const count = ARGUMENTS.get(node);
  return count === undefined ? [node, index + 1] : writeCommand(nodes, index, count);
}

/**
 * Writes a command with its arguments in braces.
 *
 * @param {Node[]} nodes
 * @param {number} index
 * @param {number} count
 * @returns {[string, number]}
 */
function writeCommand(nodes, index, count) {
  const command = /** @type {string} */ (nodes[index]);
  let text = command;
  let next = index + 1;
  if (command === '\\sqrt' && nodes[next] === '[') {
    const end = nodes.indexOf(']', next);
    if (end > 0) {
      text += `[${write(nodes.slice(next + 1, end))}]`;
      next = end + 1;
    }
  }
  for (let i = 0; i < count; i++, next++) {
    const argument = asGroup(nodes[next]);
    text += `{${write(command === '\\sqrt' ? withoutParentheses(argument) : argument)}}`;
  }
  return [text, Math.min(next, nodes.length)];
}

/**
 * @param {Node | undefined} node an argument: a group or a single token
 * @returns {Node[]}
 */
function asGroup(node) {
  if (node === undefined) return [];
  return typeof node === 'string' ? [node] : node;
}

/** @param {Node | undefined} node */
function isPrimes(node) {
  const group = asGroup(node);
  return group.length > 0 && group.every((token) => token === "'" || token === "''");
}

/**
 * Removes parentheses around the whole radicand, which the root sign already encloses.
 *
 * @param {Node[]} nodes
 * @returns {Node[]}
 */
function withoutParentheses(nodes) {
  const fenced = fence(nodes);
  if (fenced[0] !== '\\left' || fenced[1] !== '(') return nodes;
  let depth = 0;
  for (let i = 0; i < fenced.length; i++) {
    if (fenced[i] === '\\left') depth++;
    if (fenced[i] === '\\right' && --depth === 0) {
      return i === fenced.length - 2 && fenced[i + 1] === ')' && i > 2 ? fenced.slice(2, i) : nodes;
    }
  }
  return nodes;
}

/**
 * Adds `\left` and `\right` to matching brackets; unmatched ones are left for the parser to report.
 *
 * @param {Node[]} nodes
 * @returns {Node[]}
 */
function fence(nodes) {
  /** @type {{index: number, bracket: string}[]} */
  const open = [];
  /** @type {Map<number, string>} */
  const fences = new Map();
  nodes.forEach((node, index) => {
    const before = nodes[index - 1];
    if (typeof node !== 'string' || before === '\\left' || before === '\\right') return;
    if (CLOSING.has(node) && before !== '\\sqrt') open.push({ index, bracket: node });
    const last = open.at(-1);
    if (!last || node !== CLOSING.get(last.bracket)) return;
    open.pop();
    fences.set(last.index, '\\left').set(index, '\\right');
  });
  return nodes.flatMap((node, index) =>
    fences.has(index) ? [/** @type {string} */ (fences.get(index)), node] : [node],
  );
}

/**
 * @param {Node[]} nodes the letters of a name, possibly in a font command
 * @returns {string}
 */
function writeName(nodes) {
  const name = nodes
    .map((node) => (typeof node === 'string' ? node : node.join('')))
    .filter((t) => !NAMING.has(t))
    .join('');
  if (OWN_COMMANDS.has(name)) return `\\${name}`;
  return name.length < 2 ? name : `\\operatorname{${name}}`;
}

/**
 * @param {string} left
 * @param {string} right
 * @returns {string} both, with a space only between a command and a letter
 */
function join(left, right) {
  return /\\[a-zA-Z]+$/.test(left) && /^[a-zA-Z]/.test(right) ? `${left} ${right}` : left + right;
}
