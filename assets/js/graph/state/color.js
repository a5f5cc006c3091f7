/** Colours in the state format. */

/** The colours of new expressions, in turn. */
export const COLORS = Object.freeze(['#c74440', '#2d70b3', '#388c46', '#6042a6', '#fa7e19', '#000000']);

/**
 * A colour name, a hex colour, or a function of plain numbers: nothing that could make a style sheet load something.
 */
const SAFE_COLOR = /^(#[0-9a-f]{3,8}|[a-z]{3,24}|(rgb|hsl)a?\([\d\s.,%/]{1,40}\))$/i;

/**
 * @param {unknown} color from a state
 * @returns {string} a colour that is safe to pass to a canvas or a style; the first default if it cannot be read
 */
export function safeColor(color) {
  return typeof color === 'string' && SAFE_COLOR.test(color) ? color : COLORS[0];
}

/**
 * Returns the colour of the next expression: the first of the least used ones.
 *
 * @param {Iterable<unknown>} used colours of the list
 * @returns {string}
 */
export function nextColor(used) {
  const counts = new Map(COLORS.map((color) => [color, 0]));
  for (const color of used) {
    const known = typeof color === 'string' ? color.toLowerCase() : '';
    const count = counts.get(known);
    if (count !== undefined) counts.set(known, count + 1);
  }
  const least = Math.min(...counts.values());
  return COLORS.find((color) => counts.get(color) === least) ?? COLORS[0];
}
