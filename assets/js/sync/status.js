/** The status lines of the museum and of a tile: where the student's work is stored, true at every moment. Pure. */

/**
 * @typedef {object} Situation
 * @property {boolean} keeps whether the device keeps work after the page is closed (not in private windows)
 * @property {boolean} saving whether something typed is not in the database yet
 * @property {'none' | 'full' | 'failed'} saveProblem
 * @property {boolean} touched whether this page has saved an edit
 * @property {boolean} signedIn whether an account's museum is shown
 * @property {boolean} sessionEnded whether the user has to sign in again
 * @property {boolean} online
 * @property {boolean} sending
 * @property {boolean} pending whether the server has not confirmed everything
 * @property {'none' | 'silent' | 'busy' | 'full' | 'broken' | 'unwritten'} problem why the last round failed: no answer,
 *   overload, a full disk, a server error, or a failed write on this device
 * @property {{name: string, status: number, words?: string}[]} refused tiles that the server refused, with the HTTP
 *   status and its message
 * @property {{name: string, words: string}[]} [photos] tiles with photos missing on the server, and why
 * @property {boolean} [aside] whether this device has orphaned work, see orphaned-work.js
 * @property {number | null} savedAt when the server last got something, in milliseconds; null for never
 */

/** @typedef {{tone: 'calm' | 'busy' | 'warn', text: string}} Status */

/**
 * Returns the status of the whole museum.
 *
 * @param {Situation} now
 * @returns {Status}
 */
export function describe(now) {
  if (now.saveProblem !== 'none') return warn(notSaved(now.saveProblem));
  if (!now.keeps) return unkept(now);
  if (now.saving) return busy('Saving…');
  if (!now.signedIn)
    return calm(
      now.touched
        ? 'Saved on this device. Sign in to keep it safe.'
        : 'Kept on this device only. Sign in to keep it safe.',
    );
  if (now.sessionEnded) return warn('Please sign in again. Your work is kept on this device.');
  if (!now.online) return warn('Offline. Saved on this device.');
  if (now.refused.length > 0) return warn(notTaken(now.refused[0]));
  if (now.problem !== 'none') return warn(trouble(now));
  if (now.photos?.[0]) return warn(`${now.photos[0].name}: ${now.photos[0].words}`);
  if (now.aside) return warn('Works of your earlier account are on this device only.');
  if (now.sending) return busy('Sending…');
  return calm(now.pending ? 'Saved on this device' : onServer(now.savedAt));
}

/**
 * Returns the status of one tile: `pending`, `saving`, `refused` and `savedAt` are about that tile.
 *
 * @param {Situation} now
 * @param {string} [photoProblem] why one of its photos is not on the server, '' if all are
 * @returns {Status}
 */
export function describeTile(now, photoProblem = '') {
  const status = whereIs(now);
  return photoProblem === ''
    ? status
    : warn(`${status.text.replace(/[^.…]$/, '$&.')} About its photo: ${photoProblem}`.trim());
}

/** @param {Situation} now */
function whereIs(now) {
  if (now.signedIn && !now.pending && !now.saving) return calm(now.savedAt === null ? '' : onServer(now.savedAt));
  if (!now.signedIn && !now.touched && now.saveProblem === 'none') return calm('');
  return describe(now);
}

/**
 * @param {number | null} time in milliseconds
 * @param {number} [now]
 */
export function onServer(time, now = Date.now()) {
  if (time === null) return 'Saved on the server';
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(time);
  if (isToday) return `Saved on the server at ${clock}`;
  const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' }).format(time);
  return `Saved on the server on ${day}`;
}

/** @param {Situation} now */
function unkept(now) {
  if (now.signedIn && !now.sessionEnded && !now.pending && !now.saving && !now.aside && !now.photos?.[0])
    return calm(onServer(now.savedAt));
  if (now.signedIn && now.sending) return busy('Sending…');
  if (now.signedIn) return warn('Not sent yet. This browser keeps nothing by itself, so leave this page open.');
  return warn('This browser keeps nothing when you close it. Sign in to keep your work.');
}

/** @param {'full' | 'failed'} problem */
function notSaved(problem) {
  if (problem === 'full') return 'Not saved: this device has no room left. Leave this page open and free some space.';
  return 'Not saved: this browser could not write. Leave this page open; it tries again.';
}

/** @param {Situation} now */
function trouble(now) {
  if (now.problem === 'unwritten')
    return 'Could not send: this browser could not write. Leave this page open; it tries again soon.';
  if (!now.pending) return 'Saved on this device. The museum does not answer just now.';
  if (now.problem === 'busy') return 'Could not send: the museum is busy. Saved on this device, it tries again soon.';
  if (now.problem === 'full') return 'The museum’s disk is full. Your work is kept on this device.';
  if (now.problem === 'broken')
    return 'Could not send: something went wrong on the server. Saved on this device, it tries again soon.';
  return 'Could not send: the museum does not answer. Saved on this device, it tries again soon.';
}

/** @param {{name: string, status: number, words?: string}} refusal */
function notTaken({ name, status, words }) {
  if (words) return `Could not send ${name}. ${words}`;
  return `Could not send ${name}: ${status === 413 ? 'the work is too large.' : 'the museum did not accept it.'} It is kept on this device.`;
}

/**
 * @param {string} text
 * @returns {Status}
 */
function calm(text) {
  return { tone: 'calm', text };
}

/**
 * @param {string} text
 * @returns {Status}
 */
function busy(text) {
  return { tone: 'busy', text };
}

/**
 * @param {string} text
 * @returns {Status}
 */
function warn(text) {
  return { tone: 'warn', text };
}
