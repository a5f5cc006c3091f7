/**
 * The history of a tile, as it is listed. Pure.
 */
import { deviceName } from './device-name.js';

/**
 * One version that the server keeps.
 *
 * @typedef {object} Version
 * @property {number} version its number
 * @property {string} saved_at ISO 8601
 * @property {string} device user agent of the browser that saved it
 * @property {boolean} this_device
 * @property {boolean} deleted whether the tile was taken down with it
 * @property {'none' | 'open' | 'settled'} conflict whether it lost against an edit of another device
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
 * @returns {string} `Today`, `Yesterday` or a date, by the clock and calendar of this device
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
 * @returns {string} hours and minutes, as this browser writes them
 */
export function timeOf(time) {
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(time);
}

/**
 * When a version was saved, within a sentence.
 *
 * @param {Version} version
 * @param {Date} now
 */
export function whenOf(version, now) {
  return momentOf(new Date(version.saved_at), now);
}

/**
 * A moment, within a sentence.
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
 * What is to be said of a version besides when and where it was saved.
 *
 * @param {Version} version
 * @returns {string[]}
 */
export function marksOf(version) {
  /** @type {string[]} */
  const marks = [];
  if (version.completed) marks.push('completed');
  if (version.deleted) marks.push('taken down');
  if (version.conflict !== 'none') marks.push('written on two devices');
  return marks;
}
