/**
 * What the device stores of a museum besides its tiles: the sync cursor, the owner's preferences, and the photos that
 * the server refused. Pure.
 */
import { sameJson } from '../lib/json.js';

/**
 * The preferences of a museum's owner; the server's defaults apply to missing keys.
 *
 * @typedef {{disable_onboarding?: boolean, image_skill?: boolean, theme_preference?: string, museum_name?: string, screen_fit?: boolean}} Preferences
 */

/**
 * @typedef {object} Museum
 * @property {string} owner
 * @property {number} cursor the server's change count up to which this device is current, 0 for none
 * @property {string} [epoch] the server's epoch of that count
 * @property {number} [account] the server's number for the account: an address that is deleted and created again gets
 *   another
 * @property {Preferences} preferences the server's values
 * @property {Preferences} wanted local changes that are not confirmed
 * @property {{id: string, fields: Preferences} | null} flight the change that was sent and not answered yet
 * @property {string[]} [aside] keys under which orphaned works of this address are stored, see orphaned-work.js
 * @property {{era: string, there: string[]}} [photos] hashes of the photos that the server is known to have and that a
 *   tile on the server names; `era` identifies the account and epoch for which that holds, see eraOf
 * @property {Record<string, {words: string, at: number}>} [unfit] photos that the server refused, see
 *   photo/transfer.js: the reason and the time
 */

/** @type {readonly (keyof Preferences)[]} */
const NAMES = Object.freeze(['disable_onboarding', 'image_skill', 'theme_preference', 'museum_name', 'screen_fit']);

/**
 * @param {string} owner
 * @returns {Museum}
 */
export function newMuseum(owner) {
  return { owner, cursor: 0, preferences: {}, wanted: {}, flight: null };
}

/**
 * Identifies the period in which the server keeps what it was known to have: it ends when the server is restored or set
 * up anew.
 *
 * @param {Museum} museum
 * @returns {string | undefined} undefined while the server has not answered yet
 */
export function eraOf({ account, epoch }) {
  return account === undefined ? undefined : `${account} ${epoch}`;
}

/**
 * @param {Museum} museum
 * @returns {Preferences} the preferences that apply on this device
 */
export function preferencesOf({ preferences, wanted }) {
  return { ...preferences, ...wanted };
}

/**
 * @param {Museum} museum
 * @param {Preferences} fields
 * @returns {Museum}
 */
export function prefer(museum, fields) {
  return { ...museum, wanted: { ...museum.wanted, ...fields } };
}

/**
 * Creates the change to send, unless one is in flight.
 *
 * @param {Museum} museum
 * @param {() => string} newId
 * @returns {Museum} the same museum if there is nothing to send
 */
export function makePreferenceChange(museum, newId) {
  if (museum.flight || Object.keys(museum.wanted).length === 0) return museum;
  return { ...museum, flight: { id: newId(), fields: museum.wanted } };
}

/**
 * Applies the server's answer. A preference that it refused is dropped in favor of the server's value.
 *
 * @param {Museum} museum
 * @param {import('./queue.js').Result} result
 * @returns {Museum}
 */
export function confirmPreferences(museum, { change_id, status }) {
  const { flight, wanted } = museum;
  if (!flight || flight.id !== change_id) return museum;
  const left = Object.entries(wanted).filter(
    ([name, value]) => !sameJson(flight.fields[/** @type {keyof Preferences} */ (name)], value),
  );
  const preferences = status === 'error' ? museum.preferences : { ...museum.preferences, ...flight.fields };
  return { ...museum, preferences, wanted: Object.fromEntries(left), flight: null };
}

/**
 * Applies what the server reported.
 *
 * @param {Museum} museum
 * @param {{cursor: number, epoch?: string, account?: number, preferences?: Record<string, any>}} answer
 * @returns {Museum}
 */
export function applyMuseumAnswer(museum, { cursor, epoch, account, preferences }) {
  if (!preferences) return { ...museum, cursor, epoch, account };
  return {
    ...museum,
    cursor,
    epoch,
    account,
    preferences: Object.fromEntries(
      NAMES.filter((name) => name in preferences).map((name) => [name, preferences[name]]),
    ),
  };
}
