/**
 * What the device keeps of a whole museum besides its tiles: up to where it knows what others changed, how its owner likes
 * it, and which photos the server did not take. Pure.
 */
import { sameJson } from '../lib/json.js';

/**
 * How somebody likes their museum; what is left out is as the server has it by default.
 *
 * @typedef {{disable_onboarding?: boolean, image_skill?: boolean, theme_preference?: string, museum_name?: string, screen_fit?: boolean}} Preferences
 */

/**
 * @typedef {object} Museum
 * @property {string} owner
 * @property {number} cursor the server's count of changes that is known here, 0 for none
 * @property {string} [epoch] what the server calls the time of that count
 * @property {number} [account] the server's number for the account: an address that was deleted and comes back gets another
 * @property {Preferences} preferences as the server has them
 * @property {Preferences} wanted what was changed here and is not confirmed
 * @property {{id: string, fields: Preferences} | null} flight sent and not answered yet
 * @property {string[]} [aside] owners under whom works of an earlier account of the same address are kept, see orphaned-work.js
 * @property {{era: string, there: string[]}} [photos] the photos that the server was seen to have, by hash, while a tile that it has
 *   names them; `era` names the account and the epoch in which that was, see eraOf
 * @property {Record<string, {words: string, at: number}>} [unfit] photos that the server did not take, see photo/transfer.js: why, and when it said so
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
 * Names the time in which what the server was seen to have is still there: it ends when the server is set back or set up anew.
 *
 * @param {Museum} museum
 * @returns {string | undefined} undefined while the server has not answered yet
 */
export function eraOf({ account, epoch }) {
  return account === undefined ? undefined : `${account} ${epoch}`;
}

/**
 * @param {Museum} museum
 * @returns {Preferences} as they are to be followed here
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
 * Makes the change that is to be sent, unless one is on its way.
 *
 * @param {Museum} museum
 * @param {() => string} newId
 * @returns {Museum} the same if there is nothing to send
 */
export function embarkPreferences(museum, newId) {
  if (museum.flight || Object.keys(museum.wanted).length === 0) return museum;
  return { ...museum, flight: { id: newId(), fields: museum.wanted } };
}

/**
 * Takes the server's answer. A preference that it did not take is given up: what the server has counts.
 *
 * @param {Museum} museum
 * @param {import('./queue.js').Result} result
 * @returns {Museum}
 */
export function confirmPreferences(museum, { change_id, status }) {
  const { flight, wanted } = museum;
  if (!flight || flight.id !== change_id) return museum;
  const left = Object.entries(wanted).filter(([name, value]) => !sameJson(flight.fields[/** @type {keyof Preferences} */ (name)], value));
  const preferences = status === 'error' ? museum.preferences : { ...museum.preferences, ...flight.fields };
  return { ...museum, preferences, wanted: Object.fromEntries(left), flight: null };
}

/**
 * Takes what the server told.
 *
 * @param {Museum} museum
 * @param {{cursor: number, epoch?: string, account?: number, preferences?: Record<string, any>}} answer
 * @returns {Museum}
 */
export function takeMuseum(museum, { cursor, epoch, account, preferences }) {
  if (!preferences) return { ...museum, cursor, epoch, account };
  return { ...museum, cursor, epoch, account, preferences: Object.fromEntries(NAMES.filter((name) => name in preferences).map((name) => [name, preferences[name]])) };
}
