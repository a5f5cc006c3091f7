/**
 * Where two texts differ, word by word. Pure.
 */

/**
 * A stretch of a text: in both, or only in the one.
 *
 * @typedef {{text: string, differs: boolean}} Stretch
 */

/** Comparing takes the product of both numbers of words; beyond this, what lies between is taken as wholly different. */
const MOST_PAIRS = 4_000_000;

/**
 * Compares two texts.
 *
 * @param {string} left
 * @param {string} right
 * @returns {{left: Stretch[], right: Stretch[]}} each text in stretches, which put together are the text itself
 */
export function difference(left, right) {
  const [a, b] = [words(left), words(right)];
  const kept = withoutIslands(a, b, commonWords(a, b));
  const inLeft = new Set(kept.map(([i]) => i));
  const inRight = new Set(kept.map(([, j]) => j));
  return { left: stretches(a, inLeft), right: stretches(b, inRight) };
}

/**
 * Which of some lines the other ones do not have, as often as they have it.
 *
 * @param {readonly string[]} lines
 * @param {readonly string[]} others
 * @returns {boolean[]} for each line whether it is only here
 */
export function onlyHere(lines, others) {
  const left = [...others];
  return lines.map((line) => {
    const found = left.indexOf(line);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}

/**
 * Words, and what stands between them, as the language of the text has it. The segmenter is given short pieces: some browsers
 * copy the whole text for each word of it.
 *
 * @param {string} text
 */
function words(text) {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  return (text.match(/\s+|\S{1,200}/g) ?? []).flatMap((piece) => (
    /^\s|^\w+$/.test(piece) ? [piece] : Array.from(segmenter.segment(piece), ({ segment }) => segment)));
}

/**
 * The longest list of words that stand in both texts in the same order.
 *
 * @param {string[]} a
 * @param {string[]} b
 * @returns {[number, number][]} their places in a and in b
 */
function commonWords(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  /** @type {[number, number][]} */
  const pairs = Array.from({ length: start }, (_, i) => [i, i]);
  if ((endA - start) * (endB - start) <= MOST_PAIRS) {
    for (const [i, j] of longestRun(a.slice(start, endA), b.slice(start, endB))) pairs.push([start + i, start + j]);
  }
  for (let i = endA, j = endB; i < a.length; i += 1, j += 1) pairs.push([i, j]);
  return pairs;
}

/**
 * @param {string[]} a
 * @param {string[]} b
 * @returns {[number, number][]}
 */
function longestRun(a, b) {
  const width = b.length + 1;
  // At i, j: how many words a from i on and b from j on have in common.
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  /** @type {[number, number][]} */
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/**
 * Without the blanks that both texts have between two different words: marks are easier to read in one piece.
 *
 * @param {string[]} a
 * @param {string[]} b
 * @param {[number, number][]} pairs
 */
function withoutIslands(a, b, pairs) {
  const joined = (/** @type {number} */ at, /** @type {number} */ next) => {
    if (next < 0 || next >= pairs.length) return false;
    return Math.abs(pairs[at][0] - pairs[next][0]) === 1 && Math.abs(pairs[at][1] - pairs[next][1]) === 1;
  };
  const atEnd = ([i, j] = [0, 0]) => (i === 0 && j === 0) || (i === a.length - 1 && j === b.length - 1);
  return pairs.filter((pair, at) => a[pair[0]].trim() !== '' || atEnd(pair) || joined(at, at - 1) || joined(at, at + 1));
}

/**
 * @param {string[]} all words of a text
 * @param {Set<number>} shared places of those that the other text has, too
 */
function stretches(all, shared) {
  /** @type {Stretch[]} */
  const made = [];
  all.forEach((text, i) => {
    const differs = !shared.has(i);
    const last = made.at(-1);
    if (last?.differs === differs) last.text += text;
    else made.push({ text, differs });
  });
  return made;
}
