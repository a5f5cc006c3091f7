/** Formats the history of a tile for lists. Pure. */
import { deviceName } from './device-name.js';

/**
 * A version of a tile on the server.
 *
 * @typedef {object} Version
 * @property {number} version its number
 * @property {string} saved_at ISO 8601
 * @property {string} device user agent of the browser that saved it
 * @property {boolean} this_device
 * @property {boolean} deleted whether this version deleted the tile
 * @property {'none' | 'open' | 'settled'} conflict whether it conflicts with an edit of another device, and whether the
 *   student has decided
 * @property {string} description
 * @property {boolean} completed
 * @property {any} desmos_state null in a list
 */

/**
 * @param {Version[]} versions the newest first
 * @param {Date} now
 * @returns {{day: string, versions: Version[]}[]}
 */
export function byDay(versions, now) {
  /** @type {Map<string, Version[]>} */
  const days = new Map();
  for (const version of versions) {
    const day = dayOf(new Date(version.saved_at), now);
    days.set(day, [...(days.get(day) ?? []), version]);
  }
  return [...days].map(([day, each]) => ({ day, versions: each }));
}

/**
 * @param {Date} time
 * @param {Date} now
 * @returns {string} `Today`, `Yesterday` or a date, in local time
 */
export function dayOf(time, now) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (time.toDateString() === now.toDateString()) return 'Today';
  if (time.toDateString() === yesterday.toDateString()) return 'Yesterday';
  const year = time.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long', year }).format(time);
}

/**
 * @param {Date} time
 * @returns {string} hours and minutes in the browser's format
 */
export function timeOf(time) {
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(time);
}

/**
 * Returns when a version was saved, for use within a sentence.
 *
 * @param {Version} version
 * @param {Date} now
 */
export function whenOf(version, now) {
  return momentOf(new Date(version.saved_at), now);
}

/**
 * Formats a time for use within a sentence.
 *
 * @param {Date} time
 * @param {Date} now
 * @returns {string} such as `today at 10:42`
 */
export function momentOf(time, now) {
  const day = dayOf(time, now);
  return `${/^(Today|Yesterday)$/.test(day) ? day.toLowerCase() : `on ${day}`} at ${timeOf(time)}`;
}

/** @param {Version} version */
export function deviceOf(version) {
  return version.this_device ? 'this device' : deviceName(version.device);
}

/**
 * Returns remarks on a version besides its time and device.
 *
 * @param {Version} version
 * @returns {string[]}
 */
export function marksOf(version) {
  /** @type {string[]} */
  const marks = [];
  if (version.completed) marks.push('completed');
  if (version.deleted) marks.push('taken down');
  if (version.conflict !== 'none') marks.push('changed on two devices');
  return marks;
}
