/**
 * Who has a turn, and until when, as it is written into the device's store. The device's clock may be set at any time, so an end
 * that lies further ahead than any lease was made with another clock, and does not count. Pure.
 */

/** How long a tab keeps its turn without a word, in milliseconds: timers of a hidden tab may come a second late. */
export const LEASE = 10_000;

/** @typedef {{holder: string, until: number}} Lease `until` in milliseconds since 1970 */

/**
 * @param {Lease | undefined} held
 * @param {string} holder who asks
 * @param {number} now
 */
export function isFree(held, holder, now) {
  return !held || held.holder === holder || held.until <= now || held.until > now + LEASE;
}
