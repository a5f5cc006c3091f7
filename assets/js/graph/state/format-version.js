/** The known versions of the format. The format only gains keys, so other versions are opened too. */
const OLDEST = 8;
const NEWEST = 11;

/**
 * @param {unknown} version from a state
 * @returns {'known' | 'older' | 'newer' | 'unknown'}
 */
export function versionKind(version) {
  if (typeof version !== 'number' || !Number.isFinite(version)) return 'unknown';
  return version < OLDEST ? 'older' : version > NEWEST ? 'newer' : 'known';
}
