import { HOME } from './settings.js';

/** The format version of new states. */
const VERSION = 11;

/** @returns {Record<string, unknown>} an empty graph */
export function newState() {
  return { version: VERSION, randomSeed: randomSeed(), graph: { viewport: { ...HOME } }, expressions: { list: [] } };
}

/** @returns {string} 128 random bits in hexadecimal */
function randomSeed() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
