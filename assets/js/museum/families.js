import { FAMILIES as TABLE } from '../lib/families.js';

/**
 * A family of functions. A museum has a work for each.
 *
 * @typedef {object} Family
 * @property {string} type the `concept_type` of its tile
 * @property {string} slug its name in addresses
 * @property {string} name
 * @property {string} form the usual form of its formula, as plain text
 * @property {string} hint what to look for, one short sentence
 */

/** @type {readonly Readonly<Family>[]} in the order of the poster */
export const FAMILIES = Object.freeze(
  TABLE.map((family) => Object.freeze({ ...family, slug: family.type.replaceAll('_', '-') })),
);

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
 * @returns {Family | undefined} undefined for an unknown type
 */
export function familyByType(type) {
  return byType.get(type);
}
