/** Error messages for signing in. Pure. */
import { RequestError } from '../sync/server/client.js';

const NO_ANSWER = 'The museum does not answer. Check the network and try again.';
const FAULT = 'Something went wrong on the server. Nothing is lost; try again in a minute.';

/**
 * @param {unknown} error the error of requesting a code
 * @returns {string}
 */
export function askingFailed(error) {
  const status = statusOf(error);
  if (status === 0) return NO_ANSWER;
  if (status === 400) return 'Please check the address. It should look like name@school.org.';
  if (status === 429)
    return (
      wordsOf(error) || `Too many codes were asked for. Use the newest code you have, or try again ${when(error)}.`
    );
  if (status === 503)
    return wordsOf(error) || 'The mail could not be sent. Try again in a minute, or ask your teacher for a code.';
  return FAULT;
}

/**
 * @param {unknown} error the error of verifying the code
 * @returns {string}
 */
export function verifyingFailed(error) {
  const status = statusOf(error);
  if (status === 0) return NO_ANSWER;
  if (status === 429) return wordsOf(error) || `Too many tries. For your safety, wait and try again ${when(error)}.`;
  if (status === 400 || status === 404)
    return 'This code is wrong or too old. Check the newest mail, or send a new code.';
  if (status === 503) return 'The museum is busy just now. Try the same code again in a minute.';
  return FAULT;
}

/**
 * @param {unknown} error the error of signing in with a password
 * @returns {string} the server's message if there is one
 */
export function passwordFailed(error) {
  if (statusOf(error) === 0) return NO_ANSWER;
  return wordsOf(error) || FAULT;
}

/** @param {unknown} error */
function statusOf(error) {
  return error instanceof RequestError ? error.status : 500;
}

/** Returns the server's message, if any. @param {unknown} error */
function wordsOf(error) {
  return error instanceof RequestError ? error.words : '';
}

/** @param {unknown} error */
function when(error) {
  const minutes = error instanceof RequestError ? Math.ceil(error.retryAfter / 60_000) : 0;
  if (minutes === 0) return 'later';
  if (minutes >= 120) return `in ${Math.ceil(minutes / 60)} hours`;
  return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`;
}
