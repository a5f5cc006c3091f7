/**
 * Finds the names that a line uses.
 *
 * @typedef {import('./parser/syntax.js').Node} Node
 * @typedef {import('./parser/syntax.js').Line} Line
 */

/** @param {Line} line @returns {Set<string>} all names */
export function namesIn(line) {
  /** @type {Set<string>} */
  const names = new Set();
  const visit = (/** @type {unknown} */ part) => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (part !== null && typeof part === 'object') {
      if ('type' in part && 'name' in part && part.type !== 'builtin') names.add(String(part.name));
      if ('variable' in part) names.add(String(part.variable));
      Object.values(part).forEach(visit);
    }
  };
  visit(line.sides);
  visit(line.restrictions);
  return names;
}

/**
 * Returns the names of values that a node takes from outside: not the indices of its sums, and not the functions that
 * it calls.
 *
 * @param {Node} node
 * @returns {string[]} in order of appearance
 */
export function freeNames(node) {
  if (node.type === 'name') return [node.name];
  const own = new Set(
    node.type === 'comprehension' ? node.names : 'index' in node && typeof node.index === 'string' ? [node.index] : [],
  );
  return Object.values(node).flatMap((part) => partNames(part).filter((name) => !own.has(name)));
}

/** @param {unknown} part @returns {string[]} */
function partNames(part) {
  if (Array.isArray(part)) return part.flatMap(partNames);
  if (part === null || typeof part !== 'object') return [];
  return 'type' in part ? freeNames(/** @type {Node} */ (part)) : Object.values(part).flatMap(partNames);
}
