/** Compares two texts word by word. Pure. */

/**
 * A stretch of text: in both texts, or only in one.
 *
 * @typedef {{text: string, differs: boolean}} Stretch
 */

/**
 * The comparison takes time and memory for the product of both word counts; beyond this limit the middle counts as
 * entirely different.
 */
const MOST_PAIRS = 4_000_000;

/**
 * Compares two texts.
 *
 * @param {string} left
 * @param {string} right
 * @returns {{left: Stretch[], right: Stretch[]}} each text as stretches that add up to it
 */
export function difference(left, right) {
  const [a, b] = [words(left), words(right)];
  const kept = withoutIslands(a, b, commonWords(a, b));
  const inLeft = new Set(kept.map(([i]) => i));
  const inRight = new Set(kept.map(([, j]) => j));
  return { left: stretches(a, inLeft), right: stretches(b, inRight) };
}

/**
 * Returns which lines the other list does not contain, counting duplicates.
 *
 * @param {readonly string[]} lines
 * @param {readonly string[]} others
 * @returns {boolean[]} for each line, whether only this list has it
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
 * Splits a text into words and the text between them, by the rules of its language. The segmenter gets short pieces,
 * since some browsers copy the whole text for each word.
 *
 * @param {string} text
 */
function words(text) {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  return (text.match(/\s+|\S{1,200}/g) ?? []).flatMap((piece) =>
    /^\s|^\w+$/.test(piece) ? [piece] : Array.from(segmenter.segment(piece), ({ segment }) => segment),
  );
}

/**
 * Returns the longest common subsequence of words.
 *
 * @param {string[]} a
 * @param {string[]} b
 * @returns {[number, number][]} their indexes in a and b
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
  // lengths[i, j] is the length of the longest common subsequence of a from i and b from j.
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  /** @type {[number, number][]} */
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/**
 * Drops matches of only white space between two differing words: marks are easier to read in one piece.
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
  return pairs.filter(
    (pair, at) => a[pair[0]].trim() !== '' || atEnd(pair) || joined(at, at - 1) || joined(at, at + 1),
  );
}

/**
 * @param {string[]} all words of a text
 * @param {Set<number>} shared indexes of the words that the other text has too
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
