/**
 * The museum's addresses. They are in the fragment, so that the page works under any path: `#/` for the poster,
 * `#/tile/cubic` for a tile.
 */
import { familyBySlug } from '../museum/families.js';

/** @typedef {import('../museum/families.js').Family} Family */
/** @typedef {{page: 'poster'} | {page: 'tile', family: Family}} Route */

/**
 * @param {string} hash the fragment of the address, including `#`
 * @returns {Route} the poster for an unknown address
 */
export function parseRoute(hash) {
  const [, slug] = /^#\/tile\/([a-z-]+)\/?$/.exec(hash) ?? [];
  const family = slug === undefined ? undefined : familyBySlug(slug);
  return family ? { page: 'tile', family } : { page: 'poster' };
}

/** @param {Family} family */
export function tileAddress(family) {
  return `#/tile/${family.slug}`;
}

export const POSTER_ADDRESS = '#/';
