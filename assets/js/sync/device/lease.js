/**
 * Leases of tabs, as stored in the database. The device's clock may be changed at any time, so a lease that ends later
 * than any new one would was made with another clock, and does not count. Pure.
 */

/** How long a tab keeps a lease without renewing it, in milliseconds: timers of a hidden tab may be a second late. */
export const LEASE = 10_000;

/** @typedef {{holder: string, until: number}} Lease `until` in milliseconds since 1970 */

/**
 * @param {Lease | undefined} held
 * @param {string} holder the requesting holder
 * @param {number} now
 */
export function isFree(held, holder, now) {
  return !held || held.holder === holder || held.until <= now || held.until > now + LEASE;
}
