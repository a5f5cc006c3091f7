/** JSON values. A state comes from outside, so nothing about it is trusted. */

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>} whether the value is an object with keys (neither null nor an array)
 */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than any meaningful state; deeper values are shared, so that a hostile state cannot overflow the stack. */
const DEPTH_LIMIT = 1000;

/**
 * Copies a JSON value. Strings, which make up the bulk of a state (photos), are shared.
 *
 * @template T
 * @param {T} value
 * @param {number} [depth] current depth
 * @returns {T}
 */
export function copyJson(value, depth = 0) {
  if (depth > DEPTH_LIMIT) return value;
  if (Array.isArray(value)) return /** @type {T} */ (value.map((element) => copyJson(element, depth + 1)));
  if (!isRecord(value)) return value;
  /** @type {Record<string, unknown>} */
  const copy = {};
  for (const key of Object.keys(value)) define(copy, key, copyJson(value[key], depth + 1));
  return /** @type {T} */ (copy);
}

/**
 * Returns a copy of `record` with some keys changed; `undefined` removes a key.
 *
 * @param {unknown} record a non-record counts as an empty one
 * @param {Record<string, unknown>} changes
 * @returns {Record<string, unknown>}
 */
export function withChanges(record, changes) {
  const result = isRecord(record) ? { ...record } : {};
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete result[key];
    else result[key] = value;
  }
  return result;
}

/**
 * Sets an own key, even `__proto__`, which plain assignment would take for the prototype.
 *
 * @param {Record<string, unknown>} record
 * @param {string} key
 * @param {unknown} value
 */
function define(record, key, value) {
  if (key !== '__proto__') {
    record[key] = value;
    return;
  }
  Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
}
