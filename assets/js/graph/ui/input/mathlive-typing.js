/**
 * Typing rules that MathLive lacks. They look at the cursor position through MathLive's model, which is not part of its
 * documented interface: MathLive is vendored at one version, and if the model has another shape, the rules do not
 * apply.
 */

/** @typedef {import('mathlive').MathfieldElement} MathfieldElement */

/**
 * The part of an atom of MathLive's model that the rules use.
 *
 * @typedef {object} Atom
 * @property {string} type `first` for the empty atom that starts each branch
 * @property {string} [value]
 * @property {string | [number, number]} [parentBranch]
 * @property {Atom} [parent]
 * @property {boolean} [isLastSibling]
 * @property {string} [leftDelim] for a pair of brackets
 * @property {string} [rightDelim] for a pair of brackets; `?` until it is closed
 */

/**
 * A rule looks at the atom left of the cursor and returns whether it has handled the key, so that the field must not
 * see it.
 *
 * @typedef {(field: MathfieldElement, atom: Atom, key: string) => boolean} Rule
 */

/** @type {readonly Rule[]} */
const RULES = [rootSign, passSpace, leaveScript, indexByDigit, openRoot, closeRoot, reachFence, nestBars, closeBars];

const BRACES = ['\\lbrace', '\\{', '{'];
const SQUARE = ['\\lbrack', '['];

/**
 * The brackets, by MathLive's names, in which a closing or separating character belongs. MathLive closes round ones
 * itself.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const BELONGS_IN = { '}': BRACES, ']': SQUARE, '|': ['|'], ':': BRACES, ',': ['(', ...SQUARE, ...BRACES] };

/** Fields whose cursor is in a subscript that was opened by typing a digit. */
const inDigitIndex = new WeakSet();

/** Roots (atoms) whose opening parenthesis has been typed. */
const openedRoots = new WeakSet();

/**
 * Handles a key before the field does.
 *
 * @param {MathfieldElement} field
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key was handled
 */
export function applyTypingRules(field, event) {
  if (!isTyped(event)) return false;
  if (event.key === '\\') return true;
  // Several rules may apply to one key: `a1+` leaves the subscript, then inserts a plus.
  return RULES.some((rule) => {
    const atom = atomAtCursor(field);
    // A placeholder is selected when the cursor reaches it.
    const isCursor = field.selectionIsCollapsed || atom?.type === 'placeholder';
    return atom !== null && isCursor && rule(field, atom, event.key);
  });
}

/**
 * Reports whether the event types a character. Many keyboards have brackets and bars on Option or AltGr; only Control
 * and Command are never part of a character.
 *
 * @param {KeyboardEvent} event
 */
function isTyped(event) {
  if (event.isComposing || event.metaKey || event.key === 'Shift') return false;
  const isAltGr = event.getModifierState('AltGraph');
  return isAltGr || (!event.ctrlKey && (!event.altKey || event.key.length === 1));
}

/**
 * @param {MathfieldElement} field
 * @returns {Atom | null} the atom left of the cursor
 */
function atomAtCursor(field) {
  const model = /** @type {{_mathfield?: {model?: {at?: (offset: number) => Atom}}}} */ (/** @type {unknown} */ (field))
    ._mathfield?.model;
  return model?.at?.(field.position) ?? null;
}

/**
 * The root sign, which Mac keyboards have. MathLive would insert the sign without a radicand.
 *
 * @type {Rule}
 */
function rootSign(field, _atom, key) {
  return key === '\u221a' && field.insert('\\sqrt{#?}');
}

/**
 * A space ends a fraction, a power or a root: `1/2 x`. Elsewhere it is ignored, because MathLive would move the cursor
 * out of the brackets: `(x + 1)`.
 *
 * @type {Rule}
 */
function passSpace(_field, atom, key) {
  if (key !== ' ') return false;
  const { parent } = atom;
  const ends = atom.isLastSibling && atom.type !== 'first' && atom.type !== 'placeholder';
  return !ends || parent?.leftDelim !== undefined || (parent !== undefined && openedRoots.has(parent));
}

