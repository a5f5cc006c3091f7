/** Error messages for earlier versions. Pure. */
import { UnsentError } from '../sync/server/versions.js';
import { RequestError } from '../sync/server/client.js';

/**
 * @param {unknown} error
 * @returns {string}
 */
export function versionError(error) {
  if (error instanceof UnsentError) return `Your newest work has to reach the server first. ${error.message}`;
  const status = error instanceof RequestError ? error.status : 500;
  if (status === 0)
    return 'Earlier versions are kept on the server, and it does not answer. Your work is safe on this device. Check the network and try again.';
  if (status === 403) return 'Please sign in again to see earlier versions. Your work is safe on this device.';
  if (status === 404) return 'This version no longer exists. Choose another one.';
  if (status === 429 || status === 503) return 'The museum is busy. Nothing is lost; try again in a minute.';
  return 'Something went wrong on the server. Nothing is lost; try again in a minute.';
}
