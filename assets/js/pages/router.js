/**
 * The museum's addresses. They stand behind the `#`, so the page works under any path: `#/` the poster, `#/tile/cubic` a tile.
 */
import { familyBySlug } from '../museum/families.js';

/** @typedef {import('../museum/families.js').Family} Family */
/** @typedef {{page: 'poster'} | {page: 'tile', family: Family}} Route */

/**
 * @param {string} hash the fragment of the address, with its `#`
 * @returns {Route} the poster for an address that leads nowhere
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