/**
 * An operator ends an exponent or a subscript, so that `x^2+1` is a sum; so does the brace of a restriction, and the
 * argument in `\sin^{2}(`, `\log_{2}(` and `\sin^{2}x`.
 *
 * @type {Rule}
 */
function leaveScript(field, atom, key) {
  const branch = atom.parentBranch;
  if ((branch !== 'superscript' && branch !== 'subscript') || atom.type === 'first' || !atom.isLastSibling)
    return false;
  const isFunction = atom.parent?.type === 'mop' || atom.parent?.type === 'operator';
  const begins =
    key === '('
      ? isFunction || branch === 'subscript'
      : isFunction && /^[a-zA-Z]$/.test(key) && /^\d$/.test(atom.value ?? '');
  const leaves = '+-=<>{'.includes(key) || begins || (inDigitIndex.has(field) && !/\d/.test(key));
  if (leaves && key.length === 1) field.executeCommand('moveAfterParent');
  return false;
}

/**
 * A digit after a letter is its subscript: `a1` is one name.
 *
 * @type {Rule}
 */
function indexByDigit(field, atom, key) {
  const isDigit = /^\d$/.test(key);
  if (isDigit && atom.type === 'mord' && /^[a-zA-Z]$/.test(atom.value ?? '') && atom.parentBranch !== 'subscript') {
    field.executeCommand('moveToSubscript');
    inDigitIndex.add(field);
  } else if (!isDigit) inDigitIndex.delete(field);
  return false;
}

/**
 * `sqrt` has become a root by the time its parenthesis is typed; the root sign replaces it.
 *
 * @type {Rule}
 */
function openRoot(_field, atom, key) {
  const root = radicandOf(atom);
  if (key !== '(' || !root || openedRoots.has(root)) return false;
  if (atom.type !== 'placeholder' && atom.type !== 'first') return false;
  openedRoots.add(root);
  return true;
}

/**
 * The parenthesis that closes a root opened with one is swallowed; any other closes what surrounds the root.
 *
 * @type {Rule}
 */
function closeRoot(field, atom, key) {
  const root = radicandOf(atom);
  if (key !== ')' || !root) return false;
  field.executeCommand('moveAfterParent');
  return openedRoots.has(root);
}

/**
 * A closing or separating character ends the power, fraction or root that it is typed in: `{x<1/2:x^2}`, `(1/2,3)`,
 * `|x^2|`.
 *
 * @type {Rule}
 */
function reachFence(field, atom, key) {
  const fences = BELONGS_IN[key];
  if (!fences || atom.type === 'first' || atom.type === 'placeholder') return false;
  let depth = 0;
  for (let at = atom; at.parent && at.isLastSibling && at.parentBranch !== 'above'; at = at.parent, depth++) {
    const { leftDelim } = at.parent;
    if (leftDelim === undefined) continue;
    if (fences.includes(leftDelim)) for (let i = 0; i < depth; i++) field.executeCommand('moveAfterParent');
    break;
  }
  return false;
}

/**
 * A bar where no term can end opens another pair: `||x|-3|`, `|x-|2x||`, `\{|x|<2\}`.
 *
 * @type {Rule}
 */
function nestBars(field, atom, key) {
  if (key !== '|') return false;
  const { leftDelim } = atom.parent ?? {};
  const opens = leftDelim === '\\lbrace' || (leftDelim === '|' && (atom.type === 'first' || atom.type === 'mbin'));
  return opens && field.insert('\\left|#?\\right|');
}

/** @type {Rule} */
function closeBars(field, atom, key) {
  const closes = key === '|' && atom.parent?.leftDelim === '|' && atom.parent.rightDelim === '|' && atom.isLastSibling;
  return closes === true && field.executeCommand('moveAfterParent');
}

/**
 * @param {Atom} atom
 * @returns {Atom | null} the root, if the cursor is at the end of its radicand
 */
function radicandOf(atom) {
  const { parent, parentBranch, isLastSibling } = atom;
  return parent?.type === 'surd' && parentBranch === 'body' && isLastSibling ? parent : null;
}
