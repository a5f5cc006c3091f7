/**
 * Random numbers that are the same at every redraw. The result of a random() call follows from the seed of the graph,
 * the line, the position in the line and, in a list comprehension, the item. So a line can be evaluated again at any
 * time, alone, and looks the same on every device.
 *
 * These are hashed by FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo) to a number that seeds the generator mulberry32 (T.
 * Ettinger, in the public domain).
 *
 * @typedef {import('../read-line.js').ReadLine} ReadLine
 */

/** The random functions. */
export const CHANCE = new Set(['random', 'shuffle']);
const WRITTEN = /random|shuffle/;

/** @type {WeakMap<object, number>} the index of each random call in its line */
const places = new WeakMap();

/**
 * @param {string} seed any string
 * @returns {() => number} numbers in the open interval (0, 1), always the same for the same seed
 */
export function chances(seed) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  let state = hash;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/**
 * @param {ReadLine} read
 * @param {string} id id of the line, for lines without a name
 * @param {string} graphSeed
 * @returns {ReadLine} the line with its seed, if it has random calls
 */
export function withChance(read, id, graphSeed) {
  if (read.line === null || !WRITTEN.test(read.key)) return read;
  let count = 0;
  const visit = (/** @type {unknown} */ part) => {
    if (part === null || typeof part !== 'object') return;
    if ('type' in part && 'name' in part && part.type === 'builtin' && CHANCE.has(String(part.name)))
      places.set(part, ++count);
    Object.values(part).forEach(visit);
  };
  visit(read.line);
  if (count === 0) return read;
  const seed = `${graphSeed} ${read.definition?.name ?? id}`;
  return { ...read, seed, key: `${read.key}\n${seed}` };
}

/** @param {object} node a call in a line returned by withChance() @returns {number} */
export function placeOf(node) {
  return places.get(node) ?? 0;
}
