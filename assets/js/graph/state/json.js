/**
 * Values as JSON knows them. A state comes from elsewhere, so nothing about it is taken on trust.
 */

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>} whether the value is an object with keys (neither null nor an array)
 */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than any state that means something; what lies deeper is shared, so that a hostile one ends no page. */
const DEPTH_LIMIT = 1000;

/**
 * Copies a JSON value, so that neither side can change the other's. Strings, which hold the bulk of a state (photos),
 * are shared.
 *
 * @template T
 * @param {T} value
 * @param {number} [depth] levels already gone down
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
 * A copy of `record` with some keys changed; a change to `undefined` takes the key away.
 *
 * @param {unknown} record whatever is not a record counts as an empty one
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
 * Sets an own key, also one named `__proto__`, which plain assignment would take for the prototype.
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
