/**
 * Versions of the format that are known here. The format grows by keys, so others are opened all the same.
 */
const OLDEST = 8;
const NEWEST = 11;

/**
 * @param {unknown} version as a state has it
 * @returns {'known' | 'older' | 'newer' | 'unknown'}
 */
export function versionKind(version) {
  if (typeof version !== 'number' || !Number.isFinite(version)) return 'unknown';
  return version < OLDEST ? 'older' : version > NEWEST ? 'newer' : 'known';
}
