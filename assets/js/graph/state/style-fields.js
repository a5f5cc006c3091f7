import { isRecord, withChanges } from './json.js';

/** Style fields of an item as written: numbers as LaTeX, without defaults. */

/** Default numbers of a style. */
const DEFAULTS = Object.freeze({
  lineWidth: 2.5,
  lineOpacity: 0.9,
  pointSize: 9,
  pointOpacity: 0.9,
  fillOpacity: 0.4,
});

/** @typedef {keyof typeof DEFAULTS} Measure */

/**
 * @param {import('./item.js').Item} item
 * @param {Measure} field
 * @returns {string} LaTeX
 */
export function measureOf(item, field) {
  const value = isRecord(item) ? item[field] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : String(DEFAULTS[field]);
}

/**
 * @param {Measure} field
 * @param {string} latex empty for the default
 * @returns {Record<string, string | undefined>} changes of the item
 */
export function measureChange(field, latex) {
  return { [field]: latex.trim() === '' || Number(latex) === DEFAULTS[field] ? undefined : latex.trim() };
}

/** @typedef {'parametricDomain' | 'polarDomain'} Domain */

/**
 * @param {import('./item.js').Item} item
 * @param {Domain} field
 * @param {'min' | 'max'} end
 * @returns {string} LaTeX, empty for the default
 */
export function domainEnd(item, field, end) {
  for (const name of [field, 'domain']) {
    const domain = isRecord(item) ? item[name] : undefined;
    const value = isRecord(domain) ? domain[end] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return '';
}

/**
 * Older programs read `domain`, so if an item has it, both are updated.
 *
 * @param {import('./item.js').Item} item
 * @param {Domain} field
 * @param {'min' | 'max'} end
 * @param {string} latex empty for the default
 * @returns {Record<string, unknown>} changes of the item
 */
export function domainChange(item, field, end, latex) {
  const record = isRecord(item) ? item : {};
  const before = isRecord(record[field]) ? record[field] : record.domain;
  const ends = withChanges(before, { [end]: latex.trim() || undefined });
  const domain = Object.keys(ends).length > 0 ? ends : undefined;
  return 'domain' in record ? { [field]: domain, domain } : { [field]: domain };
}
