const LOWERED = '\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089';
const RAISED = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';

/** Words for single letters. */
const LETTERS = new Map(
  Object.entries({
    pi: '\u03c0',
    theta: '\u03b8',
    alpha: '\u03b1',
    beta: '\u03b2',
    gamma: '\u03b3',
    phi: '\u03c6',
    tau: '\u03c4',
    omega: '\u03c9',
  }),
);

/**
 * @param {string} text a formula in plain text, as typed
 * @returns {string} the formula with Unicode symbols: x\u2081, x\u00b2, 2\u03c0
 */
export function pretty(text) {
  return text
    .replace(/_(\d+)/g, (_, digits) => withDigits(digits, LOWERED))
    .replace(/\^(\d+)/g, (_, digits) => withDigits(digits, RAISED))
    .replace(/[a-z]+/g, (word) => LETTERS.get(word) ?? word)
    .replaceAll('*', '\u00b7')
    .replaceAll('-', '\u2212');
}

/**
 * @param {string} digits
 * @param {string} alphabet
 */
function withDigits(digits, alphabet) {
  return digits.replace(/\d/g, (digit) => alphabet[Number(digit)]);
}
