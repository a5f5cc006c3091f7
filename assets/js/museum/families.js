/**
 * The twelve families of functions, in the order in which they hang.
 *
 * @typedef {object} Family
 * @property {string} type the server's name for it (`concept_type`)
 * @property {string} slug its name in addresses
 * @property {string} name
 * @property {string} form the family's usual form, as text
 * @property {string} hint what to look for, in one short sentence
 */

/** @type {readonly Readonly<Family>[]} */
export const FAMILIES = Object.freeze([
  family('linear', 'Linear', 'y = mx + b', 'A straight line: each step to the right climbs by the same amount.'),
  family('quadratic', 'Quadratic', 'y = a(x − h)² + k', 'A bowl with one turning point at (h, k).'),
  family('cubic', 'Cubic', 'y = a(x − h)³ + k', 'An S that runs up on one side and down on the other.'),
  family('polynomial', 'Polynomial', 'y = axⁿ + … + bx + c', 'Powers of x added up: count where it crosses and where it turns.'),
  family('square_root', 'Square root', 'y = a√(x − h) + k', 'A curve that starts at the point (h, k) and goes one way.'),
  family('cube_root', 'Cube root', 'y = a∛(x − h) + k', 'A cubic lying on its side: it goes on both ways.'),
  family('absolute_value', 'Absolute value', 'y = a|x − h| + k', 'A V with its corner at (h, k).'),
  family('rational', 'Rational', 'y = a/(x − h) + k', 'A fraction with x below: find the lines that it never touches.'),
  family('exponential', 'Exponential', 'y = a·bˣ + k', 'It multiplies by the same number with each step.'),
  family('logarithmic', 'Logarithmic', 'y = a·log(x − h) + k', 'It climbs slower and slower, and never stops.'),
  family('trigonometric', 'Trigonometric', 'y = a·sin(b(x − h)) + k', 'A wave that repeats for ever.'),
  family('piecewise', 'Piecewise', 'y = {x < 0: −x, x ≥ 0: x²}', 'One rule here, another rule there.'),
]);

const bySlug = new Map(FAMILIES.map((each) => [each.slug, each]));
const byType = new Map(FAMILIES.map((each) => [each.type, each]));

/**
 * @param {string} slug as in the address `#/tile/square-root`
 * @returns {Family | undefined}
 */
export function familyBySlug(slug) {
  return bySlug.get(slug);
}

/**
 * @param {string} type
 * @returns {Family | undefined} undefined for a type that this museum does not hang
 */
export function familyByType(type) {
  return byType.get(type);
}

/**
 * @param {string} type
 * @param {string} name
 * @param {string} form
 * @param {string} hint
 */
function family(type, name, form, hint) {
  return Object.freeze({ type, slug: type.replaceAll('_', '-'), name, form, hint });
}
